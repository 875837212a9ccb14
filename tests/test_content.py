"""The banks that are shipped: no upkeep needed when one is added."""

from __future__ import annotations

import re
from pathlib import Path

from bot.core.bank import Question
from bot.core.markdown import plain
from bot.flows.library import check, load

CONTENT = Path(__file__).parents[1] / "content"


def shipped() -> list[Question]:
    """Every version of every question."""
    return [question for bank in load(CONTENT).banks for question in bank.questions]


def test_the_shipped_banks_have_no_problem() -> None:
    """What authors are asked to do, the project does."""
    assert check(CONTENT).problems == ()


def test_the_guide_s_templates_are_right(tmp_path: Path) -> None:
    """An author who copies both templates of the guide and its bank.yaml has a bank without problems."""
    guide = (CONTENT / "README.md").read_text(encoding="utf-8")
    chinese, english = re.findall(r"```markdown\n(.*?)\n```", guide, re.DOTALL)
    manifest = re.findall(r"```yaml\n(.*?)\n```", guide, re.DOTALL)[0]
    for name, text in (("bank.yaml", manifest), ("zh/graphs.md", chinese), ("en/graphs.md", english)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    report = check(tmp_path)
    assert report.problems == ()
    assert (report.questions, report.languages) == (1, {"zh": 1, "en": 1})


def test_nineteen_questions_in_chinese() -> None:
    """The first bank is complete."""
    assert sum(question.language == "zh" and question.ref.bank == "bert" for question in shipped()) == 19


def test_every_question_is_whole() -> None:
    """Each has an id of its author's, choices, an explanation, references, tags."""
    for question in shipped():
        assert len(question.choices) == 4, question.ref
        assert question.explanation, question.ref
        assert question.references, question.ref
        assert question.tags, question.ref


def test_the_right_choice_is_seldom_the_longest() -> None:
    """Whoever picks the longest choice is right in at most 30 percent."""
    questions = shipped()
    longest = [
        q for q in questions if max(len(plain(c.text)) for c in q.choices) == len(plain(q.choices[q.right].text))
    ]
    assert len(longest) <= 0.3 * len(questions), [question.ref.id for question in longest]
