"""What there is of a community event in a program that has a row in every table."""

from storage.events import Kind, Plan
from tests.storage.programs import HOUR, MONDAY

EVENT = Plan(Kind.CIRCLE, "Circle", "What helps", "Here", "in an hour", MONDAY + HOUR, 60)
