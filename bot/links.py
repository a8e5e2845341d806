"""Links from one platform to another: a member may read on Discord what is about a conversation on Slack."""

from collections.abc import Mapping
from dataclasses import replace

from bot.ports import Platform
from bot.views import Actions, Block, Button, Link, Message


def leading(message: Message, platform: str, platforms: Mapping[str, Platform]) -> Message:
    """Return a message for a platform in which links to another one have their addresses; none can lead nowhere."""
    blocks = [_led(block, platform, platforms) for block in message.blocks]
    return Message(tuple(block for block in blocks if not isinstance(block, Actions) or block.items))


def _led(block: Block, platform: str, platforms: Mapping[str, Platform]) -> Block:
    if not isinstance(block, Actions):
        return block
    items = [_item(item, platform, platforms) for item in block.items]
    return Actions(tuple(item for item in items if item is not None))


def _item(item: Button | Link, platform: str, platforms: Mapping[str, Platform]) -> Button | Link | None:
    if isinstance(item, Button) or item.place.platform == platform:
        return item
    other = platforms.get(item.place.platform)
    return replace(item, address=other.link(item.place, item.message)) if other is not None else None
