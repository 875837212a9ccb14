"""The language of concepts, and where it finds them."""

from __future__ import annotations

import pytest

from bot.core.finding import Reading, closest
from bot.core.folding import fold
from bot.core.phrases import PhraseError, concept

MACROS = {"grad": "梯度|gradient*", "both": "@grad|导数", "loop": "@loop"}


@pytest.mark.parametrize(
    ("words", "answer", "found"),
    [
        ("梯度|gradient", "其 gradients 和梯度", ["gradients", "梯度"]),
        ("ratio", "rationale", []),
        ("=head", "heads and head", ["head"]),
        ("saturat*", "It saturated", ["saturated"]),
        ("64", "164 和 640 与 64", ["64"]),
        ("25 个", "共 25个", ["25个"]),
        ("feed-forward", "feedforward, feed forward", ["feedforward", "feed forward"]),
        ("d_k", "dk 与 $d_k$", ["dk", "dk"]),
        ("层归一化", "層歸一化", ["层归一化"]),
        ("训练误差..升", "训练误差反而升高", ["训练误差反而升"]),
        ("训练误差..升", "训练误差。升高", []),
        ("a..b..c", "a x b y c", ["a x b y c"]),
        ("/除以\\s*(?:根号|√)/", "除以√dk", ["除以√"]),
        ("/a|b/|c", "c b", ["c", "b"]),
        ("@both", "导数、梯度", ["导数", "梯度"]),
        ("饱和", "不饱和", []),
        ("饱和", "不会饱和", []),
        ("饱和", "不仅饱和", ["饱和"]),
        ("^饱和", "缩放使它不饱和", ["饱和"]),
        ("^饱和", "它不饱和", []),
        ("~饱和", "它不饱和", ["饱和"]),
        ("^饱和|尖锐", "除以它才不尖锐", ["尖锐"]),
        ("vanish*", "they do not vanish", []),
        ("monotonic", "gelu isn't monotonic", []),
        ("monotonic", "gelu isnt monotonic, relu cant", []),
        ("decay*", "it dont decay, i want decay", ["decay"]),
        ("依赖 batch", "不同的是依赖 batch", ["依赖batch"]),
    ],
)
def test_what_is_found(words: str, answer: str, found: list[str]) -> None:
    """Each kind of alternative, its borders and its negations."""
    reading = Reading(fold(answer))
    assert [reading.text.text[start:end] for start, end in reading.spans(concept(words, MACROS))] == found


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("", "at least one way"),
        ("@none", "“@none” is none"),
        ("@loop", "within itself"),
        ("/(/", "Mend the regular expression"),
        ("a..", "both sides"),
        ("$$", "letters"),
    ],
)
def test_words_that_mean_nothing(words: str, part: str) -> None:
    """An author is told what to mend."""
    with pytest.raises(PhraseError, match=part):
        concept(words, MACROS)


def test_a_claim_is_taken_back_by_any_negation() -> None:
    """Within its clause and close by; two negations are none."""
    speed = concept("省计算", {})
    kept = ("缩放是为了省计算", "这不是说明，省计算", "不是不能省计算")
    assert [bool(Reading(fold(answer)).spans(speed, claimed=True)) for answer in kept] == [True, True, True]
    assert not Reading(fold("缩放不是为了要省计算")).spans(speed, claimed=True)


def test_the_same_word_a_thousand_times() -> None:
    """Says it no more often than it is looked at."""
    assert len(Reading(fold("梯度 " * 1000)).spans(concept("梯度", {}))) <= 24


def test_the_closest_stretch() -> None:
    """The narrowest one around something of every group; none where a group is empty."""
    reading = Reading(fold("甲很远很远乙，甲乙"))
    groups = [reading.spans(concept(words, {})) for words in ("甲", "乙")]
    spot = closest(reading.text, groups)
    assert spot is not None
    assert reading.text.text[spot.start : spot.end] == "甲乙"
    assert spot.width == 2
    assert closest(reading.text, [groups[0], []]) is None


def test_subjects_that_are_only_compared_with() -> None:
    """The subject of a comparison is not what is spoken of."""
    subjects = {"ln": concept("LN", {}), "bn": concept("BN", {})}
    text = "LN 不像 BN 那样，与 BN 不同，它看 token。BN 看 batch"
    assert [name for _place, name in Reading(fold(text)).subjects(subjects)] == ["ln", "bn"]


def test_regular_expressions_end() -> None:
    """Letters are Latin ones, beside Chinese too; and nothing is looked for without end."""
    found = concept(r"/\bln\w*/", {})
    reading = Reading(fold("对LN归一化"))
    assert [reading.text.text[start:end] for start, end in reading.spans(found)] == ["ln"]
    (phrase,) = concept(r"/a\w*[^。]+.*b\.*/", {}).phrases
    assert phrase.regex is not None
    assert phrase.regex.pattern == r"a\w{0,60}[^。]{1,60}.{0,60}b\.*"
