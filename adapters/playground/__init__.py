"""The playground: a small pretended community on a page on this machine, and a clock that can be moved."""

from pathlib import Path

from adapters.playground.community import Community
from adapters.playground.incoming import Core, Doorman
from adapters.playground.platform import Playground
from adapters.playground.server import application, start
from adapters.playground.stage import Leap, Stage
from adapters.playground.state import MovingClock, StateFile
from adapters.playground.talk import Talk
from bot.members.roster import Roster

__all__ = ["Core", "Leap", "MovingClock", "Playground", "connect"]


async def connect(
    core: Core, roster: Roster, clock: MovingClock, leap: Leap, *, host: str, port: int, state: Path
) -> Playground:
    """Open the playground and serve its page; port 0 takes any that is free.

    The clock is moved to where it was when `state` was last written. `leap` moves it to an instant, doing on
    the way what is due. Raises UserError if the roster or the address can't be used.
    """
    stage = Stage(Community(roster), clock, StateFile(state))
    address, close = await start(application(Talk(Doorman(stage, core, leap))), host, port)
    return Playground(stage, address, close)
