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
            later("If it's on, I look from the next day who has earned one. If it's off, nobody loses what they have."),
        ),
        Figure(
            "badges.warned_for",
            later("Time to catch up"),
            Kind.LENGTH,
            later(
                "How long somebody has, once I've told them what is missing, before I ask you. Time away doesn't count."
            ),
            later("Nobody gets less time than I've told them."),
        ),
        Figure(
            "badges.left_out",
            later("Days to leave out"),
            Kind.NUMBER,
            later("How many days somebody may leave out within a badge's time, without saying why."),
            later("Days that are left out by now stay so."),
        ),
        Figure(
            "badges.kept_for",
            later("Quiet after you kept one"),
            Kind.LENGTH,
            later("When you've kept a badge, how long I say nothing about it."),
            later("It holds for what you keep from now on."),
        ),
        Figure(
            "badges.near",
            later("Close to a badge"),
            Kind.NUMBER,
            later("How many criteria may be missing at most when I show somebody as close to a badge."),
        ),
    ),
)
