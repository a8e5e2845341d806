"""files.*, and the addresses where files are sent to and fetched from."""

from aiohttp import web

from tests.stand_ins.slack import acts, showing
from tests.stand_ins.slack.arguments import Arguments
from tests.stand_ins.slack.errors import Failure, Json
from tests.stand_ins.slack.limits import check_message_blocks
from tests.stand_ins.slack.recording import Request
from tests.stand_ins.slack.registry import method, visible
from tests.stand_ins.slack.state import File, State
from tests.stand_ins.slack.workspace import Channel, Message

LARGEST = 1_000_000_000
LONGEST_TEXT = 1000


@method("files.getUploadURLExternal", "filename", "length", scopes=["files:write"], json=False)
def get_upload_url(state: State, asked: Arguments) -> Json:
    """Return the address to which a file's content is to be sent."""
    length = asked.number("length", 0)
    if not asked.text("filename") or length <= 0:
        raise Failure("missing_argument")
    if length > LARGEST:
        raise Failure("file_upload_size_restricted")
    if len(asked.text("alt_txt")) > LONGEST_TEXT:
        raise Failure("alt_txt_too_large")
    file = File(state.workspace.new_id("F"), asked.text("filename"), state.app.bot_user, state.workspace.seconds())
    file.length, file.text = length, asked.text("alt_txt")
    state.files[file.id] = file
    return {"upload_url": f"{state.address}/upload/v1/{file.upload}", "file_id": file.id}


async def upload(state: State, request: web.Request) -> web.StreamResponse:
    """Take a file's content."""
    state.requests.append(Request("upload", {}, request.content_type, token="Authorization" in request.headers))
    file = next((one for one in state.files.values() if one.upload == request.match_info["key"]), None)
    if file is None or file.content is not None:
        return web.Response(status=404, text="NOT FOUND")
    if request.content_type == "multipart/form-data":
        parts = [part for part in (await request.post()).values() if isinstance(part, web.FileField)]
        content = parts[0].file.read() if parts else b""
    else:
        content = await request.read()
    if len(content) != file.length:
        return web.Response(status=400, text=f"content length {len(content)} does not match {file.length}")
    file.content = content
    return web.Response(text=f"OK - {len(content)}")


async def download(state: State, request: web.Request) -> web.StreamResponse:
    """Give a file's content to the app, or a page to sign in to whoever hasn't its token."""
    file = state.files.get(request.match_info["id"])
    known = request.headers.get("Authorization") == f"Bearer {state.app.bot_token}" and not state.app.revoked
    if not known or "files:read" not in state.app.scopes:
        return web.Response(text="<!DOCTYPE html><html><title>Sign in | Slack</title></html>", content_type="text/html")
    if file is None or file.content is None:
        return web.Response(status=404)
    return web.Response(body=file.content, content_type=file.type)


@method("files.completeUploadExternal", "files", scopes=["files:write"])
def complete_upload(state: State, asked: Arguments) -> Json:
    """Show files that were sent, in one message, or nowhere yet."""
    rows = asked.data("files")
    files = [_uploaded(state, row) for row in rows]
    blocks = asked.data("blocks", "invalid_blocks")
    if blocks:
        check_message_blocks(blocks)
    channels = [_shareable(state, id_) for id_ in [asked.text("channel_id"), *asked.words("channels")] if id_]
    for file, row in zip(files, rows, strict=True):
        file.title, file.complete = row.get("title") or file.title, True
    for channel in channels:
        thread = {"thread_ts": asked.text("thread_ts")} if asked.text("thread_ts") else {}
        share(state, channel, state.app.bot_user, files, asked.text("initial_comment"), **thread)
    return {"files": [showing.file(state, file) for file in files]}


def _uploaded(state: State, row: Json) -> File:
    file = state.files.get(row.get("id", ""))
    if file is None or file.content is None or file.complete:
        raise Failure("file_not_found")
    return file


def _shareable(state: State, id_: str) -> Channel:
    channel = visible(state, id_)
    if state.app.bot_user not in channel.members:
        raise Failure("not_in_channel")
    if channel.archived:
        raise Failure("posting_to_channel_denied")
    return channel


def share(state: State, channel: Channel, user: str, files: list[File], text: str, **more: object) -> Message:
    """Put a message with files into a conversation."""
    for file in files:
        file.shared.append(channel.id)
    shown = [showing.file(state, file) for file in files]
    body = acts.body(state, user, text=text, files=shown, upload=False, subtype="file_share", **more)
    return acts.post(state, channel, Message(channel.id, body))


@method("files.info", "file", scopes=["files:read"], json=False)
def info(state: State, asked: Arguments) -> Json:
    """Return a file."""
    return {"file": showing.file(state, known(state, asked)), "comments": [], "response_metadata": {"next_cursor": ""}}


@method("files.delete", "file", scopes=["files:write"])
def delete(state: State, asked: Arguments) -> Json:
    """Delete a file of the bot's."""
    file = known(state, asked)
    if file.user != state.app.bot_user:
        raise Failure("cant_delete_file")
    del state.files[file.id]
    return {}


def known(state: State, asked: Arguments) -> File:
    """Return a file that is there, and that the app may see."""
    file = state.files.get(asked.text("file"))
    if file is None or file.content is None:
        raise Failure("file_not_found")
    return file
