"""What is to come of everything that the members' room declares: its part of tests/core/allowed.py."""

from tests.core.allowed import PAUSED, Done

CHOSEN = PAUSED - {"pause"} | {"member"}
KEPT = frozenset({"member", "audit"})
GONE = "3519f1206.1c2c198.0.0.5/3||"  # a pause that isn't there, as it would be packed (bot/members/said.py)

ALLOWED: dict[str, Done] = {
    "button members.cancel": Done("Nothing lies ahead of you"),
    "/mentor me": Done("What you've chosen"),
    "/mentor hours": Done("only at these hours: 17:00.21:00", CHOSEN, " 5pm-9pm"),
    "/mentor days": Done("on these days: Monday, Wednesday and Thursday", CHOSEN, " mon wed thu"),
    "/mentor zone": Done("your time zone is Asia/Kolkata", CHOSEN, " mumbai"),
    "/mentor country": Done("holidays of Germany", CHOSEN, " Deutschland"),
    "/mentor language": Done("I speak English with you", KEPT, " english"),
    "/mentor lighter": Done("Noted: lighter weeks until", PAUSED, " two weeks"),
    "button members.me": Done("What you've chosen"),
    "button members.hours": Done("When may I remind you"),
    "button members.hours_set": Done("only at these hours: 17:00.21:00", CHOSEN, ":evenings"),
    "button members.hours_form": Done("When may I remind you"),
    "button members.days": Done("On which days"),
    "button members.days_set": Done("on these days: every day", CHOSEN, ":every"),
    "button members.days_form": Done("On which days"),
    "button members.zone_set": Done("your time zone is Europe/Berlin", CHOSEN, ":Europe/Berlin"),
    "button members.zone_form": Done("Your time zone"),
    "button members.country": Done("Which country's holidays"),
    "button members.country_set": Done("holidays of Germany", CHOSEN, ":DE"),
    "button members.country_form": Done("Holidays"),
    "button members.language": Done("Which language"),
    "button members.language_set": Done("I speak English with you", KEPT, ":en"),
    "button members.badges": Done("badges are off", KEPT, ":off"),
    "button members.celebrations": Done("celebrations are off", KEPT, ":off"),
    "button members.lighter": Done("half speed"),
    "button members.lighter_for": Done("Noted: lighter weeks until", PAUSED, ":14", right=frozenset({"0", "7"})),
    "button members.lighter_form": Done("Lighter weeks"),
    "button members.not_meant": Done("no longer as it was", args=f":{GONE}"),
    "button members.reading": Done("no longer as it was", args=f":{GONE}:1", right=frozenset({"0"})),
    "form members.hours_typed": Done("only at these hours", CHOSEN, values={"hours": "17-21"}),
    "form members.days_typed": Done("on these days", CHOSEN, values={"days": "mon"}),
    "form members.zone_typed": Done("your time zone is Asia/Tokyo", CHOSEN, values={"zone": "tokyo"}),
    "form members.country_typed": Done("holidays of Japan", CHOSEN, values={"country": "JP"}),
    "form members.lighter_until": Done("Noted: lighter weeks until", PAUSED, values={"length": "two weeks"}),
}
