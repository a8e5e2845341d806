"""What is said about a member's accounts."""

from collections.abc import Sequence

from bot.language import later, t
from bot.people import Account
from bot.views import ACTION_LIMIT, Actions, Block, Button, Message, Note, Text, action, message

SHOWN = 5


def code(made: str, others: Sequence[Account]) -> Message:
    """Give a code out, and show the other accounts that a member has by now."""
    blocks: list[Block] = [
        Text(t("On your other account, write this to me: /mentor link {code}", code=made)),
        Text(t("It works once, for 15 minutes. Please show it to nobody: whoever types it can use me as you.")),
    ]
    for other in others[:SHOWN]:
        blocks.append(
            Text(
                t("Linked already: {user} on {platform}.", user=f"@{other.user}", platform=other.platform.capitalize())
            )
        )
        blocks += _unlink(other)
    return Message((*blocks, Note(t("What I have to say goes to the account that you used last, and only there."))))


def _unlink(account: Account) -> list[Block]:
    parts = ("accounts.unlink", account.platform, account.workspace, account.user)
    if len(":".join(parts)) > ACTION_LIMIT:
        return []
    return [Actions((Button(t("Take it away"), action(*parts)),))]


def linked(name: str) -> Message:
    """Say whose account this is from now on."""
    return message(
        t("Welcome, {name}: this account is yours as well now.", name=name),
        t("What I have to say goes to the account that you used last, and only there."),
    )


def unlinked() -> Message:
    """Say what follows from taking an account away."""
    return message(t("Done. I don't know that account any more; link it again with: /mentor link"))


CODE_NEEDED = later(
    "To link this account, write /mentor link on the account that I know already. I'll give you a code to type here."
)
TYPED_HERE = later(
    "That code is right, but this is the account that you got it on. Please type it on your other account."
)
SOMEBODY_ELSES = later(
    "This account is a member's already, so it can't become somebody else's too. If both accounts are yours, "
    "a coordinator can help."
)
NOT_ANY_MORE = later("This code can't be used any more. Please make a new one on your other account: /mentor link")
THIS_ONE = later("That is the account that you're using now. To take it away, write to me from the other one.")
NOT_YOURS = later("That account isn't linked to you. Nothing was changed.")
