"""Rubrics read from YAML, with the line of everything that is wrong in them.

A file maps question ids to rubrics, beside an optional `macros`; outside a bank one rubric may be the whole file, or a
list of them, each with its `id`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import yaml

from bot.core.bank import LANGUAGES, Language
from bot.core.phrases import PhraseError, concept
from bot.core.problems import Problem, quoted
from bot.core.rubrics import WINDOW, Claim, Concept, Point, Rubric, Sample, Way
from bot.core.slips import lexicon
from bot.core.yaml_nodes import NoYamlError, compose, entries_of, items_of, line_of, number_of, word_of

_RUBRIC = ("id", "prompt", "reference", "subjects", "points", "wrong", "full_at", "list_ok", "near", "tests", "macros")
_POINT = ("id", "w", "say", "ask", "reply", "any_of", "need", "window", "credit", "about", "contra")
_WAY = ("need", "window", "credit", "about")
_CLAIM = ("id", "say", "need", "any_of", "window", "minus", "void", "cap", "unless")
_SAMPLE = ("answer", "min", "max")
_TRUTHS: Mapping[str, bool] = {"true": True, "yes": True, "false": False, "no": False}
Nodes = Mapping[str, yaml.Node]


def read_rubrics(source: str, path: str) -> tuple[tuple[Rubric, ...], list[Problem]]:
    """The rubrics of a file, as far as they can be read, and everything wrong with them."""
    problems: list[Problem] = []
    try:
        root = compose(source, path)
    except NoYamlError as error:
        return (), [error.problem]
    rubrics = [
        rubric
        for key, node, macros in _each(root, path, problems)
        if (rubric := _Reader(path, problems, macros).rubric(key, node))
    ]
    return tuple(rubrics), problems


def _each(
    root: yaml.Node | None, path: str, problems: list[Problem]
) -> Iterator[tuple[str, yaml.Node, dict[str, str]]]:
    """Each rubric's node with its id, empty where it names itself, and the macros it may use."""
    if isinstance(root, yaml.SequenceNode):
        yield from (("", node, {}) for node in root.value)
    elif not isinstance(root, yaml.MappingNode):
        problems.append(Problem(path, 1, "Write question ids here, and below each its rubric."))
    elif any(key.value == "points" for key, _value in root.value):
        yield "", root, {}
    else:
        macros = next((value for key, value in root.value if key.value == "macros"), None)
        shared = _macros(macros, path, problems)
        seen: dict[str, int] = {}
        for key, node in root.value:
            if key.value in seen:
                sentence = f"Keep one rubric of {quoted(key.value)}: line {seen[key.value]} has one already."
                problems.append(Problem(path, line_of(key), sentence))
            elif key.value != "macros":
                yield str(key.value), node, shared
            seen.setdefault(key.value, line_of(key))


def _macros(node: yaml.Node | None, path: str, problems: list[Problem]) -> dict[str, str]:
    """Shared lists of words by their names."""
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        problems.append(Problem(path, line_of(node), "Write macros as names and words: grad: '梯度|gradient*'."))
        return {}
    return {str(key.value): word_of(value, "macro", path, problems) for key, value in node.value}


class _Reader:
    """Reads one rubric, adding what is wrong to `problems`."""

    def __init__(self, path: str, problems: list[Problem], macros: dict[str, str]) -> None:
        self._path, self._problems, self._macros = path, problems, macros

    def rubric(self, key: str, node: yaml.Node) -> Rubric | None:
        """The rubric; None where there is none to be read."""
        entries = self._entries(node, _RUBRIC)
        self._macros = self._macros | _macros(entries.get("macros"), self._path, self._problems)
        points = tuple(filter(None, map(self._point, self._items(entries.get("points"), "points"))))
        if not points:
            self._tell(node, f"Give {quoted(key) if key else 'this rubric'} points: one “- {{id: …, w: …}}” each.")
            return None
        self._once(node, [point.id for point in points])
        whole = sum(point.weight for point in points)
        full = self._number(entries, "full_at", whole) or whole
        if full > whole:
            self._tell(entries["full_at"], f"Lower full_at: all points together weigh {whole:g}.")
        claims = tuple(filter(None, (self._claim(one, points) for one in self._items(entries.get("wrong"), "wrong"))))
        return Rubric(
            key or self._word(entries, "id"),
            points,
            full,
            claims,
            self._subjects(entries.get("subjects"), points, node),
            self._truth(entries.get("list_ok")),
            tuple(str(one.value) for one in self._items(entries.get("near"), "near")),
            tuple(map(self._sample, self._items(entries.get("tests"), "tests"))),
            references=self._references(entries.get("reference")),
            lexicon=lexicon(points, claims),
            prompt=self._word(entries, "prompt"),
            path=self._path,
            line=line_of(node),
        )

    def _point(self, node: yaml.Node) -> Point | None:
        entries = self._entries(node, _POINT)
        ways = self._ways(entries)
        key = self._word(entries, "id", node)
        if not ways or not key:
            if entries and not ways:
                self._tell(node, f"Say how {quoted(key) or 'this point'} may be put: any_of: - {{need: […]}}.")
            return None
        weight = self._number(entries, "w", 1.0)
        contra = tuple(self._concepts(entries.get("contra"), "contra"))
        ask = self._say(entries["ask"], node, "ask") if "ask" in entries else {}
        reply = self._listed(entries.get("reply"), "reply")
        if reply and not ask:
            self._tell(
                entries["reply"], f"Ask for {quoted(key)} first: ask: {{zh: …, en: …}}; reply is what is said to it."
            )
        return Point(key, weight, self._say(entries.get("say"), node), ways, contra, ask, reply)

    def _claim(self, node: yaml.Node, points: tuple[Point, ...]) -> Claim | None:
        entries = self._entries(node, _CLAIM)
        ways, key = self._ways(entries), self._word(entries, "id", node)
        if not ways or not key:
            return None
        void = frozenset(str(one.value) for one in self._items(entries.get("void"), "void"))
        for stray in sorted(void - {point.id for point in points}):
            self._tell(entries["void"], f"Name a point that there is: {quoted(stray)} is none.")
        return Claim(
            key,
            self._say(entries.get("say"), node),
            ways,
            self._number(entries, "minus", 0.0),
            void,
            int(self._number(entries, "cap", 100.0)),
            next(iter(self._concepts(entries.get("unless"), "unless")), None),
        )

    def _ways(self, entries: Nodes) -> tuple[Way, ...]:
        """The ways of a point or a claim: `any_of`, or a `need` of its own."""
        ways = self._listed(entries.get("any_of"), "any_of")
        if "need" not in entries:
            return ways
        own = self._way({key: node for key, node in entries.items() if key in _WAY})
        return (*ways, own) if own.need else ways

    def _listed(self, node: yaml.Node | None, what: str) -> tuple[Way, ...]:
        """A list of ways; one may be a mere list of what it needs."""
        nodes = self._items(node, what)
        ways = (
            self._way(self._entries(one, _WAY) if isinstance(one, yaml.MappingNode) else {"need": one}) for one in nodes
        )
        return tuple(way for way in ways if way.need)

    def _way(self, entries: Nodes) -> Way:
        return Way(
            tuple(self._concepts(entries.get("need"), "need")),
            int(self._number(entries, "window", WINDOW)),
            self._number(entries, "credit", 1.0, most=1),
            self._word(entries, "about") or None,
        )

    def _concepts(self, node: yaml.Node | None, what: str) -> list[Concept]:
        """A list of groups of words; a single one may stand without a list."""
        nodes = [node] if isinstance(node, yaml.ScalarNode) else self._items(node, what)
        return [found for one in nodes if (found := self._concept(one, what)) is not None]

    def _concept(self, node: yaml.Node, what: str) -> Concept | None:
        words = word_of(node, what, self._path, self._problems)
        try:
            return concept(words, self._macros) if words else None
        except PhraseError as error:
            self._tell(node, str(error))
            return None

    def _subjects(self, node: yaml.Node | None, points: tuple[Point, ...], whole: yaml.Node) -> dict[str, Concept]:
        entries = {str(key.value): value for key, value in node.value} if isinstance(node, yaml.MappingNode) else {}
        subjects = {key: found for key, one in entries.items() if (found := self._concept(one, "subject")) is not None}
        named = {way.about for point in points for way in (*point.ways, *point.reply) if way.about}
        for stray in sorted(named - subjects.keys()):
            self._tell(whole, f"Add {quoted(stray)} to the subjects: a point is about it.")
        return subjects

    def _say(self, node: yaml.Node | None, whole: yaml.Node, key: str = "say") -> dict[Language, str]:
        """How it is shown, in each language; one text serves for both."""
        if isinstance(node, yaml.ScalarNode) and node.value.strip():
            return dict.fromkeys(LANGUAGES, node.value.strip())
        entries = self._entries(node, LANGUAGES) if node is not None else {}
        said = {language: self._word(entries, language) for language in LANGUAGES}
        missing = [language for language, words in said.items() if not words]
        if missing:
            self._tell(node or whole, f"Say it in {' and '.join(missing)}: {key}: {{zh: …, en: …}}.")
        return {language: said[language] or next(filter(None, said.values()), "") for language in LANGUAGES}

    def _sample(self, node: yaml.Node) -> Sample:
        entries = self._entries(node, _SAMPLE)
        least, most = self._number(entries, "min", 0.0, most=100), self._number(entries, "max", 100.0, most=100)
        if "answer" not in entries or not {"min", "max"} & entries.keys():
            self._tell(node, "Give this test an answer and what it may score: min, max or both.")
        return Sample(self._word(entries, "answer"), int(least), int(most), line_of(node))

    def _references(self, node: yaml.Node | None) -> tuple[str, ...]:
        if isinstance(node, yaml.MappingNode):
            return tuple(str(value.value) for _key, value in node.value)
        nodes = [node] if isinstance(node, yaml.ScalarNode) else self._items(node, "reference")
        return tuple(str(one.value) for one in nodes)

    def _truth(self, node: yaml.Node | None) -> bool:
        if node is None:
            return False
        word = str(node.value).lower()
        if word not in _TRUTHS:
            self._tell(node, "Write true or false.")
        return _TRUTHS.get(word, False)

    def _once(self, node: yaml.Node, keys: list[str]) -> None:
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            self._tell(node, f"Give each point an id of its own: {quoted(key)} stands there twice.")

    def _entries(self, node: yaml.Node, known: tuple[str, ...]) -> dict[str, yaml.Node]:
        return entries_of(node, known, self._path, self._problems)

    def _items(self, node: yaml.Node | None, what: str) -> list[yaml.Node]:
        return items_of(node, what, self._path, self._problems)

    def _number(self, entries: Nodes, key: str, otherwise: float, *, most: float = 1000) -> float:
        if key not in entries:
            return otherwise
        return number_of(entries[key], key, self._path, self._problems, most=most)

    def _word(self, entries: Nodes, key: str, whole: yaml.Node | None = None) -> str:
        """The words under a key; without the key none, which is a problem where it must stand in `whole`."""
        if key in entries:
            return word_of(entries[key], key, self._path, self._problems)
        if whole is not None and isinstance(whole, yaml.MappingNode):
            self._tell(whole, f"Add {key}: it is missing here.")
        return ""

    def _tell(self, node: yaml.Node, sentence: str) -> None:
        self._problems.append(Problem(self._path, line_of(node), sentence))
