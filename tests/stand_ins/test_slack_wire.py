"""The stand-in itself, held against Slack's own description of its methods, where that is there."""

from typing import Any

import pytest

from tests.stand_ins.slack import check_against_wire, described
from tests.stand_ins.slack.recording import Request
from tests.stand_ins.slack.registry import METHODS


@pytest.fixture
def wire() -> dict[str, Any]:
    """Return the description."""
    methods = described()
    if methods is None:
        pytest.skip("../shared/wire is not there")
    return methods


@pytest.mark.parametrize("name", METHODS)
def test_a_method_is_as_described(wire: dict[str, Any], name: str) -> None:
    """It takes JSON where Slack does, needs what Slack needs, and asks for no scope that Slack doesn't know."""
    method, about = METHODS[name], wire[name]
    assert bool(about["json"]) == method.json
    assert set() == set(method.required) - set(about["args"])
    assert set() == set(about["required"]) - {"token"} - set(method.required)
    assert set() == set(method.scopes) - set(about["scope"].get("bot", ()))


def test_requests_are_held_against_it(wire: dict[str, Any]) -> None:
    """Unknown methods and arguments, missing ones, JSON where none is taken, a scope that is missing."""
    form, scopes = "application/x-www-form-urlencoded", frozenset({"chat:write"})
    right = Request("chat.postMessage", {"channel": "C1", "text": "x"}, form, token=True, scopes=scopes)
    assert [] == check_against_wire([right])
    wrong = [
        Request("chat.shout", {}, form, token=True),
        Request("chat.postMessage", {"channel": "C1", "loud": True}, form, token=True, scopes=scopes),
        Request("chat.postMessage", {"text": "x"}, form, token=True, scopes=scopes),
        Request("users.info", {"user": "U1"}, "application/json", token=True, scopes=frozenset({"users:read"})),
        Request("users.info", {"user": "U1"}, form, token=True, scopes=scopes),
        Request("auth.test", {}, form, token=False),
    ]
    assert [
        "chat.shout: there is no such method",
        "chat.postMessage: it has no argument loud",
        "chat.postMessage: it needs the argument channel",
        "users.info: it takes no JSON",
        "users.info: it needs one of the scopes users:read",
        "auth.test: it needs the argument token",
    ] == check_against_wire(wrong)
