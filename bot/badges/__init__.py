"""Badges that people can trust: earned by what was done, explained, and only ever taken away by a person."""
