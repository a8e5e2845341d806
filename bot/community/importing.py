"""/mentor-admin import: a list is looked through first, and written when somebody says so."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.calls import Upload
from bot.community import import_wording as wording
from bot.community.applying import apply
from bot.community.around import alone, profiles, there
from bot.community.feature import feature
from bot.community.keeping import KEPT, Kept, key, new_key, seal, unseal
from bot.community.lines import Sheet, addresses, sheet
from bot.community.planning import Found, in_order
from bot.community.working_out import good_part, work_out
from bot.context import Asked, Context
from bot.errors import UserError
from bot.feature import Answer, Option, number
from bot.members.wording import OLD_BUTTON
from bot.people import COORDINATORS
from bot.views import Errors, Form, Message, action
from storage.drafts import Drafts


@feature.command(
    "import",
    "Add many people and pairings from a list",
    who=COORDINATORS,
    options=(Option("example", "get a small list to begin with", flag=True),),
    answer=Answer.FORM,
)
async def import_(asked: Asked, example: str | None = None) -> Form | Message:
    """Ask for a list in a form, or hand over an example of one."""
    return wording.form() if example is None else wording.example()


@feature.button("community.import_form", who=COORDINATORS, answer=Answer.FORM)
async def import_form(asked: Asked) -> Form:
    """Ask for a list in a form."""
    return wording.form()


def named(values: Mapping[str, str], files: Mapping[str, Upload]) -> set[str]:
    """Return the words by which the platform is asked for the people of a list; none if it can't be read."""
    try:
        return addresses(sheet(_given(values, files)[1]).lines)
    except UserError:
        return set()


def _given(values: Mapping[str, str], files: Mapping[str, Upload]) -> tuple[str, bytes]:
    """Return the field in which a list is, and its bytes."""
    if "file" in files:
        return "file", files["file"].content
    return "text", values.get("text", "")[: wording.PASTED_LIMIT].encode("utf-8", "replace")


@feature.form("community.import", who=COORDINATORS, look_up=named)
async def look_through(asked: Asked, values: Mapping[str, str]) -> Message | Errors:
    """Say what a list would do, or what has to be mended in it. Nothing is written but the list itself, sealed."""
    pasted = values.get("text", "").strip()
    if pasted and "file" in asked.files:
        return Errors({"text": wording.both_given()})
    if not pasted and "file" not in asked.files:
        return Errors({"file": wording.nothing_given()})
    field, content = _given(values, asked.files)
    try:
        read = sheet(content)
    except UserError as error:
        return Errors({field: str(error)})
    return await _answer(asked, read, pasted)


async def _answer(asked: Asked, read: Sheet, pasted: str) -> Message:
    words = addresses(read.lines)
    found = {word: Found.of(profile) for word, profile in profiles(asked).items() if word in words}
    known = await there(asked)
    plan = work_out(read.lines, read.called, found, known)
    problems = in_order([*read.problems, *plan.problems])
    if problems:
        mend = await _keep(asked, "community.mend", {"text": pasted}) if pasted else None
        rest = good_part(read, problems, found, known)
        return wording.to_mend(replace(plan, problems=problems), rest, read.remarks, mend)
    if plan.does_nothing:
        return wording.nothing_to_do(plan, read.remarks)
    kept = Kept(read.lines, read.called, found, plan.digest)
    return wording.would_do(plan, read.remarks, await _keep(asked, "community.import_now", kept.as_plain()))


async def _keep(asked: Asked, button: str, content: Mapping[str, Any]) -> str:
    """Keep something for a day; return the action of the button that has the only key to it."""
    with_key = new_key()
    draft = await asked.work.of(Drafts).add(asked.member.id, seal(content, with_key))
    return action(button, draft, with_key)


@feature.button("community.mend", number, key, who=COORDINATORS, answer=Answer.FORM)
async def mend(asked: Asked, draft: int, with_key: str) -> Form | Message:
    """Open the form again, with what was pasted."""
    content = await _kept(asked, draft, with_key)
    return content if isinstance(content, Message) else wording.form(_part(content, "text"))


@feature.button("community.import_now", number, key, who=COORDINATORS)
async def import_now(asked: Asked, draft: int, with_key: str) -> Message:
    """Write what the dry run said, once; if people were changed meanwhile, say anew what it would do."""
    await alone(asked)
    content = await _kept(asked, draft, with_key)
    if isinstance(content, Message):
        return content
    _part(content, "lines")
    kept = Kept.from_plain(content)
    known = await there(asked)
    plan = work_out(kept.lines, kept.called, kept.found, known)
    if plan.problems:
        return wording.to_mend(plan, None, [wording.meanwhile_to_mend()], None)
    if plan.does_nothing:
        return wording.nothing_to_do(plan, ())
    if plan.digest != kept.digest:
        await asked.work.of(Drafts).put(draft, seal(replace(kept, digest=plan.digest).as_plain(), with_key))
        again = action("community.import_now", draft, with_key)
        return wording.would_do(plan, (), again, wording.meanwhile())
    await apply(asked, plan, known)
    await asked.work.of(Drafts).put(draft, None)
    return wording.done(plan, asked.program.state)


async def _kept(asked: Asked, draft: int, with_key: str) -> Message | Any:  # noqa: ANN401 - whatever was kept
    """Return what was kept, or say why it is no longer there. Raises UserError for a key that isn't its own."""
    found = await asked.work.of(Drafts).lock(draft)
    if found is None or found.made_at < asked.now - KEPT:
        return wording.too_old()
    if found.content is None:
        return wording.used()
    try:
        return unseal(found.content, with_key)
    except ValueError:
        raise UserError(OLD_BUTTON) from None


def _part(content: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401 - whatever was kept
    if name not in content:
        raise UserError(OLD_BUTTON)
    return content[name]


@feature.daily
async def tidy(context: Context) -> None:
    """Forget the lists that nobody has decided on for a day."""
    await context.work.of(Drafts).purge(context.now - KEPT)
