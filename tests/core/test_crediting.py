"""Points that the person says they made: what they add to a grade, and the sentence that is kept."""

from __future__ import annotations

from bot.core.crediting import credited, sentence_for
from bot.core.judging import grade
from bot.core.review import Rating
from tests.core.rubric_bench import SCALE

HALF = "维度大时方差变大。然后就学不动了。"
VARIANCE, SATURATE, GRADIENT = SCALE.points


def test_a_granted_point_counts_in_full() -> None:
    """Band and rating follow; it is a hit with the person's sentence, in the rubric's order."""
    before = grade(SCALE, HALF)
    after = credited(before, SCALE, HALF, {"gradient"})
    assert (before.band, before.missed) == ("not-yet", ("saturate", "gradient"))
    assert (after.band, after.rating, after.missed) == ("partial", Rating.HARD, ("saturate",))
    assert [hit.point for hit in after.hits] == ["variance", "gradient"]
    every = credited(before, SCALE, HALF, {"gradient", "saturate"})
    assert after.score < every.score <= 100


def test_what_was_made_or_is_unknown_adds_nothing() -> None:
    """Nor does nothing at all."""
    before = grade(SCALE, HALF)
    assert credited(before, SCALE, HALF, {"variance", "nonsense"}) == before
    assert credited(before, SCALE, HALF, ()) == before


def test_a_wrong_claim_keeps_its_cap() -> None:
    """Whoever says something wrong cannot grant themselves a solid answer."""
    answer = f"{HALF}而且减少计算。"
    granted = credited(grade(SCALE, answer), SCALE, answer, {"saturate", "gradient"})
    assert granted.score <= 60
    assert granted.wrong


def test_the_sentence_that_shares_most_is_kept() -> None:
    """A single one, the likeliest of several, or all of it where none shares anything; never too much."""
    assert sentence_for(GRADIENT, "没有句号") == "没有句号"
    assert sentence_for(SATURATE, "方差变大。softmax 就太尖了。然后不动。") == "softmax 就太尖了。"
    assert sentence_for(GRADIENT, "The gradient gets stuck. It is bad.\nYes") == "The gradient gets stuck."
    assert sentence_for(GRADIENT, "啊。哦。") == "啊。哦。"
    assert len(sentence_for(GRADIENT, "长" * 5000)) == 300
