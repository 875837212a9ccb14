"""A file's structure: questions with their lines, and every mistake at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.reading import Draft, Sheet, read
from bot.core.reading_heading import id_of

HEAD = "# 标题\n\n"
GOOD = """## 为什么？ {#why difficulty=2 tags="a, b"}

因为。

### 选项

- [ ] 一
- [x] 二

### 解析

说明。

### 参考

- 出处
"""


def told(source: str) -> list[tuple[int, str]]:
    """The problems of a file as line and sentence."""
    return [(problem.line, problem.sentence) for problem in read(source, "a.md").problems]


def only(source: str) -> Draft:
    """The one question of a file without problems."""
    sheet = read(source, "a.md")
    assert sheet.problems == ()
    assert len(sheet.drafts) == 1
    return sheet.drafts[0]


def prompts(sheet: Sheet) -> list[str]:
    return [draft.prompt.text for draft in sheet.drafts]


def test_a_question_with_everything() -> None:
    """Prompt, attributes, answer and sections are read with the lines they stand on."""
    draft = only(HEAD + GOOD)
    assert (draft.id, draft.named, draft.difficulty, draft.tags) == ("why", True, 2, ("a", "b"))
    assert (draft.prompt, draft.answer) == (("为什么？", 3), ("因为。", 5))
    assert draft.sections.choices == (("一", False, 9), ("二", True, 10))
    assert draft.sections.explanation == ("说明。", 14)
    assert draft.sections.references == ("- 出处", 18)
    question = draft.question("bank", "zh", "topic", "a.md")
    assert (question.ref, question.right, question.line) == (("bank", "why"), 1, 3)


def test_english_sections() -> None:
    """The same sections are known by their English names, whatever their case."""
    source = GOOD.replace("选项", "Choices").replace("解析", "explanation").replace("参考", "References:")
    assert only(source).sections.explanation.text == "说明。"


def test_windows_files() -> None:
    """A byte order mark, CRLF and blanks at line ends change nothing."""
    source = "\ufeff" + (HEAD + GOOD).replace("\n", "  \r\n")
    assert only(source) == only((HEAD + GOOD).replace("\n", "  \n"))
    assert only(source).sections == only(HEAD + GOOD).sections


def test_headings_in_code_are_code() -> None:
    """Lines that begin with # inside a fence belong to the answer."""
    draft = only("## 问？ {#q}\n~~~python\n# 标题\n## 还是\n### 选项\n```\n~~~\n完。")
    assert draft.answer.text.endswith("~~~\n完。")


def test_a_heading_s_closing_hashes_and_missing_space() -> None:
    """`##问 ##` is the question 问, but C# keeps its name."""
    assert prompts(read("##问 ##\n答\n## 学 C#\n答", "a.md")) == ["问", "学 C#"]


@pytest.mark.parametrize("rule", ["---", "***\n", "\n_____"])
def test_rules_between_questions_are_no_text(rule: str) -> None:
    """What many authors draw between questions belongs to neither."""
    sheet = read(f"## 甲\n一\n{rule}\n## 乙\n二 ---", "a.md")
    assert [draft.answer.text for draft in sheet.drafts] == ["一", "二 ---"]
    assert told(f"## 甲\n{rule}\n") == [(1, "Write the answer below the prompt: this question has none.")]


def test_choices_may_be_wrapped() -> None:
    """An indented line continues the choice above it."""
    draft = only("## 问？\n答\n### 选项\n* [X] 一\n  续\n+ [ ] 二")
    assert draft.sections.choices == (("一\n续", True, 4), ("二", False, 6))


def test_ids_survive_width_case_and_punctuation() -> None:
    """Without an id, a question is known by its prompt's letters and figures."""
    assert id_of("什么是 BERT？") == id_of("什么是ｂｅｒｔ?")
    assert id_of("什么是 BERT？") != id_of("什么是 GPT？")
    assert len(id_of("？？")) == 8
    assert only("## 什么是 BERT？\n答").id == id_of("什么是 BERT？")


def test_a_numbered_plain_bank() -> None:
    """Numbered third-level headings under one title are questions to recall; wraps are joined, paragraphs kept."""
    sheet = read(
        "## 小题库\n\n### 1. 甲?\n&nbsp;&nbsp;一\\\n二。\\\n&nbsp;&nbsp;三。\\\n### 2、乙？\n四\\\n\n五\n### 丙\n六",
        "a.txt",
    )
    assert sheet.problems == ()
    assert sheet.title == "小题库"
    assert prompts(sheet) == ["甲?", "乙？", "丙"]
    assert [draft.answer for draft in sheet.drafts] == [("一\n二。\\\n三。", 4), ("四\n\n五", 8), ("六", 12)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# 题库\n## 甲\n一\n## 乙\n二", ["甲", "乙"]),
        ("## 甲\n一\n## 乙\n二", ["甲", "乙"]),
        ("# 甲\n一\n# 乙\n二", ["甲", "乙"]),
        ("# 一章\n## 1. 甲\n一\n# 二章\n## 2. 乙\n二", ["甲", "乙"]),
        ("## 一章\n### 1. 甲\n一\n## 二章\n### 2. 乙\n二", ["甲", "乙"]),
    ],
)
def test_shapes_of_plain_banks(source: str, expected: list[str]) -> None:
    """Only questions and prose, at whichever level the questions are."""
    sheet = read(source, "a.md")
    assert sheet.problems == ()
    assert prompts(sheet) == expected


def test_a_hard_break_in_a_plain_bank_without_indents_stays() -> None:
    """Where nobody indents by &nbsp;, a backslash at a line's end is the break Markdown takes it for."""
    assert only("## 问\n一\\\n二").answer.text == "一\\\n二"


def test_code_in_a_plain_bank_is_left_alone() -> None:
    """Backslashes and indentation inside a fence are code."""
    assert only("## 问\n&nbsp;一\\\n```\na \\\n&nbsp;b\n```").answer.text == "一\n```\na \\\n&nbsp;b\n```"


@pytest.mark.parametrize(
    ("source", "line", "beginning"),
    [
        ("", 1, "Add a question"),
        ("# 标题\n", 1, "Add a question"),
        ("前言\n## 问\n答", 1, "Move this text below a question"),
        ("# 标题\n\n前言\n## 问\n答", 3, "Move this text below a question"),
        ("## 问\n", 1, "Write the answer below the prompt"),
        ("##\n答", 1, "Write the question's prompt"),
        ("## 问 {#}\n答", 1, "Change the id “”"),
        ("## 问 {#答案}\n答", 1, "Change the id “答案”"),
        ("## 问 {#a #b}\n答", 1, "Keep one id"),
        ("## 问 {#a difficulty=4}\n答", 1, "Set difficulty to 1, 2 or 3: it says “4”"),
        ("## 问 {difficulty：2}\n答", 1, "Write difficulty：2 as {#id"),
        ("## 问 {#a tag=x}\n答", 1, "Remove tag= (did you mean tags?)"),
        ("## 问 {#a\n答", 1, "Close the braces"),
        ("## 问 ｛#a｝\n答", 1, "Write the braces and what they hold in half-width signs"),
        ("## 问 {＃a difficulty＝2}\n答", 1, "Write the braces and what they hold in half-width signs"),
        ("## 问 ｛difficulty=2｝\n答", 1, "Write the braces and what they hold in half-width signs"),
        ("## 问\n答\n\n一\x00二", 4, "Remove the control character U+0000"),
        ("## 问\r\n答\t\x07", 2, "Remove the control character U+0007"),
        (GOOD.replace("[x]", "[ ]"), 5, "Mark exactly one choice with [x] as right: none is"),
        (GOOD.replace("[ ]", "[x]"), 5, "Mark exactly one choice with [x] as right: 2 are"),
        (GOOD.replace("- [ ] 一\n", ""), 5, "Give 2 to 12 choices: there are 1"),
        (GOOD.replace("- [ ] 一", "\n".join(f"- [ ] {n}" for n in range(12))), 5, "Give 2 to 12 choices: there are 13"),
        (GOOD.replace("二", "一"), 8, "Change this choice: it is the same as the one on line 7"),
        (GOOD.replace("] 一", "]"), 7, "Write this choice's text"),
        (GOOD.replace("- [ ] 一", "A. 一\n- [ ] 三"), 7, "Write each choice as"),
        (GOOD.replace("### 解析", "### 解释"), 10, "Rename the section “解释” (did you mean 解析?)"),
        (GOOD.replace("### 参考", "### 解析"), 14, "Keep one section “解析”: this question has one on line 10"),
        (GOOD.replace("说明。", ""), 10, "Write something below “解析”"),
        (HEAD + GOOD + "# 又一个\n## 问\n答", 19, "Give this topic a file of its own"),
        ("### 选项\n- [x] 一\n- [ ] 二\n" + GOOD, 1, "Put a question"),
        ("## 问\n答\n```\n## 码\n", 3, "This code fence is never closed"),
        ("## 问\n```\n答\n```python\nx\n```", 2, "This code fence is not closed before the next one opens on line 4"),
    ],
)
def test_mistakes_are_told_with_their_line(source: str, line: int, beginning: str) -> None:
    """Each mistake of structure is one sentence that begins with what to do."""
    found = told(source)
    assert len(found) >= 1
    assert any(at == line and sentence.startswith(beginning) for at, sentence in found), found


def test_one_open_fence_does_not_hide_the_rest() -> None:
    """Questions behind a fence that is never closed are read all the same."""
    sheet = read("## 甲 {#a}\n```\n## 乙 {#a difficulty=9}\n答", "a.md")
    assert prompts(sheet) == ["甲", "乙"]
    assert [problem.line for problem in sheet.problems] == [2, 3]


@given(
    st.lists(
        st.sampled_from(
            ["#", "## ", "### ", "选项", "\n", "- [x] ", "- [ ] ", "{#a", "}", "```", "~~~", "字", "&nbsp;", "\\"]
        )
    )
)
def test_no_file_fails(parts: list[str]) -> None:
    """Whatever a file holds, it is read, and lines of problems lie within it."""
    source = "".join(parts)
    sheet = read(source, "a.md")
    assert all(1 <= problem.line <= source.count("\n") + 1 for problem in sheet.problems)
    assert sheet.drafts or sheet.problems
