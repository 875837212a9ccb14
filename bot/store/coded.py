"""Words of which there are few, kept as small numbers: a row is written for every question asked."""

from __future__ import annotations

from typing import Any

from sqlalchemy import SmallInteger
from sqlalchemy.types import TypeDecorator


class Coded(TypeDecorator[str]):
    """A column of these words. A word's place is what the table holds, so new ones go to the end."""

    impl = SmallInteger
    cache_ok = True

    def __init__(self, *words: str) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: str | None, dialect: Any) -> int | None:  # noqa: ARG002, ANN401
        """The word's number. Raises ValueError for any other word."""
        return None if value is None else self.words.index(value)

    def process_result_value(self, value: int | None, dialect: Any) -> str | None:  # noqa: ARG002, ANN401
        """The word of that number."""
        return None if value is None else self.words[value]
