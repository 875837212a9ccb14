"""What only shows once a text is rendered: leftover markup, formulas nobody can write, limits of Telegram's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.tree import SyntaxTreeNode

from bot.core.markdown import is_web, plain, render
from bot.core.markdown_parser import parse, parse_line
from bot.core.maths import translate
from bot.core.problems import Problem, quoted
from bot.core.reading import Draft
from bot.core.reading_sections import Passage

# HTML's own names. Not every tag: <unk>, <s> and <image> are words of our subject.
_HTML = (
    "a|abbr|address|article|aside|audio|b|bdo|big|blockquote|body|br|button|canvas|caption|center|cite|code|col|colgroup|"
    "dd|del|details|dialog|div|dl|dt|em|embed|fieldset|figure|font|footer|form|frame|h[1-6]|head|header|hr|html|i|iframe|"
    "img|input|ins|kbd|label|legend|li|link|main|map|mark|marquee|meta|nav|noscript|object|ol|option|p|picture|pre|"
    "progress|q|rp|rt|ruby|samp|script|section|select|small|source|span|strike|strong|style|sub|summary|sup|svg|"
    "t[dhrt]|table|tbody|textarea|tfoot|thead|title|tr|track|u|ul|var|video|wbr"
)
_LEFTOVERS = (
    (r"\*\*|~~", "has no effect and would be shown: leave no space inside the marks, or write a \\ before each"),
    (r"`", "opens no code: close it, or write \\` to show it"),
    (r"\$", "belongs to no formula: write $formula$ without spaces inside the dollars, or \\$ to show one"),
    (
        r"\\[A-Za-z]{2,}",
        "is a command outside a formula: put the formula between dollars, or the text between backticks",
    ),
    (r"\]\(|\]\[|\[\^", "belongs to no link: write [words](https://address), or a \\ before the bracket"),
    (
        rf"(?i)</?(?:{_HTML})(?![\w-])[^<>]*>|<[A-Za-z][\w-]*\s[^<>]*=[\"'][^<>]*>|<!(?:--|doctype)|<\?xml",
        "is HTML, which would be shown: write Markdown instead",
    ),
    (r"&[A-Za-z]+;", "is no character that HTML knows: write the character itself"),
    (r"^#{2,}", "begins no heading: put a space behind it"),
    (r"^\|.*\|$|\|\s*:?-{3}", "belongs to no table: give every row the same number of cells and an empty line above"),
    (r"_[^_\s]*[\u4e00-\u9fff][^_\s]*_", "has no effect beside Chinese: write *words* or **words**"),
    (r"\\$", "ends a paragraph and would be shown: remove the backslash"),
)
_LEFTOVER = tuple((re.compile(pattern), sentence) for pattern, sentence in _LEFTOVERS)


def lint(draft: Draft, path: str) -> list[Problem]:
    """Every mistake in the texts of one question, in the order of their lines. Renders all of them."""
    found = [*_line_problems(draft.prompt, path)]
    for option in draft.sections.choices:
        found += _line_problems(Passage(option.text, option.line), path)
    for passage in (draft.answer, draft.sections.explanation, draft.sections.references):
        found += _block_problems(passage, path)
    return sorted({*found, *_same_when_shown(draft, path)})


def _line_problems(passage: Passage, path: str) -> Iterator[Problem]:
    """Mistakes in a prompt or a choice."""
    for node in parse_line(passage.text).walk():
        for sentence in _sentences(node):
            yield Problem(path, passage.line, sentence)
    if passage.text and not plain(passage.text):
        yield Problem(path, passage.line, f"Write words: {quoted(passage.text)} shows nothing.")


def _block_problems(passage: Passage, path: str) -> Iterator[Problem]:
    """Mistakes in an answer, an explanation or references."""
    for node in parse(passage.text).walk():
        for sentence in _sentences(node):
            yield Problem(path, passage.line + _row(node), sentence)
    if passage.text and not render(passage.text):
        yield Problem(path, passage.line, f"Write words: {quoted(passage.text)} shows nothing.")


def _sentences(node: SyntaxTreeNode) -> Iterator[str]:
    """What is wrong with one node of the tree."""
    if node.type == "text":
        for pattern, sentence in _LEFTOVER:
            match = pattern.search(node.content)
            if match:
                yield f"{quoted(match[0])} {sentence}."
    elif node.type == "text_special" and re.fullmatch(r"\\[A-Za-z]", node.content):
        command = node.content + _letters(node.next_sibling)
        yield f"{quoted(command)} is a command outside a formula: put dollars around the formula, or backticks."
    elif node.type.startswith("math"):
        for command in translate(node.content).unknown:
            yield f"{quoted(command)} is no LaTeX command known here: spell it out, or use \\text{{…}} for words."
    elif node.type == "image":
        yield "Describe the picture in words: a question is text, and pictures are not shown."
    elif node.type == "blockquote" and _inside(node, "blockquote"):
        yield "Unfold this quotation: Telegram cannot show one inside another."
    elif node.type == "link" and not is_web(address := str(node.attrs.get("href", ""))):
        yield f"Give the link an address that begins with https://: {quoted(address)} leads nowhere."


def _letters(node: SyntaxTreeNode | None) -> str:
    """The letters a text begins with: the rest of a command, whose first letter is a node of its own."""
    return (re.match("[A-Za-z]*", node.content) or [""])[0] if node and node.type == "text" else ""


def _inside(node: SyntaxTreeNode, kind: str) -> bool:
    """Whether a node of that kind stands around this one."""
    parent = node.parent
    return parent is not None and (parent.type == kind or _inside(parent, kind))


def _row(node: SyntaxTreeNode) -> int:
    """How many lines below the text's beginning the node stands."""
    if node.is_root:
        return 0
    if node.type != "inline" and node.map:
        return node.map[0]
    before = node.siblings[: node.siblings.index(node)]
    breaks = sum(sibling.type in {"softbreak", "hardbreak"} for sibling in before)
    return breaks + (_row(node.parent) if node.parent else 0)


def _same_when_shown(draft: Draft, path: str) -> Iterator[Problem]:
    """Choices that differ in their markup alone."""
    seen: dict[str, int] = {}
    for option in draft.sections.choices:
        text = plain(option.text)
        if text in seen and text:
            yield Problem(path, option.line, f"Change this choice: it is the same as the one on line {seen[text]}.")
        seen.setdefault(text, option.line)
