"""The banks that are shipped: no upkeep needed when one is added."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.core.bank import LANGUAGES, Bank, Language, Question
from bot.core.judging import grade
from bot.core.markdown import plain, render
from bot.core.markdown_parser import parse
from bot.core.rubric_lint import OTHER_LESS
from bot.core.rubrics import Rubric
from bot.flows.grading import assess
from bot.flows.library import check, load

CONTENT = Path(__file__).parents[1] / "content"
HAN = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")  # the characters and their punctuation


def shipped() -> list[Question]:
    """Every version of every question."""
    return [question for bank in load(CONTENT).banks for question in bank.questions]


def lengths(question: Question) -> list[int]:
    """How long each choice is as shown."""
    return [len(plain(choice.text)) for choice in question.choices]


def frame(question: Question) -> tuple[object, ...]:
    """What must not differ between the languages of a question."""
    blocks = [(node.type, len(node.children)) for node in parse(question.answer).children]
    papers = re.findall(r"arXiv:[\d.]+", question.references)
    sources = question.references.count("\n- ")
    rights = [choice.right for choice in question.choices]
    return question.topic, question.difficulty, question.tags, rights, blocks, sources, papers


def test_the_shipped_banks_have_no_problem() -> None:
    """What authors are asked to do, the project does."""
    assert check(CONTENT).problems == ()


def test_the_shipped_rubrics_grade_as_they_should() -> None:
    """Own answers score high in both languages, others low, and every author's test holds."""
    assert check(CONTENT, rubrics=True).problems == ()


def test_every_shipped_question_has_a_rubric_with_six_tests() -> None:
    """Typed answers to any of them are graded, and each rubric was tried on good, half, wrong and empty-headed ones."""
    for bank in load(CONTENT).banks:
        assert bank.rubrics.keys() == {question.ref.id for question in bank.questions}, bank.name
        assert [key for key, rubric in bank.rubrics.items() if len(rubric.samples) < 6] == []


def wordy(language: Language, ask: str) -> bool:
    """Whether it is longer than a question put in passing: 40 characters of Chinese, 16 words of English."""
    return len(ask) > 40 if language == "zh" else len(ask.split()) > 16


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_missing_point_can_be_asked_for(language: Language) -> None:
    """In each language: one short question in plain text, another one for each point of a question."""
    for rubric in (rubric for bank in load(CONTENT).banks for rubric in bank.rubrics.values()):
        asks = [point.ask.get(language, "") for point in rubric.points]
        assert [ask for ask in asks if wordy(language, ask)] == [], rubric.key
        assert [ask for ask in asks if not ask.endswith("？" if language == "zh" else "?")] == [], rubric.key
        assert [ask for ask in asks if len(re.findall("[？?]", ask)) != 1 or plain(ask) != ask] == [], rubric.key
        assert all(bool(HAN.search(ask)) == (language == "zh") for ask in asks), rubric.key
        assert len(set(asks)) == len(asks), rubric.key


def test_asking_for_a_point_does_not_give_it_away() -> None:
    """Whoever says it back makes no point of the question, nor does it tell them anything wrong."""
    library = load(CONTENT)
    for ref in library.refs:
        rubric = library.rubric(ref)
        assert rubric is not None, ref
        for ask in (ask for point in rubric.points for ask in point.ask.values()):
            told = assess(library, ref, ask)
            assert told is not None, ref
            assert (told.hits, told.wrong) == ((), ()), (ref.id, ask)


def answered_by_others(rubric: Rubric, bank: Bank) -> list[tuple[str, str, int]]:
    """Which other questions' answers score too much: the question, its language, the score."""
    texts = {question: render(question.answer).text for question in bank.questions}
    own = [text for question, text in texts.items() if question.ref.id == rubric.key]
    scores = [
        (question.ref.id, question.language, grade(rubric, text, references=own).score)
        for question, text in texts.items()
        if question.ref.id != rubric.key
    ]
    return [one for one in scores if one[2] >= OTHER_LESS]


def test_no_answer_passes_for_another_question() -> None:
    """All pairs, where the check takes a sample: an answer that is right elsewhere is no answer here."""
    banks = load(CONTENT).banks
    found = {rubric.key: answered_by_others(rubric, bank) for bank in banks for rubric in bank.rubrics.values()}
    assert {key: others for key, others in found.items() if others} == {}


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_nineteen_questions_in_each_language(language: Language) -> None:
    """The first bank is complete, and whoever speaks the language is asked in it."""
    library = load(CONTENT)
    refs = [ref for ref in library.refs if ref.bank == "bert"]
    versions = [library.question(ref, language) for ref in refs]
    assert len(refs) == 19
    assert [question.ref for question in versions if question and question.language == language] == refs


def test_both_versions_of_a_question_are_one_question() -> None:
    """Topic, difficulty, tags, choices and the right one are the same in each language, and so is the answer's build:
    its paragraphs, points and tables, and the papers it cites."""
    library = load(CONTENT)
    for ref in library.refs:
        chinese, english = (library.question(ref, language) for language in LANGUAGES)
        assert chinese is not None
        assert english is not None
        assert frame(chinese) == frame(english), ref


def test_the_languages_are_in_one_order() -> None:
    """Questions without history are asked in file order: the same in each language."""
    for bank in load(CONTENT).banks:
        chinese, english = ([q.ref for q in bank.questions if q.language == language] for language in LANGUAGES)
        assert chinese == english, bank.name


def test_the_languages_are_not_mixed_up() -> None:
    """A Chinese text has Chinese characters in its prompt and answer; an English one has none anywhere."""
    for question in shipped():
        choices = "".join(choice.text for choice in question.choices)
        texts = (question.prompt, question.answer, question.explanation, question.references, choices)
        found = [bool(HAN.search(text)) for text in texts]
        assert all(found[:3]) if question.language == "zh" else not any(found), question.ref


def test_every_question_is_whole() -> None:
    """Each has an id of its author's, choices, an explanation, references, tags."""
    for question in shipped():
        assert len(question.choices) == 4, question.ref
        assert question.explanation, question.ref
        assert question.references, question.ref
        assert question.tags, question.ref


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_right_choice_is_seldom_the_longest(language: Language) -> None:
    """Whoever picks the longest choice is right in at most 30 percent, even with luck where two are as long."""
    questions = [question for question in shipped() if question.language == language]
    longest = [q for q in questions if max(lengths(q)) == lengths(q)[q.right]]
    assert len(longest) <= 0.3 * len(questions), [question.ref.id for question in longest]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_right_choice_is_seldom_the_shortest(language: Language) -> None:
    """Whoever picks the shortest choice, any of those where several are, expects to be right in at most 30 percent."""
    questions = [question for question in shipped() if question.language == language]
    told = [q for q in questions if min(lengths(q)) == lengths(q)[q.right]]
    expected = sum(1 / lengths(q).count(min(lengths(q))) for q in told)
    assert expected <= 0.3 * len(questions), [question.ref.id for question in told]
