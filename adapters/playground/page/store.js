// What the page knows, and what follows from it.

export const state = {
  people: new Map(), spaces: new Map(), rooms: new Map(), messages: new Map(), read: {}, commands: [], shortcuts: [], limits: { text: 4000 },
  program: "", clock: { now: 0, moving: false, since: 0 }, me: null, channel: null, answers: [], moved: null, movedOnce: false,
};

export function take(frame) {
  switch (frame.type) {
    case "state": return takeAll(frame);
    case "message": return state.messages.set(frame.message.id, frame.message);
    case "gone": return state.messages.delete(frame.message);
    case "space": return takeSpace(frame);
    case "people": return takePeople(frame.people);
    case "read": return ((state.read[frame.user] ??= {})[frame.channel] = frame.message);
    case "clock": return setClock(frame);
    case "moved": return Object.assign(state, { moved: frame, movedOnce: true });
  }
}

function takeAll(frame) {
  Object.assign(state, {
    program: frame.program, read: frame.read, commands: frame.commands, shortcuts: frame.shortcuts, limits: frame.limits,
    spaces: new Map(), rooms: new Map(),
    messages: new Map(frame.messages.sort((a, b) => (a.id < b.id ? -1 : 1)).map((message) => [message.id, message])),
  });
  takePeople(frame.people);
  frame.spaces.forEach(takeSpace);
  setClock(frame.clock);
}

function takePeople(people) {
  state.people = new Map(people.map((person) => [person.user, person]));
}

function takeSpace({ channel, users, name, topic, closed }) {
  state.spaces.set(channel, users);
  state.rooms.set(channel, { name, topic, closed });
}

function setClock({ now, moving }) {
  state.clock = { now: Date.parse(now), moving, since: performance.now() };
}

export const now = () => state.clock.now + (performance.now() - state.clock.since);
export const me = () => state.people.get(state.me);
export const zone = () => me()?.zone ?? "UTC";
export const direct = (user) => `dm-${user}`;
export const isDirect = (channel) => channel?.startsWith("dm-");
export const nameOf = (user) => (user === null ? "mentorbot" : state.people.get(user)?.name ?? user);
export const firstName = (user) => nameOf(user).split(/\s+/)[0];
export const mine = (user = state.me) => [...state.spaces].filter(([, users]) => users.includes(user)).map(([channel]) => channel);
export const messagesIn = (channel) => [...state.messages.values()].filter((message) => message.channel === channel);
export const isMember = () => Boolean(me()?.roles.length);
export const may = (who) => me()?.roles.some((role) => who.includes(role));
export const isClosed = (channel) => Boolean(state.rooms.get(channel)?.closed);

export function titleOf(channel) {
  if (isDirect(channel)) return "mentorbot";
  if (state.rooms.get(channel)?.name) return `#${state.rooms.get(channel).name}`;
  const others = (state.spaces.get(channel) ?? []).filter((user) => user !== state.me);
  return others.map(nameOf).join(" & ") || channel;
}

export function unread(user, channel) {
  const last = state.read[user]?.[channel] ?? "";
  return messagesIn(channel).filter((message) => message.author !== user && message.id > last).length;
}

export const unreadOf = (user) => mine(user).reduce((sum, channel) => sum + unread(user, channel), 0);

// The pairing of the guide: the first space of a mentor and a mentee.
export function example() {
  for (const [channel, users] of state.spaces) {
    const has = (role) => users.find((user) => state.people.get(user)?.roles.includes(role));
    const [mentee, mentor] = [has("mentee"), has("mentor")];
    if (!isDirect(channel) && !state.rooms.get(channel).name && mentee && mentor && mentee !== mentor) return { channel, mentee, mentor };
  }
  return null;
}
