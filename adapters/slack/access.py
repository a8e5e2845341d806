"""Whether Slack lets the bot in."""

import structlog

log = structlog.get_logger(__name__)


class Access:
    """Whether Slack lets the bot in; it is said once when that changes."""

    def __init__(self) -> None:
        """Begin with access."""
        self.lost = False

    def denied(self) -> None:
        """Note that Slack didn't let the bot in."""
        if not self.lost:
            log.error("Slack no longer lets mentorbot in: the app was removed, or a token revoked; it needs new tokens")
        self.lost = True

    def granted(self) -> None:
        """Note that Slack did."""
        if self.lost:
            log.info("Slack lets mentorbot in again")
        self.lost = False
