"""Naming a topic: exactly, partly, by tag, nearly, not at all."""

import pytest

from bot.core.bank import Bank, Language, Library, Question, Ref, Topic
from bot.core.topics import Found, Unknown, find, refs_about, title_about


def question(key: str, topic: str, *tags: str, language: Language = "zh") -> Question:
    """A question with nothing in it but its place."""
    return Question(Ref("nlp", key), language, topic, f"{key}?", "!", tags=tags)


TOPICS = (
    Topic("attention", {"zh": "注意力", "en": "Attention"}),
    Topic("bert-family", {"zh": "BERT 家族", "en": "The BERT family"}),
    Topic("training", {"zh": "训练与微调", "en": "Training and fine-tuning"}),
    Topic("tokenizers", {"zh": "分词"}),
)
QUESTIONS = (
    question("a1", "attention", "softmax", "scaling"),
    question("a1", "attention", language="en"),
    question("b1", "bert-family", "MLM"),
    question("t1", "training", "softmax"),
)
LIBRARY = Library((Bank("nlp", {"zh": "NLP"}, TOPICS, QUESTIONS),))


@pytest.mark.parametrize(
    ("wanted", "about"),
    [
        ("attention", "attention"),
        ("ATTENTION ", "attention"),
        ("注意力", "attention"),
        ("注意", "attention"),
        ("bert家族", "bert-family"),
        ("Bert Family", "bert-family"),
        ("ｂｅｒｔ", "bert-family"),
        ("fine tuning", "training"),
        ("训练", "training"),
        ("mlm", "#MLM"),
        ("Softmax", "#softmax"),
        ("scal", "#scaling"),
        ("#softmax", "#softmax"),
        ("＃mlm", "#MLM"),
    ],
)
def test_found(wanted: str, about: str) -> None:
    """Ids, titles in both languages, parts of them and tags are understood in any case and width."""
    assert find(LIBRARY, wanted) == Found(about)


@pytest.mark.parametrize(
    ("wanted", "first"), [("atention", "attention"), ("brt family", "bert-family"), ("sotfmax", "attention")]
)
def test_close(wanted: str, first: str) -> None:
    """A slip of the finger brings the topic that was meant first; a tag stands for its topics."""
    meant = find(LIBRARY, wanted)
    assert isinstance(meant, Unknown)
    assert meant.close[0].id == first
    assert len(meant.close) <= 3


def test_ambiguous() -> None:
    """What fits two topics is asked back."""
    meant = find(LIBRARY, "en")  # attENtion, tokENizers
    assert isinstance(meant, Unknown)
    assert {topic.id for topic in meant.close} == {"attention", "tokenizers"}


@pytest.mark.parametrize("wanted", ["量子力学", "xyzzy", "！？", "/"])
def test_unknown(wanted: str) -> None:
    """What is like nothing here suggests nothing."""
    assert find(LIBRARY, wanted) == Unknown(wanted)


def test_refs_about() -> None:
    """A topic's questions, a tag's questions over all topics, everything: each once, in the bank's order."""
    assert [ref.id for ref in refs_about(LIBRARY, "attention")] == ["a1"]
    assert [ref.id for ref in refs_about(LIBRARY, "#softmax")] == ["a1", "t1"]
    assert [ref.id for ref in refs_about(LIBRARY, None)] == ["a1", "b1", "t1"]
    assert refs_about(LIBRARY, "#gone") == refs_about(LIBRARY, "gone") == ()


def test_title_about() -> None:
    """A topic is called by its title, a tag by itself."""
    assert title_about(LIBRARY, "attention", "en") == "Attention"
    assert title_about(LIBRARY, "tokenizers", "en") == "分词"
    assert title_about(LIBRARY, "#MLM", "zh") == "MLM"
