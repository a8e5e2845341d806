"""A real browser for tests of pages: Debian's Chromium, driven by Playwright."""

import os
import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
# No sandbox: it doesn't work as root. The rest keeps it from talking to anybody but the test.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return Chromium's path; without it skip, or fail where REQUIRE_BROWSER=1 says that it must be there."""
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found:
        return found
    reason = "Chromium is not installed (on Debian: apt install chromium)"
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


# One for each test, in that test's own event loop: starting it takes about a third of a second.
@pytest.fixture
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """Start a browser without any history; it is closed after the test."""
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield started
        await started.close()
