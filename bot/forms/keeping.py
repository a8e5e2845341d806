"""Which forms a program has: those that came with the bot, and those of its own."""

from bot.forms import reading
from bot.forms.definition import Definition
from bot.written.shelf import Known as KnownOf
from bot.written.shelf import Shelf
from bot.written.shelf import Used as UsedOf
from storage.forms import Forms

Known = KnownOf[Definition]
Used = UsedOf[Definition]

FORMS = Shelf(Forms, reading.parse, ("forms",))
built_in = FORMS.built_in
known = FORMS.known
known_as = FORMS.known_as
forms_of = FORMS.used
keep = FORMS.keep
definitions = FORMS.definitions
