"""Short forms and numbers in words are compared as what they stand for."""

from __future__ import annotations

import pytest

from bot.core.folding import fold, folded


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("token emb + pos emb", "token embedding+position embedding"),
        ("pos tagging, cos, norm and std", "pos tagging,cos,norm and std"),  # other words, too
        ("no grads, the avg freq of 768-dim vecs", "no gradients,the average frequency of 768 dimension vectors"),
        ("probs of the next tok", "probabilities of the next token"),
        ("attn w/ masks, w/o bias", "attention with masks,without bias"),
        ("gradual seq2seq reprs", "gradual sequence2sequence representations"),
        ("梯度grad很小", "梯度gradient很小"),
    ],
)
def test_short_forms_of_the_field_are_the_words(written: str, compared: str) -> None:
    """In the plural, too; what only begins like one is left alone, and so is one that is also another word."""
    assert folded(written) == compared


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("fifteen", "15"),
        ("thirty-two", "32"),
        ("five hundred and twelve", "512"),
        ("one thousand twenty four", "1024"),
        ("thirty thousand five hundred", "30500"),
        ("five twelve", "512"),
        ("seven sixty eight", "768"),
        ("ten twenty four", "1024"),
        ("two", "two"),
        ("one two three", "one two three"),
        ("hundred layers", "hundred layers"),
        ("often a tenth", "often a tenth"),
        ("twelve and two", "12 and two"),
        ("fifteen percent", "15%"),
        ("15 per cent or 15 pct", "15% or 15%"),
        ("五百一十二", "512"),
        ("七百六十八维", "768维"),
        ("一千零二十四", "1024"),
        ("两千零四十八", "2048"),
        ("三百零五", "305"),
        ("一千二百", "1200"),
        ("三百六", "三百六"),
        ("两三百", "两三百"),
        ("两百万", "两百万"),
        ("十分", "十分"),
        ("百分之十五", "15%"),
        ("百分之二十", "20%"),
        ("百分之80.5", "80.5%"),
        ("百分之百", "100%"),
    ],
)
def test_numbers_in_words_are_numbers(said: str, number: str) -> None:
    """From ten on: the small ones are words of the language, and what is ambiguous stays as it is."""
    assert folded(said) == number


def test_who_writes_in_short_is_quoted_as_they_wrote() -> None:
    """Each character of a spelling leads back to what stood there."""
    answer = fold("no grads, five hundred and twelve rows")
    place = answer.text.index("512")
    assert answer.quote(place, place + 3) == "five hundred and twelve rows"
    place = answer.text.index("gradients")
    assert answer.quote(place, place + len("gradients")) == "no grads"
