"""Wordings that responders can begin with: each is there to be changed before it is sent."""

from dataclasses import dataclass

from bot.language import later
from bot.reports.contents import Kind

BEFORE = 10  # letters before a gap, by which it is known


@dataclass(frozen=True, slots=True)
class Template:
    """A wording: what it is for, and its words."""

    label: str
    text: str


OWN = Template(later("In my own words"), "")

READ = (
    Template(
        later("It is read"),
        later(
            "Thank you for telling us. I have read it, and I'm looking after it. I'll write to you here again by …. "
            "I pass nothing on unless you allow it, with the exceptions that you read before you wrote."
        ),
    ),
    Template(
        later("It is read, and it is urgent"),
        later(
            "Thank you for telling us. I have read it. If you or somebody else is in danger now, please call for help "
            "at once; I'm here as well: …"
        ),
    ),
    OWN,
)

QUESTIONS = (
    Template(
        later("How to reach them"), later("How and when can we reach you safely? Is there anybody who must not notice?")
    ),
    Template(later("What they wish for"), later("What would you like to happen now? And what must not happen?")),
    Template(
        later("A little more"),
        later("Could you tell us a little more: when it was, where, and who else was there? Only as much as you like."),
    ),
    Template(
        later("May I pass something on?"),
        later(
            "We would like to tell … (who) this: “…” (the exact words), so that … (what for). May we? "
            "You can say no, and then nothing is passed on."
        ),
    ),
    OWN,
)

ANSWERS = (
    Template(
        later("What happens next"),
        later("Thank you for telling us. What we do now: …. You hear from us again here by …."),
    ),
    Template(
        later("Where there is help"),
        later("What you describe isn't your fault. People who can help you, also at night: …. We stay here for you: …"),
    ),
    Template(
        later("What we can't do"),
        later("We have looked at it carefully. We can't …, because …. What we can do instead: …. What do you think?"),
    ),
    OWN,
)

# What came of a report: the answer that whoever made it reads, before what is added to it.
OUTCOMES = {
    "done": Template(later("Something was done about it"), later("Something was done about what you told us.")),
    "agreed": Template(later("You agreed on something"), later("We leave it at what we agreed on.")),
    "wish": Template(later("They asked to leave it"), later("As you asked us, we leave it at that.")),
    "elsewhere": Template(later("It is dealt with elsewhere"), later("It is dealt with elsewhere, as you allowed.")),
    "nothing": Template(
        later("Nothing could be done"), later("We couldn't do anything about it. That isn't your fault.")
    ),
}

# What can be written, by the letter that stands for it in a button: the kind of the line, and how it can begin.
WORDS = {
    "r": (Kind.ANSWER, READ),
    "q": (Kind.QUESTION, QUESTIONS),
    "a": (Kind.ANSWER, ANSWERS),
    "n": (Kind.NOTE, (OWN,)),
}


def letter(text: str) -> str:
    """Read a button's argument: what is to be written. Raises ValueError for anything else."""
    if text not in WORDS:
        raise ValueError
    return text


def gap_left(text: str, wording: str) -> bool:
    """Tell whether a gap of a wording, to be filled in, still stands in a text with the words before it."""
    parts = wording.split("…")
    return any(f"{before[-BEFORE:]}…" in text for before in parts[:-1])
