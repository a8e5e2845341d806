"""Tokens and scopes."""

from tests.stand_ins.slack.arguments import Arguments
from tests.stand_ins.slack.errors import Failure
from tests.stand_ins.slack.registry import Method, need
from tests.stand_ins.slack.state import State


def authorized(state: State, header: str, asked: Arguments, method: Method) -> None:
    """Raise unless the token is the right one for a method, still holds and has a scope for it."""
    app = state.app
    token = header.removeprefix("Bearer ").strip() or asked.text("token")
    if not token:
        raise Failure("not_authed")
    if token not in (app.bot_token, app.app_token):
        raise Failure("invalid_auth")
    if (token == app.app_token) != method.app:
        raise Failure("not_allowed_token_type")
    if method.app:
        if "connections:write" not in app.app_scopes:
            raise Failure("missing_scope", needed="connections:write", provided=",".join(sorted(app.app_scopes)))
        return
    if app.revoked:
        raise Failure(app.revoked)
    need(state, *method.scopes)
