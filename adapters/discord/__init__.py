"""Discord, over its gateway: the real platform of programs that live in a Discord server."""
