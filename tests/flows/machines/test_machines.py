"""The ledger and the rounds against models of their own, in any order of things, on both databases.

MACHINE_EXAMPLES makes a longer run; `python -m tests.mutants` shows what the machines notice.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import ExitStack

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test
from sqlalchemy import Engine

from bot.store import sqlite
from bot.store.database import Tx
from tests.flows.machines.ledger import Ledger
from tests.flows.machines.rounds import Rounds

MACHINES: dict[str, type[RuleBasedStateMachine]] = {"ledger": Ledger, "rounds": Rounds}


def opening(engine: Engine) -> Callable[[ExitStack], Tx]:
    """Begins a unit of work on empty tables; the stack's end rolls it back."""

    def opened(stack: ExitStack) -> Tx:
        tx = stack.enter_context(engine.connect())
        if engine.dialect.name == "sqlite":
            tx.exec_driver_sql(sqlite.BEGIN_WRITE)
        stack.callback(tx.rollback)
        return tx

    return opened


# Without shrinking, which takes minutes here: a failure prints all its steps, and the database keeps them.
ANY_ORDER = settings(
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


@pytest.mark.parametrize("name", MACHINES)
def test_a_machine(name: str, backend: str, request: pytest.FixtureRequest) -> None:
    """Whatever is done in whatever order, the tables say what the model says."""
    engine: Engine = request.getfixturevalue(f"_{backend}_engine")
    machine, opened = MACHINES[name], opening(engine)
    examples = int(os.environ.get("MACHINE_EXAMPLES", "40" if backend == "sqlite" else "8"))
    run_state_machine_as_test(
        lambda: machine(opened),  # type: ignore[call-arg,arg-type]
        settings=settings(ANY_ORDER, max_examples=examples),
    )
