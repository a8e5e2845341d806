"""The figures that badges go by."""

from bot.language import later
from bot.settings.kinds import Figure, Kind, Section

BADGES = Section(
    "badges",
    later("Badges"),
    later("Change badges …"),
    (
        Figure(
            "badges.on",
            later("Badges can be earned"),
            Kind.SWITCH,
            later("Whether people can earn badges. What earns each is said in /mentor-admin badges."),
            later("On, I look from the next day on who has earned one. Off, nobody loses what they have."),
        ),
        Figure(
            "badges.warned_for",
            later("Time after a word"),
            Kind.LENGTH,
            later("So long somebody has to catch up before I ask you whether a badge ends. Time away doesn't count."),
            later("Nobody gets less time than I've told them."),
        ),
        Figure(
            "badges.left_out",
            later("Days to leave out"),
            Kind.NUMBER,
            later("So many days may somebody leave out within a badge's time, without saying why."),
            later("Days that are left out by now stay so."),
        ),
        Figure(
            "badges.kept_for",
            later("Peace after you kept it"),
            Kind.LENGTH,
            later("When you kept a badge, I say nothing about it for so long."),
            later("It holds for what you keep from now on."),
        ),
        Figure(
            "badges.near",
            later("Close to a badge"),
            Kind.NUMBER,
            later("With so many criteria missing at most, I show somebody as close to a badge."),
        ),
    ),
)
