"""Views and the community as the page is given them: JSON.

The page sets every text as text, so nothing is escaped.
"""

from base64 import b64encode
from collections.abc import Sequence
from typing import Any

from adapters.playground import limits
from adapters.playground.community import Community, Json, Opened, Person, Post
from bot.feature import Command, Feature, Shortcut
from bot.views import Actions, Block, Button, Errors, File, Form, Heading, Image, Link, Message, Note, Reply, Text


def reply(view: Reply | None) -> Json | None:
    """Render what the core answered; None stays None."""
    match view:
        case Message():
            return {"kind": "message", "blocks": list(message(view))}
        case Form():
            return {"kind": "form", **form(view)}
        case Errors():
            return {"kind": "errors", "errors": dict(view.errors)}
        case None:
            return None


def message(view: Message) -> tuple[Json, ...]:
    """Render a message's blocks."""
    return tuple(map(_block, view.blocks))


def _block(block: Block) -> Json:
    match block:
        case Text(text):
            return {"type": "text", "text": text}
        case Heading(text):
            return {"type": "heading", "text": text}
        case Note(text):
            return {"type": "note", "text": text}
        case Actions(items):
            return {"type": "actions", "items": [_item(item) for item in items]}
        case Image(name, content, text):
            return {"type": "image", "name": name, "content": b64encode(content).decode(), "text": text}
        case File(name, content, text):
            return {"type": "file", "name": name, "content": b64encode(content).decode(), "text": text}


def _item(item: Button | Link) -> Json:
    match item:
        case Button(label, action, primary):
            return {"type": "button", "label": label, "action": action, "primary": primary}
        case Link(label, place, message_id):
            return {"type": "link", "label": label, "channel": place.channel, "message": message_id}


def form(view: Form) -> Json:
    """Render a form with what is filled in already."""
    fields = [
        {
            "name": field.name,
            "label": field.label,
            "value": field.value,
            "hint": field.hint,
            "required": field.required,
            "long": field.long,
            "limit": min(field.limit, limits.TEXT),
            "choices": [{"value": value, "label": label} for value, label in field.choices],
            "file": field.file,
            "several": field.several,
        }
        for field in view.fields
    ]
    return {"title": view.title, "action": view.action, "submit": view.submit, "fields": fields}


def post(post: Post) -> Json:
    """Render a message of the community."""
    return {
        "id": post.id,
        "channel": post.channel,
        "author": post.author,
        "at": post.at.isoformat(),
        "text": post.text,
        "blocks": list(post.blocks),
        "reply_to": post.reply_to,
        "reactions": [{"user": user, "reaction": reaction} for user, reaction in post.reactions],
        "edited": post.edited,
    }


def community(shown: Community) -> Json:
    """Render who is there and what was said."""
    return {
        "program": shown.program,
        "people": people(shown),
        "spaces": [space(shown, channel) for channel in shown.spaces],
        "messages": [post(p) for channel in shown.spaces for p in shown.all_in(channel)[-limits.SHOWN :]],
        "read": shown.read,
        "limits": {"text": limits.TEXT},
    }


def menus(features: Sequence[Feature]) -> Json:
    """Render what one can ask of the bot, and who may."""
    welcome = {(command.root, command.name) for feature in features for command in feature.newcomers}
    return {
        "commands": [
            {**_command(command), "newcomers": (command.root, command.name) in welcome}
            for feature in features
            for command in feature.commands
        ],
        "shortcuts": [_shortcut(shortcut) for feature in features for shortcut in feature.shortcuts],
    }


def people(shown: Community) -> list[Json]:
    """Render who is there."""
    return [_person(person) for person in shown.people.values()]


def space(shown: Community, channel: str) -> Json:
    """Render who is in a conversation, and what it is called if it has a name."""
    opened = shown.opened.get(channel, Opened("", "", ""))
    about = {"name": opened.name, "topic": opened.topic, "closed": opened.closed}
    return {"channel": channel, "users": shown.spaces[channel], **about}


def _person(person: Person) -> Json:
    return {"user": person.user, "name": person.name, "roles": list(person.roles), "zone": person.zone}


def _command(command: Command) -> Json:
    options: list[dict[str, Any]] = [{"name": option.name, "help": option.help} for option in command.options]
    written = f"/{command.root} {command.name}"
    return {"written": written, "help": command.help, "options": options, "who": sorted(command.who)}


def _shortcut(shortcut: Shortcut) -> Json:
    return {"name": shortcut.name, "label": shortcut.label, "who": sorted(shortcut.who)}
