"""`python -m tests.mutants [NAME …]`: break the product in known ways, and see that the machines notice.

Each mutant is one small change, made in a copy of the tree, against which the machines run. Exits 1 if one survives, or
if one cannot be made any more. Takes some ten seconds a mutant, and never more than PATIENCE.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
MACHINES = "tests/flows/machines/test_machines.py"
PATIENCE = 300  # seconds for one mutant
_COPIED = ("bot", "tests", "pyproject.toml")


@dataclass(frozen=True, slots=True)
class Mutant:
    """`old`, which stands exactly once in the file, becomes `new`; `machine` is the one that is to notice."""

    name: str
    machine: str
    path: str
    old: str
    new: str

    def made(self, root: Path) -> str:
        """The file with the change. Raises ValueError if the code is not what it was."""
        source = (root / self.path).read_text(encoding="utf-8")
        if source.count(self.old) != 1:
            raise ValueError(f"{self.name}: {self.path} has {source.count(self.old)} times {self.old!r}")
        return source.replace(self.old, self.new)


def _ledger(name: str, path: str, old: str, new: str) -> Mutant:
    return Mutant(name, "ledger", path, old, new)


def _rounds(name: str, path: str, old: str, new: str) -> Mutant:
    return Mutant(name, "rounds", path, old, new)


MUTANTS = (
    _ledger("no-lease", "bot/flows/leases.py", "LEASE = timedelta(minutes=2)", "LEASE = timedelta(0)"),
    _ledger("long-grace", "bot/flows/timely.py", "GRACE = timedelta(hours=6)", "GRACE = timedelta(hours=8)"),
    _ledger("any-day", "bot/flows/timely.py", "today != due_on or now", "now"),
    _ledger(
        "a-pile",
        "bot/flows/timely.py",
        "return not any(_has_come_since(tx, slot, push, now) for slot in others)",
        "return others is not None",
    ),
    _ledger(
        "twice-a-day",
        "bot/flows/schedule.py",
        "is not None:\n        due = next_push(due",
        "is False:\n        due = next_push(due",
    ),
    _ledger(
        "not-settled", "bot/flows/settling.py", '    settle(tx, push, "sent", now, round_id)\n    prep', "    prep"
    ),
    _ledger(
        "settled-where-it-was",
        "bot/flows/settling.py",
        "return begun.chat_id if begun else push.chat_id",
        "return push.chat_id if begun else push.chat_id",
    ),
    _ledger("to-the-quiet", "bot/flows/pushing.py", "or chat.quiet_since is not None or _unseen", "or _unseen"),
    _ledger("for-ever-again", "bot/store/rounds.py", "MOST_SENDS = 3", "MOST_SENDS = 30"),
    _ledger(
        "not-planned-on",
        "bot/flows/pushing.py",
        "schedule.next_free(tx, chat, slot, after, defaults))",
        "None)",
    ),
    _ledger("ledger-stays-behind", "bot/store/moving.py", "(slots, pushes, sittings", "(slots, sittings"),
    _ledger(
        "unplanned-after-a-move",
        "bot/flows/chats.py",
        "    people.move_chat(tx, old_id, new_id, now)\n    schedule.replan(tx, new_id, now, defaults)\n",
        "    people.move_chat(tx, old_id, new_id, now)\n",
    ),
    _ledger(
        "asleep-for-ever",
        "bot/flows/schedule.py",
        "before.quiet_since is not None:\n        replan",
        "before.quiet_since is not None and chat.private:\n        replan",
    ),
    _rounds(
        "vote-dropped",
        "bot/flows/rounds.py",
        "        parked.park(tx, poll_id, person, choice, now)\n",
        "",
    ),
    _rounds(
        "parked-for-a-day", "bot/flows/closing.py", "_ORPHANED = timedelta(days=2)", "_ORPHANED = timedelta(days=1)"
    ),
    _rounds("parked-for-ever", "bot/store/parked.py", "    tx.execute(delete(parked_votes).where(here))\n", ""),
    _rounds(
        "counted-late",
        "bot/flows/opening.py",
        "voting.count(tx, begun, person, choice, at, defaults)",
        "voting.count(tx, begun, person, choice, now, defaults)",
    ),
    _rounds(
        "last-vote-wins",
        "bot/store/answers.py",
        "return put_new(tx, answers, key | given",
        "tx.execute(answers.delete().where(answers.c.round_id == round_id, answers.c.person_id == person_id))\n"
        "    return put_new(tx, answers, key | given",
    ),
    _rounds(
        "void-twice",
        "bot/flows/scoring.py",
        "if round.voided_at is not None:\n        return False",
        "if False:\n        return False",
    ),
    _rounds(
        "held-for-ever",
        "bot/flows/scoring.py",
        "            _correct(tx, round.chat_id, held, held.points)",
        "            pass",
    ),
    _rounds("six-days", "bot/flows/scoring.py", "LATELY = timedelta(days=7)", "LATELY = timedelta(days=6)"),
    _rounds(
        "voted-when-told",
        "bot/store/rounds.py",
        "poll_id = case((rounds.c.message_id.isnot(None), rounds.c.poll_id))",
        "poll_id = rounds.c.poll_id",
    ),
    _rounds(
        "closed-too-soon",
        "bot/store/closing.py",
        'over = (rounds.c.state == "open") & (rounds.c.closes_at <= seconds(now))',
        'over = rounds.c.state == "open"',
    ),
    _rounds("vote-outlives-its-person", "bot/store/erasing.py", "scores, parked_votes, members)", "scores, members)"),
    _rounds(
        "two-at-once",
        "bot/flows/rounds.py",
        "poll.closes_at is not None and poll.closes_at > now",
        "poll.state == 'open' and poll.closes_at > now",
    ),
    _rounds(
        "asked-anew-after-a-move",
        "bot/flows/rounds.py",
        "return origin if home.id == chat_id else moving.origin_before(origin, chat_id)",
        "return origin",
    ),
    _rounds(
        "old-chat-unknown",
        "bot/store/people.py",
        "if found is None and chat_id < 0 else None",
        "if not found and 0 else None",
    ),
)


def main(names: Iterable[str]) -> int:
    """Make each mutant (or those named) and tell what became of it; the exit code."""
    wanted, survived = set(names), []
    if unknown := wanted - {mutant.name for mutant in MUTANTS}:
        print(f"no such mutant: {', '.join(sorted(unknown))}")
        return 2
    for mutant in MUTANTS:
        if not wanted or mutant.name in wanted:
            verdict = _verdict(mutant)
            survived += [mutant.name] if verdict != "caught" else []
            print(f"{mutant.machine:7} {mutant.name:26} {verdict}", flush=True)
    print(f"survived: {', '.join(survived)}" if survived else "all caught")
    return 1 if survived else 0


def _verdict(mutant: Mutant) -> str:
    with tempfile.TemporaryDirectory(prefix="kaoguan-mutant-") as folder:
        tree = Path(folder)
        for name in _COPIED:
            _copy(ROOT / name, tree / name)
        (tree / mutant.path).write_text(mutant.made(ROOT), encoding="utf-8")
        return _noticed(mutant.machine, tree)


def _noticed(machine: str, tree: Path) -> str:
    """Whether the machine fails on that tree, by an assertion and not because the tree cannot be run."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-x",
        "-p",
        "no:cacheprovider",
        MACHINES,
        "-k",
        f"sqlite-{machine}",
    ]
    environment = {**os.environ, "CI": "1", "PYTHONDONTWRITEBYTECODE": "1"}  # CI: the same examples every time
    try:
        ended = subprocess.run(
            command, cwd=tree, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return "TOO SLOW"
    if ended.returncode == 0:
        return "SURVIVED"
    return (
        "caught"
        if "Failing test case" in ended.stdout or "Falsifying" in ended.stdout
        else f"BROKEN\n{ended.stdout[-2000:]}"
    )


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
