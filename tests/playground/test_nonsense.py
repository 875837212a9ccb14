"""Whatever a bot sends, the playground answers or refuses; it never breaks."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import aiohttp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.playground import actions
from bot.playground.clock import PlaygroundClock
from bot.playground.defaults import FIRST_ID, GROUP_ID
from bot.playground.entities import check, formatted
from bot.playground.errors import RefusedError
from bot.playground.methods import table
from bot.playground.methods.table import METHODS
from bot.playground.miniature import Miniature
from bot.playground.server import Playground
from bot.playground.wire import Params

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)
WORDS = st.sampled_from(
    [
        "type",
        "offset",
        "length",
        "text",
        "callback_data",
        "url",
        "message_id",
        "chat_id",
        "command",
        "style",
        "inline_keyboard",
    ]
)
KINDS = st.sampled_from(["bold", "pre", "blockquote", "quiz", "text_link", "chat", "default", "[]", "{}"])
JSON = st.recursive(
    SCALARS | KINDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=12,
)
PARAMETERS = re.findall(
    r"\w+",
    "text entities parse_mode reply_markup reply_parameters message_thread_id link_preview_options message_id reaction "
    "question options type correct_option_ids explanation explanation_entities open_period close_date is_anonymous "
    "commands scope language_code name description allowed_updates user_id callback_query_id photo document caption",
)
CHATS = st.sampled_from([GROUP_ID, FIRST_ID, FIRST_ID + 1]) | JSON


@settings(deadline=None)  # the machine may be busy
@given(
    method=st.sampled_from([name for name in METHODS if name != "getUpdates"]),
    chat=CHATS,
    params=st.dictionaries(st.sampled_from(PARAMETERS), JSON, max_size=6),
)
def test_nonsense_is_answered_or_refused(method: str, chat: Any, params: dict[str, Any]) -> None:
    """Any JSON under any parameter of any method ends in a result or a refusal."""
    mini = Miniature(PlaygroundClock(), limits=True, keep=10)
    actions.send(mini, FIRST_ID, FIRST_ID, "/start")
    with suppress(RefusedError):
        METHODS[method](mini, Params({"chat_id": chat, "message_id": 1, "text": "x"} | params))


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(["<", ">", "/", "b", "<b>", "</b>", "<pre>", "&amp;", "&#0;", "!--", "<![", "\n", "字", "👉"])
    )
)
def test_broken_html_is_read_or_refused(pieces: list[str]) -> None:
    """Whatever stands between angle brackets, entities fit the text that remains, or the text is refused."""
    with suppress(RefusedError):
        shown, entities = formatted("".join(pieces), None, "HTML")
        assert check(shown, entities) == entities


async def test_a_bug_of_its_own_is_said_to_be_one(
    playground: Playground, call: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A failure inside is a 500 in the usual envelope, and in the log with its trace."""

    def broken(_mini: Miniature, _asked: Params) -> None:
        raise ZeroDivisionError("oops")

    methods: dict[str, Callable[..., Any]] = METHODS
    monkeypatch.setitem(methods, "getMe", broken)
    answer = await call("getMe", {})
    assert answer["description"] == "Internal Server Error: the playground failed with ZeroDivisionError('oops')"
    assert "The playground failed in getMe" in caplog.text


async def test_a_body_that_is_no_json_is_refused(playground: Playground) -> None:
    """A broken body is a 400 in the usual envelope."""
    url = f"{playground.url}/bot{playground.token}/getMe"
    async with aiohttp.ClientSession(headers={"Content-Type": "application/json"}) as session:
        for body in ("{", "[]"):
            async with session.post(url, data=body) as answer:
                assert (await answer.json())["description"] == "Bad Request: object expected as request body"


def test_every_method_is_found_in_any_case() -> None:
    """The table knows each method by its documented name, however it is spelt."""
    assert {table.canonical(name.upper()) for name in METHODS} == set(METHODS)
    assert table.canonical("sendTelepathy") == "sendTelepathy"
