"""Two people for the tests of rules."""

from bot.people import Member, Role

AMARA = Member(1, "5ca1ab1e", "Amara Okafor", frozenset({Role.MENTOR}), "UTC")
LENA = Member(2, "b01dface", "Lena Vogt", frozenset({Role.MENTEE}), "UTC")
