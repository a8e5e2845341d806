"""Sealing: whoever has the key opens it, nobody else does, and whatever was changed or swapped is noticed."""

import asyncio
import shutil
import subprocess
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.reports import sealing
from bot.reports.sealing import Cost, Hidden, Unreadable

CHEAP = Cost(8, 1)
CASE, OTHER = sealing.identity(), sealing.identity()
CODE, OTHER_CODE = "1234567890" * 2 + "12345", "0" * 25
TOKEN, _, UNLOCKED = sealing.session(CASE[0])
KEY = b"k" * 32
HIDDEN = Hidden(7, (1, 2), (3, 4), outside=True)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
drawn = settings(deadline=None, max_examples=25)

# Whatever is sealed anywhere, with what opens it.
SEALED: dict[str, tuple[bytes, Callable[[bytes], object]]] = {
    "an entry": (sealing.seal(b"words", [CASE[1]]), lambda it: sealing.unseal(it, CASE[0])),
    "a wrapped secret": (sealing.wrap(CASE[0], OTHER[1]), lambda it: sealing.unwrap(it, OTHER[0])),
    "a passphrase": (sealing.lock(CASE[0], "open, please", CHEAP), lambda it: sealing.unlock(it, "open, please")),
    "a code": (sealing.wrap_for_code(CASE[0], CODE), lambda it: sealing.by_code(it, CODE)),
    "a session": (UNLOCKED, lambda it: sealing.by_session(it, TOKEN)),
    "what is hidden": (sealing.hide(KEY, 5, HIDDEN), lambda it: sealing.unhide(KEY, 5, it)),
}


@pytest.mark.parametrize("name", SEALED)
def test_a_single_byte_that_was_changed_is_noticed(name: str) -> None:
    """Wherever it is, and also one that is missing or too much."""
    sealed, unseal = SEALED[name]
    assert unseal(sealed)
    changed = [bytes([*sealed[:at], sealed[at] ^ 1, *sealed[at + 1 :]]) for at in range(len(sealed))]
    for wrong in (*changed, sealed[:-1], sealed + b"x", b"", sealed[:20], sealed * 2):
        with pytest.raises(Unreadable):
            unseal(wrong)


@pytest.mark.parametrize("name", SEALED)
@given(st.binary(max_size=300))
@drawn
def test_what_was_never_sealed_cannot_be_opened(name: str, rubbish: bytes) -> None:
    """It is told alike."""
    with pytest.raises(Unreadable):
        SEALED[name][1](rubbish)


def test_nobody_else_opens_it() -> None:
    """With another key, passphrase, code, token, or as another case's."""
    sealed = {name: it for name, (it, _) in SEALED.items()}
    tries: list[Callable[[], object]] = [
        lambda: sealing.unseal(sealed["an entry"], OTHER[0]),
        lambda: sealing.unwrap(sealed["a wrapped secret"], CASE[0]),
        lambda: sealing.unlock(sealed["a passphrase"], "Open, please"),
        lambda: sealing.by_code(sealed["a code"], OTHER_CODE),
        lambda: sealing.by_session(sealed["a session"], sealing.session(CASE[0])[0]),
        lambda: sealing.by_session(sealed["a session"], "no token at all"),
        lambda: sealing.unhide(KEY, 6, sealed["what is hidden"]),
        lambda: sealing.unhide(b"l" * 32, 5, sealed["what is hidden"]),
        lambda: sealing.unseal(sealed["an entry"], "no key at all"),
    ]
    for attempt in tries:
        with pytest.raises(Unreadable):
            attempt()


def test_a_secret_that_was_swapped_opens_nothing() -> None:
    """A reader who is given another case's secret sees that it isn't this one's."""
    swapped = sealing.unwrap(sealing.wrap(OTHER[0], CASE[1]), CASE[0])
    with pytest.raises(Unreadable):
        sealing.unseal(SEALED["an entry"][0], swapped)
    assert CASE[1] != sealing.public_of(swapped)


def test_what_was_wrapped_by_somebody_else_may_be_anything() -> None:
    """Everybody can seal to a public key; what is no secret inside isn't taken for one."""
    for plain in (b"", b"words", b"\xff", CASE[1].encode()):
        with pytest.raises(Unreadable):
            sealing.unwrap(sealing.seal(plain, [OTHER[1]]), OTHER[0])


def test_several_may_read_and_somebody_has_to() -> None:
    """What nobody could read isn't sealed at all."""
    sealed = sealing.seal(b"words", [CASE[1], OTHER[1]])
    assert [b"words"] * 2 == [sealing.unseal(sealed, secret) for secret, _ in (CASE, OTHER)]
    with pytest.raises(ValueError, match="nobody"):
        sealing.seal(b"words", [])
    assert (True, False, False) == tuple(map(sealing.is_public, (CASE[1], CASE[0], "age1")))


def test_nothing_is_sealed_alike_twice() -> None:
    """Equal things don't look equal. What age seals has a random length besides, all other things are as long."""
    assert sealing.seal(b"words", [CASE[1]]) != sealing.seal(b"words", [CASE[1]])
    makes: list[Callable[[], bytes]] = [
        lambda: sealing.lock(CASE[0], "open, please", CHEAP),
        lambda: sealing.wrap_for_code(CASE[0], CODE),
        lambda: sealing.session(CASE[0])[2],
        lambda: sealing.hide(KEY, 5, HIDDEN),
    ]
    for make in makes:
        once, again = make(), make()
        assert (True, True) == (once != again, len(once) == len(again))


@given(texts)
@drawn
@example("  contraseña  ")
def test_a_passphrase_is_the_same_on_every_keyboard(typed: str) -> None:
    """However its letters are put together, and with blanks around it."""
    sealed = sealing.lock(CASE[0], typed, CHEAP)
    assert CASE[0] == sealing.unlock(sealed, f" {unicodedata.normalize('NFD', typed)} ")
    assert CASE[0] == sealing.unlock(sealed, unicodedata.normalize("NFC", typed))


def test_a_passphrase_costs_time_and_memory() -> None:
    """What RFC 9106 asks for where memory is short, and it stands in the sealed key, so that it can grow."""
    began = time.process_time()
    sealed = sealing.lock(CASE[0], "open, please")
    assert 0.02 < time.process_time() - began
    assert (64 * 1024, 3) == (int.from_bytes(sealed[:4]), int.from_bytes(sealed[4:6]))
    assert CASE[0] == sealing.unlock(sealed, "open, please")


async def test_others_go_on_while_a_passphrase_is_tried() -> None:
    """In a thread it doesn't hold the interpreter's lock."""
    sealed = sealing.lock(CASE[0], "open, please", Cost(64 * 1024, 2))
    trying = asyncio.create_task(asyncio.to_thread(sealing.unlock, sealed, "open, please"))
    turns = 0
    while not trying.done():
        await asyncio.sleep(0)
        turns += 1
    assert 10 < turns


signs = st.sampled_from([" ", "-", "\u00a0", "\u2013", "\n", ".", "\u200b"])
zeros = st.sampled_from(["0", "\u0660", "\u0966", "\uff10", "\u09e6"])


@given(st.text("0123456789", min_size=25, max_size=25), zeros, st.lists(signs, min_size=25, max_size=25))
@drawn
def test_a_code_is_read_however_it_is_typed(code: str, zero: str, between: list[str]) -> None:
    """With blanks and hyphens anywhere, and in the digits of any script."""
    typed = "".join(chr(ord(zero) + int(digit)) + sign for digit, sign in zip(code, between, strict=True))
    assert code == sealing.read_code(typed)
    assert code == sealing.read_code(sealing.grouped(code))


@given(st.text(max_size=60))
@drawn
@example("1234" * 6)
@example("12345 67890 12345 67890 1234o")
@example("1" * 26)
@example("\u00b9" * 25)
def test_what_is_no_code_is_refused(typed: str) -> None:
    """Nothing that anybody can type is a fault, and nothing is guessed."""
    try:
        code = sealing.read_code(typed)
    except ValueError:
        return
    assert (25, True) == (len(code), code.isascii() and code.isdigit())


def test_codes_are_drawn_by_lot() -> None:
    """25 digits in five groups, leading noughts kept; what is found by one tells nothing of it."""
    codes = {sealing.new_code() for _ in range(300)}
    assert (300, {25}, set("0123456789")) == (len(codes), {len(code) for code in codes}, {code[0] for code in codes})
    assert "12345 67890 12345 67890 12345" == sealing.grouped(CODE)
    assert (32, True) == (len(sealing.receipt(CODE)), sealing.receipt(CODE) != sealing.receipt(OTHER_CODE))


def test_a_token_fits_into_a_button() -> None:
    """At most 24 characters, none of which means anything in an action or an address."""
    token, id_, sealed = sealing.session(CASE[0])
    assert (22, id_) == (len(token), sealing.session_id(token))
    assert token.replace("-", "").replace("_", "").isalnum()
    assert CASE[0] == sealing.by_session(sealed, token)
    assert (False, False) == (token in id_, CASE[0].encode() in sealed)


@given(st.builds(Hidden, st.none() | st.integers(1, 9999), st.lists(st.integers(1, 9999), max_size=40).map(tuple)))
@drawn
def test_what_is_hidden_is_as_long_whoever_stands_there(hidden: Hidden) -> None:
    """A report with a name looks like one without."""
    sealed = sealing.hide(KEY, 5, hidden)
    assert (len(sealing.hide(KEY, 5, Hidden())), hidden) == (len(sealed), sealing.unhide(KEY, 5, sealed))


def test_in_a_large_program_it_is_longer_by_steps() -> None:
    """Hundreds of people are hidden as well, and one more or less isn't seen."""
    large, larger = (Hidden(excluded=tuple(range(10**6, 10**6 + count))) for count in (300, 301))
    assert len(sealing.hide(KEY, 5, large)) == len(sealing.hide(KEY, 5, larger))
    assert larger == sealing.unhide(KEY, 5, sealing.hide(KEY, 5, larger))


@pytest.mark.skipif(shutil.which("age") is None, reason="age isn't installed here")
def test_age_itself_opens_what_was_sealed(tmp_path: Path) -> None:
    """And the bot what age has sealed: the format is theirs."""
    (tmp_path / "secret").write_text(CASE[0])
    (tmp_path / "sealed").write_bytes(sealing.seal(b"words", [CASE[1], OTHER[1]]))
    opened = subprocess.check_output(["age", "-d", "-i", "secret", "sealed"], cwd=tmp_path)
    assert b"words" == opened
    theirs = subprocess.run(["age", "-r", CASE[1]], input=b"back", capture_output=True, check=True).stdout
    assert b"back" == sealing.unseal(theirs, CASE[0])
