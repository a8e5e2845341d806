"""The tree of commands, from what the features declare."""

import copy
import re

from adapters.discord import tree
from adapters.discord.text import Json
from bot.features import FEATURES
from tests.adapters.discord.rules import against

NAME = re.compile(r"[-_a-zà-ÿ0-9]{1,32}")


def _every(commands: list[Json]) -> list[Json]:
    return [one for command in commands for one in [command, *_every(command.get("options", []))]]


def test_discord_takes_the_tree() -> None:
    """Names, texts and numbers keep to its limits; every option may be left out."""
    made = tree.tree(FEATURES)
    for command in made:
        against("ApplicationCommandUpdateRequest", {**command, "default_member_permissions": None})
        assert len(command.get("options", [])) <= 25
    for one in _every([command for command in made if command["type"] == tree.CHAT]):
        assert NAME.fullmatch(one["name"])
        assert 1 <= len(one["description"]) <= 100
        assert not one["description"].endswith("…")
    (mentor,) = (one for one in made if one["name"] == "mentor")
    assert {"es-419", "es-ES"} <= set(mentor["options"][0]["description_localizations"])


def test_all_that_is_declared_is_there() -> None:
    """Each command below its root with its options, each entry for messages."""
    made = {one["name"]: one for one in tree.tree(FEATURES)}
    for command in (one for feature in FEATURES for one in feature.commands):
        found = next(one for one in made[command.root]["options"] if one["name"] == command.name)
        assert [option.name for option in command.options] == [option["name"] for option in found["options"]]
    labels = [shortcut.label for feature in FEATURES for shortcut in feature.shortcuts]
    assert labels == [one["name"] for one in made.values() if one["type"] == tree.ON_MESSAGE]
    labels = [shortcut.label for feature in FEATURES for shortcut in feature.person_shortcuts]
    assert labels == [one["name"] for one in made.values() if one["type"] == tree.ON_PERSON]
    assert "community.show" == tree.person_shortcut_of(FEATURES, "Show this person")
    assert "nudges.wanted" == tree.shortcut_of(FEATURES, "I'd like an answer")


def test_what_is_for_coordinators_is_hidden_from_others() -> None:
    """By Discord, from whoever doesn't manage the server; and it is written in the server alone."""
    made = {one["name"]: one for one in tree.tree(FEATURES)}
    assert ("32", [0]) == (made["mentor-admin"]["default_member_permissions"], made["mentor-admin"]["contexts"])
    entry = made["Show this person"]
    assert ("32", [0]) == (entry["default_member_permissions"], entry["contexts"])
    assert None is made["No hurry"].get("default_member_permissions")
    assert (None, [0, 1]) == (made["mentor"].get("default_member_permissions"), made["mentor"]["contexts"])


def test_known_choices_are_offered() -> None:
    """What begins or goes on like what is typed."""
    offered = tree.completions(FEATURES, "mentor", "pace", "pace", "DAY")
    assert ["2 days", "4 days", "7 days"] == [one["value"] for one in offered]
    assert [] == tree.completions(FEATURES, "mentor", "pace", "partner", "")
    assert [] == tree.completions(FEATURES, "mentor", "nothing", "pace", "")


class Listening:
    """What of the interface `sync` uses: what is there, and what was put."""

    def __init__(self, there: list[Json]) -> None:
        """Begin with commands."""
        self.there = there
        self.put_: list[list[Json]] = []

    async def get(self, _path: str, _params: Json, **_ids: str) -> list[Json]:
        """Return what is there, as Discord tells it."""
        added = {"id": "1", "application_id": "2", "version": "3", "nsfw": False, "dm_permission": True}
        added |= {"default_member_permissions": None, "name_localizations": None, "integration_types": [0]}
        return [{**added, "description": "", **one} for one in self.there]

    async def put(self, _path: str, body: list[Json], **_ids: str) -> None:
        """Note what is put."""
        self.put_.append(body)
        self.there = copy.deepcopy(body)


async def test_the_tree_is_put_only_if_it_changed() -> None:
    """A first start puts it, a second one doesn't; another help text does."""
    api = Listening([])
    results = [await tree.sync(api, "2", FEATURES) for _ in range(2)]  # type: ignore[arg-type]  # all that is used of it
    assert ([True, False], 1) == (results, len(api.put_))
    api.there[0]["options"][0]["description"] = "Otherwise"
    assert await tree.sync(api, "2", FEATURES)  # type: ignore[arg-type]  # all that is used of it
