// The connection: frames out with a fresh id each, answers back by it, and a new connection when it is lost.

const waiting = new Map();
let socket = null;
let pause = 500;

// receive(frame) gets what was not asked for; online(yes) says how the connection stands.
export function connect(receive, online) {
  socket = new WebSocket(`ws://${location.host}/ws`);
  socket.onopen = () => { pause = 500; };
  socket.onmessage = ({ data }) => take(JSON.parse(data), receive, online);
  socket.onclose = () => {
    online(false);
    for (const { reject } of waiting.values()) reject(new Error("The connection was lost. Please try again."));
    waiting.clear();
    setTimeout(() => connect(receive, online), pause);
    pause = Math.min(pause * 2, 5000);
  };
}

function take(frame, receive, online) {
  if (frame.type === "state") online(true);
  const asked = "id" in frame && waiting.get(frame.id);
  if (!asked) {
    receive(frame);
    return;
  }
  waiting.delete(frame.id);
  if (frame.type === "error") asked.reject(new Error(frame.text));
  else asked.resolve(frame);
}

export function ask(what, more) {
  if (socket?.readyState !== WebSocket.OPEN) return Promise.reject(new Error("There is no connection just now. One moment, please."));
  const id = crypto.randomUUID();
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    socket.send(JSON.stringify({ id, do: what, ...more }));
  });
}
