"""Polls: sending and stopping."""

from __future__ import annotations

from typing import Any

from bot.playground.entities import formatted
from bot.playground.errors import bad
from bot.playground.methods import target
from bot.playground.methods.messages import deliver
from bot.playground.miniature import Miniature
from bot.playground.polls import Poll
from bot.playground.wire import Params

Json = dict[str, Any]
_QUESTION, _OPTION, _EXPLANATION, _OPTIONS = 300, 100, 200, 12
_LONGEST_OPEN = 2_628_000  # seconds


def send_poll(mini: Miniature, asked: Params) -> Json:
    """Send a poll or a quiz."""
    poll = _poll(asked, mini)
    return deliver(mini, asked, {}, "can_send_polls", poll)


def stop_poll(mini: Miniature, asked: Params) -> Json:
    """Close one's own poll and return its final state."""
    markup = target.keyboard(asked, inline_only=True)
    place = target.reachable(mini, asked)
    sent = place.messages.get(asked.number("message_id"))
    if sent is None:
        raise bad("message with poll to stop not found")
    if sent.poll is None:
        raise bad("message is not a poll")
    if sent.sender["id"] != mini.world.bot["id"]:
        raise bad("poll can't be stopped")
    if sent.poll.is_closed(mini.now()):
        raise bad("poll has already been closed")
    sent.poll.closed = True
    sent.markup = markup
    mini.updates.put("poll", sent.poll.shown(mini.now()))
    mini.show(sent)
    return sent.poll.shown(mini.now())


def _poll(asked: Params, mini: Miniature) -> Poll:
    question = _plain(asked.text("question"), "Poll question", _QUESTION)
    options = _options(asked.decoded("options"))
    kind = asked.text("type") or "regular"
    if kind not in {"regular", "quiz"}:
        raise bad("unsupported poll type specified")
    if asked.flag("members_only") or asked.decoded("country_codes"):
        raise bad("members_only and country_codes can be used only in channel chats")
    several = asked.flag("allows_multiple_answers")
    fixed: Json = {
        "is_anonymous": not asked.has("is_anonymous") or asked.flag("is_anonymous"),
        "type": kind,
        "allows_multiple_answers": several,
        "allows_revoting": asked.flag("allows_revoting") if asked.has("allows_revoting") else kind == "regular",
        "members_only": False,
    }
    fixed |= _quiz(asked, len(options), several=several) if kind == "quiz" else {}
    closing = _closing(asked, mini.now())
    fixed |= {key: value for key, value in closing.items() if value}
    return Poll(
        mini.identifiers.poll(),
        question,
        options,
        fixed,
        shuffled=asked.flag("shuffle_options"),
        closed=asked.flag("is_closed"),
        closes_at=closing.get("close_date"),
    )


def _plain(raw: Any, what: str, longest: int) -> str:  # noqa: ANN401 - from the wire
    """A text that shows no formatting. Raises RefusedError when empty or too long, in code points."""
    text = raw.strip() if isinstance(raw, str) else ""
    if not text:
        raise bad(f"{what} must be non-empty".replace("Poll", "poll", 1))
    if len(text) > longest:
        plural = {"Poll option": "poll options"}.get(what, "poll question")
        raise bad(f"{plural} length must not exceed {longest}")
    return text


def _options(given: Any) -> list[str]:  # noqa: ANN401 - from the wire
    if not isinstance(given, list):
        raise bad("can't parse options: expected an Array")
    if not given:
        raise bad("poll must have at least 1 option")
    if len(given) > _OPTIONS:
        raise bad(f"poll can't have more than {_OPTIONS} options")
    texts = [option.get("text") if isinstance(option, dict) else option for option in given]
    return [_plain(text, "Poll option", _OPTION) for text in texts]


def _quiz(asked: Params, options: int, *, several: bool) -> Json:
    return {"correct_option_ids": _correct(asked, options, several=several), **_explanation(asked)}


def _correct(asked: Params, options: int, *, several: bool) -> list[int]:
    right = asked.decoded("correct_option_ids")
    if right is None and asked.has("correct_option_id"):
        right = [asked.number("correct_option_id")]
    if not isinstance(right, list) or not right or not all(type(index) is int for index in right):
        raise bad("wrong correct option ID specified")
    if any(index not in range(options) for index in right):
        raise bad("wrong correct option ID specified")
    if right != sorted(set(right)):
        raise bad("correct quiz option list must be increasing")
    if len(right) > 1 and not several:
        raise bad("QUIZ_CORRECT_ANSWERS_TOO_MUCH")
    return right


def _explanation(asked: Params) -> Json:
    text, entities = formatted(
        asked.text("explanation"), asked.decoded("explanation_entities"), asked.text("explanation_parse_mode")
    )
    if len(text) > _EXPLANATION:
        raise bad(f"explanation length must not exceed {_EXPLANATION}")
    if text.count("\n") > 2:
        raise bad("explanation must have at most 2 line feeds")
    if not text:
        return {}
    return {"explanation": text} | ({"explanation_entities": entities} if entities else {})


def _closing(asked: Params, now: int) -> dict[str, int]:
    """open_period (clamped, as Telegram does) or close_date, which must be 5 s to a month away."""
    period, date = min(max(asked.number("open_period"), 0), _LONGEST_OPEN), asked.number("close_date")
    if period:
        if period < 5:
            raise bad("poll open period must be at least 5 seconds")
        return {"open_period": period, "close_date": now + period}
    if date and not 5 <= date - now <= _LONGEST_OPEN:
        raise bad("poll close date must be between 5 and 2628000 seconds in the future")
    return {"close_date": date} if date else {}
