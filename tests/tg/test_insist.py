"""Writing down what stands at Telegram already, while the database may be away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from bot.core.people import Defaults
from bot.tg import desk as module
from bot.tg.desk import Desk
from bot.tg.words import Words


class BusyError(Exception):
    """Passes by itself."""


class Store:
    """Raises what is left in `troubles`, one a write; then does as it is asked."""

    def __init__(self, *troubles: Exception) -> None:
        self.troubles = list(troubles)
        self.writes = 0

    async def write(self, use_case: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """One unit of work."""
        self.writes += 1
        if self.troubles:
            raise self.troubles.pop(0)
        return use_case(None, *args, **kwargs)


def desk(store: Store) -> Desk:
    """A desk before that store."""
    return Desk(
        store.write,
        store.write,
        library=lambda: cast("Any", None),
        clock=lambda: datetime(2026, 11, 23, tzinfo=UTC),
        words=Words(),
        delivery=cast("Any", None),
        defaults=Defaults(),
        passes=lambda error: isinstance(error, BusyError),
    )


def told(_tx: Any, number: int, *, by: int) -> int:
    """A use case."""
    return number + by


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as there are, and none of them long."""
    monkeypatch.setattr(module, "_PAUSES_S", (0.0,) * len(module._PAUSES_S))


async def test_it_is_written_as_soon_as_that_works() -> None:
    """Three times the database is busy; the fourth time it gives back what the use case returns."""
    store = Store(BusyError(), BusyError(), BusyError())
    assert await desk(store).insist(told, 40, by=2) == 42
    assert store.writes == 4


async def test_what_does_not_pass_by_itself_is_raised_at_once() -> None:
    """A bug is no reason to wait."""
    store = Store(ValueError("a bug"))
    with pytest.raises(ValueError, match="a bug"):
        await desk(store).insist(told, 40, by=2)
    assert store.writes == 1


async def test_what_lasts_is_raised_in_the_end() -> None:
    """Then the update, or the push, is tried again whole."""
    store = Store(*(BusyError() for _ in range(100)))
    with pytest.raises(BusyError):
        await desk(store).insist(told, 40, by=2)
    assert store.writes == 8
