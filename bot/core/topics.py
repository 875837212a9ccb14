"""What a person means by a topic: its id, its title in any language, a tag, or something close to one.

What is meant is written as one word, `about`: a topic's id, or `#` and a tag.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.core.bank import Language, Library, Ref, Topic

TAG = "#"
_CLOSE = 65  # of 100; below it a suggestion looks random
_SUGGESTED = 3
_BLANK = re.compile(r"[\s_\-/·,，、&#]+")


@dataclass(frozen=True, slots=True)
class Found:
    """What was meant: a topic's id, or `#` and a tag."""

    about: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing is called that; `close` are the topics it may have been meant for, best first (perhaps none)."""

    wanted: str
    close: tuple[Topic, ...] = ()


def find(library: Library, wanted: str) -> Found | Unknown:
    """The topic or tag of that name: exactly, else the only one that contains it; letter case never matters."""
    names = _names(library)
    key = _plain(wanted)
    if key in names:
        return Found(names[key])
    containing = _distinct(about for name, about in names.items() if key and key in name)
    if len(containing) == 1:
        return Found(containing[0])
    return Unknown(wanted, _topics(library, containing or _close(names, key)))


def refs_about(library: Library, about: str | None) -> tuple[Ref, ...]:
    """The questions of a topic or with a tag, or all for None, in the banks' order."""
    if about is None or not about.startswith(TAG):
        return library.in_topic(about)
    tagged = {q.ref for bank in library.banks for q in bank.questions if about[1:] in q.tags}
    return tuple(ref for ref in library.refs if ref in tagged)


def abouts(library: Library) -> tuple[str, ...]:
    """All that a question can be about, topics first: buttons name it by its place here."""
    tags = {TAG + tag for bank in library.banks for question in bank.questions for tag in question.tags}
    return (*(topic.id for topic in library.topics), *sorted(tags))


def title_about(library: Library, about: str, language: Language) -> str:
    """What to call it in `language`."""
    topic = library.topic(about)
    return topic.named(language) if topic else about.removeprefix(TAG)


def _names(library: Library) -> Mapping[str, str]:
    """Every name in plain form and what it means; where two things share one, a topic goes before a tag."""
    names = {_plain(tag): TAG + tag for bank in library.banks for q in bank.questions for tag in q.tags}
    for topic in reversed(library.topics):
        names |= {_plain(name): topic.id for name in (*topic.title.values(), topic.id)}
    return {name: about for name, about in names.items() if name}


def _plain(name: str) -> str:
    return _BLANK.sub("", unicodedata.normalize("NFKC", name).casefold())


def _close(names: Mapping[str, str], key: str) -> tuple[str, ...]:
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only where nothing is called what was typed

    best = process.extract(key, list(names), scorer=fuzz.WRatio, score_cutoff=_CLOSE, limit=None)
    return _distinct(names[name] for name, _score, _at in best)


def _topics(library: Library, abouts: Iterable[str]) -> tuple[Topic, ...]:
    """The topics meant, a tag standing for the topics of its questions."""
    ids = _distinct(topic for about in abouts for topic in _topic_ids(library, about))
    return tuple(topic for topic in map(library.topic, ids[:_SUGGESTED]) if topic)


def _topic_ids(library: Library, about: str) -> tuple[str, ...]:
    if not about.startswith(TAG):
        return (about,)
    return _distinct(q.topic for bank in library.banks for q in bank.questions if about[1:] in q.tags)


def _distinct(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
