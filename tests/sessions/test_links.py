"""Links to meetings: only the approved hosts, however another one is dressed up."""

from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from yarl import URL

from bot.errors import UserError
from bot.hosts import is_host
from bot.sessions.links import LONGEST, is_approved, read

HOSTS = ("meet.google.com", "zoom.us", "teams.microsoft.com", "webex.com", "meet.jit.si", "discord.com")
CYRILLIC = "https://z\u043e\u043em.us/j/1"

taken = [
    ("https://zoom.us/j/123?pwd=a.1", "https://zoom.us/j/123?pwd=a.1"),
    ("  https://us02web.zoom.us/j/123#success \n", "https://us02web.zoom.us/j/123#success"),
    ("HTTPS://ZOOM.us/J/Abc", "https://zoom.us/J/Abc"),
    ("https://zoom.us:443/j/1", "https://zoom.us/j/1"),
    ("https://meet.google.com/abc-defg-hij", "https://meet.google.com/abc-defg-hij"),
    ("https://meet.jit.si/Café", "https://meet.jit.si/Caf%C3%A9"),
    ("https://meet.jit.si", "https://meet.jit.si"),
    ("\ufeffhttps://zoom.us/j/1\u200b\n", "https://zoom.us/j/1"),
    ("https://discord.com/channels/1/2", "https://discord.com/channels/1/2"),
    (
        "https://teams.microsoft.com/l/meetup-join/19%3ameeting_X%40thread.v2/0?context=%7b%22Tid%22%3a%22a-b%22%7d",
        "https://teams.microsoft.com/l/meetup-join/19%3ameeting_X%40thread.v2/0?context=%7b%22Tid%22%3a%22a-b%22%7d",
    ),
]

refused = {
    "": "whole link",
    "zoom": "whole link",
    "zoom.us/j/1": "whole link",
    "//zoom.us/j/1": "whole link",
    "https:zoom.us/j/1": "whole link",
    "https:/zoom.us/j/1": "whole link",
    "https:\\\\zoom.us\\j": "whole link",
    "https://zoom.us\\@evil.example": "whole link",
    "https://zoom.us\\.evil.example": "whole link",
    "http://zoom.us/j/1": "whole link",
    "javascript:alert(1)//https://zoom.us": "whole link",
    "data:text/html,https://zoom.us": "whole link",
    "zoommtg://zoom.us/join": "whole link",
    "https://zo\tom.us/j/1": "whole link",
    "https://zoom.us/j\n/1": "whole link",
    "ht\ttps://zoom.us/": "whole link",
    "\x01https://zoom.us/": "whole link",
    "https://zoom.us/<b>": "whole link",
    "https://zoom.us/j https://evil.example": "whole link",
    "https://zoom.us/{x}|y": "whole link",
    "https://": "approved",
    "https:///zoom.us": "approved",
    "https://.zoom.us": "approved",
    "https://zoom..us": "approved",
    "https://zoom.us./j": "approved",
    "https://zoom.us.evil.example/j": "approved",
    "https://evilzoom.us/": "approved",
    "https://evil-zoom.us/": "approved",
    "https://us/": "approved",
    "https://google.com/": "approved",
    "https://evil.example/zoom.us": "approved",
    "https://evil.example?zoom.us": "approved",
    "https://evil.example#zoom.us": "approved",
    "https://zoom%2eus/j": "approved",
    "https://zoom.us%2eevil.example/": "approved",
    "https://evil.example%2f.zoom.us/": "approved",
    "https://%7aoom.us": "approved",
    "https://[::1]/": "approved",
    "https://[::ffff:1.2.3.4]:443/": "approved",
    "https://[zoom.us]/": "approved",
    "https://127.0.0.1/": "approved",
    "https://2130706433/": "approved",
    "https://zoom_us.zoom.us/": "approved",
    "https://-a.zoom.us/": "approved",
    "https://zoom.us@evil.example/": "@",
    "https://evil.example@zoom.us/": "@",
    "https://zoom.us:443@evil.example/": "@",
    "https://@zoom.us/": "@",
    "https://zoom.us:8443/j": "number after",
    "https://zoom.us:/j": "number after",
    "https://zoom.us:443:443/j": "number after",
    "https://zoom.us:0443/": "number after",
    CYRILLIC: "look like others",
    "https://zoom。us/": "look like others",
    "https://\uff5aoom.us/": "look like others",
    "https://zoom.u\u017f/": "look like others",
    "https://zoom\u2024us/": "look like others",
    "https://zoom.us\u2215evil.example/": "look like others",
    "https://zo\u200bom.us/": "look like others",
    "https://\u202ezoom.us/": "look like others",
    "https://xn--zm-dmdb.us/": "look like others",
    "https://XN--zm-dmdb.zoom.us/": "look like others",
    "https://zoom.us/redirect?to=https://evil.example": "leads on",
    "https://zoom.us/redirect?to=https%3A%2F%2Fevil.example": "leads on",
    "https://zoom.us/r?to=%252F%252Fevil.example": "leads on",
    "https://zoom.us//evil.example": "leads on",
    "https://meet.google.com/linkredirect?dest=evil.example": "leads on",
}


@pytest.mark.parametrize(("typed", "kept"), taken)
def test_an_approved_link_is_taken(typed: str, kept: str) -> None:
    """What meetings give out is kept as it is; a host is written in small letters."""
    assert kept == read(typed, HOSTS)


@pytest.mark.parametrize(("typed", "why"), refused.items())
def test_another_is_refused(typed: str, why: str) -> None:
    """And it is said why, and what would be right."""
    with pytest.raises(UserError, match=why):
        read(typed, HOSTS)


def test_the_refusal_names_the_approved_ones() -> None:
    """Whoever reads it knows what to use."""
    with pytest.raises(UserError) as refusal:
        read("https://skype.com/x", HOSTS)
    assert all(host in str(refusal.value) for host in ("skype.com", *HOSTS))


def test_a_long_link_is_refused() -> None:
    """A link that is as long as a letter is none."""
    assert read(f"https://zoom.us/{'a' * (LONGEST - 16)}", HOSTS)
    for long in ("a" * LONGEST, "\u00e9" * (LONGEST // 3)):  # also one that is so long only as it is kept
        with pytest.raises(UserError, match="longer than 500"):
            read(f"https://zoom.us/{long}", HOSTS)


pieces = st.sampled_from(
    [
        *(
            "https:",
            "http:",
            "//",
            "/",
            "\\",
            "@",
            ":",
            ".",
            "?",
            "#",
            "%2f",
            "%40",
            "%2e",
            "%",
            "[",
            "]",
            "\t",
            "\n",
            " ",
        ),
        *(
            "zoom.us",
            "evil.example",
            "ZOOM.US",
            "xn--",
            "zoom",
            "us",
            "443",
            "8080",
            "::1",
            "\u043e",
            "\u3002",
            "\u00ad",
        ),
        *("j", "q=1", "\u200b", "\u202e", ";", "&", "127.0.0.1", "-", "_", "\x00", "\u017f"),
    ]
)
addresses = st.one_of(st.lists(pieces, max_size=12).map("".join), st.text(max_size=40).map("https://".__add__))


@given(st.one_of(addresses, addresses.map("https://zoom.us".__add__), st.text(max_size=60)))
@example("https://zoom.us\\@evil.example")
def test_whoever_reads_it_finds_an_approved_host(typed: str) -> None:
    """Two other readers of addresses agree on the host of whatever is taken, and nothing crashes."""
    try:
        kept = read(typed, HOSTS)
    except UserError:
        return
    assert kept.isascii()
    assert kept.isprintable()
    assert kept == read(kept, HOSTS)
    for host in (urlsplit(kept).hostname, URL(kept, encoded=True).host):
        assert host is not None
        assert is_approved(host, HOSTS)
    assert (None, None, None) == (urlsplit(kept).username, urlsplit(kept).password, urlsplit(kept).port)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("zoom.us", True),
        ("meet.google.com", True),
        ("zoom", False),
        ("https://zoom.us", False),
        ("*.zoom.us", False),
        ("Zoom.us", False),
        ("zoom.us.", False),
        ("xn--zm-dmdb.us", False),
        ("z\u043eom.us", False),
        ("127.0.0.1", False),
        ("zoom.us\n", False),
        ("", False),
    ],
)
def test_what_a_host_is(text: str, is_one: bool) -> None:
    """A program's list holds plain names alone."""
    assert is_one == is_host(text)
