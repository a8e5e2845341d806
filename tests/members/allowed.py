"""What is to come of everything that the members' room declares: its part of tests/core/allowed.py."""

from tests.core.done import PAUSED, Done
