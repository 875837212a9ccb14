"""Formatted text as Telegram takes and refuses it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.playground.entities import formatted
from bot.playground.errors import RefusedError
from bot.playground.links import linked

Json = dict[str, Any]


def one(kind: str, offset: int, length: int, **more: Any) -> Json:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("text", "entities", "words"),
    [
        ("short", [one("bold", 0, 6)], "ends after the end of the text at UTF-16 offset 6"),
        ("short", [one("bold", 5, 1)], "begins after the end of the text at UTF-16 offset 5"),
        ("👉👉", [one("bold", 1, 1)], "begins in a middle of a UTF-16 symbol at byte offset 4"),
        ("👉👉", [one("bold", 0, 3)], "ends in a middle of a UTF-16 symbol at byte offset 8"),
        ("short", [one("bold", -1, 2)], "incorrect offset -1"),
        ("short", [one("bold", 0, 0)], "incorrect length 0"),
        ("short", [one("bald", 0, 2)], "can't parse entities"),
        ("short", [{"type": "bold", "offset": "0", "length": 1}], "can't parse entities"),
        ("short", [one("text_link", 0, 2)], "can't parse entities"),
        ("short", "bold", "can't parse entities"),
        ("short", [one("bold", 0, 1)] * 101, "ENTITIES_TOO_LONG"),
        ("quotes", [one("blockquote", 0, 6), one("expandable_blockquote", 1, 2)], "can't be nested"),
        ("code", [one("pre", 0, 4), one("bold", 1, 1)], "pre and code"),
        ("code", [one("italic", 0, 3), one("code", 1, 1)], "pre and code"),
        ("crossing", [one("blockquote", 0, 4), one("code", 2, 4)], "overlap"),
    ],
)
def test_entities_that_do_not_fit_are_refused(text: str, entities: Any, words: str) -> None:
    """What Telegram refuses, or would repair behind the author's back, is a 400 that says so."""
    with pytest.raises(RefusedError, match=words) as refused:
        formatted(text, entities, "")
    assert refused.value.code == 400


def test_entities_that_fit_pass_in_order() -> None:
    """Nesting that Telegram shows passes: bold in italic, code in a quote, offsets behind an emoji."""
    text = "👉 bold 和 code"
    given = [one("code", 10, 4), one("blockquote", 3, 11), one("bold", 3, 4)]
    assert formatted(text, given, "")[1] == [given[1], given[2], given[0]]


def test_blanks_at_the_ends_go_and_entities_follow() -> None:
    """Telegram trims a text; entities move with it and end where it ends."""
    assert formatted("\n\n bold \n", [one("bold", 3, 6)], "") == ("bold", [one("bold", 0, 4)])
    assert formatted("text   ", [one("bold", 5, 2)], "") == ("text", [])


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        ("<b>黑体</b> &lt;3", "黑体 <3", [one("bold", 0, 2)]),
        ("👉<i>x</i>", "👉x", [one("italic", 2, 1)]),
        ('<a href="https://example.org/">link</a>', "link", [one("text_link", 0, 4, url="https://example.org/")]),
        ('<pre><code class="language-python">x</code></pre>', "x", [one("pre", 0, 1, language="python")]),
        ("<blockquote expandable>q</blockquote>", "q", [one("expandable_blockquote", 0, 1)]),
        ('<span class="tg-spoiler">s</span>', "s", [one("spoiler", 0, 1)]),
    ],
)
def test_html_becomes_entities(html: str, text: str, entities: list[Json]) -> None:
    """Telegram's tags turn into entities counted in UTF-16."""
    assert formatted(html, None, "HTML") == (text, entities)


def test_a_wrong_tag_is_named_with_its_place() -> None:
    """The offset counts bytes from the beginning of the whole text."""
    with pytest.raises(RefusedError, match='Unsupported start tag "br" at byte offset 7'):
        formatted("字\n字<br>", None, "HTML")


@pytest.mark.parametrize(
    "html",
    [
        "<br>",
        "<!-- x -->",
        "<![x",
        "<!doctype html>",
        "<b>open",
        "closed</b>",
        "<b><i>crossed</b></i>",
        "<span>x</span>",
    ],
)
def test_html_that_telegram_does_not_know_is_refused(html: str) -> None:
    """Other tags, and tags that do not match, cannot be parsed."""
    with pytest.raises(RefusedError, match="can't parse entities"):
        formatted(html, None, "html")


def test_markdown_is_said_not_to_be_modelled() -> None:
    """An honest 501 is better than a wrong guess."""
    with pytest.raises(RefusedError, match="does not model parse_mode MarkdownV2") as refused:
        formatted("*x*", None, "MarkdownV2")
    assert refused.value.code == 501


def test_telegram_links_by_itself_but_not_inside_code() -> None:
    """Commands, mentions, addresses and hashtags become entities; those in code do not."""
    found = linked("/quiz@kaoguan_bot @ada_reads #注意力 example.org/a a@b.org", [])
    assert [entity["type"] for entity in found] == ["bot_command", "mention", "hashtag", "url", "email"]
    assert linked("see /quiz", [one("code", 4, 5)]) == [one("code", 4, 5)]
    assert linked("1/2 and km/h", []) == []
