"""How a choice of topics looks: where what was typed is none, or none was typed."""

from __future__ import annotations

from bot.core.bank import Language, Library, Topic
from bot.flows.callers import NoTopic
from bot.tg.buttons import Button, Verb, pack
from bot.tg.views import Rows, View, labels, name
from bot.tg.words import Words

_TOPICS = 50  # buttons; more topics are named after the command


def no_topic_view(words: Words, answer: NoTopic, library: Library, verb: Verb = Verb.TOPIC, *more: int) -> View:
    """Did you mean; or else all there are. `verb` is what their buttons do, with these numbers behind the topic's."""
    close = answer.unknown.close
    key = "practice-topic-close" if close else "practice-topic-unknown"
    text = words(answer.language, key, typed=name(answer.unknown.wanted))
    return View(text, topic_rows(answer.language, library, close or library.topics, verb, *more))


def topic_rows(language: Language, library: Library, topics: tuple[Topic, ...], verb: Verb, *more: int) -> Rows:
    """A button for each of these topics, which carries its place in the library."""
    buttons = (
        Button(topic.named(language), pack(verb, library.topics.index(topic), *more)) for topic in topics[:_TOPICS]
    )
    return labels(buttons, 2)
