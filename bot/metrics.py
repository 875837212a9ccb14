"""What is counted for operators, told at /metrics in Prometheus's words. No name, chat or text is in any of it."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, generate_latest

REGISTRY = CollectorRegistry()
UPDATES = Counter("kaoguan_updates", "Updates by what became of them.", ["outcome"], registry=REGISTRY)
"""handled, kept (it failed), unparsable, aside (written down first, as there was a rush)."""
PUSHES = Counter("kaoguan_pushes", "Daily pushes by what became of them.", ["outcome"], registry=REGISTRY)
"""sent, astray (outside its closed thread), gone (blocked, kicked), each reason of a refusal, later (tried again);
unsent: missed (its time was over), nothing (to ask), paused (nobody answered for long, as the group was told)."""
REFUSALS = Counter("kaoguan_refusals", "Calls that Telegram refused, by why.", ["reason"], registry=REGISTRY)
"""gone, moved, unchanged, polls, rights, thread, lost, closed, late, unknown."""
FLOODS = Counter("kaoguan_floods", "Answers of 429, by who had to wait.", ["kind"], registry=REGISTRY)
"""interactive, scheduled, polling (getUpdates). Only what Telegram said, not what our limiter holds back for it."""
OPINIONS = Counter("kaoguan_opinions", "Opinions on answers by what became of them.", ["outcome"], registry=REGISTRY)
"""given; not asked for: spent (the person's calls of the day), paused (it failed in a row); asked for in vain: timeout,
unreached, status, busy (429), redirect, large, unreadable; broken (our own doing). All but given are graded offline."""


def exposition() -> bytes:
    """All of it, as Prometheus reads it."""
    return generate_latest(REGISTRY)
