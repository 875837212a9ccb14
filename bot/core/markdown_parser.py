"""CommonMark with tables, strikethrough and dollar maths, parsed so that emphasis works beside Chinese punctuation."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from markdown_it.utils import EnvType
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.dollarmath.index import math_block_dollar

from bot.core.spacing import wide

_QUOTES = frozenset("“”‘’…—·")


def parse(source: str) -> SyntaxTreeNode:
    """The tree of a text of several blocks."""
    return SyntaxTreeNode(_parser().parse(source))


def parse_line(source: str) -> SyntaxTreeNode:
    """The tree of a prompt or a choice: inline markup only."""
    return SyntaxTreeNode(_parser().parseInline(source))


class _Inline(ParserInline):
    """The inline parser over the state below."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Fill `tokens` with the inline tokens of `src`."""
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class _State(StateInline):
    """Asterisks beside Chinese open or close wherever no space forbids it.

    CommonMark's rule takes `：` for punctuation that must be followed by a space, which Chinese never writes.
    """

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: FBT001, N802, N803 - markdown-it's names
        """Whether the run of markers at `start` can open and close emphasis, and its length."""
        scanned = super().scanDelims(start, canSplitWord)
        end = start + scanned.length
        before = self.src[start - 1] if start else " "
        after = self.src[end] if end < self.posMax else " "
        if not canSplitWord or not (_chinese(before) or _chinese(after)):
            return scanned
        return Scanned(not after.isspace(), not before.isspace(), scanned.length)


def _chinese(char: str) -> bool:
    return wide(char) or char in _QUOTES


_dollars = math_block_dollar(allow_labels=False, allow_blank_lines=False)


def _math_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's shape
    """A formula between `$$` may end a paragraph; asked whether it would (`silent`), it leaves nothing behind."""
    line, count = state.line, len(state.tokens)
    found = _dollars(state, start, end, silent)
    if silent:
        state.line = line
        del state.tokens[count:]
    return found


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    rules = parser.inline.ruler.get_active_rules(), parser.inline.ruler2.get_active_rules()
    parser.inline = _Inline()
    parser.inline.ruler.enableOnly(rules[0])
    parser.inline.ruler2.enableOnly(rules[1])
    # allow_digits: False would look behind the first character, at the last one
    dollarmath_plugin(parser, allow_labels=False, allow_space=False, double_inline=True)
    parser.block.ruler.at("math_block", _math_block, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    parser.core.ruler.disable("text_join")  # keeps `\*` apart from a literal `*`, for the lint
    return parser
