"""What is to come of what this room declares: its part of tests/core/allowed.py."""

from tests.core.allowed import Done

OTHERS = frozenset({"3"})  # one that comes with the bot, which its member can earn as well
CHOSEN = frozenset({"badge_choice", "outbox", "audit"})
ENDED = frozenset({"award", "badge_choice", "outbox", "audit"})
SAID = frozenset({"outbox", "audit"})
DAYS = frozenset({"badge_day", "audit", "due"})
ANYBODYS = "Kind Mentor|There is no badge for your role|Accountability Badge"

ALLOWED: dict[str, Done] = {
    "/mentor badge": Done(ANYBODYS),
    "/mentor certificate": Done("no badge with a certificate|This would stand in your certificate"),
    "button badges.mine": Done(ANYBODYS),
    "button badges.why": Done("What counted: Kind Mentor|no longer works", args=":{badge}", right=OTHERS),
    "button badges.wrong": Done("A coordinator looks at it|no longer works", SAID, ":{badge}:0", right=OTHERS),
    "button badges.answer": Done("I'll tell Lena Vogt", SAID, ":{question}:1", right=frozenset({"0"})),
    "button badges.choices": Done("What you've chosen about badges"),
    "button badges.yes": Done("I tell the others", CHOSEN, ":{award}", owned=True),
    "button badges.no": Done("I tell nobody of your badges", CHOSEN, ":{award}", owned=True),
    "button badges.tell": Done("I tell nobody of your badges", CHOSEN, ":off"),
    "button badges.give_back": Done("Shall I take back", args=":{award}", owned=True),
    "button badges.given_back": Done("you no longer have it", ENDED, ":{award}", owned=True),
    "button badges.certificates": Done("no badge with a certificate|This would stand in your certificate"),
    "button badges.certificate_of": Done("This would stand in", args=":{award}", owned=True),
    "button badges.certificate": Done("Here it is", frozenset({"audit"}), ":{award}", owned=True),
    "button badges.certificate_name": Done("Certificate", args=":{award}", owned=True),
    "form badges.certificate_named": Done(
        "Here it is", frozenset({"audit"}), ":{award}", owned=True, values={"name": "Amara O."}
    ),
    "button badges.days": Done("Days that you leave out"),
    "button badges.days_form": Done("Leave days out"),
    "form badges.days_typed": Done("I leave out", DAYS, values={"first": "yesterday", "last": ""}),
    "button badges.count_again": Done("day counts again|You leave out no days", DAYS),
}
