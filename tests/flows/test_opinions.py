"""Who wants opinions, how many a day, and what comes twice."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.opinions import Heard
from bot.core.people import Chat
from bot.flows import chats, opinions
from bot.flows.opinions import Terms
from bot.store import learners, people
from bot.store import opinions as store
from bot.store.database import Database, Tx
from tests.practice_bench import ADA, BOB, DEFAULTS, NOON

DAY = timedelta(days=1)
TERMS = Terms(NOON, DEFAULTS, limit=3)
FAILED, SPENT, PAUSED = (Heard(silence=why) for why in ("failed", "spent", "paused"))


@pytest.fixture(autouse=True)
def willing(tx: Tx) -> None:
    """Ada and Bob want opinions."""
    for person in (ADA, BOB):
        learners.change(tx, person.id, "opinions", True)


def test_nobody_is_asked_who_has_not_said_so(tx: Tx) -> None:
    """That is the default; and whoever takes it back is not asked any more, nor told what was held before."""
    assert opinions.claim(tx, 99, "k", TERMS) == Heard()
    assert opinions.claim(tx, ADA.id, "k", TERMS) is None
    opinions.keep(tx, ADA.id, "k", {"a": "b"})
    learners.change(tx, ADA.id, "opinions", False)
    assert opinions.claim(tx, ADA.id, "k", TERMS) == Heard()


def test_the_same_answer_is_asked_about_once(tx: Tx) -> None:
    """Its opinion is kept; one without a reply, or whose process died meanwhile, stays without."""
    assert opinions.claim(tx, ADA.id, "k", TERMS) is None
    assert opinions.claim(tx, ADA.id, "k", TERMS) == FAILED
    opinions.keep(tx, ADA.id, "k", {"a": "词\0\ud800"})
    assert opinions.claim(tx, ADA.id, "k", TERMS) == Heard({"a": "词\0\ud800"})
    assert opinions.claim(tx, ADA.id, "k", None) == Heard({"a": "词\0\ud800"})
    assert opinions.claim(tx, BOB.id, "k", TERMS) is None
    opinions.keep(tx, BOB.id, "k", {})
    assert opinions.claim(tx, BOB.id, "k", TERMS) == Heard({})


def test_a_day_has_so_many_calls(tx: Tx) -> None:
    """Each person's own; what is known already is told all the same, and the next day begins at four."""
    for key in ("a", "b", "c"):
        assert opinions.claim(tx, ADA.id, key, TERMS) is None
    assert opinions.claim(tx, ADA.id, "d", TERMS) == SPENT
    assert opinions.claim(tx, ADA.id, "a", TERMS) == FAILED
    assert opinions.claim(tx, BOB.id, "d", TERMS) is None
    night = replace(TERMS, now=NOON.replace(hour=19, minute=59))  # 03:59 in Shanghai
    assert opinions.claim(tx, ADA.id, "d", night) == SPENT
    morning = replace(TERMS, now=NOON.replace(hour=20))
    assert opinions.claim(tx, ADA.id, "d", morning) is None


def test_the_day_is_that_of_the_persons_zone(tx: Tx) -> None:
    """Where they live, not where the server stands."""
    chats.set_zone(tx, ADA, Chat(ADA.id, "private"), "America/Los_Angeles", NOON, DEFAULTS)
    for key in ("a", "b", "c"):
        assert opinions.claim(tx, ADA.id, key, TERMS) is None
    assert opinions.claim(tx, ADA.id, "d", replace(TERMS, now=NOON.replace(hour=11))) == SPENT
    assert opinions.claim(tx, ADA.id, "d", replace(TERMS, now=NOON.replace(hour=12))) is None


def test_while_the_endpoint_is_paused_nothing_is_counted(tx: Tx) -> None:
    """Nor where nothing new may be asked for."""
    assert opinions.claim(tx, ADA.id, "k", replace(TERMS, paused=True)) == PAUSED
    assert opinions.claim(tx, ADA.id, "k", None) == Heard()
    assert opinions.claim(tx, ADA.id, "k", TERMS) is None


def test_old_opinions_go(tx: Tx) -> None:
    """A week after, with the next call; another person's stay until theirs."""
    for person in (ADA, BOB):
        opinions.claim(tx, person.id, "k", TERMS)
        opinions.keep(tx, person.id, "k", {"a": "b"})
    opinions.claim(tx, ADA.id, "l", replace(TERMS, now=NOON + 7 * DAY))
    assert store.find(tx, ADA.id, "k") is not None
    opinions.claim(tx, ADA.id, "m", replace(TERMS, now=NOON + 8 * DAY))
    assert store.find(tx, ADA.id, "k") is None
    assert store.find(tx, BOB.id, "k") is not None


def test_what_comes_after_the_person_is_erased_is_not_kept(tx: Tx) -> None:
    """The call was on its way."""
    opinions.claim(tx, ADA.id, "k", TERMS)
    people.erase_person(tx, ADA.id)
    opinions.keep(tx, ADA.id, "k", {"a": "b"})
    assert store.find(tx, ADA.id, "k") is None
    assert not learners.of(tx, ADA.id).opinions


async def test_many_at_once_do_not_overrun_the_day(database: Database) -> None:
    """Twenty answers at the same time, three calls."""
    await database.write(learners.change, ADA.id, "opinions", True)
    claims = (database.write(opinions.claim, ADA.id, f"k{number}", TERMS) for number in range(20))
    assert sorted(map(str, await asyncio.gather(*claims))) == [str(SPENT)] * 17 + ["None"] * 3
