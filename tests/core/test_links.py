"""Links that lead from one platform to another."""

from bot.clock import SetClock
from bot.links import leading
from bot.people import Place
from bot.views import Actions, Button, Link, Message, Text
from tests.scheduler.flaky import Flaky
from tests.world import MONDAY

HERE, THERE = Place("here", "w", "c"), Place("there", "w", "c")
PLATFORMS = {name: Flaky(SetClock(MONDAY), name) for name in ("here", "there")}


def test_another_platforms_link_has_its_address() -> None:
    """One to the reader's own platform stays as it is: that knows best."""
    said = Message((Text("Hello."), Actions((Link("One", HERE, "1"), Link("Two", THERE, "2"), Button("Three", "x")))))
    links = Link("One", HERE, "1"), Link("Two", THERE, "2", "there://w/c/2")
    assert Message((Text("Hello."), Actions((*links, Button("Three", "x"))))) == leading(said, "here", PLATFORMS)


def test_a_link_that_leads_nowhere_is_left_out() -> None:
    """To a platform that isn't connected any more; of a row nothing stays if it was all."""
    said = Message((Text("Hello."), Actions((Link("One", Place("gone", "w", "c"), "1"),))))
    assert Message((Text("Hello."),)) == leading(said, "here", PLATFORMS)
