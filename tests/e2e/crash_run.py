"""One run of the crash rig, and the table of what came of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from bot.playground.clock import PlaygroundClock
from bot.playground.server import Playground
from bot.verbs import rebuilt
from tests.e2e.rig import Rig
from tests.e2e.rig_audit import Audit
from tests.e2e.rig_boards import Boards
from tests.e2e.rig_doubles import Sendings
from tests.e2e.rig_faults import leaks
from tests.e2e.rig_scene import Scene, living
from tests.e2e.rig_seen import Line, boards_seen, differ

SUNDAY = datetime(2026, 11, 29, 1, 30, tzinfo=UTC)  # 9:30 in Shanghai; a week ends, and the day after a month
_KEEP = 10_000_000  # calls and actions: all that there are


@dataclass
class Report:
    """What a run did and what it found; `figures` in the order they are told."""

    figures: dict[str, int | str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    deaths: Counter[str] = field(default_factory=Counter)

    def lines(self) -> list[str]:
        """As a table for people."""
        width = max(map(len, self.figures))
        return [f"{name:<{width}}  {value:>9}" for name, value in self.figures.items()]


async def killed(home: Path, kills: int, seed: int, size: int, *, politely: bool = False, tell: int = 0) -> Report:
    """Kill the bot that often under a load of everything, or `politely` ask it to end; `tell` prints a line after each
    so many. Only a kill may double anything."""
    async with Playground(clock=PlaygroundClock(SUNDAY), keep=_KEEP) as playground:
        rig = Rig(playground, home)
        try:
            scene = Scene(rig, Random(seed), size, politely=politely)
            await scene.opens()
            async with living(scene.crowd):
                for number in range(kills - scene.deaths.total()):
                    await scene.one_death()
                    if tell and number % tell == 0:
                        print(f"{scene.deaths.total()} kills, {playground.clock.now():%d %b %H:%M}", flush=True)
            await scene.settles()
            asleep, seen = scene.witness.asleep(), await boards_seen(rig, scene.cast)
            assert await rig.stop() == 0
            if politely:
                scene.witness.flying.clear()  # nothing was cut into
            report = audited(rig, scene, [*asleep, *scene.rude], seen)
            await _rebuilds(rig, report)
            return report
        finally:
            if rig.alive:
                await rig.kill()
            rig.aim.put_back()


async def _rebuilds(rig: Rig, report: Report) -> None:
    """`kaoguan rebuild` finds every card as its log says."""
    looked_at, differed = await rebuilt(rig.database_url)
    report.figures |= {"cards planned anew": looked_at, "cards that differed": differed}
    report.problems += [f"{differed} cards differ from their log"] * bool(differed)


def audited(rig: Rig, scene: Scene, known: list[str], seen: dict[int, list[Line]]) -> Report:
    """Hold the record, and the boards that people have just `seen`, against the database."""
    audit = Audit(rig.playground, rig.database, scene.witness)
    sendings = Sendings(rig, audit, scene.witness)
    boards = Boards(audit.tables, moved=audit.deeds.erased_any)
    wrong, missed, doubled = audit.problems(), list(sendings.missed()), list(sendings.problems())
    off, shown = list(boards.scores()), list(differ(seen, audit.tables, rig.playground.clock.now()))
    problems = [*known, *wrong, *missed, *doubled, *shown]
    problems += ["the log has a secret"] * bool(leaks(rig.playground, rig.log))
    problems += ["something critical is in the log"] * ('"critical"' in rig.log)
    figures: dict[str, int | str] = {
        "kills": scene.deaths.total(),
        "days": (rig.playground.clock.now() - SUNDAY).days,
        "answers given": audit.deeds.given(),
        "answers lost": _count(wrong, "answer lost"),
        "answers counted twice": _count(wrong, "counted twice"),
        "pushes due": len(sendings.pushes_due()),
        "pushes missed": len(missed),
        "pushes doubled": sendings.pushes_doubled(),
        "pushes in flight at kills": sendings.cut_into("push"),
        "doubled without a kill": len(doubled),
        **audit.studied.figures,
        "verdicts doubled": sendings.verdicts_doubled(),
        "verdicts in flight at kills": sendings.cut_into("verdict"),
        "boards recounted": boards.checked,
        "boards looked at by people": len(seen),
        "boards that differ": len(off) + len(shown),
        "rounds": len(audit.seen),
        "open rounds stuck": _count(wrong, "round stuck"),
        "other problems": len(problems) - _told(wrong) - len(missed) - len(doubled) - len(shown),
    }
    return Report(figures, problems, scene.crowd.done, scene.deaths)


def _count(problems: list[str], beginning: str) -> int:
    return sum(problem.startswith(beginning) for problem in problems)


def _told(problems: list[str]) -> int:
    return sum(_count(problems, name) for name in ("answer lost", "counted twice", "round stuck"))
