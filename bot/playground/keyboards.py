"""Reply markups as Telegram takes them."""

from __future__ import annotations

from typing import Any

from bot.playground.errors import bad

Json = dict[str, Any]
_ROW, _ALL, _DATA, _COPY = 8, 100, 64, 256  # buttons in a row, in all; bytes of data; characters to copy
_ACTIONS = frozenset({"callback_data", "url", "copy_text", "web_app", "switch_inline_query"})
_ACTIONS_ELSEWHERE = frozenset({"switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "login_url"})
_LOOKS = frozenset({"text", "style", "icon_custom_emoji_id"})
_STYLES = frozenset({"danger", "success", "primary"})
_OTHERS = frozenset({"keyboard", "remove_keyboard", "force_reply"})


def checked(markup: Any, *, inline_only: bool = False) -> Json | None:  # noqa: ANN401 - from the wire
    """The inline keyboard that the message will show; None without one. Raises RefusedError."""
    if markup is None or markup == "":
        return None
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" not in markup:
        if inline_only and markup:
            raise bad("inline keyboard expected")
        if markup and not markup.keys() & _OTHERS:
            raise bad("object expected as reply markup")
        return None
    rows = [_row(row) for row in _list(markup["inline_keyboard"]) if row]
    if sum(len(row) for row in rows) > _ALL:
        raise bad("REPLY_MARKUP_TOO_LONG")
    return {"inline_keyboard": rows} if rows else None


def _list(value: Any) -> list[Any]:  # noqa: ANN401 - from the wire
    if not isinstance(value, list):
        raise bad('field "inline_keyboard" must be of type Array')
    return value


def _row(row: Any) -> list[Json]:  # noqa: ANN401 - from the wire
    if not isinstance(row, list):
        raise bad('field "inline_keyboard" must be an Array of Arrays')
    if len(row) > _ROW:
        raise bad("BUTTON_ROW_TOO_LONG")
    return [_button(button) for button in row]


def _button(button: Any) -> Json:  # noqa: ANN401 - from the wire
    if not isinstance(button, dict) or not isinstance(button.get("text"), str) or not button["text"].strip():
        raise bad("can't parse inline keyboard button: text must be non-empty")
    actions = [name for name in button if name in _ACTIONS | _ACTIONS_ELSEWHERE]
    if not actions:
        raise bad("can't parse inline keyboard button: text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad("can't parse inline keyboard button: exactly one action must be specified")
    if "style" in button and str(button["style"]) not in _STYLES:
        raise bad("BUTTON_STYLE_INVALID")
    _action(actions[0], button[actions[0]])
    return {key: button[key] for key in button if key in _LOOKS or key in actions}


def _action(kind: str, value: Any) -> None:  # noqa: ANN401 - from the wire
    if kind == "callback_data" and not (isinstance(value, str) and 0 < len(value.encode()) <= _DATA):
        raise bad("BUTTON_DATA_INVALID")
    if kind == "url" and not str(value).startswith(("http://", "https://", "tg://")):
        raise bad("BUTTON_URL_INVALID")
    if kind == "copy_text" and not (isinstance(value, dict) and 0 < len(str(value.get("text", ""))) <= _COPY):
        raise bad("BUTTON_COPY_TEXT_INVALID")
