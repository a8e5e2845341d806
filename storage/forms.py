"""Forms in every version that was ever used, so that what was answered stays readable."""

from storage.editions import Editions, editions

forms = editions("form")


class Forms(Editions):
    """The forms of one program."""

    table = forms
