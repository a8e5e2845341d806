"""Links to where a session takes place: https alone, on a host that the program approves of, and nothing in disguise.

A link is taken only if it has the one plain shape in which every browser and app reads the same host.
"""

import re
from collections.abc import Sequence
from urllib.parse import quote

from bot.errors import UserError
from bot.hosts import is_host
from bot.sessions import links_wording as wording

LONGEST = 500  # characters
PORT = "443"

_SHAPE = re.compile(r"https://(?P<authority>[^/?#\\]*)(?P<rest>(?:[/?#].*)?)", re.ASCII | re.IGNORECASE)
_UNSAFE = re.compile(r"[\x00-\x20\x7f\ud800-\udfff\\<>\"'`{}|^]")
_ONWARD = re.compile(r"(?:https?|ftp)(?::|%3a)|(?:/|%2f|\\|%5c){2}|%25(?:2f|3a|5c)|linkredirect", re.IGNORECASE)
_AROUND = " \t\r\n\u00a0\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"  # what comes along with a link that is pasted
_ENCODED = "%/?#[]@!$&()*+,;=:-._~"  # what may stand in an address as it is


def read(text: str, hosts: Sequence[str]) -> str:
    """Return a link as it is kept; raises UserError, which says what would be right, for one that isn't approved."""
    link = text.strip(_AROUND)
    if len(link) > LONGEST:
        raise UserError(wording.too_long(LONGEST))
    shape = _SHAPE.fullmatch(link)
    if shape is None or _UNSAFE.search(link):
        raise UserError(wording.not_a_link())
    host = _host(shape["authority"], hosts)
    if not is_approved(host, hosts):
        raise UserError(wording.other_host(host, hosts))
    if _ONWARD.search(shape["rest"]):
        raise UserError(wording.leads_on())
    kept = f"https://{host}{quote(shape['rest'], safe=_ENCODED)}"
    if len(kept) > LONGEST:  # written so that every calendar can read it, it can be longer than it was
        raise UserError(wording.too_long(LONGEST))
    return kept


def is_approved(host: str, hosts: Sequence[str]) -> bool:
    """Tell whether a host is one of the approved, or belongs to one of them."""
    return any(host == one or host.endswith(f".{one}") for one in hosts)


def _host(authority: str, hosts: Sequence[str]) -> str:
    """Return the host of an address that names nothing else; raises UserError."""
    if "@" in authority:
        raise UserError(wording.with_user())
    host, colon, port = authority.partition(":")
    if colon and port != PORT and is_host(host.lower()):
        raise UserError(wording.with_port())
    if not authority.isascii() or "xn--" in authority.lower():
        raise UserError(wording.disguised(hosts))
    if not is_host(host.lower()):
        raise UserError(wording.other_host(host, hosts))
    return host.lower()
