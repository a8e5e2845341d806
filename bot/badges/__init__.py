"""Badges that people can trust: what earns them is data, and what they rest on can be read by whoever has one."""
