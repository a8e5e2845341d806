"""The SDK's client for Slack's Web API, as it is used here."""

import logging

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

# The SDK logs each attempt to connect with a traceback, and errors with what Slack sent: we say it in our own words.
QUIET = logging.getLogger("slack_sdk.quiet")
QUIET.setLevel(logging.CRITICAL)


def session_of(seconds: float) -> aiohttp.ClientSession:
    """Return a session in which Slack has so many seconds for an answer."""
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=seconds))


def client_of(token: str, api_url: str, session: aiohttp.ClientSession) -> AsyncWebClient:
    """Return a client that tries nothing twice: what is sent again is looked for before."""
    return AsyncWebClient(token=token, base_url=api_url, session=session, logger=QUIET, retry_handlers=[])
