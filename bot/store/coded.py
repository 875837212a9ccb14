"""Words kept as small numbers: a row is written for every question asked."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import lru_cache

from sqlalchemy import BigInteger, Dialect, SmallInteger
from sqlalchemy.types import TypeDecorator

_BASE, _DIGITS = 12, "0123456789ab"


class Short(TypeDecorator[str], ABC):
    """A column of words, each with its number."""

    impl = SmallInteger
    cache_ok = True

    @abstractmethod
    def number(self, word: str | None) -> int | None:
        """The word's number."""

    @abstractmethod
    def word(self, number: int | None) -> str | None:
        """The word of that number."""

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> int | None:
        """What goes into the table."""
        return self.number(value)

    def process_result_value(self, value: int | None, _dialect: Dialect) -> str | None:
        """What comes out of it."""
        return self.word(value)


class Coded(Short):
    """A column of these words. A word's place is what the table holds, so new ones go to the end."""

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


class Digits(Short):
    """A column of digits to the base twelve, "2031" or none: a one stands before them, lest the first be lost."""

    impl = BigInteger  # type: ignore[assignment]
    cache_ok = True

    def number(self, word: str | None) -> int | None:
        """The digits' number. Raises ValueError for any other word."""
        return None if word is None else int(f"1{word}", _BASE)

    def word(self, number: int | None) -> str | None:
        """The digits of that number."""
        return None if number is None else _digits(number)


@lru_cache(maxsize=4096)
def _digits(number: int) -> str:
    rest, last = divmod(number, _BASE)
    return _digits(rest) + _DIGITS[last] if rest else ""
