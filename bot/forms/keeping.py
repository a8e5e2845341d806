"""Which forms a program has: those that came with the bot, and those of its own."""

from bot.forms import reading
from bot.forms.definition import Definition
from bot.written.shelf import Shelf
from bot.written.shelf import Used as UsedOf
from storage.forms import Forms

Used = UsedOf[Definition]

FORMS = Shelf(Forms, reading.parse, ("forms",))
built_in = FORMS.built_in
known = FORMS.known
forms_of = FORMS.used
definitions = FORMS.definitions
