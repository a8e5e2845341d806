"""Whether Discord lets the bot in."""

import structlog

log = structlog.get_logger(__name__)


class Access:
    """Whether Discord lets the bot in; it is said once when that changes."""

    def __init__(self) -> None:
        """Begin with access."""
        self.lost = False

    def denied(self) -> None:
        """Note that Discord didn't let the bot in."""
        if not self.lost:
            log.error("Discord no longer lets mentorbot in: its token was reset, or the app deleted: see doctor")
        self.lost = True

    def granted(self) -> None:
        """Note that Discord did."""
        if self.lost:
            log.info("Discord lets mentorbot in again")
        self.lost = False
