"""A bank's Markdown as Telegram's text with entities; formulas in Unicode.

`render` is for answers, explanations and references, `plain` for prompts and choices, which polls show unformatted.
Both are pure and remembered.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.core.markdown_table import aligned
from bot.core.maths import readable
from bot.core.spacing import space_between
from bot.core.text import Text, join

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

RULE = "———"
_STYLES = {"strong": "bold", "em": "italic", "s": "strikethrough"}
_WEB = ("https://", "http://", "tg://", "mailto:")
_LINES = frozenset({"paragraph", "heading", "math_block"})
_FIXED = frozenset({"fence", "code_block", "table"})
_INDENT = "\u2003"  # an em space: Telegram keeps it at a line's start, and it is as wide as the bullet and its space


@lru_cache(maxsize=2048)
def render(source: str) -> Text:
    """The Markdown `source` as text with entities, quotations never nested. Never raises."""
    from bot.core.markdown_parser import parse  # noqa: PLC0415 - the parser is loaded when a text is first shown

    text = _blocks(parse(source).children, "")
    starts_fixed = text.entities and text.entities[0].type == "pre" and text.entities[0].offset == 0
    return text if starts_fixed else text.stripped()


@lru_cache(maxsize=8192)
def plain(source: str) -> str:
    """One line of Markdown as it reads without its formatting. Never raises."""
    from bot.core.markdown_parser import parse_line  # noqa: PLC0415

    return " ".join(join("", (_inline(child, "") for child in parse_line(source).children)).text.split())


def is_web(address: str) -> bool:
    """Whether a link with this address leads somewhere from within Telegram."""
    return address.startswith(_WEB)


def _blocks(nodes: Sequence[SyntaxTreeNode], pad: str) -> Text:
    """Blocks with an empty line between them, but for those an author wrote right below a paragraph or heading."""
    parts: list[Text | str] = []
    for before, node in zip((None, *nodes), nodes, strict=False):
        if before:
            close = before.type in _LINES and before.map and node.map and before.map[1] == node.map[0]
            parts.append(("\n" if close else "\n\n") + pad)
        parts.append(_block(node, pad))
    return join("", parts)


def _block(node: SyntaxTreeNode, pad: str) -> Text:
    """One block; `pad` indents lines that begin within it."""
    match node.type:
        case "paragraph":
            return _children(node, pad)
        case "heading":
            return _children(node, pad).bold()
        case "bullet_list" | "ordered_list":
            return _list(node, pad)
        case "blockquote":
            return _blocks(node.children, pad).quote()
        case "fence" | "code_block" | "table":
            return _fixed(node)
        case "hr":
            return Text(RULE)
        case "math_block":
            return Text(readable(node.content).replace("\n", "\n" + pad))
        case _:
            return Text(node.content if node.token else "")


def _fixed(node: SyntaxTreeNode) -> Text:
    """Code and tables, which a fixed-width font shows."""
    if node.type == "table":
        return Text(aligned(_cells(node), _alignments(node))).styled("pre")
    language = next(iter(node.info.split()), None)
    return Text(node.content.rstrip("\n")).styled("pre", language=language)


def _list(node: SyntaxTreeNode, pad: str) -> Text:
    """The items, one below the other, what belongs to an item indented under it."""
    first = int(node.attrs.get("start", 1))
    rows: list[Text] = []
    for number, item in enumerate(node.children, first):
        mark = f"{number}. " if node.type == "ordered_list" else "• "
        rows.append(join("", (mark, _item(item, pad + _INDENT))))
    return join("\n" + pad, rows)


def _item(item: SyntaxTreeNode, pad: str) -> Text:
    """An item's blocks, each on lines of its own; code keeps its own indentation."""
    rows = [
        join("", ("" if node.type in _FIXED or not place else pad, _block(node, pad)))
        for place, node in enumerate(item.children)
    ]
    return join("\n", rows)


def _children(node: SyntaxTreeNode, pad: str) -> Text:
    """The inline content of a node, its soft line breaks resolved by what stands on both sides."""
    parts: list[Text | str] = []
    before, broken = "", False
    for child in node.children:
        piece = _inline(child, pad)
        if child.type == "softbreak":
            broken = True
        elif piece:
            parts += [space_between(before, piece.text[0]) if broken and before else "", piece]
            before, broken = piece.text[-1], False
    return join("", parts)


def _inline(node: SyntaxTreeNode, pad: str) -> Text:
    """One stretch of a line."""
    match node.type:
        case "strong" | "em" | "s":
            return _children(node, pad).styled(_STYLES[node.type])
        case "inline":
            return _children(node, pad)
        case "link":
            return _link(_children(node, pad), str(node.attrs.get("href", "")))
        case "image":
            return Text(node.content)
        case "code_inline":
            return Text(node.content).styled("code")
        case "math_inline" | "math_inline_double":
            return Text(readable(node.content).replace("\n", "\n" + pad))
        case "softbreak" | "hardbreak":
            return Text("\n" + pad)
        case _:
            return Text(node.content)


def _link(label: Text, address: str) -> Text:
    """A link where Telegram can follow it, else its words alone."""
    return label.styled("text_link", url=address) if is_web(address) else label


def _cells(table: SyntaxTreeNode) -> list[list[str]]:
    """The words of each cell, row by row, the heading first."""
    rows = [row for part in table.children for row in part.children]
    return [[" ".join(_children(cell, "").text.split()) for cell in row.children] for row in rows]


def _alignments(table: SyntaxTreeNode) -> list[str]:
    """Each column's alignment: left, right or center."""
    heading = table.children[0].children[0]
    return [str(cell.attrs.get("style", "left")).removeprefix("text-align:") for cell in heading.children]
