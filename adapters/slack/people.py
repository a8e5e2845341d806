"""Who somebody is: by user id, by e-mail address, or by the name that stands behind an @ in Slack."""

import asyncio
import re
import time
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import limits
from adapters.slack.failures import Api
from adapters.slack.workspace import Workspace
from bot.errors import Gone
from bot.people import Profile

User = Mapping[str, Any]

FRESH = 300.0  # seconds for which the list of everybody is used again
SLACKBOT = "USLACKBOT"

_ID = re.compile(r"[UW][A-Z0-9]{2,}")


class People:
    """Looks up the people of a workspace."""

    def __init__(self, client: AsyncWebClient, api: Api, workspace: Workspace) -> None:
        """Look them up with this client."""
        self._client = client
        self._api = api
        self._workspace = workspace
        self._everybody = _Directory([])
        self._listed_at: float | None = None
        self._listing = asyncio.Lock()

    async def look_up(self, words: Collection[str]) -> dict[str, Profile]:
        """Return people by what names them; bots, strangers and who left are left out.

        A few ids and addresses are asked for one by one, so that they are as of now; many, and names, are looked for
        in the list of everybody, which may be some minutes old.
        """
        names = {word: word.removeprefix("@") for word in words}
        single = {word: name for word, name in names.items() if _ID.fullmatch(name) or _is_address(name)}
        if len(single) > limits.ASKED_SINGLY:
            single = {}
        users = dict(zip(single, await asyncio.gather(*map(self._single, single.values())), strict=True))
        others = {word: name for word, name in names.items() if word not in single}
        if others:
            everybody = await self._all()
            users |= {word: everybody.find(name) for word, name in others.items()}
        return {word: self._profile(user) for word, user in users.items() if user is not None and self._is_person(user)}

    async def _single(self, name: str) -> User | None:
        try:
            if _is_address(name):
                found = (await self._api.ask(self._client.users_lookupByEmail(email=name)))["user"]
                name = found["id"]
            answer = await self._api.ask(self._client.users_info(user=name, include_locale=True))
        except Gone:
            return None
        user: User = answer["user"]
        return user

    async def _all(self) -> "_Directory":
        async with self._listing:
            if self._listed_at is None or time.monotonic() - self._listed_at > FRESH:
                self._everybody = _Directory([user for user in await self._list() if self._is_person(user)])
                self._listed_at = time.monotonic()
            return self._everybody

    async def _list(self) -> list[User]:
        found: list[User] = []
        cursor: str | None = None
        while cursor != "":
            answer = await self._api.ask(self._client.users_list(limit=limits.PAGE, cursor=cursor, include_locale=True))
            found += answer.get("members") or []
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
        return found

    def _is_person(self, user: User) -> bool:
        is_bot = user.get("is_bot") or user.get("is_workflow_bot") or user["id"] in (SLACKBOT, self._workspace.user)
        return not is_bot and not user.get("deleted")

    def _profile(self, user: User) -> Profile:
        shown = _shown(user)
        name = shown.get("real_name") or user.get("real_name") or shown.get("display_name") or user.get("name")
        return Profile(
            account=self._workspace.account(user["id"]),
            name=name or user["id"],
            zone=user.get("tz") or None,
            language=user.get("locale") or None,
            manages=bool(user.get("is_admin") or user.get("is_owner")),
        )


def _shown(user: User) -> Mapping[str, Any]:
    return user.get("profile") or {}


def _is_address(word: str) -> bool:
    return "@" in word


class _Directory:
    """Everybody, by what names them: ids before addresses, addresses before names; a name that two have is nobody's."""

    def __init__(self, people: Sequence[User]) -> None:
        self._ids = {user["id"].casefold(): user for user in people}
        self._addresses = {address.casefold(): user for user in people if (address := _shown(user).get("email"))}
        self._names: dict[str, User | None] = {}
        for user in people:
            names = (user.get("name"), _shown(user).get("display_name"), _shown(user).get("real_name"))
            for name in {name.casefold() for name in names if name}:
                self._names[name] = None if name in self._names else user

    def find(self, name: str) -> User | None:
        wanted = name.casefold()
        return self._ids.get(wanted) or self._addresses.get(wanted) or self._names.get(wanted)
