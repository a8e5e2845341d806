"""What there is to be tried on in tests/core/test_permissions.py."""

import json
from collections.abc import Mapping

from bot.badges.judging import grant, judged
from bot.badges.keeping import badges_of
from storage.awards import Awards, NewAward
from storage.badge_choices import BadgeChoices
from storage.badges import Badges
from storage.channels import Channels
from storage.members import Members
from storage.outbox import NewRow
from storage.schema import micros
from storage.work import Work
from tests.world import NOOR, World

# A badge that mentors can earn, and have a certificate of.
KIND = """
name = "kind"
title = "Kind Mentor"
for = "mentor"
about = "For mentors who are kind."
certificate = true

[[criterion]]
measure = "goals_active"
at_least = 9
"""
REASON = "Always there"
WEEK = 202601


async def prepare(riverside: World) -> Mapping[str, str]:
    """Let Amara have a badge and leave a day out, Lena have asked about it, and Noor's wait for a decision."""
    (program, *others) = await riverside.core.programs()
    for other in others:
        async with riverside.core.at_work(other) as context:
            await badges_of(context)
    async with riverside.core.at_work(program) as context:
        work = context.work
        badge = (await work.of(Badges).put("kind", KIND, None)).id
        amara = (await work.of(Members).get([await riverside.member(work, "amara")])).popitem()[1]
        rosa = (await work.of(Members).get([await riverside.member(work, "rosa")])).popitem()[1]
        used = [one for one in await badges_of(context) if one.id == badge]
        (award,) = await grant(context, await judged(context, [amara], used), by=rosa, reason=REASON)
        await work.of(Channels).put(riverside.place(NOOR))
        args = (await riverside.member(work, "lena"), badge, 0, WEEK)
        key = ":".join(["badges.question", *map(str, args), str(rosa.id)])
        await work.outbox.add([NewRow(key, "badges.question", args, rosa.id, context.now)])
        await work.of(BadgeChoices).leave_out(amara.id, [context.now.date()])
        await work.of(Awards).ask_to_post(award.id)
        desk = await _proposed(work, await riverside.member(work, "noor"), badge)
    return desk | {"badge": str(badge), "award": str(award.id), "question": ":".join(map(str, args))}


async def _proposed(work: Work, member_id: int, badge_id: int) -> dict[str, str]:
    """Let somebody's badge wait for a coordinator's decision."""
    evidence = json.dumps({"at": work.now.isoformat(), "criteria": []})
    (award,) = await work.of(Awards).add([NewAward(member_id, "kind", badge_id, evidence, "{}")])
    await work.of(Awards).warn(award.id, work.now)
    await work.of(Awards).propose(award.id, evidence)
    return {"proposed": str(award.id), "proposed_at": str(micros(work.now))}
