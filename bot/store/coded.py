"""Words of which there are few, kept as small numbers: a row is written for every question asked."""

from __future__ import annotations

from sqlalchemy import Dialect, SmallInteger
from sqlalchemy.types import TypeDecorator


class Coded(TypeDecorator[str]):
    """A column of these words. A word's place is what the table holds, so new ones go to the end."""

    impl = SmallInteger
    cache_ok = True

    def __init__(self, *words: str) -> None:
        super().__init__()
        self.words = words

    def number(self, word: str | None) -> int | None:
        """The word's number. Raises ValueError for any other word."""
        return None if word is None else self.words.index(word)

    def word(self, number: int | None) -> str | None:
        """The word of that number."""
        return None if number is None else self.words[number]

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> int | None:
        """What goes into the table."""
        return self.number(value)

    def process_result_value(self, value: int | None, _dialect: Dialect) -> str | None:
        """What comes out of it."""
        return self.word(value)
