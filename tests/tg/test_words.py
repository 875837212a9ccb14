"""The messages: complete, in both languages, and safe."""

import gc
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from fluent.syntax.ast import BaseNode, Message, Span

from bot.core.bank import LANGUAGES
from bot.core.text import Text
from bot.tg.words import LOCALES, Words

CODE = Path(__file__).parents[2] / "bot"


def test_both_languages_say_the_same_things() -> None:
    """Every message exists in every language, with the same values to fill in; `count` only picks a plural."""
    words = Words()
    assert words.keys("zh") == words.keys("en")
    assert values_of("zh") == values_of("en")


def test_no_message_is_written_twice_or_never_said() -> None:
    """A key stands once a language, and the code names every key, whole or by its beginning."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in (CODE / "tg").glob("*.py"))
    named = set(re.findall(r"[\"']([a-z]+(?:-[a-z0-9]+)+)[\"']", source))
    prefixes = tuple(re.findall(r"f[\"']([a-z]+(?:-[a-z]+)*-)\{", source))
    endings = "|".join(re.findall(r"\+= \"(-[a-z]+)\"", source))
    named |= {key + ending for key in named for ending in endings.split("|") if ending}
    for language in LANGUAGES:
        keys = [key for path in (LOCALES / language).glob("*.ftl") for key in keys_in(path)]
        assert len(keys) == len(set(keys))
        assert [key for key in keys if key not in named and not key.startswith(prefixes)] == []


def test_values_keep_their_own_formatting_and_bring_none() -> None:
    """A Text enters with its entities; markup in a name stays letters."""
    words = Words()
    said = words("en", "settings-hour", hours=Text("09:00").bold())
    assert said.text == "Daily questions: 09:00"
    assert [(e.type, e.offset, e.length) for e in said.entities] == [("bold", 17, 5)]
    assert "<b>*_`" in words.said("zh", "zone-unknown", typed="<b>*_`")


def test_an_unknown_key_or_a_missing_value_is_an_error() -> None:
    """A slip in the code shows in the tests, not in a chat."""
    words = Words()
    with pytest.raises(KeyError):
        words("zh", "no-such-message")
    with pytest.raises(KeyError):
        words("zh", "settings-hour")


def test_what_is_parsed_is_parsed_once(tmp_path: Path) -> None:
    """A process that starts a thousand bots, as this one does, would spend its time looking through their messages."""
    folder = shutil.copytree(LOCALES, tmp_path / "locales")  # the messages of all the others are not looked through
    before = nodes()
    Words(folder)
    parsed = nodes() - before
    Words(folder)
    assert parsed[Message] == sum(len(keys_in(path)) for path in LOCALES.glob("*/*.ftl"))
    assert nodes() - before == parsed
    assert not parsed[Span]


def nodes() -> Counter[type]:
    """What is in memory of parsed messages, by kind."""
    gc.collect()
    return Counter(type(one) for one in gc.get_objects() if isinstance(one, BaseNode))


def test_english_is_set_as_english() -> None:
    """Apostrophes are curly."""
    for path in (LOCALES / "en").glob("*.ftl"):
        assert "'" not in path.read_text(encoding="utf-8"), path.name


def test_no_daily_question_is_called_the_same_everywhere() -> None:
    """By the buttons of the greeting, of the settings and of /daily."""
    words = Words()
    for language in LANGUAGES:
        assert words.said(language, "button-never") == words.said(language, "daily-off")


def test_chinese_is_set_as_chinese() -> None:
    """Full-width punctuation after Chinese, blanks between Chinese and Latin, 你 and not 您."""
    for path in (LOCALES / "zh").glob("*.ftl"):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith("#"):
                continue
            text = re.sub(r"\{.*?\}", "", line)
            where = f"{path.name}:{number}: {line}"
            assert "您" not in text, where
            assert not re.search(r"[\u4e00-\u9fff][,;:!?()]", text), where
            assert not re.search(r"[\u4e00-\u9fff][A-Za-z0-9/]|[A-Za-z0-9][\u4e00-\u9fff]", text), where


def keys_in(path: Path) -> list[str]:
    """The keys a file defines, in order."""
    return re.findall(r"^([a-z][a-z0-9-]*) =", path.read_text(encoding="utf-8"), re.MULTILINE)


def values_of(language: str) -> dict[str, set[str]]:
    """The values each message of a language takes."""
    found: dict[str, set[str]] = {}
    for path in (LOCALES / language).glob("*.ftl"):
        for entry in re.split(r"\n(?=[a-z])", path.read_text(encoding="utf-8")):
            key = re.match(r"([a-z][a-z0-9-]*) =", entry)
            if key:
                found[key[1]] = set(re.findall(r"\$([a-z_]+)", entry)) - {"count"}
    return found
