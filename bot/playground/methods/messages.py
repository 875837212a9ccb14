"""Sending, editing, deleting and pinning."""

from __future__ import annotations

from typing import Any

from bot.playground import shapes
from bot.playground.errors import bad
from bot.playground.methods import target
from bot.playground.miniature import Miniature
from bot.playground.polls import Poll
from bot.playground.updates import CALLBACK_LIFE
from bot.playground.wire import Params
from bot.playground.world import ADMINS, Chat, Message

Json = dict[str, Any]
_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def send_message(mini: Miniature, asked: Params) -> Json:
    """Send a text."""
    body = target.content(asked)
    return deliver(mini, asked, {**body, **target.preview(asked)})


def deliver(mini: Miniature, asked: Params, body: Json, poll: Poll | None = None) -> Json:
    """Send whatever `body` and `poll` say, with the parameters that every send shares."""
    markup = target.keyboard(asked)
    place = target.reachable(mini, asked)
    answered = target.reply(place, asked)
    topic = target.thread(place, asked, answered)
    target.throttle(mini, place)
    sent = mini.post(
        place,
        shapes.sender_of_bot(mini.world),
        {**body, **target.extras(asked)},
        reply_to=answered,
        thread_id=topic,
        markup=markup,
        poll=poll,
    )
    return mini.shape(sent)


def edit_message_text(mini: Miniature, asked: Params) -> Json:
    """Change the text and, with it, the keyboard."""
    body = target.content(asked, too_long="MESSAGE_TOO_LONG")
    markup = target.keyboard(asked, inline_only=True)
    place, sent = _own(mini, asked, "edit")
    if "text" not in sent.body:
        raise bad("there is no text in the message to edit")
    kept = {key: sent.body[key] for key in sent.body if key not in {"text", "entities", "link_preview_options"}}
    return _edited(mini, place, sent, {**kept, **body, **target.preview(asked)}, markup)


def edit_message_reply_markup(mini: Miniature, asked: Params) -> Json:
    """Change the keyboard alone."""
    markup = target.keyboard(asked, inline_only=True)
    place, sent = _own(mini, asked, "edit")
    return _edited(mini, place, sent, sent.body, markup)


def _edited(mini: Miniature, place: Chat, sent: Message, body: Json, markup: Json | None) -> Json:
    if _content(body) == _content(sent.body) and markup == sent.markup:
        raise bad(_SAME)
    target.throttle(mini, place)
    sent.body, sent.markup, sent.edit_date = body, markup, mini.now()
    mini.show(sent)
    return mini.shape(sent)


def _content(body: Json) -> tuple[Any, Any]:
    return body.get("text"), body.get("entities")


def _own(mini: Miniature, asked: Params, purpose: str) -> tuple[Chat, Message]:
    place = target.reachable(mini, asked)
    sent = target.message(place, asked, purpose)
    if sent.sender["id"] != mini.world.bot["id"]:
        raise bad(f"message can't be {purpose}ed")
    return place, sent


def delete_message(mini: Miniature, asked: Params) -> bool:
    """Delete a message: one's own anywhere, a person's in private or as an admin."""
    place = target.reachable(mini, asked)
    sent = target.message(place, asked, "delete")
    own = sent.sender["id"] == mini.world.bot["id"]
    if not own and not place.private and mini.world.bot_member(place).status not in ADMINS:
        raise bad("message can't be deleted")
    del place.messages[sent.id]
    if sent.id in place.pinned:
        place.pinned.remove(sent.id)
    mini.events.publish("deleted", chat_id=place.id, message_id=sent.id)
    return True


def answer_callback_query(mini: Miniature, asked: Params) -> bool:
    """End a press's spinner, perhaps with words; the first answer is the one that is seen."""
    query = mini.world.queries.get(asked.text("callback_query_id"))
    if query is None or mini.now() - query["pressed"] > CALLBACK_LIFE:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    text = asked.text("text")
    if len(text) > 200:
        raise bad("MESSAGE_TOO_LONG")
    if not query["answered"]:
        query |= {"answered": True, "text": text, "alert": asked.flag("show_alert")}
        mini.events.publish(
            "toast",
            user_id=query["user_id"],
            text=text,
            alert=query["alert"],
            callback_query_id=asked.text("callback_query_id"),
        )
    return True


def send_chat_action(mini: Miniature, asked: Params) -> bool:
    """Show that the bot is busy, for five seconds or until it speaks."""
    place = target.reachable(mini, asked)
    if not asked.has("action"):
        raise bad("wrong parameter action in request")
    place.typing_until = mini.clock.now().timestamp() + 5
    mini.events.publish("typing", chat_id=place.id)
    return True


def pin_chat_message(mini: Miniature, asked: Params) -> bool:
    """Pin a message; in groups that takes an admin."""
    place = _pinnable(mini, asked)
    sent = target.message(place, asked, "pin")
    if sent.id not in place.pinned:
        place.pinned.append(sent.id)
    mini.show_chat(place)
    return True


def unpin_chat_message(mini: Miniature, asked: Params) -> bool:
    """Unpin a message, or the newest pin when none is named."""
    place = _pinnable(mini, asked)
    wanted = asked.number("message_id") or (place.pinned[-1] if place.pinned else 0)
    if wanted not in place.pinned:
        raise bad("message to unpin not found")
    place.pinned.remove(wanted)
    mini.show_chat(place)
    return True


def _pinnable(mini: Miniature, asked: Params) -> Chat:
    place = target.reachable(mini, asked)
    if not place.private and mini.world.bot_member(place).status not in ADMINS:
        raise bad("not enough rights to manage pinned messages in the chat")
    return place


def set_message_reaction(mini: Miniature, asked: Params) -> bool:
    """React to a message: at most one reaction for a bot."""
    place = target.reachable(mini, asked)
    sent = target.message(place, asked, "react")
    reaction = asked.decoded("reaction") or []
    if not isinstance(reaction, list) or len(reaction) > 1:
        raise bad("REACTIONS_TOO_MANY")
    sent.reaction = reaction
    mini.show(sent)
    return True
