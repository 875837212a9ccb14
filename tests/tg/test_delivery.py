"""What leaves for Telegram, and what came of it."""

from typing import Any

import pytest
from telegram.error import BadRequest, NetworkError, TimedOut

from bot.core.text import Text, join
from bot.tg.buttons import Button
from bot.tg.delivery import Delivery, Gone, Refused, Sent
from bot.tg.pauses import UnheardError
from bot.tg.views import PollView, View
from tests.tg.fake_api import Call, FakeApi, fake_bot


class Ledger:
    """What the delivery has learnt."""

    def __init__(self) -> None:
        self.moves: list[tuple[int, int]] = []
        self.losses: list[int] = []

    async def moved(self, old_id: int, new_id: int) -> None:
        """A chat has a new id."""
        self.moves.append((old_id, new_id))

    async def gone(self, chat_id: int) -> None:
        """A chat cannot be reached."""
        self.losses.append(chat_id)


def refusing(code: int, words: str, chat_id: int | None = None) -> Any:
    """Trouble for every call, or for one chat's."""

    def trouble(call: Call) -> tuple[int, str] | None:
        return (code, words) if chat_id is None or call.chat_id == chat_id else None

    return trouble


def delivery(telegram: FakeApi, ledger: Ledger) -> Delivery:
    """A delivery to this network."""
    return Delivery(fake_bot(telegram), moved=ledger.moved, gone=ledger.gone)


VIEW = View(Text("hello"))


async def test_of_a_send_without_an_answer_nobody_knows_whether_it_arrived() -> None:
    """An edit may simply be made again, so its trouble is the network's."""
    telegram = FakeApi()

    def lost(_call: Call) -> None:
        raise TimedOut

    telegram.after = lost
    sends = delivery(telegram, Ledger())
    for doing in (sends.send(7, VIEW), sends.poll(-7, PollView("?", ("a", "b"), 0))):
        with pytest.raises(UnheardError):
            await doing
    with pytest.raises(TimedOut) as plain:
        await sends.edit(7, 3, VIEW)
    assert not isinstance(plain.value, UnheardError)


async def test_only_scheduled_sends_are_paid_for() -> None:
    """And those only where the operator wants to pay."""
    telegram = FakeApi()
    for paid in (False, True):
        sends = Delivery(fake_bot(telegram), moved=Ledger().moved, gone=Ledger().gone, paid=paid)
        for bulk in (False, True):
            await sends.send(7, VIEW, bulk=bulk)
            await sends.poll(-7, PollView("?", ("a", "b"), 0), bulk=bulk)
    assert [call.fields.get("allow_paid_broadcast") for call in telegram.calls] == [None] * 6 + [True] * 2


async def test_a_message_carries_entities_and_never_a_parse_mode() -> None:
    """What a person is called cannot become formatting; links have no previews."""
    telegram = FakeApi()
    sends = delivery(telegram, Ledger())
    view = View(join("", ("你好 ", Text("<b>*").bold())), ((Button("A", "1a:1:0"), Button("?", url="https://t.me")),))
    outcome = await sends.send(7, view, reply_to=3, silent=True)
    (call,) = telegram.sent()
    assert isinstance(outcome, Sent)
    assert "parse_mode" not in call.fields
    assert call.fields["entities"] == [{"type": "bold", "offset": 3, "length": 4}]
    assert call.fields["link_preview_options"] == {"is_disabled": True}
    assert call.fields["reply_parameters"]["allow_sending_without_reply"] is True
    rows = call.fields["reply_markup"]["inline_keyboard"]
    assert rows == [[{"text": "A", "callback_data": "1a:1:0"}, {"text": "?", "url": "https://t.me"}]]


async def test_a_poll_is_open_named_protected_and_shuffled() -> None:
    """Everything a fair quiz needs, and no close of its own: the bot closes it."""
    telegram = FakeApi()
    sends = delivery(telegram, Ledger())
    outcome = await sends.poll(-9, PollView("why?", ("a", "b", "c"), 2, Text("because")))
    (call,) = telegram.sent("sendPoll")
    assert isinstance(outcome, Sent)
    assert outcome.poll_id
    assert call.fields["correct_option_ids"] == [2]
    told = {name: call.fields.get(name) for name in ("type", "is_anonymous", "protect_content", "shuffle_options")}
    assert {name: str(value).lower() for name, value in told.items()} == {
        "type": "quiz",
        "is_anonymous": "false",
        "protect_content": "true",
        "shuffle_options": "true",
    }
    assert "open_period" not in call.fields


@pytest.mark.parametrize("words", ["Forbidden: bot was blocked by the user", "Forbidden: bot was kicked"])
async def test_a_chat_that_shut_the_door_is_put_to_rest(words: str) -> None:
    """Blocked and kicked are no errors."""
    ledger = Ledger()
    sends = delivery(FakeApi(trouble=refusing(403, words)), ledger)
    assert isinstance(await sends.send(7, VIEW), Gone)
    assert ledger.losses == [7]


async def test_a_chat_that_is_not_there_is_put_to_rest() -> None:
    """So is a deleted one."""
    ledger = Ledger()
    sends = delivery(FakeApi(trouble=refusing(400, "Bad Request: chat not found")), ledger)
    assert isinstance(await sends.send(7, VIEW), Gone)
    assert ledger.losses == [7]


async def test_a_chat_that_moved_is_followed_without_its_old_reply() -> None:
    """The new chat counts its messages anew, so the old number means another message there."""
    ledger = Ledger()
    words = "Bad Request: group chat was upgraded to a supergroup chat"
    telegram = FakeApi(trouble=refusing(400, words, chat_id=-9), migrated_to=-1009)
    sends = delivery(telegram, ledger)
    outcome = await sends.send(-9, VIEW, reply_to=3)
    assert isinstance(outcome, Sent)
    assert outcome.chat_id == -1009
    assert ledger.moves == [(-9, -1009)]
    assert "reply_parameters" not in telegram.sent()[0].fields
    assert await sends.edit(-9, 3, VIEW) == Refused("lost")
    assert telegram.sent("editMessageText") == []


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Bad Request: not enough rights to send polls to the chat", "polls"),
        ("Bad Request: poll has already been closed", "closed"),
        ("Bad Request: message to edit not found", "lost"),
        ("Bad Request: message thread not found", "thread"),
        ("Bad Request: TOPIC_CLOSED", "thread"),
        ("Bad Request: not enough rights to send text messages to the chat", "rights"),
    ],
)
async def test_a_refusal_has_its_reason(words: str, reason: str) -> None:
    """What Telegram will not do is a value, not an exception."""
    sends = delivery(FakeApi(trouble=refusing(400, words)), Ledger())
    assert await sends.edit(7, 3, VIEW) == Refused(reason)


async def test_an_edit_that_changes_nothing_is_as_good_as_one_that_does() -> None:
    """A redelivered press edits the message to what it already says."""
    words = "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
    sends = delivery(FakeApi(trouble=refusing(400, words)), Ledger())
    assert await sends.edit(7, 3, VIEW) == Sent(7, 3)


async def test_what_is_our_own_mistake_is_raised() -> None:
    """A message that Telegram cannot take must be seen by the operator."""
    sends = delivery(FakeApi(trouble=refusing(400, "Bad Request: BUTTON_DATA_INVALID")), Ledger())
    with pytest.raises(BadRequest):
        await sends.send(7, VIEW)


async def test_what_may_pass_is_raised_to_be_tried_again() -> None:
    """A server error is neither a refusal nor a loss."""
    ledger = Ledger()
    sends = delivery(FakeApi(trouble=refusing(502, "Bad Gateway")), ledger)
    with pytest.raises(NetworkError):
        await sends.send(7, VIEW)
    assert ledger.losses == []


async def test_a_press_that_telegram_has_forgotten_needs_no_answer() -> None:
    """After 150 seconds nobody waits for the toast any more."""
    words = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    telegram = FakeApi(trouble=lambda call: (400, words) if call.method == "answerCallbackQuery" else None)
    await delivery(telegram, Ledger()).toast("1", "x" * 500)
    telegram.trouble = lambda _call: None
    await delivery(telegram, Ledger()).toast("1", "x" * 500)
    assert len(telegram.sent("answerCallbackQuery")[0].fields["text"]) == 200


async def test_who_is_admin_is_asked_and_doubt_means_no() -> None:
    """Where Telegram will not tell, settings stay as they are."""
    telegram = FakeApi(admins={1})
    sends = delivery(telegram, Ledger())
    assert await sends.is_admin(-9, 1)
    assert not await sends.is_admin(-9, 2)
    telegram.trouble = refusing(400, "Bad Request: member list is inaccessible")
    assert not await sends.is_admin(-9, 1)


async def test_asking_who_is_an_admin_follows_a_move() -> None:
    """The group has become a supergroup: its admins are asked for there, and the move is written down."""
    telegram, ledger = FakeApi(admins={7}, migrated_to=-1005), Ledger()
    telegram.trouble = refusing(400, "Bad Request: group chat was upgraded to a supergroup chat", chat_id=-5)
    sends = delivery(telegram, ledger)
    assert await sends.is_admin(-5, 7)
    assert not await sends.is_admin(-5, 8)
    assert ledger.moves == [(-5, -1005)] * 2


async def test_a_pin_makes_no_sound_and_may_be_refused() -> None:
    """Pinned and unpinned by its number; without the right it is refused, and a message that has gone is lost."""
    telegram = FakeApi()
    sends = delivery(telegram, Ledger())
    assert await sends.pin(-9, 5) == await sends.unpin(-9, 5) == Sent(-9, 5)
    (pin,) = telegram.sent("pinChatMessage")
    assert (pin.fields["message_id"], pin.fields["disable_notification"]) == (5, True)
    telegram.trouble = refusing(400, "Bad Request: not enough rights to manage pinned messages in the chat")
    assert await sends.pin(-9, 5) == Refused("rights")
    telegram.trouble = refusing(400, "Bad Request: message to unpin not found")
    assert await sends.unpin(-9, 5) == Refused("lost")


async def test_a_right_that_is_missing_is_no_farewell() -> None:
    """Telegram says it as forbidden, too; the chat is there and is not put to rest."""
    telegram, ledger = FakeApi(), Ledger()
    telegram.trouble = refusing(403, "Forbidden: CHAT_WRITE_FORBIDDEN")
    assert await delivery(telegram, ledger).send(-9, VIEW) == Refused("rights")
    assert ledger.losses == []


async def test_slow_mode_is_asked_of_the_chat() -> None:
    """No answer is no."""
    telegram = FakeApi()
    sends = delivery(telegram, Ledger())
    assert not await sends.is_slow(-9)
    telegram.slow_mode = 30
    assert await sends.is_slow(-9)
    telegram.trouble = refusing(400, "Bad Request: chat not found")
    assert not await sends.is_slow(-9)
