"""YAML as nodes with their lines: every value stays the text that was written, no type is guessed."""

from __future__ import annotations

import yaml

from bot.core.problems import Problem, did_you_mean, quoted

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the first is fourteen times as fast, and not everywhere


class NoYamlError(ValueError):
    """The text is no YAML; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence)
        self.problem = problem


def compose(source: str, path: str) -> yaml.Node | None:
    """The root node, None for an empty text. Raises NoYamlError."""
    try:
        return yaml.compose(source, Loader=_LOADER)
    except (yaml.YAMLError, RecursionError) as error:
        raise NoYamlError(Problem(path, _error_line(error), f"Mend the YAML: {_error_words(error)}.")) from error


def entries_of(
    node: yaml.Node | None, known: tuple[str, ...], path: str, problems: list[Problem]
) -> dict[str, yaml.Node]:
    """The values of a mapping by their keys; other keys and other shapes are problems."""
    if not isinstance(node, yaml.MappingNode):
        line = line_of(node) if node else 1
        problems.append(Problem(path, line, f"Write keys and values here: {', '.join(known)}."))
        return {}
    entries: dict[str, yaml.Node] = {}
    for key, value in node.value:
        name = str(key.value)
        if name not in known:
            guess = did_you_mean(name, known)
            sentence = f"Remove the key {quoted(name)}{guess and f' ({guess})'}: known here are {', '.join(known)}."
            problems.append(Problem(path, line_of(key), sentence))
        elif name in entries:
            problems.append(Problem(path, line_of(key), f"Keep one {name}: this is the second."))
        else:
            entries[name] = value
    return entries


def word_of(node: yaml.Node, what: str, path: str, problems: list[Problem]) -> str:
    """A plain value; empty, with a problem, for anything else."""
    if isinstance(node, yaml.ScalarNode) and node.value.strip():
        return str(node.value).strip()
    problems.append(Problem(path, line_of(node), f"Write the {what} as a few words on one line."))
    return ""


def number_of(node: yaml.Node, what: str, path: str, problems: list[Problem], *, most: float = 1000) -> float:
    """A number from 0 to `most`; 0, with a problem, for anything else."""
    try:
        number = float(node.value) if isinstance(node, yaml.ScalarNode) else -1.0
    except ValueError:
        number = -1.0
    if 0 <= number <= most:
        return number
    problems.append(Problem(path, line_of(node), f"Write the {what} as a number from 0 to {most:g}."))
    return 0.0


def items_of(node: yaml.Node | None, what: str, path: str, problems: list[Problem]) -> list[yaml.Node]:
    """The items of a list; none, with a problem, for anything else. A list left out has none."""
    if node is None:
        return []
    if isinstance(node, yaml.SequenceNode):
        return list(node.value)
    problems.append(Problem(path, line_of(node), f"Write the {what} as a list: one line “- …” each."))
    return []


def line_of(node: yaml.Node) -> int:
    """The line a node begins on, from 1."""
    return int(node.start_mark.line) + 1


def _error_line(error: Exception) -> int:
    mark = getattr(error, "problem_mark", None)
    return int(mark.line) + 1 if mark else 1


def _error_words(error: Exception) -> str:
    return str(
        getattr(error, "problem", None) or "it is nested too deep, or holds a character that YAML does not allow"
    )
