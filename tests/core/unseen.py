"""A small feature whose calls leave no trace, with everything that can be declared; what people type, it quotes."""

from collections.abc import Mapping

from bot.context import Asked, Newcomer
from bot.feature import Answer, Feature, Option
from bot.people import EVERYONE, Role
from bot.views import Actions, Button, Errors, Field, File, Form, Message, Text, message

RESPONDERS = frozenset({Role.RESPONDER})
FIELDS = 7  # more than Discord shows in one modal


def whisper() -> Feature:
    """Return it."""
    feature = Feature("whisper", unseen=True)
    _commands(feature)
    _forms(feature)
    _faults(feature)
    return feature


def _commands(feature: Feature) -> None:
    @feature.command("whisper", "Say something unheard", who=EVERYONE, options=(Option("words", ""),))
    async def begin(asked: Asked, words: str = "") -> Message:
        if "break" in words:
            raise ValueError(words)
        return Message((Text(f"Heard: {words}"), Actions((Button("Write", "whisper.open"),))))

    @feature.newcomer("whisper", options=(Option("words", ""),))
    async def newcomer(newcomer: Newcomer, words: str = "") -> Message:
        return message(f"Heard somebody whom nobody was asked about: {words}, {newcomer.profile}")

    @feature.shortcut("whisper.about", "Whisper about this", who=EVERYONE, quotes=True)
    async def about(asked: Asked) -> Message:
        return message(f"About {asked.message}: {asked.quote}")


def _forms(feature: Feature) -> None:
    @feature.button("whisper.open", who=EVERYONE, answer=Answer.FORM)
    async def open_(asked: Asked) -> Form:
        fields = tuple(Field(f"f{number}", f"Field {number}", long=True) for number in range(FIELDS))
        return Form("Write", "whisper.next", fields)

    @feature.form("whisper.next", who=EVERYONE)
    async def further(asked: Asked, values: Mapping[str, str]) -> Form | Errors:
        if "wrong" in values["f0"]:
            return Errors({"f0": f"Not this: {values['f0']}"})
        return Form("Sure?", "whisper.sent", (Field("all", "All", " ".join(values.values()), long=True),))

    @feature.form("whisper.sent", who=EVERYONE)
    async def sent(asked: Asked, values: Mapping[str, str]) -> Message:
        if "break" in values["all"]:
            raise LookupError(f"cannot use {values!r}")
        return message(f"Sent: {values['all']}")


def _faults(feature: Feature) -> None:
    @feature.button("whisper.breaks", str, who=EVERYONE)
    async def breaks(asked: Asked, words: str) -> Message:
        raise TypeError(f"{words!r} of {asked.account}")

    @feature.command("hush", "For few", who=RESPONDERS, options=(Option("words", ""),))
    @feature.button("whisper.few", str, who=RESPONDERS)
    async def few(asked: Asked, words: str) -> Message:
        raise AssertionError(words)

    @feature.button("whisper.file", who=EVERYONE)
    async def file(asked: Asked) -> Message:
        return Message((File("a.txt", b"a", "A file"),))
