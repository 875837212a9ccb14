"""Every word the bot says, from locales/<language>/*.ftl.

Messages carry no markup: a value that is a `Text` enters after formatting, with its entities, so nothing a
person is called can become formatting.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import cast

from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser

from bot.core.bank import LANGUAGES, Language
from bot.core.text import Text, join

LOCALES = Path(__file__).parent.parent / "locales"
_REMEMBERED = 4096  # messages with their values; most come again and again
_SLOT = 0xE000  # private use characters stand for Text values while Fluent formats


class Words:
    """The messages of all languages. Raises KeyError for a message that does not exist."""

    def __init__(self, folder: Path = LOCALES) -> None:
        self._bundles: Mapping[Language, FluentBundle] = {language: _bundle(folder, language) for language in LANGUAGES}
        self._message = lru_cache(maxsize=_REMEMBERED, typed=True)(self._formatted)

    def __call__(self, language: Language, key: str, /, **values: Text | str | int) -> Text:
        """The message `key` with its values."""
        return self._message(language, key, tuple(values.items()))

    def _formatted(self, language: Language, key: str, values: tuple[tuple[str, Text | str | int], ...]) -> Text:
        bundle = self._bundles[language]
        pattern = bundle.get_message(key).value
        if pattern is None:
            raise KeyError(key)
        texts = [value for _name, value in values if isinstance(value, Text)]
        plain = {name: chr(_SLOT + texts.index(v)) if isinstance(v, Text) else v for name, v in values}
        formatted, errors = bundle.format_pattern(pattern, plain)
        if errors:
            raise KeyError(f"{key} ({language}): {errors[0]}")
        return _spliced(cast("str", formatted), texts)

    def said(self, language: Language, key: str, /, **values: Text | str | int) -> str:
        """The same as a plain string: for toasts and labels."""
        return self(language, key, **values).text

    def keys(self, language: Language) -> frozenset[str]:
        """Every message there is in `language`."""
        return frozenset(self._bundles[language]._messages)  # noqa: SLF001 - the library has no listing


@cache
def _bundle(folder: Path, language: Language) -> FluentBundle:
    """Parsed once, however many speak; without what each word of it was read from, which would take half the memory."""
    bundle, parser = FluentBundle([language], use_isolating=False), FluentParser(with_spans=False)
    for path in sorted((folder / language).glob("*.ftl")):
        bundle.add_resource(parser.parse(path.read_text(encoding="utf-8")))
    return bundle


def _spliced(formatted: str, texts: list[Text]) -> Text:
    """`formatted` with each slot character replaced by its text."""
    parts: list[Text | str] = [""]
    for char in formatted:
        slot = ord(char) - _SLOT
        if 0 <= slot < len(texts):
            parts += [texts[slot], ""]
        else:
            parts[-1] = cast("str", parts[-1]) + char
    return join("", parts)
