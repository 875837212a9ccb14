"""What a button carries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.tg.buttons import Press, Verb, pack, pattern, unpack


@given(st.sampled_from(list(Verb)), st.lists(st.integers(1 - 10**16, 10**16 - 1), max_size=3))
def test_what_is_packed_is_unpacked_and_fits(verb: Verb, numbers: list[int]) -> None:
    """Every press survives the way to Telegram and back, in at most 64 bytes."""
    data = pack(verb, *numbers)
    assert len(data.encode()) <= 64
    assert unpack(data) == Press(verb, tuple(numbers))


@given(st.text())
def test_garbage_is_none(data: str) -> None:
    """Whatever arrives, unpacking raises nothing; only what `pack` could have made means something."""
    press = unpack(data)
    assert press is None or pack(press.verb, *press.numbers) == data or "-0" in data or ":0" in data


@pytest.mark.parametrize(
    "data", [None, "", "0a:1", "2a:1", "1?:1", "1a:1:2:3:4", "1a:x", "1a:", "1a:1\n", "a:1", "1v:9999999999999999999:1"]
)
def test_other_versions_and_verbs_are_none(data: str | None) -> None:
    """A button of another version is too old, never a crash."""
    assert unpack(data) is None


def test_verbs_are_distinct_and_patterns_tell_them_apart() -> None:
    """A feature's handler takes its own verbs only."""
    import re  # noqa: PLC0415 - used here alone

    for verb in Verb:
        taken = [other for other in Verb if re.match(pattern(verb), pack(other, 1))]
        assert taken == [verb]


def test_no_two_verbs_are_written_alike() -> None:
    """An enumeration takes the second of them for the first, and one feature's buttons would press another's."""
    assert len(Verb.__members__) == len(set(Verb))
