"""A plugin: every request that any test sends to a playground or a fake API is judged by the referee.

A test that sends what Telegram's schema or limits do not know fails at its end, whatever it asserts itself. One that
provokes that on purpose says so: `@pytest.mark.provokes("why")`. The last lines of a session tell how many requests
were judged, and how many violations were provoked; under xdist the workers' numbers are added up.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from bot.playground.record import Call, Record
from tests.referee import request_complaints

MARK = "provokes"
_COUNTS = pytest.StashKey[Counter[str]]()
_KNOWN = 20_000  # verdicts kept: most requests of a session are the same few


class Court:
    """Hears every request as it is sent, and judges what one test has sent when it ends."""

    def __init__(self) -> None:
        self._heard: list[tuple[str, dict[str, Any]]] = []
        self._verdicts: dict[str, tuple[str, ...]] = {}

    def hear(self, method: str, params: dict[str, Any]) -> None:
        """A request has been sent; `params` as they go over the wire."""
        self._heard.append((method, params))

    def judge(self) -> tuple[int, list[str]]:
        """How many requests were heard since the last time, and one sentence for everything wrong in them."""
        heard, self._heard = self._heard, []
        found = [f"{method}: {wrong}: {params}" for method, params in heard for wrong in self._verdict(method, params)]
        return len(heard), found

    def _verdict(self, method: str, params: dict[str, Any]) -> tuple[str, ...]:
        key = method + json.dumps(params, sort_keys=True, default=repr)
        if key not in self._verdicts:
            if len(self._verdicts) >= _KNOWN:
                self._verdicts.clear()
            self._verdicts[key] = tuple(request_complaints(method, params))
        return self._verdicts[key]


COURT = Court()


def as_sent(data: object) -> dict[str, Any]:
    """The parameters as they go over the wire: the library's form fields are texts, our own JSON has its types."""
    return dict(getattr(data, "json_parameters", None) or getattr(data, "parameters", {}))


def pytest_configure(config: pytest.Config) -> None:
    """Listen to every playground there will be."""
    config.addinivalue_line("markers", f"{MARK}(why): sends on purpose what Telegram would refuse")
    config.stash[_COUNTS] = Counter()
    called = Record.called

    def overheard(record: Record, method: str, params: dict[str, Any]) -> Call:
        COURT.hear(method, params)
        return called(record, method, params)

    Record.called = overheard  # type: ignore[method-assign,assignment]
    config.add_cleanup(lambda: setattr(Record, "called", called))


@pytest.fixture(autouse=True)
def _judged(request: pytest.FixtureRequest) -> Iterator[None]:
    """Set up before any playground, and so torn down after it."""
    yield
    counts, (heard, found) = request.config.stash[_COUNTS], COURT.judge()
    counts["judged"] += heard
    if request.node.get_closest_marker(MARK) is None:
        counts["violations"] += len(found)
        assert not found, "\n".join(found[:20])
        return
    counts["provoked"] += len(found)
    counts["provoking"] += bool(found)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """A worker of xdist has ended: its numbers join ours."""
    told: dict[str, int] = getattr(node, "workeroutput", {}).get("conformance", {})
    config: pytest.Config = node.config
    config.stash[_COUNTS].update(told)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker hands over its numbers."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        counts = session.config.stash[_COUNTS]
        output["conformance"] = dict(counts)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Tell it in one line."""
    counts = config.stash[_COUNTS]
    line = f"conformance: {counts['judged']:,} requests judged, {counts['violations']} violations"
    if counts["provoked"]:
        line += f"; {counts['provoked']} more provoked on purpose by {counts['provoking']} tests"
    terminalreporter.write_line(line, red=counts["violations"] > 0)
