"""Which badges a program has: those that come with the bot, and those of its own."""

from bot.badges import reading
from bot.badges.definition import Definition
from bot.written.shelf import Known as KnownOf
from bot.written.shelf import Shelf
from bot.written.shelf import Used as UsedOf
from storage.badges import Badges

Known = KnownOf[Definition]
Used = UsedOf[Definition]

BADGES = Shelf(Badges, reading.parse, ("badges", "given"))
built_in = BADGES.built_in
badges_of = BADGES.used
looked_at = BADGES.looked_at
definitions = BADGES.definitions
