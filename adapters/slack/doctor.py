"""Slack's part of `mentorbot doctor`: what Slack says of the tokens, of what they allow, and of the pairs' channels.

It asks where a socket could be opened, and opens none; so a bot that runs is not disturbed, and nobody is written to.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from adapters.slack import doctor_wording as wording
from adapters.slack.client import client_of, session_of
from adapters.slack.connection import Timing
from adapters.slack.doctor_asking import NOT_ASKED, Answer, Asking
from adapters.slack.doctor_channels import channels
from adapters.slack.manifest import EVENTS_USED, scopes
from adapters.slack.workspace import PLATFORM
from bot.config import Config
from bot.doctor import Check, Known, Now

DRIFT = timedelta(minutes=1)
APP = 2  # which part of an app-level token names the app: xapp-1-A0123456789-…
_USUAL = Timing()


class SlackExaminer:
    """Implements `bot.doctor.Examiner` with the tokens of a deployment."""

    platform = PLATFORM

    def __init__(self, bot_token: str, app_token: str, api_url: str, now: Now, timing: Timing = _USUAL) -> None:
        """Look with these tokens, of which one may be missing (""); `now` tells this machine's time."""
        self._bot_token = bot_token
        self._app_token = app_token
        self._api_url = api_url
        self._now = now
        self._timing = timing

    async def look(self, known: Known | None) -> Sequence[Check]:
        """Look at clock, tokens, permissions, events, workspace and channels."""
        async with session_of(self._timing.request) as session:
            client = client_of(self._bot_token, self._api_url, session)
            return await self._look(Asking(client, self._now), known)

    async def _look(self, slack: Asking, known: Known | None) -> list[Check]:
        me = await self._bot(slack)
        unreachable = bool(me.lost) and me is not NOT_ASKED
        app = NOT_ASKED if unreachable else await self._app(slack)
        bot_check = self._bot_check(me)
        app_check = Check(wording.APP_TOKEN, None) if unreachable else self._app_check(app)
        if bot_check.fine and app_check.fine and await self._is_anothers(slack, me):
            app_check = Check(wording.APP_TOKEN, fine=False, text=wording.OTHER_APP)
        told = [_clock([me, app]), bot_check, app_check]
        if not bot_check.fine:
            later = (wording.PERMISSIONS, wording.EVENTS, wording.WORKSPACE, wording.CHANNELS)
            return [*told, *(Check(name, None) for name in later)]
        lacking = _lacking(me)
        told += [_permissions(lacking), _events(lacking)]
        if known is None:
            return [*told, Check(wording.WORKSPACE, None), Check(wording.CHANNELS, None)]
        workspace = _workspace(me, known)
        in_channels = (
            await channels(slack, me, known.rooms)
            if workspace.fine and wording.NEEDED_FOR_CHANNELS not in lacking
            else [Check(wording.CHANNELS, None)]
        )
        return [*told, workspace, *in_channels]

    async def _bot(self, slack: Asking) -> Answer:
        """Ask whose the bot's token is; what is no such token isn't shown to anybody."""
        return await slack.ask(slack.client.auth_test()) if self._bot_token.startswith(wording.BOT_KIND) else NOT_ASKED

    async def _app(self, slack: Asking) -> Answer:
        if not self._app_token.startswith(wording.APP_KIND):
            return NOT_ASKED
        return await slack.ask(slack.client.apps_connections_open(app_token=self._app_token))

    def _bot_check(self, answer: Answer) -> Check:
        if answer is NOT_ASKED:
            return Check(wording.BOT_TOKEN, fine=False, text=wording.no_bot_token(self._bot_token))
        if not answer.granted:
            text = answer.trouble or wording.bot_refused(answer.code)
            return Check(wording.BOT_TOKEN, fine=False, text=text)
        if not answer.data.get("bot_id"):
            return Check(wording.BOT_TOKEN, fine=False, text=wording.PERSONS)
        return Check(wording.BOT_TOKEN, fine=True, text=wording.ACCEPTED)

    def _app_check(self, answer: Answer) -> Check:
        if answer is NOT_ASKED:
            return Check(wording.APP_TOKEN, fine=False, text=wording.no_app_token(self._app_token))
        if not answer.granted:
            text = answer.trouble or wording.app_refused(answer.code)
            return Check(wording.APP_TOKEN, fine=False, text=text)
        return Check(wording.APP_TOKEN, fine=True, text=wording.ACCEPTED)

    async def _is_anothers(self, slack: Asking, me: Answer) -> bool:
        """Whether the two tokens are of two apps: then the bot would speak as one and listen as the other."""
        parts = self._app_token.split("-")
        if len(parts) <= APP:
            return False
        bot = await slack.ask(slack.client.bots_info(bot=me.data["bot_id"]))
        app = (bot.data.get("bot") or {}).get("app_id")
        return bool(app) and app != parts[APP]


def _clock(answers: Sequence[Answer]) -> Check:
    """Compare this machine's clock with the one that stamps Slack's answers."""
    for answer in answers:
        told = _date(answer.headers.get("Date", ""))
        if answer.at is not None and told is not None:
            ahead = answer.at - told
            if abs(ahead) < DRIFT:
                return Check(wording.CLOCK, fine=True, text=wording.CLOCK_FINE)
            return Check(wording.CLOCK, fine=False, text=wording.wrong_clock(ahead))
    return Check(wording.CLOCK, None)


def _date(header: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(header)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _lacking(me: Answer) -> list[str]:
    """Return the scopes that the bot needs and hasn't got."""
    granted = me.headers.get("x-oauth-scopes", "").split(",")
    return sorted(set(scopes()) - {scope.strip() for scope in granted})


def _permissions(lacking: Sequence[str]) -> Check:
    if lacking:
        return Check(wording.PERMISSIONS, fine=False, text=wording.LACKING.format(scopes=", ".join(lacking)))
    return Check(wording.PERMISSIONS, fine=True, text=wording.ALL_SCOPES.format(number=len(scopes())))


def _events(lacking: Sequence[str]) -> Check:
    """Slack tells nobody what an app listens to; but it sends no event for which a scope is missing."""
    deaf = sorted(name for name, needed in EVENTS_USED.items() if set(needed) & set(lacking))
    if deaf:
        return Check(wording.EVENTS, fine=False, text=wording.DEAF.format(events=", ".join(deaf)))
    if lacking:
        return Check(wording.EVENTS, fine=False, text=wording.OLD_MANIFEST)
    return Check(wording.EVENTS, fine=True, text=wording.EVENTS_FINE)


def _workspace(me: Answer, known: Known) -> Check:
    team, name = me.data["team_id"], me.data.get("team", "")
    if team in known.owners:
        text = wording.WORKSPACE_FINE.format(workspace=name, program=known.owners[team])
        return Check(wording.WORKSPACE, fine=True, text=text)
    if not known.owners:
        return Check(wording.WORKSPACE, fine=False, text=wording.NEVER_STARTED.format(workspace=name))
    programs = ", ".join(sorted(set(known.owners.values())))
    text = wording.OTHER_WORKSPACE.format(workspace=name, programs=programs)
    return Check(wording.WORKSPACE, fine=False, text=text)


def examiner(settings: Config, now: Now) -> SlackExaminer | None:
    """Return what looks at Slack; None without any token for it."""
    bot, app = settings.secrets.slack_bot_token, settings.secrets.slack_app_token
    if bot is None and app is None:
        return None
    bot_token, app_token = (token.get_secret_value() if token else "" for token in (bot, app))
    return SlackExaminer(bot_token, app_token, settings.slack.api_url, now)
