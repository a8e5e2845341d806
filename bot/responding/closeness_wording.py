"""What responders read about those with whom they are too close."""

from collections.abc import Iterator, Sequence

from bot.language import later, t
from bot.views import Actions, Block, Button, Field, Form, Heading, Message, Note, Text, action, message
from bot.wording import names

LONGEST = 1000  # characters of names
NOT_YOURSELF = later("Reports about you never come to you anyway. Nothing was changed.")
TOO_MANY = later("These are more people than I can keep. Nothing was changed.")


def shown(
    people: Sequence[tuple[int, str]],
    *,
    left: Sequence[str] = (),
    kept: Sequence[str] = (),
    added: bool = False,
    taken_away: bool = False,
) -> Message:
    """Show with whom somebody is too close, and what was done just now."""
    blocks: list[Block] = [Heading(t("With whom you're too close"))]
    if added:
        blocks.append(
            Text(t("Noted. Reports that name one of them don't come to you, so another responder reads them."))
        )
    if taken_away:
        blocks.append(Text(t("Noted. Reports that name them can come to you from now on.")))
    blocks += map(Text, _moved(left, kept))
    if not people:
        blocks.append(
            Text(t("Nobody so far. Whose reports should not come to you: family, friends, close colleagues?"))
        )
    add = Button(t("Add people …"), "responding.who_is_close", primary=not people)
    blocks += [Note(t("Nobody else sees this list, and no reason is asked.")), Actions((add, _reports()))]
    rows = [people[at : at + 5] for at in range(0, len(people), 5)]
    for row in rows:
        take = tuple(Button(t("Take {name} away", name=name), action("responding.not_close", id_)) for id_, name in row)
        blocks += [Text(names([name for _, name in row])), Actions(take)]
    return Message(tuple(blocks))


def form() -> Form:
    """Ask who is too close."""
    field = Field(
        "who",
        t("Who is too close to you?"),
        hint=t("One or several people, with commas: as @amara, or by name."),
        limit=LONGEST,
    )
    return Form(t("With whom you're too close"), "responding.close_people", (field,), submit=t("Add"))


def already() -> Message:
    """Say that it stands so already."""
    return message(t("It stands so already. Nothing was changed."), actions=(_reports(),))


def _reports() -> Button:
    return Button(t("Private reports"), "responding.open")


def _moved(left: Sequence[str], kept: Sequence[str]) -> Iterator[str]:
    if left:
        yield t("{reports} no longer opens to you, as it may be about one of them.", reports=names(left))
    if kept:
        yield t(
            "{reports} may be about one of them, and no other responder can open it. Please unlock it and step aside: "
            "then it goes to the outside contact.",
            reports=names(kept),
        )


def nobody(words: str) -> str:
    """Say that nobody is called so."""
    return t("I know nobody here who is called {words}. Please mention them with @.", words=words[:80])


def several(words: str) -> str:
    """Say that several are called so."""
    return t(
        "Several people are called {words}. Please mention the one you mean with @.",
        words=words[:80],
    )
