"""A question as a message."""

from dataclasses import replace

from bot.tg.question_views import question_text, question_view, whole_answer
from bot.tg.words import Words
from tests.practice_bench import QUESTIONS, asked, choice_question

WORDS = Words()


def test_choices_in_shown_order() -> None:
    """Topic and difficulty, the prompt in bold, a line and a button for each choice in the order of this round."""
    view = question_view(WORDS, asked(QUESTIONS[1]))
    assert view.text.text.splitlines() == [
        "注意力 · 难度 2/3",
        "a2 问什么？",
        "A. a2 的选项 2",
        "B. a2 的选项 0",
        "C. a2 的选项 3",
        "D. a2 的选项 1",
    ]
    assert [(entity.type, entity.offset) for entity in view.text.entities] == [("bold", 13)]
    assert [[(b.label, b.data) for b in row] for row in view.rows] == [
        [*((letter, f"1a:128:{at}") for at, letter in enumerate("ABCD")), ("…", "1more:128:1")]
    ]


def test_right_choice_once_told() -> None:
    """Once told, the right choice stands in bold, and nothing else has changed."""
    before, after = question_text(WORDS, asked(QUESTIONS[1])), question_text(WORDS, asked(QUESTIONS[1]), told=True)
    assert before.text == after.text
    bold = after.entities[1]
    assert after.slice(bold.offset, bold.offset + bold.length).text == "A. a2 的选项 2"


def test_twelve_choices() -> None:
    """Twelve choices have twelve lines A to L and buttons in rows of five, with the dots."""
    wide = replace(QUESTIONS[0], choices=QUESTIONS[0].choices * 3)
    view = question_view(WORDS, asked(wide, choices="0123456789ab"))
    assert [len(row) for row in view.rows] == [5, 5, 3]
    assert view.rows[2][1].label == "L"
    assert view.text.text.splitlines()[-1].startswith("L. ")


def test_other_language_is_said() -> None:
    """Someone who reads English is told, in one line, that a question exists in Chinese only; and the other way."""
    assert "only in Chinese" in question_view(WORDS, asked(QUESTIONS[1], "en")).text.text
    english = choice_question("b1", "bert", 2, "en")
    assert "只有英文" in question_view(WORDS, asked(english, "zh")).text.text
    assert "only" not in question_view(WORDS, asked(english, "en")).text.text
    assert question_view(WORDS, asked(QUESTIONS[1], "en")).text.text.startswith("Attention · difficulty 2/3\n")


def test_recall_has_one_button() -> None:
    """A question without choices can be revealed, or laid aside."""
    view = question_view(WORDS, asked(QUESTIONS[5]))
    assert [[(b.label, b.data) for b in row] for row in view.rows] == [[("看答案", "1r:128"), ("…", "1more:128:1")]]
    assert view.text.text.endswith("先自己说一遍，再看答案。")


def test_formulas_and_code_read_plainly() -> None:
    """What is Markdown in prompt and choices leaves no marks behind."""
    marked = replace(QUESTIONS[1], prompt="为什么除以 $\\sqrt{d_k}$，`softmax` 呢？")
    text = question_text(WORDS, asked(marked)).text
    assert not set("$`\\{}") & set(text)
    assert "softmax" in text


def test_answer_with_references() -> None:
    """The whole answer ends with its references; without any there is no heading for them."""
    assert whole_answer(WORDS, asked(QUESTIONS[1])).text.splitlines()[:3] == ["a2 的完整答案。", "", "参考"]
    assert whole_answer(WORDS, asked(QUESTIONS[5])).text == "r1 的完整答案。"
