"""`mentorbot doctor` on Slack: clock, tokens and connection."""

from collections.abc import Mapping

import pytest

from tests.doctor.breaking import (
    AFTER_TOKENS,
    FIRST,
    SECOND,
    Case,
    app,
    breaks,
    clock,
    fails,
    is_told,
    limits_it,
    token,
)
from tests.doctor.practice import APP_TOKEN, BOT_TOKEN, Practice


def unreachable(practice: Practice) -> None:
    """Let nobody answer."""
    practice.environ["MENTORBOT_SLACK__API_URL"] = "http://127.0.0.1:9/api/"


INSTALL = 'the page "Install App" of the app'
BROKEN: Mapping[str, Case] = {
    "the clock is ahead": (clock(minutes=5), (("✗ Clock: ", "is 5m ahead of Slack's"),)),
    "the clock is behind": (clock(hours=-2), (("✗ Clock: ", "is 2h behind Slack's"),)),
    "the clock is hardly behind": (clock(seconds=-55), ()),
    "no first token": (
        token("BOT", None),
        ((f"✗ {FIRST}: It is missing. ", INSTALL), ("○ ", f": {AFTER_TOKENS}")),
    ),
    "no second token": (token("APP", None), ((f"✗ {SECOND}: It is missing. ", "App-Level Token"),)),
    "the second token twice": (
        token("BOT", APP_TOKEN),
        ((f"✗ {FIRST}: The other token stands in its place. ", INSTALL), ("○ ", f": {AFTER_TOKENS}")),
    ),
    "the first token twice": (
        token("APP", BOT_TOKEN),
        ((f"✗ {SECOND}: The other token stands in its place. ", '"Basic Information"'),),
    ),
    "a person's token": (
        token("BOT", "xoxp-27182-81828-45904-5235"),
        ((f"✗ {FIRST}: It is a person's token", INSTALL), ("○ ", f": {AFTER_TOKENS}")),
    ),
    "a token that ends": (
        token("BOT", "xoxe.xoxb-27182-81828-45904-5235"),
        ((f"✗ {FIRST}: It is one that ends after some hours", INSTALL), ("○ ", f": {AFTER_TOKENS}")),
    ),
    "half a token": (
        token("BOT", "4159265358-Zq8WvN2kLmB7rT4yHc6DxPaS"),
        ((f"✗ {FIRST}: What stands there isn't such a token", INSTALL), ("○ ", f": {AFTER_TOKENS}")),
    ),
    "a token of which the end is missing": (
        token("BOT", BOT_TOKEN[:-3]),
        ((f"✗ {FIRST}: Slack doesn't know it", INSTALL), ("○ ", f": {AFTER_TOKENS}")),
    ),
    "a second token that nobody knows": (token("APP", APP_TOKEN[:-3]), ((f"✗ {SECOND}: Slack doesn't know it", ""),)),
    "a person's token that looks like the bot's": (
        app(bot_id=""),
        ((f"✗ {FIRST}: It is a person's token", INSTALL), ("○ ", f": {AFTER_TOKENS}")),
    ),
    "the token was revoked": (
        app(revoked="token_revoked"),
        ((f"✗ {FIRST}: Slack no longer accepts it", "install it again"), ("○ ", f": {AFTER_TOKENS}")),
    ),
    "the app was taken out": (
        app(revoked="account_inactive"),
        ((f"✗ {FIRST}: Slack no longer accepts it", "install it again"), ("○ ", f": {AFTER_TOKENS}")),
    ),
    "another refusal": (
        fails("auth.test", "ekm_access_denied"),
        ((f"✗ {FIRST}: Slack refuses it (ekm_access_denied)", ""), ("○ ", f": {AFTER_TOKENS}")),
    ),
    "no connections:write": (
        app(app_scopes={"authorizations:read"}),
        ((f"✗ {SECOND}: It lacks the permission connections:write", "make another one with that scope"),),
    ),
    "no Socket Mode": (app(socket_mode=False), ((f"✗ {SECOND}: ", 'switch on "Enable Socket Mode"'),)),
    "tokens of two apps": (app(id="A00000002"), ((f"✗ {SECOND}: The two tokens belong to two different apps", ""),)),
    "Slack asks for a pause": (
        limits_it("*"),
        (
            (f"✗ {FIRST}: Slack asks for a pause. ", "in a minute"),
            (f"✗ {SECOND}: Slack asks for a pause. ", "in a minute"),
            ("○ ", f": {AFTER_TOKENS}"),
        ),
    ),
    "Slack has a trouble": (
        breaks("*"),
        ((f"✗ {FIRST}: Slack has a trouble of its own just now (503)", ""), ("○ ", f": {SECOND}, {AFTER_TOKENS}")),
    ),
    "Slack has a trouble with the second": (
        breaks("apps.connections.open"),
        ((f"✗ {SECOND}: Slack has a trouble of its own just now (503)", ""),),
    ),
    "no connection": (
        unreachable,
        (
            (f"✗ {FIRST}: Slack can't be reached at http://127.0.0.1:9/api/ ", "connected to the internet?"),
            ("○ ", f": Clock, {SECOND}, {AFTER_TOKENS}"),
        ),
    ),
}


@pytest.mark.parametrize("case", BROKEN)
async def test_each_thing_that_is_broken_is_told(well: Practice, case: str) -> None:
    """In a line of its own, with what mends it."""
    await is_told(well, BROKEN[case])
