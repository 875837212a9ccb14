"""The questions before everything is erased."""

from bot.tg.buttons import Press, Verb, unpack
from bot.tg.forgetting_views import ERASE, KEEP, SURE, group_question, group_sure, question
from bot.tg.views import View
from bot.tg.words import Words

WORDS = Words()
AT = 1_764_000_000  # when it is asked


def pressed(view: View) -> list[Press | None]:
    """What the buttons mean, from left to right."""
    return [unpack(button.data) for row in view.rows for button in row]


def test_a_person_is_asked_once_with_two_answers() -> None:
    """Erase, or keep; each knows when it was asked."""
    assert pressed(question(WORDS, "zh", AT)) == [Press(Verb.FORGET, (ERASE, AT)), Press(Verb.FORGET, (KEEP, AT))]


def test_a_group_is_asked_twice_and_two_quick_taps_erase_nothing() -> None:
    """Where the first question said erase, the second says keep; the one that erases is red and names the group."""
    first, second = group_question(WORDS, "en", AT), group_sure(WORDS, "en", "@spam group", AT)
    assert pressed(first) == [Press(Verb.FORGET, (ERASE, AT)), Press(Verb.FORGET, (KEEP, AT))]
    assert pressed(second) == [Press(Verb.FORGET, (KEEP, AT)), Press(Verb.FORGET, (SURE, AT))]
    assert [button.danger for button in second.rows[0]] == [False, True]
    assert "spam group" in second.text.text
