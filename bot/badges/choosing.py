"""What a member decides about their badges: whether the others hear of them, and to give one back."""

from bot.badges import choice_wording as wording
from bot.badges import deciding
from bot.badges.feature import feature
from bot.badges.keeping import definitions
from bot.badges.looking import awarded
from bot.badges.public import earned_key, keep_to_oneself, tell_the_others, wear
from bot.context import Asked
from bot.errors import UserError
from bot.feature import number
from bot.members import wording as members_wording
from bot.members.choosing import on_or_off
from bot.people import EVERYONE
from bot.views import Message
from storage.awards import Award, Awards
from storage.badge_choices import BadgeChoices


@feature.button("badges.choices", who=EVERYONE)
async def choices(asked: Asked) -> Message:
    """Show what was chosen, with buttons to change it."""
    chosen = (await asked.work.of(BadgeChoices).get([asked.member.id]))[asked.member.id]
    held = await awarded(asked, asked.member.id)
    return wording.choices(chosen.post, held, wants=asked.member.badges, on=asked.policy.badges.on)


@feature.button("badges.yes", number, who=EVERYONE)
async def yes(asked: Asked, award_id: int) -> Message:
    """Let the others hear of one award, and of later ones."""
    award = await _held(asked, award_id)
    await _choose(asked, post=True)
    if not (asked.member.badges and asked.policy.badges.on):
        return wording.told_of_none()
    return wording.told() if await tell_the_others(asked, award) else wording.no_channel()


@feature.button("badges.no", number, who=EVERYONE)
async def no(asked: Asked, award_id: int) -> Message:
    """Let the others hear of no award."""
    await _held(asked, award_id)
    return await _kept(asked)


@feature.button("badges.tell", on_or_off, who=EVERYONE)
async def tell(asked: Asked, on: bool) -> Message:
    """Let the others hear of awards from now on, or of none."""
    if not on:
        return await _kept(asked)
    await _choose(asked, post=True)
    return wording.told_from_now_on()


async def _kept(asked: Asked) -> Message:
    held = [award for award, _ in await awarded(asked, asked.member.id)]
    await _choose(asked, post=False)
    return wording.kept(posted=any(one.posted_at is not None for one in held))


async def _choose(asked: Asked, *, post: bool) -> None:
    """Note a choice; what others see follows it. What is chosen already is let be."""
    store, me = asked.work.of(BadgeChoices), asked.member.id
    if (await store.get([me]))[me].post is post:
        return
    await store.choose(me, post=post)
    await asked.work.audit.add(asked.member.key, "badges.tell" if post else "badges.keep")
    held = [award for award, _ in await awarded(asked, me)]
    await (wear if post else keep_to_oneself)(asked, held)
    await asked.work.outbox.edit([earned_key(one) for one in held])


@feature.button("badges.give_back", number, who=EVERYONE)
async def give_back(asked: Asked, award_id: int) -> Message:
    """Ask whether somebody really wants to give a badge back."""
    award = await _held(asked, award_id)
    definition = (await definitions(asked, [award.badge_id]))[award.badge_id]
    return wording.really(award, definition)


@feature.button("badges.given_back", number, who=EVERYONE)
async def given_back(asked: Asked, award_id: int) -> Message:
    """Give a badge back; it can be earned anew."""
    award = await _held(asked, award_id)
    await deciding.give_back(asked, award)
    return wording.given_back(posted=award.posted_at is not None)


async def _held(asked: Asked, award_id: int) -> Award:
    """Return a badge that whoever asks has, which nobody else changes now; all else gets an old button's answer."""
    award = await asked.work.of(Awards).lock(award_id)
    if award is None or award.member_id != asked.member.id or award.ended_at is not None:
        raise UserError(members_wording.OLD_BUTTON)
    return award
