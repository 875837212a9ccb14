"""Sending, editing, deleting and pinning."""

from __future__ import annotations

from typing import Any

from bot.playground import shapes
from bot.playground.errors import bad
from bot.playground.methods import target
from bot.playground.miniature import Miniature
from bot.playground.polls import Poll
from bot.playground.rights import bot_may
from bot.playground.updates import CALLBACK_LIFE
from bot.playground.wire import Params
from bot.playground.world import Chat, Message

Json = dict[str, Any]
_DELETABLE = 48 * 3600  # seconds
_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def send_message(mini: Miniature, asked: Params) -> Json:
    """Send a text."""
    body = target.content(asked)
    return deliver(mini, asked, {**body, **target.preview(asked)}, "can_send_messages")


def deliver(mini: Miniature, asked: Params, body: Json, right: str, poll: Poll | None = None) -> Json:
    """Send whatever `body` and `poll` say, with the parameters that every send shares; it takes `right` in a group."""
    markup = target.keyboard(asked)
    place = target.reachable(mini, asked)
    target.allowed(mini, place, right)
    answered = target.reply(place, asked)
    topic = target.thread(mini, place, asked, answered)
    target.throttle(mini, place)
    bot = shapes.sender_of_bot(mini.world)
    place.spoken[bot["id"]] = mini.now()
    sent = mini.post(
        place,
        bot,
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
    place, sent = own(mini, asked, "edit")
    if "text" not in sent.body:
        raise bad("there is no text in the message to edit")
    kept = {key: sent.body[key] for key in sent.body if key not in {"text", "entities", "link_preview_options"}}
    return edited(mini, place, sent, {**kept, **body, **target.preview(asked)}, markup)


def edit_message_reply_markup(mini: Miniature, asked: Params) -> Json:
    """Change the keyboard alone."""
    markup = target.keyboard(asked, inline_only=True)
    place, sent = own(mini, asked, "edit")
    return edited(mini, place, sent, sent.body, markup)


def edited(mini: Miniature, place: Chat, sent: Message, body: Json, markup: Json | None) -> Json:
    """Make the message what `body` and `markup` say. Raises RefusedError where it is so already."""
    if _content(body) == _content(sent.body) and markup == sent.markup:
        raise bad(_SAME)
    target.throttle(mini, place, new=False)
    sent.body, sent.markup, sent.edit_date = body, markup, mini.now()
    mini.spoke(sent, "edit")
    mini.show(sent)
    return mini.shape(sent)


def _content(body: Json) -> Json:
    """What an edit may change; a file is what it is by its identifier."""
    shown = {key: body.get(key) for key in ("text", "entities", "caption", "caption_entities", "document")}
    return shown | {"photo": [size["file_id"] for size in body.get("photo", ())]}


def own(mini: Miniature, asked: Params, purpose: str) -> tuple[Chat, Message]:
    """The bot's own message that is named, in its chat. Raises RefusedError for others."""
    place = target.reachable(mini, asked)
    sent = target.message(place, asked, purpose)
    if sent.sender["id"] != mini.world.bot["id"]:
        raise bad(f"message can't be {purpose}ed")
    return place, sent


def delete_message(mini: Miniature, asked: Params) -> bool:
    """Delete a message: one's own and, in private, anyone's for 48 hours; as an admin with the right, any."""
    place = target.reachable(mini, asked)
    sent = target.message(place, asked, "delete")
    own = sent.sender["id"] == mini.world.bot["id"]
    if place.private or not bot_may(mini.world, place, "can_delete_messages"):
        if not own and not place.private:
            raise bad("message can't be deleted")
        if mini.now() - sent.date > _DELETABLE:
            raise bad("message can't be deleted for everyone")
    mini.remove(place, sent.id)
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
        mini.latencies.toasted(asked.text("callback_query_id"), text)
        mini.tell(
            query["user_id"],
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
    target.thread(mini, place, asked, None)
    if not asked.has("action"):
        raise bad("wrong parameter action in request")
    place.typing_until = mini.clock.now().timestamp() + 5
    mini.tell(place.id, "typing", chat_id=place.id)
    return True


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
