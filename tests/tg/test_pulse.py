"""Whether polling gets answers."""

from telegram.error import NetworkError, RetryAfter

from bot.tg.pulse import Pulse
from tests.test_metrics import counted


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


def test_a_429_is_waited_out_and_counted() -> None:
    """As long as Telegram said, apart from the sends that got one; other failures are none."""
    pulse, before = Pulse(lambda: 100.0, lambda: 0.0), counted("floods", kind="polling")
    assert pulse.failed(RetryAfter(17)) == 17.0
    assert pulse.failed(RetryAfter(0)) == 1.0
    pulse.failed(NetworkError("away"))
    assert counted("floods", kind="polling") == before + 2
