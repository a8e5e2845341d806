"""The part of `mentorbot doctor` that looks for the bot in the pairs' channels on Slack."""

from collections.abc import Sequence

from adapters.slack import doctor_wording as wording
from adapters.slack import limits
from adapters.slack.doctor_asking import Answer, Asking
from bot.doctor import Check, Room


async def channels(slack: Asking, me: Answer, rooms: Sequence[Room]) -> list[Check]:
    """Look for the bot in every space; of those that aren't in the list of its channels each is asked for."""
    here = [room for room in rooms if room.place.workspace == me.data["team_id"]]
    open_ones, refusal = await _own_channels(slack)
    if refusal is not None:
        text = refusal.trouble or wording.refused(refusal.code)
        return [Check(wording.CHANNELS, fine=False, text=text)]
    wrong = [room for room in here if room.place.channel not in open_ones]
    texts = [await _wrong(slack, room) for room in wrong[: limits.ASKED_SINGLY]]
    if rest := len(wrong) - len(texts):
        texts.append(wording.MORE.format(number=rest))
    if elsewhere := len(rooms) - len(here):
        texts.append(wording.ELSEWHERE.format(number=elsewhere))
    told = [Check(wording.CHANNELS, fine=False, text=text) for text in texts]
    return told or [Check(wording.CHANNELS, fine=True, text=wording.in_all(len(here)))]


async def _own_channels(slack: Asking) -> tuple[set[str], Answer | None]:
    """Return the private channels that the bot is in and that are open, or why they can't be known."""
    found: set[str] = set()
    cursor: str | None = None
    while cursor != "":
        answer = await slack.ask(
            slack.client.users_conversations(
                types="private_channel", exclude_archived=True, limit=limits.PAGE, cursor=cursor
            )
        )
        if not answer.granted:
            return found, answer
        found |= {channel["id"] for channel in answer.data.get("channels") or []}
        cursor = (answer.data.get("response_metadata") or {}).get("next_cursor") or ""
    return found, None


async def _wrong(slack: Asking, room: Room) -> str:
    """Say what is wrong with a channel that isn't among those that the bot is in."""
    answer = await slack.ask(slack.client.conversations_info(channel=room.place.channel))
    channel = answer.data.get("channel") or {}
    text = wording.NOT_IN_IT
    if answer.busy:
        text = wording.CHANNEL_UNKNOWN
    elif channel.get("is_archived"):
        text = wording.ARCHIVED
    elif answer.code == "missing_scope" or channel.get("is_private") is False:
        text = wording.PUBLIC  # without a scope for those Slack tells nothing of them
    return text.format(pair=room.pair)
