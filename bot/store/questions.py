"""The small numbers that stand for questions in every other table."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, insert, select

from bot.core.bank import Ref
from bot.store.database import Tx
from bot.store.prepared import Prepared
from bot.store.tables import questions

REFS = select(questions.c.bank, questions.c.key)
"""Every question's bank and id, to be joined and narrowed down."""

MINE = (questions.c.bank == bindparam("bank"), questions.c.key == bindparam("key"))
"""Picks the question of `bank` and `key`."""

_NUMBER = Prepared(select(questions.c.id).where(*MINE))
_NEW = Prepared(insert(questions).returning(questions.c.id), "bank", "key")


def ref_of(row: Row[*tuple[Any, ...]]) -> Ref:
    """The question that a row of REFS names."""
    return Ref(row.bank, row.key)


def question_id(tx: Tx, ref: Ref) -> int:
    """The question's number, given out when first asked for."""
    name = {"bank": ref.bank, "key": ref.id}
    return int(_NUMBER.scalar(tx, name) or _NEW.scalar(tx, name))


def known(tx: Tx) -> frozenset[Ref]:
    """The questions that have a number: they were asked once, though they may have left their bank."""
    return frozenset(ref_of(row) for row in tx.execute(REFS))


def named(ref: Ref) -> tuple[ColumnElement[bool], ...]:
    """What picks that one question's row."""
    return (questions.c.bank == ref.bank, questions.c.key == ref.id)
