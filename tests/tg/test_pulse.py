"""Whether polling gets answers."""

from bot.tg.pulse import Pulse


def test_stillness_counts_while_telegram_is_asked_and_silent() -> None:
    """From the question or from the given instant, whichever is later; an answer or a failure ends it."""
    now = 100.0
    pulse = Pulse(lambda: now, lambda: 0.0)
    assert pulse.still_for(0.0) == 0.0
    pulse.asked()
    now = 105.0
    assert pulse.still_for(0.0) == 5.0
    assert pulse.still_for(103.0) == 2.0
    pulse.answered()
    assert pulse.still_for(0.0) == 0.0
    pulse.asked()
    pulse.failed(RuntimeError("away"))
    now = 110.0
    assert pulse.still_for(0.0) == 0.0
