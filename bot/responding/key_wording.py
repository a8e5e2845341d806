"""What responders read about their keys and passphrases."""

from datetime import datetime

from bot.language import later, n, t
from bot.responding.passphrases import LEAST, LONGEST, Fault
from bot.views import Actions, Button, Field, Form, Heading, Message, Note, Text, message
from bot.wording import moment

NO_KEY = later("You have no key yet. To make one: /mentor reports")


def _make() -> Button:
    return Button(t("Make my key"), "responding.key", primary=True)


def too_close() -> Button:
    """Return the way to those with whom somebody is too close."""
    return Button(t("Too close to me …"), "responding.too_close")


def none() -> Message:
    """Say what a key is for."""
    return Message(
        (
            Heading(t("Private reports")),
            Text(
                t(
                    "Reports come to you locked, so that nobody else can read them: not in the database, not in a copy "
                    "of it. To open them you need a key of your own, and a passphrase that only you know."
                )
            ),
            Text(t("Until you have made your key, no report comes to you.")),
            Actions((_make(), too_close())),
        )
    )


def form() -> Form:
    """Ask for a passphrase, twice."""
    return Form(t("Make my key"), "responding.key_made", _twice(), submit=t("Make my key"))


def form_anew(stamp: str) -> Form:
    """Ask for the passphrase of a new key."""
    return Form(t("Make a new key"), f"responding.key_anew:{stamp}", _twice(), submit=t("Make a new key"))


def form_change() -> Form:
    """Ask for the passphrase so far, and for another one."""
    now = Field("now", t("Your passphrase so far"), limit=LONGEST)
    return Form(t("Change my passphrase"), "responding.passphrase_changed", (now, *_twice()), submit=t("Change"))


def _twice() -> tuple[Field, Field]:
    hint = t(
        "At least {least} characters: four or five words that have nothing to do with each other, used nowhere else.",
        least=LEAST,
    )
    return (
        Field("passphrase", t("A passphrase that only you know"), hint=hint, limit=LONGEST),
        Field(
            "again",
            t("The same once more"),
            hint=t("Everybody who sees your screen can read it now. Nobody can give it back to you: keep it safe."),
            limit=LONGEST,
        ),
    )


def not_good(fault: Fault, again: str) -> Message:
    """Say what is wrong with a passphrase, without showing it; `again` opens the form once more."""
    texts = {
        Fault.SHORT: t("This passphrase is too short: it needs {least} characters at least.", least=LEAST),
        Fault.PLAIN: t("This passphrase is easy to guess: the same few characters come again and again."),
        Fault.OTHER: t("The two weren't the same. Maybe something was mistyped."),
    }
    return message(texts[fault], t("Nothing was changed."), actions=(Button(t("Try again"), again, primary=True),))


def made() -> Message:
    """Say that there is a key now."""
    return message(
        t("Your key is made. From now on new reports come to you as well, and your passphrase opens them."),
        t("Write the passphrase on paper, and keep that where nobody looks: nobody can give it back to you."),
        t("If there are reports from before, another responder can let you in."),
        actions=(_reports(),),
    )


def has_one() -> Message:
    """Say that there is a key already."""
    return message(t("You have a key already. Nothing was changed."), actions=(_reports(),))


def lost(stamp: str, reads: int, alone: int) -> Message:
    """Say what a new key means. `reads`: so many reports are closed then, `alone` of them to everybody."""
    lines = [t("If you've lost your passphrase, nobody can open your key any more. You can make a new one.")]
    if reads:
        lines.append(
            n(
                "{n} report comes to you now. It's closed to you then, until another responder lets you in.",
                "{n} reports come to you now. They're closed to you then, until another responder lets you in.",
                reads,
            )
        )
    if alone:
        lines.append(
            n(
                "{n} of them can be read by no other responder. Whoever keeps the recovery key can open it.",
                "{n} of them can be read by no other responder. Whoever keeps the recovery key can open them.",
                alone,
            )
        )
    lines.append(t("If you may still remember it, wait with this."))
    new = Button(t("Make a new key …"), f"responding.key_form:{stamp}")
    return message(*lines, actions=(new, _reports()))


def made_anew(closed: int) -> Message:
    """Say that there is another key now, and how many reports it doesn't open."""
    lines = [t("Your new key is made, and the old one is gone.")]
    if closed:
        lines.append(
            n(
                "Please ask another responder to let you back in: {n} report is closed to you until then.",
                "Please ask another responder to let you back in: {n} reports are closed to you until then.",
                closed,
            )
        )
    return message(*lines, actions=(_reports(),))


def changed_meanwhile() -> Message:
    """Say that somebody's key is another one by now."""
    return message(t("Your key has changed meanwhile. Nothing was changed."), actions=(_reports(),))


def passphrase_changed() -> Message:
    """Say that another passphrase opens the key."""
    return message(
        t("From now on your new passphrase opens your key, and the old one no longer does. All is locked for now."),
        actions=(_reports(),),
    )


def unlock_form() -> Form:
    """Ask for the passphrase."""
    field = Field(
        "passphrase",
        t("Your passphrase"),
        hint=t("Everybody who sees your screen can read it now."),
        limit=LONGEST,
    )
    return Form(t("Unlock reports"), "responding.unlocked", (field,), submit=t("Unlock"))


def wrong(left: int, again: str) -> Message:
    """Say that this wasn't the passphrase; `left`: how often it can be tried before one has to wait."""
    more = n("You can try {n} more time before I wait.", "You can try {n} more times before I wait.", left)
    return message(t("This isn't your passphrase."), more, actions=(Button(t("Try again"), again, primary=True),))


def slowed(until: datetime, zone: str) -> Message:
    """Say from when on a passphrase is tried again."""
    return message(
        t("Too many passphrases were wrong, one after the other. I try the next one on {at}.", at=moment(until, zone)),
        t("If it wasn't you who tried, tell the other responders, and change the password of your account here."),
    )


def not_your_key() -> Message:
    """Say that the database holds another public key than the one that belongs to somebody's secret one."""
    return message(
        t(
            "Your passphrase is right, but in the database stands a key that isn't yours, so reports may have gone to "
            "somebody else. Please tell whoever runs me at once. Nothing was opened."
        )
    )


def locked() -> Message:
    """Say that all is locked again."""
    return message(t("All is locked again."), actions=(_reports(),))


def _reports() -> Button:
    return Button(t("Private reports"), "responding.open")


def safety() -> Note:
    """Say how to read."""
    return Note(t("Open for 15 minutes, to you alone. Please read where nobody looks on, and copy nothing elsewhere."))
