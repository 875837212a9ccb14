"""Whether a bank's rubrics grade as they should: its own answers, those of other questions, the authors' tests."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import partial
from itertools import groupby

from bot.core.bank import Bank, Question
from bot.core.contrasting import contrasted
from bot.core.finding import Reading
from bot.core.folding import fold
from bot.core.grades import Grade
from bot.core.judging import grade
from bot.core.markdown import render
from bot.core.problems import Problem, quoted
from bot.core.rubrics import Concept, Rubric, Sample

OWN_LEAST, OTHER_LESS = 95, 40  # scores of the bank's answers, to their own question and to others
TESTS_LEAST = 4
_BEYOND = 10  # answers of other topics held against each rubric
_GOOD, _POOR = 70, 60  # a test of an excellent answer asks for at least the first, one of a bad one allows the second
_HAN, _LATIN = re.compile(r"[\u3400-\u9fff]"), re.compile(r"[a-z]{2}")


class _Texts:
    """A bank's texts as plain text, each rendered once."""

    def __init__(self, bank: Bank) -> None:
        self.bank = bank
        self._versions: dict[str, list[Question]] = {
            key: list(each) for key, each in groupby(sorted(bank.questions, key=_key), key=_key)
        }
        self._answers = {question: render(question.answer).text for question in bank.questions}
        self._prompts = {question: render(question.prompt).text for question in bank.questions}

    def versions(self, key: str) -> list[Question]:
        return self._versions.get(key, [])

    def answer(self, question: Question) -> str:
        return self._answers[question]

    def grade(self, rubric: Rubric, answer: str) -> Grade:
        """As a person's answer would be."""
        rubrics = self.bank.rubrics
        nearby = (self._alone(rubrics[key], answer) for key in rubric.near if key in rubrics)
        return contrasted(self._alone(rubric, answer), answer, partial(self._alone, rubric), nearby)

    def _alone(self, rubric: Rubric, answer: str) -> Grade:
        versions = self.versions(rubric.key)
        prompt = " ".join(self._prompts[question] for question in versions)
        return grade(rubric, answer, prompt=prompt, references=[self._answers[question] for question in versions])


def lint_rubrics(bank: Bank) -> Iterator[Problem]:
    """Everything that shows only when the rubrics of a bank are tried. Takes some 0.3 s a rubric."""
    texts = _Texts(bank)
    for rubric in bank.rubrics.values():
        for line, sentence in _each(rubric, texts):
            yield Problem(rubric.path, line, f"{rubric.key}: {sentence}")


def _each(rubric: Rubric, texts: _Texts) -> Iterator[tuple[int, str]]:
    for sentence in (*_own(rubric, texts), *_others(rubric, texts), *_silent(rubric, texts), *_too_few(rubric)):
        yield rubric.line, sentence
    for sample in rubric.samples:
        yield from _tried(rubric, sample, texts)


def _own(rubric: Rubric, texts: _Texts) -> Iterator[str]:
    """The model answer in each language makes the points and no wrong claim."""
    for question in texts.versions(rubric.key):
        found = texts.grade(rubric, texts.answer(question))
        if found.score < OWN_LEAST:
            yield (
                f"let the {question.language} answer score {OWN_LEAST} or more: it scores {found.score}, "
                f"missing {', '.join(found.missed) or 'nothing'}."
            )
        for mistake in found.wrong:
            where = f"the {question.language} answer: {quoted(mistake.quote)}"
            yield f"the wrong claim {mistake.claim} must not be found in {where}."


def _others(rubric: Rubric, texts: _Texts) -> Iterator[str]:
    """Answers of other questions score little: all of the topic, and some of the others, the same ones each time."""
    own = texts.versions(rubric.key)
    topics = {question.topic for question in own}
    strangers = [question for question in texts.bank.questions if question.ref.id != rubric.key]
    near = [question for question in strangers if question.topic in topics]
    beyond = sorted((one for one in strangers if one.topic not in topics), key=lambda one: _draw(rubric, one))
    for question in (*near, *beyond[:_BEYOND]):
        found = texts.grade(rubric, texts.answer(question))
        if found.score >= OTHER_LESS:
            hits = ", ".join(hit.point for hit in found.hits) or "no point"
            yield (
                f"the {question.language} answer of {question.ref.id} must score below {OTHER_LESS}: "
                f"it scores {found.score} ({hits}). If it answers both, name it under near."
            )


def _draw(rubric: Rubric, question: Question) -> bytes:
    return hashlib.sha256(f"{rubric.key}/{question.language}/{question.ref.id}".encode()).digest()


def _silent(rubric: Rubric, texts: _Texts) -> Iterator[str]:
    """Every concept can be said in every language the question has: in its script, or as its own answer says it."""
    for question in texts.versions(rubric.key):
        script = _HAN if question.language == "zh" else _LATIN
        reading = Reading(fold(texts.answer(question)))
        for point in rubric.points:
            for concept in (concept for way in (*point.ways, *point.reply) for concept in way.need):
                if not _sayable(concept, script) and not reading.spans(concept):
                    yield f"give {point.id} a way to say {quoted(concept.words)} in {question.language}."


def _sayable(concept: Concept, script: re.Pattern[str]) -> bool:
    """Whether an alternative is in that script, or in none: signs and numbers are everybody's."""
    words = ["".join(part.text for part in phrase.parts) for phrase in concept.phrases if phrase.regex is None]
    words += [re.sub(r"\\.", "", phrase.regex.pattern).lower() for phrase in concept.phrases if phrase.regex]
    return any(script.search(one) or not (_HAN.search(one) or _LATIN.search(one)) for one in words)


def _too_few(rubric: Rubric) -> Iterator[str]:
    """Tests: four, among them an excellent answer, a partial one and two that must not pass."""
    samples = rubric.samples
    if len(samples) < TESTS_LEAST:
        yield f"add tests: there are {len(samples)}, at least {TESTS_LEAST} are needed."
    if not any(sample.least >= _GOOD for sample in samples):
        yield f"add a test of an excellent answer in other words, with min: {_GOOD} or more."
    if not any(sample.least and sample.most < 100 for sample in samples):
        yield "add a test of a partial answer, with min and max."
    if sum(sample.most <= _POOR and not sample.least for sample in samples) < 2:
        yield f"add tests of a wrong answer and of a list of terms, each with max: {_POOR} or less."


def _tried(rubric: Rubric, sample: Sample, texts: _Texts) -> Iterator[tuple[int, str]]:
    found = texts.grade(rubric, sample.answer)
    if not sample.least <= found.score <= sample.most:
        seen = ", ".join(
            [*(hit.point for hit in found.hits), *(f"wrong: {one.claim}" for one in found.wrong), *found.flags]
        )
        yield (
            sample.line,
            f"this test's answer scores {found.score}, not {sample.least} to {sample.most} ({seen or 'no point'}).",
        )


def _key(question: Question) -> str:
    return question.ref.id
