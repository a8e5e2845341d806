"""Measurements of the bot beside what one would write first: `make bench`."""
