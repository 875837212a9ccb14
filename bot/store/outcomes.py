"""Waiting for work on another thread."""

from __future__ import annotations

import asyncio
from typing import TypeVar

T = TypeVar("T")


async def outcome(future: asyncio.Future[T]) -> T:
    """The result of work that cannot be interrupted; a caller cancelled meanwhile goes when the work is over."""
    try:
        return await asyncio.shield(future)
    except asyncio.CancelledError:
        await asyncio.wait((future,))
        future.exception()  # seen, so that asyncio does not report it as forgotten
        raise
