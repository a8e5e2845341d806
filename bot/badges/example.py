"""The small badge of docs/badges.md, with which a form for a new one begins."""

EXAMPLE = """\
name = "steady-mentor"
title = "Steady Mentor"
for = "mentor"
shape = "circle"
colour = "#2a5d9f"
sign = "★"
about = "For mentors who meet and answer."
perks = ["Thanked at the summer party"]

[[criterion]]
measure = "sessions_attended"
at_least = 4
within = "60d"

[[criterion]]
measure = "response_rate"
at_least = "80%"
"""
