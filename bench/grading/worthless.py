"""What deserves no score: nothing said, other questions' answers, terms in a row, noise; and how long grading takes."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from statistics import fmean, median
from time import thread_time

from bench.grading import hostile
from bench.grading.keywords import keyword_lists
from bench.grading.material import Material
from bench.grading.measures import quantile
from bench.grading.mistyped import with_slips
from bench.report import Figure, Goal
from bot.core.bank import Ref
from bot.flows.grading import assess

NOTHING = (
    *(
        "",
        " ",
        "\n\n",
        "。。。",
        "???",
        "不知道",
        "不知道。",
        "我不知道",
        "不会",
        "不清楚",
        "不太记得了",
        "忘了",
        "没学过",
    ),
    *(
        "这个我真的不会",
        "抱歉，不知道",
        "我不會",
        "過",
        "pass",
        "I don't know",
        "i dont know.",
        "No idea",
        "no idea, sorry",
    ),
    *("I can't remember", "not sure", "Sorry, I do not know this one.", "idk", "skip"),
)
OFF_TOPIC = (
    "今天天气很好，我和朋友去公园散步，看到很多花，晚上一起吃了火锅，很开心。",
    "我覺得這家公司的文化很好，團隊氛圍也不錯，希望有機會加入，謝謝面試官。",
    "HTTP 是无状态的应用层协议，三次握手建立 TCP 连接之后客户端发送请求，服务器返回响应，常见状态码有 200、404、500。",
    "数据库索引一般用 B+ 树，叶子节点之间有链表，适合范围查询；事务有原子性、一致性、隔离性和持久性。",
    "快速排序选一个基准，把小的放左边大的放右边，再递归，平均 O(n log n)，最坏 O(n²)。",
    "I like long walks on the beach, my favourite food is pizza and at weekends I usually play football with friends.",
    "My biggest weakness is that I am a perfectionist, but I am working on it and I have learned to delegate.",
    "A hash map stores key value pairs in buckets; collisions are resolved by chaining, lookups take constant time.",
    "Garbage collection marks all reachable objects and sweeps the rest; generations exploit that most die young.",
    "Kubernetes schedules containers on nodes, restarts those that fail, and exposes them through services.",
)
PASSED = 40  # what an answer to another question must stay below


def nothing(material: Material) -> Iterator[Figure]:
    """Empty, "I don't know" and off-topic answers, to every question."""
    yield _most("empty and “don't know”: highest score", _scores(material, NOTHING), 19)
    yield _most("off-topic: highest score", _scores(material, OFF_TOPIC), 19)


def keywords(material: Material, rounds: int) -> Iterator[Figure]:
    """Terms of the question's own rubric in a row; those whose answer may be a list are told apart."""
    found: dict[bool, list[int]] = {True: [], False: []}
    slips, draw = list[int](), random.Random(3)
    for ref in material.refs:
        rubric = material.rubric(ref)
        for words in keyword_lists(rubric, random.Random(ref.id), rounds):
            found[rubric.list_ok].append(_score(material, ref, words))
            if not rubric.list_ok:
                slips.append(_score(material, ref, with_slips(words, 0.3, draw)))
    yield _most("keyword lists: highest score", found[False], 34)
    yield _share("keyword lists: 35 and more", found[False], 35)
    yield _share("keyword lists with slips in three long words of ten: 35 and more", slips, 35)
    if found[True]:
        yield _most("the same, where a list may be the answer", found[True])


def crossed(material: Material) -> Iterator[Figure]:
    """Good answers, put to every other question."""
    scores = [
        (_score(material, ref, one.answer), f"{one.ref.id} ({one.language}, {one.kind}) as {ref.id}")
        for one in material.good
        for ref in material.refs
        if ref != one.ref
    ]
    worst = max(scores, default=(0, ""))
    told = [score for score, _name in scores]
    yield _most("good answers to other questions: highest score", told, PASSED - 1, worst[1])
    yield _share(f"good answers to other questions: {PASSED} and more", told, PASSED)


def noise(material: Material, count: int, rounds: int) -> Iterator[Figure]:
    """Random and hostile answers: none may crash it or score, and none may take long."""
    answers = list(hostile.answers(material, count))
    crashes, scores, worst = 0, [], (0, "")
    for ref, kind, answer in answers:
        try:
            scores.append(_score(material, ref, answer))
        except Exception:  # noqa: BLE001 - that is what is counted
            crashes += 1
            continue
        worst = max(worst, (scores[-1], kind))
    yield Figure("grading", "hostile answers: crashes", (crashes,), "", Goal("<=", 0), f"{len(answers)} answers")
    yield _most("hostile answers: highest score", scores, 60, worst[1])
    rows = [(ref, answer) for ref, _kind, answer in answers]
    yield from times(material, "hostile answers", rows, rounds)


def times(material: Material, what: str, rows: list[tuple[Ref, str]], rounds: int) -> Iterator[Figure]:
    """Milliseconds an answer, a sample a round; the thread's own, as the machine may be busy."""
    samples = [[_took(material, ref, answer) for ref, answer in rows] for _ in range(rounds)]
    note = f"{len(rows)} answers a round; the thread's own time"
    for name, pick, goal in _TIMES:
        yield Figure("grading", f"{what}: {name}", tuple(map(pick, samples)), "ms", goal, note)


_TIMES: tuple[tuple[str, Callable[[list[float]], float], Goal | None], ...] = (
    ("p50", median, None),
    ("p99", lambda took: quantile(took, 0.99), Goal("<=", 20)),
)


def _took(material: Material, ref: Ref, answer: str) -> float:
    began = thread_time()
    assess(material.library, ref, answer)
    return 1000 * (thread_time() - began)


def _score(material: Material, ref: Ref, answer: str) -> int:
    graded = assess(material.library, ref, answer)
    if graded is None:
        raise LookupError(ref.id)
    return graded.score


def _scores(material: Material, answers: Iterable[str]) -> list[int]:
    return list(chain.from_iterable(([_score(material, ref, one) for ref in material.refs]) for one in answers))


def _most(what: str, scores: list[int], bound: int | None = None, note: str = "") -> Figure:
    goal = None if bound is None else Goal("<=", bound)
    told = f"{len(scores)} gradings, mean {fmean(scores):.1f}" if scores else "none"
    return Figure("grading", what, (max(scores, default=0),), "", goal, f"{told}{note and f'; {note}'}")


def _share(what: str, scores: list[int], least: int) -> Figure:
    found = sum(score >= least for score in scores)
    return Figure("grading", what, (100 * found / max(1, len(scores)),), "%", None, f"{found} of {len(scores)}")
