"""A small bank and the people who practise with it."""

from datetime import UTC, datetime

from bot.core.bank import Bank, Choice, Language, Library, Question, Ref, Topic
from bot.core.people import Chat, Defaults, Person
from bot.flows.asking import Asked
from bot.flows.callers import Caller
from bot.store.rounds import Round

DEFAULTS = Defaults()  # Chinese, Asia/Shanghai: UTC+8, no daylight saving
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)  # a Monday, 12:00 in Shanghai
ADA = Person(7, "Ada", "ada", "zh-hans")
BOB = Person(8, "Bob", None, "en")
TOPICS = (
    Topic("attention", {"zh": "注意力", "en": "Attention"}),
    Topic("bert", {"zh": "BERT 家族"}),
    Topic("training", {"zh": "训练", "en": "Training"}),
)
# How somebody who forgets faster does so, in FSRS's parameters.
OWN = (0.1, 0.4, 0.7, 2.5, 6.4, 0.8, 3.0, 0.001, 1.7, 0.2, 0.8, 1.5, 0.06, 0.26, 1.6, 0.6, 1.9, 0.5, 0.09, 0.07, 0.2)


def choice_question(key: str, topic: str, difficulty: int, language: Language = "zh") -> Question:
    """Four choices, the third (index 2) right."""
    return Question(
        Ref("nlp", key),
        language,
        topic,
        f"{key} 问什么？" if language == "zh" else f"What does {key} ask?",
        f"{key} 的**完整**答案。",
        difficulty,
        tags=("maths",) if difficulty == 2 else (),
        choices=tuple(Choice(f"{key} 的选项 {index}", right=index == 2) for index in range(4)),
        explanation=f"{key} 的解析。",
        references=f"- {key} et al., 2017",
    )


def recall_question(key: str, topic: str) -> Question:
    """A question without choices."""
    return Question(Ref("nlp", key), "zh", topic, f"{key} 问什么？", f"{key} 的完整答案。")


QUESTIONS = (
    choice_question("a1", "attention", 1),
    choice_question("a2", "attention", 2),
    choice_question("a3", "attention", 3),
    choice_question("b1", "bert", 2),
    choice_question("b1", "bert", 2, "en"),
    recall_question("r1", "training"),
)


def library(*questions: Question) -> Library:
    """One bank of these questions, or of all."""
    return Library((Bank("nlp", {"zh": "面试题", "en": "Interviews"}, TOPICS, questions or QUESTIONS),))


LIBRARY = library()


def caller(now: datetime = NOON, person: Person = ADA, bank: Library = LIBRARY) -> Caller:
    """A person in their private chat, as an update brings them: without the chat's settings."""
    return Caller(bank, person, Chat(person.id, "private", person.name), now, DEFAULTS)


def asked(question: Question, language: Language = "zh", choices: str = "2031") -> Asked:
    """The question as a round of a private chat."""
    recall = not question.choices
    put = Round(
        id=128,
        chat_id=7,
        thread_id=None,
        ref=question.ref,
        kind="recall" if recall else "choice",
        origin="m1",
        language=question.language,
        choices="" if recall else choices,
        right=None if recall else question.right,
        points=15,
        state="open",
        opened_at=NOON,
        closes_at=None,
        closed_at=None,
        message_id=2,
        poll_id=None,
        result_id=None,
        sends=1,
    )
    return Asked(put, question, LIBRARY.topic(question.topic), language)
