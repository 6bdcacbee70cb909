"""Refusals: what Slack's error codes mean for a message."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from slack_sdk.errors import SlackApiError

from bot.channels.port import TryLater, WontWork

SLOW = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
AUTH = frozenset(
    {
        "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "org_login_required",
        "ekm_access_denied", "missing_scope", "no_permission", "not_allowed_token_type", "access_denied",
    }
)  # fmt: skip
GONE = frozenset(
    {
        "channel_not_found", "not_in_channel", "is_archived", "user_not_found", "users_not_found", "user_disabled",
        "user_not_visible", "user_not_in_channel", "cannot_dm_bot", "messages_tab_disabled", "restricted_action",
        "restricted_action_read_only_channel", "restricted_action_thread_only_channel", "channel_is_archived",
    }
)  # fmt: skip
CONTENT = frozenset(
    {
        "invalid_blocks", "invalid_blocks_format", "msg_too_long", "msg_blocks_too_long", "no_text", "invalid_arguments",
        "invalid_metadata_format", "invalid_metadata_schema", "metadata_too_large", "markdown_text_conflict", "view_too_large",
    }
)  # fmt: skip
UNSURE = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable", "team_added_to_org"})
WAIT: Final = timedelta(seconds=30)
"""Where Slack says slow down and not for how long."""
WENT = frozenset({"message_not_found", "cant_update_message", "edit_window_closed", "update_failed"})
"""The card cannot be edited any more: somebody took it away."""
UNHEARD = frozenset({"channel_not_found", "not_in_channel", "user_not_in_channel", "is_archived", "restricted_action"})
"""Where a whisper cannot be heard; a direct message can."""
TOO_MANY, BROKEN = 429, 500


def code_of(error: SlackApiError) -> str:
    """Give Slack's code; empty where the answer was none of Slack's."""
    data = getattr(error.response, "data", error.response)
    return str(data.get("error") or "") if isinstance(data, dict) else ""


def judged(error: SlackApiError) -> Exception:
    """Say what an answer of Slack means; one that tells nothing certain stays what it is."""
    code, status = code_of(error), getattr(error.response, "status_code", 200)
    if status == TOO_MANY or code in SLOW:
        return TryLater(_pause(error))
    if status >= BROKEN or code in UNSURE or not code:
        return error
    for codes, kind in ((AUTH, "auth"), (GONE, "gone"), (CONTENT, "content")):
        if code in codes:
            return WontWork(code, kind)  # type: ignore[arg-type]
    return WontWork(code)


def _pause(error: SlackApiError) -> timedelta:
    headers = getattr(error.response, "headers", None) or {}
    said = str(headers.get("Retry-After") or headers.get("retry-after") or "")
    return timedelta(seconds=int(said)) if said.isdigit() else WAIT
