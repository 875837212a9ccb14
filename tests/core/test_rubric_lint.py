"""What shows only when a rubric is tried."""

from __future__ import annotations

import pytest

from bot.core.bank import Bank, Language, Question, Ref, Topic
from bot.core.rubric_lint import lint_rubrics
from bot.core.rubrics import Rubric
from tests.core.rubric_bench import rubrics

GOOD = """\
bfs:
  points:
  - {id: layers, w: 2, say: {zh: 逐层展开, en: layer by layer}, any_of: [{need: ['一层|逐层|layer', 'BFS|它|it']}]}
  - {id: queue, w: 2, say: {zh: 队列先入先出, en: a queue}, any_of: [{need: ['队列|queue', '先入|先出|first']}]}
  tests:
  - {answer: 它逐层向外走，靠队列先入先出, min: 90}
  - {answer: It works layer by layer., min: 40, max: 60}
  - {answer: 它用栈后入先出, max: 30}
  - {answer: 'BFS, 层, 队列, 图, 最短路', max: 25}
"""


def question(key: str, language: Language, answer: str, topic: str = "graphs") -> Question:
    """One version of a question."""
    return Question(Ref("b", key), language, topic, f"{key}？", answer)


QUESTIONS = (
    question("bfs", "zh", "BFS 一层一层展开，队列先入先出。"),
    question("bfs", "en", "BFS goes layer by layer; its queue is first in, first out."),
    question("dfs", "zh", "DFS 用栈，先走到底再回头。"),
    question("dfs", "en", "DFS has a stack and goes deep."),
)


def sentences(source: str, *more: Question) -> list[str]:
    """What the lint says of these rubrics."""
    found: dict[str, Rubric] = rubrics(source)
    bank = Bank("b", {}, (Topic("graphs", {}),), (*QUESTIONS, *more), rubrics=found)
    return [problem.sentence for problem in lint_rubrics(bank)]


def test_a_good_rubric() -> None:
    """Has nothing wrong with it."""
    assert sentences(GOOD) == []


@pytest.mark.parametrize(
    ("changed", "into", "part"),
    [
        ("'先入|先出|first'", "'后入|last'", "let the zh answer score 95 or more: it scores"),
        ("'先入|先出|first'", "'先入|先出'", "let the en answer score 95 or more"),
        ("'一层|逐层|layer', 'BFS|它|it'", "'一层|逐层|layer|栈|stack'", "the zh answer of dfs must score below 40"),
        ("'队列|queue'", "'队列'", "give queue a way to say “队列” in en"),
        ("min: 90", "min: 90, max: 91", "this test's answer scores 97, not 90 to 91"),
        ("  - {answer: 它用栈后入先出, max: 30}\n", "", "add tests: there are 3, at least 4"),
        ("min: 90", "min: 60", "add a test of an excellent answer"),
        ("min: 40, max: 60", "max: 60", "add a test of a partial answer"),
        ("max: 30", "max: 80", "add tests of a wrong answer and of a list"),
        (
            "  tests:",
            "  wrong: [{id: w, say: x, need: ['先入先出|first']}]\n  tests:",
            "wrong claim w must not be found in the zh answer: “队列先入先出”",
        ),
    ],
)
def test_what_is_wrong(changed: str, into: str, part: str) -> None:
    """Each mistake is told in one sentence, with the question's id."""
    assert changed in GOOD
    found = sentences(GOOD.replace(changed, into))
    assert any(part in sentence for sentence in found), found
    assert all(sentence.startswith("bfs: ") for sentence in found)


def test_a_test_that_fails_is_told_where_it_stands() -> None:
    """An author goes to that line."""
    bank = Bank("b", {}, (), QUESTIONS, rubrics=rubrics(GOOD.replace("max: 25", "max: 0")))
    (problem,) = lint_rubrics(bank)
    assert (problem.path, problem.line) == ("rubrics.yaml", 9)


def test_other_topics_are_sampled() -> None:
    """Ten of them, the same ones each time."""
    others = [question(f"o{number}", "zh", "它逐层用队列，先入先出", topic="far") for number in range(30)]
    found = sentences(GOOD, *others)
    assert len(found) == 10
    assert found == sentences(GOOD, *others)


NEAR = """\
dfs:
  points: [{id: a, say: x, any_of: [{need: ['栈|stack']}]}]
  tests:
  - {answer: 栈先进后出, min: 90}
  - {answer: 'a stack', min: 10, max: 99}
  - {answer: 队, max: 30}
  - {answer: 一圈, max: 30}
"""


def test_a_question_near_by() -> None:
    """An answer that makes another question's points must be told apart, which `near` does where it can."""
    close = GOOD.replace("队列|queue'", "队列|queue|栈|stack'").replace(
        "'先入|先出|first'", "'先入|先出|first|先走|deep'"
    )
    alone = [one for one in sentences(close + NEAR) if one.startswith("bfs: the")]
    assert any("the zh answer of dfs must score below 40" in one and "name it under near" in one for one in alone), (
        alone
    )
    named = sentences(close.replace("bfs:\n", "bfs:\n  near: [dfs]\n") + NEAR)
    assert not [one for one in named if one.startswith("bfs: the")]
