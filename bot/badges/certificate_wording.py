"""What a certificate says, and what is said around it."""

from collections.abc import Sequence
from dataclasses import asdict

from bot.badges.certificate import Words
from bot.badges.certificate_texts import NUMBER
from bot.badges.definition import Definition
from bot.badges.frozen import fulfilled, words_of
from bot.language import t
from bot.members.words import NAME_LIMIT
from bot.texts import excerpt
from bot.views import PER_ROW, Button, Field, File, Form, Message, Text, action, message
from storage.awards import Award

LABEL = 60  # characters of a title on a button
GROUP = 4  # characters of a number


def words(award: Award, definition: Definition) -> Words:
    """Return what a certificate says: all as it was said when the badge was awarded."""
    then = words_of(award)
    lines = tuple(f"{what}: {figure}" for what, figure in fulfilled(award))
    return Words(
        name=then.name,
        language=then.language,
        title=then.title,
        about=then.about,
        lines=(award.reason,) if award.by_hand and award.reason else lines,
        shape=definition.shape,
        colour=definition.colour,
        sign=definition.sign,
        **asdict(then.certificate) | {"number": then.certificate.number.replace(NUMBER, _number(award))},
    )


def _number(award: Award) -> str:
    digits = award.key[: 3 * GROUP].upper()
    return "-".join(digits[at : at + GROUP] for at in range(0, len(digits), GROUP))


def which(found: Sequence[tuple[Award, Definition]]) -> Message:
    """Ask of which badge somebody would like a certificate, or say that there is none."""
    if not found:
        return message(
            t("You have no badge with a certificate just now. How far you are:"),
            actions=(Button(t("My badges"), "badges.mine"),),
        )
    return message(
        t("Of which badge would you like a certificate?"),
        actions=tuple(
            Button(excerpt(t(definition.title), LABEL), action("badges.certificate_of", award.id))
            for award, definition in found[:PER_ROW]
        ),
    )


def preview(award: Award, found: Words) -> Message:
    """Show what would stand in a certificate."""
    return message(
        t("This would stand in your certificate. It is made for you alone; I send it to nobody else."),
        f"{found.program}\n{found.heading}\n{found.given}\n{found.name}\n{found.earned}\n{found.title}",
        "\n".join((found.done, found.about, *(t("• {line}", line=one) for one in found.lines))),
        f"{found.stands}\n{found.made_on}\n{found.number}",
        actions=(
            Button(t("Make it"), action("badges.certificate", award.id), primary=True),
            _another(award),
        ),
    )


def _another(award: Award) -> Button:
    return Button(t("Another name …"), action("badges.certificate_name", award.id))


def name_form(award: Award, name: str) -> Form:
    """Ask for another name."""
    field = Field(
        "name",
        t("Which name shall stand in it?"),
        name,
        t("Such as your full name, in any script. I don't keep it."),
        limit=NAME_LIMIT,
    )
    return Form(t("Certificate"), action("badges.certificate_named", award.id), (field,), submit=t("Make it"))


def name_needed() -> str:
    """Say that a name is needed."""
    return t("Please write a name.")


def name_too_long(most: int) -> str:
    """Say how long a name can be."""
    return t("That is too long: {most} characters are the most.", most=most)


def absent(characters: Sequence[str]) -> str:
    """Say which characters of a name can't be written."""
    return t(
        "I have no letters for this: {characters}. Please write the name without it.", characters=" ".join(characters)
    )


def no_glyph(award: Award, characters: Sequence[str]) -> Message:
    """Say which characters can't be written, and offer another name."""
    said = t(
        "I can't write all of it, so I made nothing. I have no letters for this: {characters}",
        characters=" ".join(characters),
    )
    return message(said, actions=(_another(award),))


def made(award: Award, found: Words, content: bytes) -> Message:
    """Give somebody their certificate."""
    about = t("Certificate: {title}, for {name}", title=found.title, name=found.name)
    file = File(f"certificate-{award.key[: 2 * GROUP]}.pdf", content, about)
    return Message((Text(t("Here it is. Made again with the same name, it will be the same.")), file))
