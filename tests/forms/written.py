"""Forms for tests."""

SMALL = """
name = "mood"
title = "How it was"
for = "both"

[[question]]
id = "mood"
kind = "one"
ask = "How was it?"
choices = ["Good", "So-so"]
seen_by = "coordinators"
"""

# One question of every kind, seen by everybody who can.
EVERY = """
name = "every"
title = "Everything"
for = "mentee"
within = "7d"

[[question]]
id = "rating"
kind = "rating"
ask = "How good?"
seen_by = "totals"
required = true

[[question]]
id = "one"
kind = "one"
ask = "Which one?"
choices = ["Ash", "Birch"]
seen_by = "author and coordinators"

[[question]]
id = "several"
kind = "several"
ask = "Which ones?"
choices = ["Cedar", "Douglas fir, old", "Elm"]
seen_by = "coordinators"

[[question]]
id = "yesno"
kind = "yesno"
ask = "Really?"
seen_by = "pairing"

[[question]]
id = "short"
kind = "short"
ask = "In a line?"
seen_by = "author"

[[question]]
id = "long"
kind = "long"
ask = "In some lines?"
hint = "As you like."
seen_by = "pairing"

[[question]]
id = "goals"
kind = "goals"
ask = "Which goals?"
seen_by = "pairing"

[[question]]
id = "steps"
kind = "steps"
ask = "What next?"
seen_by = "pairing"
"""
GOALS = ((7, "Speak freely"), (9, "Find a job"))
ANSWERS = {
    "rating": "4",
    "one": "2",
    "several": "1,2",
    "yesno": "no",
    "short": "heliotrope",
    "long": "First\nSecond",
    "goals": "9",
    "steps": "Amara: send the list",
}
