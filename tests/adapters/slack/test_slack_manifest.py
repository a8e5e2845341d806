"""The app manifest: complete, valid, and asking for nothing that isn't used."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from adapters.slack.manifest import EVENTS_USED, METHODS_USED, events, manifest, scopes
from bot.feature import Feature
from bot.features import FEATURES
from bot.people import EVERYONE
from bot.views import Message

ROOT = Path(__file__).parents[3]
ADAPTER = ROOT / "adapters" / "slack"
NOT_HERE = "../shared/wire isn't here: Slack's own description of its interface"
BY_THE_SDK = {"apps.connections.open"}  # what Socket Mode's client calls
CONNECTED = pytest.mark.skipif(not (ADAPTER / "platform.py").exists(), reason="the adapter isn't complete yet")

Json = dict[str, Any]


def wire(name: str) -> Json:
    """Return a file of Slack's own descriptions, or skip the test."""
    file = ROOT.parent / "shared" / "wire" / name
    if not file.exists():
        pytest.skip(NOT_HERE)
    found: Json = json.loads(file.read_text("utf-8"))
    return found


def called() -> set[str]:
    """Return the methods that the adapter's code calls by their names in the SDK."""
    known = {method.replace(".", "_"): method for method in wire("slack-methods.json")["methods"]}
    nodes = (node for file in ADAPTER.glob("*.py") for node in ast.walk(ast.parse(file.read_text("utf-8"))))
    return {known[node.attr] for node in nodes if isinstance(node, ast.Attribute) and node.attr in known}


def test_the_manifest_is_valid() -> None:
    """It keeps to Slack's own schema."""
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema isn't installed: make setup")
    schema = wire("slack-manifest.schema.json")
    jsonschema.Draft7Validator.check_schema(schema)
    assert [] == [error.message for error in jsonschema.Draft7Validator(schema).iter_errors(manifest(FEATURES))]


def test_everything_declared_is_in_the_manifest() -> None:
    """Each root with all of its commands, and each entry of a message's menu, in full."""
    features = manifest(FEATURES)["features"]
    commands = [command for feature in FEATURES for command in feature.commands]
    hints = {row["command"]: row["usage_hint"] for row in features["slash_commands"]}
    typed = {f"/{root}": {c.name for c in commands if c.root == root} for root in ("mentor", "mentor-admin")}
    assert typed == {command: set(hint.split(" | ")) for command, hint in hints.items()}
    assert all(row["should_escape"] for row in features["slash_commands"])
    assert all(hint.startswith("help | ") for hint in hints.values())
    declared = {shortcut.name: shortcut.label for feature in FEATURES for shortcut in feature.shortcuts}
    assert declared == {row["callback_id"]: row["name"] for row in features["shortcuts"]}
    assert {"message"} == {row["type"] for row in features["shortcuts"]}
    assert len(declared) <= 10


def test_the_bot_runs_over_sockets_alone() -> None:
    """No address of ours is needed; people can write to the bot."""
    made = manifest(FEATURES)
    assert "url" not in json.dumps(made)
    settings = made["settings"]
    assert (True, False, False) == tuple(
        settings[key] for key in ("socket_mode_enabled", "org_deploy_enabled", "token_rotation_enabled")
    )
    assert settings["interactivity"]["is_enabled"]
    assert not made["features"]["app_home"]["messages_tab_read_only_enabled"]
    assert "user" not in made["oauth_config"]["scopes"]


def test_scopes_and_events_are_those_of_the_tables() -> None:
    """Nothing else is asked for, and nothing twice."""
    made = manifest(FEATURES)
    needed = {scope for table in (METHODS_USED, EVENTS_USED) for scopes_ in table.values() for scope in scopes_}
    assert sorted({"commands", *needed}) == scopes() == made["oauth_config"]["scopes"]["bot"]
    assert sorted(EVENTS_USED) == events() == made["settings"]["event_subscriptions"]["bot_events"]


def test_scopes_of_methods_are_slacks() -> None:
    """Each method exists; its scopes are among those with which Slack lets a bot call it, if it needs any."""
    methods = wire("slack-methods.json")["methods"]
    for method, chosen in METHODS_USED.items():
        allowed = set(methods[method]["scope"].get("bot", ()))
        # Looking somebody up by address gives a user, which takes the scope of users beside that of addresses.
        extra = {"users:read"} if method == "users.lookupByEmail" else set()
        assert set(chosen) <= allowed | extra, method
        assert bool(chosen) is bool(allowed), method


def test_scopes_of_events_are_slacks() -> None:
    """Each event exists, and what is asked for is what it takes."""
    known = wire("slack-methods.json")["events"]
    assert {name: set(needed) for name, needed in EVENTS_USED.items()} == {
        name: set(known[name]["scopes"] or ()) for name in EVENTS_USED
    }


def test_every_method_that_is_called_is_in_the_table() -> None:
    """The code calls nothing for which no scope is asked."""
    assert set() == called() - METHODS_USED.keys()


@CONNECTED
def test_every_method_in_the_table_is_called() -> None:
    """No scope is asked for that isn't used."""
    assert set() == METHODS_USED.keys() - called() - BY_THE_SDK


def test_what_is_too_long_is_cut() -> None:
    """However much is declared, and a root that nobody has described, the manifest stays valid."""
    feature = Feature("trying")

    async def run(asked: object) -> Message:
        raise NotImplementedError

    for number in range(500):
        feature.command(f"try{number}", "Try", who=EVERYONE, root="other")(run)
    feature.shortcut("trying.this", "A label that is much too long", who=EVERYONE)(run)
    features = manifest([feature])["features"]
    (command,) = features["slash_commands"]
    assert len(command["usage_hint"]) <= 1000
    assert command["description"]
    assert 24 >= len(features["shortcuts"][0]["name"])


def test_the_docs_say_what_every_scope_is_for() -> None:
    """docs/slack.md has a line for each permission, and for no other."""
    page = (ROOT / "docs" / "slack.md").read_text("utf-8")
    assert scopes() == re.findall(r"^\| `([a-z:.]+)` \| .+ \|$", page, re.MULTILINE)


def test_the_command_prints_it() -> None:
    """`mentorbot slack manifest` gives JSON and nothing else."""
    printed = subprocess.run(
        [sys.executable, "-m", "bot", "slack", "manifest"], capture_output=True, check=True, cwd=ROOT
    )
    assert manifest(FEATURES) == json.loads(printed.stdout)
    assert b"" == printed.stderr
