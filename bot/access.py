"""Whether a platform lets the bot in."""

import structlog

from bot.hush import is_quiet

log = structlog.get_logger(__name__)


class Access:
    """Whether a platform lets the bot in; it is said once when that changes."""

    def __init__(self, platform: str, why_not: str) -> None:
        """Begin with access; `why_not` says what it may mean if there is none."""
        self.lost = False
        self._platform = platform
        self._why_not = why_not

    def denied(self) -> None:
        """Note that the platform didn't let the bot in. What is to leave no trace leaves it to the next one to note."""
        if is_quiet():
            return
        if not self.lost:
            log.error("a platform no longer lets mentorbot in", platform=self._platform, reason=self._why_not)
        self.lost = True

    def granted(self) -> None:
        """Note that it did."""
        if is_quiet():
            return
        if self.lost:
            log.info("a platform lets mentorbot in again", platform=self._platform)
        self.lost = False
