"""A report in the making: what its writer has said so far, sealed with a token that stands in their buttons alone."""

import json
from dataclasses import asdict, dataclass, replace

from bot.context import Asked, Context
from bot.errors import UserError
from bot.language import later
from bot.reports.contents import padded
from bot.reports.sealing import Unreadable, new_token, reopen, session_id, shut
from storage.report_drafts import ReportDrafts

GONE = later(
    "I no longer have this. If you've sent it, your code shows it: /mentor report, then “I have a code”. "
    "If not, please begin again with /mentor report. What you wrote still stands above."
)


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """What was said so far: who must not read it (by member id, and in words), whether with a name, what happened.

    `unsure`: whoever writes isn't sure who must not read it. `code` is theirs once it was shown to them, together with
    who will read it: `readers`.
    """

    excluded: tuple[int, ...]
    others: str
    unsure: bool
    named: bool
    danger: bool
    reach: str
    link: str = ""
    quote: str = ""
    kind: str = ""
    what: str = ""
    concerned: str = ""
    when: str = ""
    wish: str = ""
    code: str = ""
    readers: tuple[str, ...] = ()


async def begin(context: Context, draft: Draft) -> str:
    """Keep a new draft; return the token without which nobody can read it."""
    token = new_token()
    await context.work.of(ReportDrafts).add(session_id(token), _sealed(draft, token))
    return token


async def change(asked: Asked, token: str, **values: object) -> Draft:
    """Change what was said; return it as it is now. Raises UserError if there is none under this token."""
    draft = replace(await get(asked, token), **values)  # type: ignore[arg-type]  # whoever calls knows the fields
    await asked.work.of(ReportDrafts).put(session_id(token), _sealed(draft, token))
    return draft


async def get(asked: Asked, token: str) -> Draft:
    """Return what was said, which nobody else sends or changes meanwhile. Raises UserError if there is none."""
    sealed = await asked.work.of(ReportDrafts).lock(session_id(token))
    if sealed is None:
        raise UserError(GONE)
    try:
        written = json.loads(reopen(sealed, token))
    except Unreadable:
        raise UserError(GONE) from None
    lists = {name: tuple(written[name]) for name in ("excluded", "readers")}
    return Draft(**{**written, **lists})


async def drop(asked: Asked, token: str) -> None:
    """Keep it no longer: it was sent, or isn't to be."""
    await asked.work.of(ReportDrafts).drop(session_id(token))


def _sealed(draft: Draft, token: str) -> bytes:
    return shut(padded(asdict(draft)), token)
