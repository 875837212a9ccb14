"""The small language in which a rubric says how a concept may be put.

`a|b` alternatives · `a..b` b after a in the same sentence · `word*` a beginning · `=word` without a plural s
· `/regex/` · `@macro` a shared list · `~` a negation does not matter · `^` nor where the sentence is about avoiding it
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.core.folding import folded
from bot.core.rubrics import Concept, Negation, Part, Phrase

Macros = Mapping[str, str]
_MARKS: Mapping[str, Negation] = {"~": "ignored", "^": "allowed"}
_ALTERNATIVE = re.compile(r"\s*(?P<marks>[~^]*)(?P<body>/(?:[^/\\]|\\.)+/|[^|]*)\s*(?:\||$)")
_DEEPEST = 8  # macros within macros
_ENDLESS = re.compile(r"(\\[wWS]|(?<!\\)\.|(?<!\\)\[[^\]]*\])([*+])")  # a class of characters, repeated
_LONGEST_RUN = 60


class PhraseError(ValueError):
    """What is wrong with an author's words, as one sentence."""


def concept(words: str, macros: Macros) -> Concept:
    """The concept that a group of alternatives describes. A mark before the first one is meant for all of them.

    Raises PhraseError.
    """
    phrases = tuple(_phrases(words, macros, "direct", 0))
    if not phrases:
        raise PhraseError("Write at least one way to say it.")
    return Concept(words, phrases)


def _bodies(words: str, macros: Macros, depth: int) -> Iterator[tuple[str, str]]:
    """Each alternative's marks and words, macros unfolded."""
    if depth > _DEEPEST:
        raise PhraseError(f"Unfold the macros of “{words}”: one stands within itself.")
    for match in _ALTERNATIVE.finditer(words):
        body = match["body"].strip()
        if body.startswith("@"):
            if body[1:] not in macros:
                raise PhraseError(f"Name a macro that there is: “{body}” is none.")
            yield from ((match["marks"] or marks, one) for marks, one in _bodies(macros[body[1:]], macros, depth + 1))
        elif body:
            yield match["marks"], body


def _phrases(words: str, macros: Macros, negation: Negation, depth: int) -> Iterator[Phrase]:
    for number, (marks, body) in enumerate(_bodies(words, macros, depth)):
        own = _MARKS[marks[-1]] if marks else negation
        if number == 0:
            negation = own
        yield from _phrase(body, own)


def _phrase(body: str, negation: Negation) -> Iterator[Phrase]:
    if body.startswith("/") and body.endswith("/") and len(body) > 2:
        yield Phrase(regex=_regex(body[1:-1]), negation=negation)
        return
    exact = body.startswith("=")
    parts = [_part(piece, exact=exact) for piece in body.removeprefix("=").split("..")]
    if not all(part.text for part in parts):
        raise PhraseError(f"Write words on both sides of “..” in “{body}”, and some letters at least.")
    yield Phrase(tuple(parts), negation=negation)
    if any(" " in part.text for part in parts):  # feed-forward, feed forward, feedforward
        joined = (part._replace(text=part.text.replace(" ", "")) for part in parts)
        yield Phrase(tuple(joined), negation=negation)


def _part(piece: str, *, exact: bool) -> Part:
    piece = piece.strip()
    return Part(folded(piece.removesuffix("*")), prefix=piece.endswith("*"), exact=exact)


def _regex(source: str) -> re.Pattern[str]:
    r"""It is matched against folded text, so what folding changes outside of ASCII is changed here too.

    `\w` and `\b` are about Latin letters, as Chinese has no words to be told apart by them; and nothing goes on without
    end: on four thousand letters in a row that would take a second.
    """
    spelt = "".join(char if char.isascii() else folded(char) or char for char in source)
    bounded = _ENDLESS.sub(lambda match: f"{match[1]}{{{0 if match[2] == '*' else 1},{_LONGEST_RUN}}}", spelt)
    try:
        return re.compile(bounded.replace("_", ""), re.IGNORECASE | re.ASCII)
    except re.error as error:
        raise PhraseError(f"Mend the regular expression /{source}/: {error.msg}.") from error
