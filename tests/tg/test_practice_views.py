"""Results, nothing due and unknown topics as messages."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.bank import LANGUAGES, Language, Library
from bot.core.review import Rating
from bot.core.text import MESSAGE_LIMIT
from bot.core.topics import Unknown
from bot.flows.answers import Result
from bot.flows.asking import NothingDue
from bot.flows.callers import NoTopic
from bot.flows.portions import Portion
from bot.flows.withholding import Standing
from bot.tg.buttons import unpack
from bot.tg.practice_views import nothing_view, result_view
from bot.tg.question_views import revealed_view
from bot.tg.topic_views import no_topic_view
from bot.tg.views import View
from bot.tg.withholding_views import standing_view
from bot.tg.words import Words
from tests.practice_bench import LIBRARY, NOON, QUESTIONS, TOPICS, asked

WORDS = Words()
SHANGHAI = ZoneInfo("Asia/Shanghai")


def result(chosen: int = 2, rating: Rating | None = None, *, language: Language = "zh") -> Result:
    """The second question of the bench, answered with an original index; 2 is right."""
    right = chosen == 2
    return Result(
        asked(QUESTIONS[1], language),
        choice=chosen,
        right=right,
        rating=rating or (Rating.GOOD if right else Rating.AGAIN),
        back_in=2 if right else 1,
        due=2,
        fresh=3,
        first=True,
        answered_at=NOON,
    )


def rated(rating: Rating, *, language: Language = "zh") -> Result:
    """The recall question of the bench, rated."""
    return replace(result(rating=rating), asked=asked(QUESTIONS[5], language), choice=None, right=None)


def labels(view: View) -> list[list[str]]:
    """What its buttons say."""
    return [[button.label for button in row] for row in view.rows]


def test_wrong() -> None:
    """Wrong: what was chosen, what is right, why, the folded answer, when it comes back, what is left; Next alone."""
    view, rest = result_view(WORDS, result(0))
    lines = view.text.text.splitlines()
    assert lines[6:9] == ["", "✗ 选了 B，应为 A", "a2 的解析。"]
    assert lines[9] == "a2 的完整答案。"
    assert lines[-1] == "明天再问 · 今天还剩 2 题"
    assert labels(view) == [["下一题", "…"]]
    assert rest == ()


def test_right() -> None:
    """Right: one may say that it was a guess, or too easy."""
    view, _rest = result_view(WORDS, result())
    assert "✓ 选了 A，对" in view.text.text
    assert view.text.text.endswith("2 天后再问 · 今天还剩 2 题")
    assert labels(view) == [["下一题", "其实是猜的", "太简单", "…"]]
    assert [button.data for button in view.rows[0]] == ["1n:128", "1g:128", "1e:128", "1more:128:1"]
    more, _rest = standing_view(WORDS, Standing(result(), "asked"), more=True)
    assert more.text == view.text
    assert labels(more) == [["撤销", "搁置", "返回"]]
    assert [button.data for button in more.rows[0]] == ["1undo:128:1772424000", "1wish:128:2", "1more:128:0"]


def test_answer_is_folded() -> None:
    """Exactly the whole answer is inside one expandable quote."""
    view, _rest = result_view(WORDS, result())
    (fold,) = [entity for entity in view.text.entities if entity.type == "expandable_blockquote"]
    inside = view.text.slice(fold.offset, fold.offset + fold.length).text
    assert inside.startswith("a2 的完整答案。")
    assert inside.endswith("a2 et al., 2017")


def test_marks_what_was_said() -> None:
    """The button that was pressed after the answer carries the mark."""
    guessed, _rest = result_view(WORDS, result(rating=Rating.AGAIN))
    easy, _rest = result_view(WORDS, result(rating=Rating.EASY))
    assert labels(guessed) == [["下一题", "其实是猜的 ✓", "太简单", "…"]]
    assert labels(easy) == [["下一题", "其实是猜的", "太简单 ✓", "…"]]


@pytest.mark.parametrize(
    ("due", "fresh", "back_in", "zh", "en"),
    [
        (1, 5, 0, "今天再问 · 今天还剩 1 题", "Again today · 1 review left today"),
        (0, 1, 1, "明天再问 · 还有 1 题没答过", "Again tomorrow · 1 question still new"),
        (0, 17, 1234, "1234 天后再问 · 还有 17 题没答过", "Again in 1234 days · 17 questions still new"),
        (0, 0, 4, "4 天后再问 · 今天的都答完了", "Again in 4 days · all done for today"),
    ],
)
def test_last_line(due: int, fresh: int, back_in: int, zh: str, en: str) -> None:
    """When it comes back and what is left, in both languages, numbers ungrouped."""
    for language, line in (("zh", zh), ("en", en)):
        told = replace(result(language="zh" if language == "zh" else "en"), due=due, fresh=fresh, back_in=back_in)
        view, _rest = result_view(WORDS, told)
        assert view.text.text.splitlines()[-1] == line


@pytest.mark.parametrize("language", LANGUAGES)
def test_long_answer_continues(language: Language) -> None:
    """An answer longer than a message fills this one and goes on in further ones, with nothing lost."""
    sentences = [f"第 {number} 句话说的是方差。" for number in range(900)]
    long = replace(QUESTIONS[1], answer="\n\n".join(sentences), references="")
    told = replace(result(language=language), asked=replace(asked(long), language=language))
    view, rest = result_view(WORDS, told)
    assert view.text.units <= MESSAGE_LIMIT
    assert rest
    assert all(part.units <= MESSAGE_LIMIT for part in rest)
    everything = view.text.text + "".join(part.text for part in rest)
    assert all(everything.count(sentence) == 1 for sentence in sentences)


def test_revealed() -> None:
    """A revealed answer stands open where it is short, above four ratings in Anki's words."""
    view, rest = revealed_view(WORDS, asked(QUESTIONS[5]))
    assert "r1 的完整答案。" in view.text.text
    assert "先自己说一遍" not in view.text.text
    assert [entity.type for entity in view.text.entities] == ["bold", "blockquote"]
    assert labels(view) == [["重来", "困难", "良好", "简单"]]
    assert [button.data for button in view.rows[0]] == [f"1t:128:{rating}" for rating in (1, 2, 3, 4)]
    assert rest == ()


def test_rated() -> None:
    """Once rated the choice is marked, may still be changed, and Next appears."""
    view, _rest = result_view(WORDS, rated(Rating.HARD))
    assert labels(view) == [["重来", "困难 ✓", "良好", "简单"], ["下一题", "…"]]
    assert view.text.text.endswith("2 天后再问 · 今天还剩 2 题")
    english, _rest = result_view(WORDS, rated(Rating.EASY, language="en"))
    assert labels(english) == [["Again", "Hard", "Good", "Easy ✓"], ["Next", "…"]]


def test_long_recall_answer_is_folded() -> None:
    """A long answer to a recall question is folded, so that the ratings stay in sight."""
    long = replace(QUESTIONS[5], answer="方差随维度增大。" * 100)
    view, _rest = revealed_view(WORDS, asked(long))
    assert "expandable_blockquote" in [entity.type for entity in view.text.entities]


def nothing(hours: float | None = None, **changes: object) -> str:
    """The sentence for a next question so many hours after noon in Shanghai."""
    language: Language = "en" if changes.pop("english", False) else "zh"
    at = NOON + timedelta(hours=hours) if hours is not None else None
    bare = NothingDue(language, SHANGHAI, next_at=at)
    return nothing_view(WORDS, replace(bare, **changes), LIBRARY, NOON).text.text  # type: ignore[arg-type]


def test_nothing_due() -> None:
    """Why there is no question, and in local time when there is one again."""
    assert nothing(21) == "都问过了，今天没有到期的题。下一题明天 09:00。"
    assert nothing(16, pushed=False) == "都问过了，今天没有到期的题。下一题明天就有。"
    assert nothing(16, pushed=False, english=True).endswith("The next one comes tomorrow.")
    assert nothing(10) == "都问过了，今天没有到期的题。下一题今天 22:00。"
    assert nothing(24 * 10 - 3) == "都问过了，今天没有到期的题。下一题在 3 月 12 日。"
    assert nothing() == "都问过了，今天没有到期的题。"
    assert (
        nothing(21, english=True)
        == "Everything has been asked, and nothing is due today. The next one comes tomorrow at 09:00."
    )
    assert nothing(24 * 10 - 3, english=True).endswith("The next one comes on 12 March.")


def test_nothing_due_of_a_topic() -> None:
    """Limited to a topic it says which, and offers the others."""
    assert (
        nothing(21, about="attention") == "「注意力」都问过了，今天没有到期的题。下一题明天 09:00。\n换个主题：/topics"
    )
    assert nothing(None, about="#maths", english=True).startswith("All of “maths” has been asked")


def test_waiting_questions_are_not_forgotten() -> None:
    """Questions of this sitting without an answer are pointed at instead of denied."""
    assert nothing(21, waiting=2) == "都问过了，其中 2 题还没作答，就在上面。下一题明天 09:00。"
    assert (
        nothing(None, waiting=1, english=True)
        == "Everything has been asked; 1 question still waits for your answer, above."
    )
    assert "3 questions still wait" in nothing(None, waiting=3, about="bert", english=True)


def test_every_month_has_its_name() -> None:
    """No date reads December but December's."""
    said = set()
    for month in range(1, 13):
        at = datetime(2026, month, 5, 12, tzinfo=SHANGHAI)
        view = nothing_view(WORDS, NothingDue("en", SHANGHAI, next_at=at), LIBRARY, at - timedelta(days=3))
        said.add(view.text.text.split()[-1])
    assert len(said) == 12


def test_a_portion_with_a_question_open() -> None:
    """Nothing is said about what has not been asked yet: a portion is not the whole bank."""
    left = Portion(0, 0)
    assert nothing(21, portion=left, waiting=1) == "没有别的题要问了；有 1 题还没作答，就在上面。下一题明天 09:00。"
    assert nothing(english=True, portion=left, waiting=2).startswith("Nothing else to ask now; 2 questions still wait")


def test_nothing_to_review() -> None:
    """Who has reviewed all is told when the next one comes; who has nothing to review, what to do instead."""
    reviews = Portion(0, 0)
    assert nothing(21, portion=reviews) == "到期的都复习完了。下一题明天 09:00。"
    assert nothing(portion=reviews) == "还没有要复习的题。来一道新的：/quiz"
    assert nothing(portion=reviews, english=True) == "There is nothing to review yet. For a new question: /quiz"


def test_empty_library() -> None:
    """Without any question it says so."""
    view = nothing_view(WORDS, NothingDue("zh", SHANGHAI), Library(), NOON)
    assert view.text.text == "题库里还没有题。"


def test_unknown_topic() -> None:
    """A near miss offers what was meant; anything else offers every topic; the buttons name positions."""
    near = no_topic_view(WORDS, NoTopic("zh", Unknown("atention", (TOPICS[0],))), LIBRARY)
    assert near.text.text == "没有叫「atention」的主题。是不是："
    assert labels(near) == [["注意力"]]
    far = no_topic_view(WORDS, NoTopic("en", Unknown("@xyzzy")), LIBRARY)
    assert "These exist" in far.text.text
    assert "@xyzzy" not in far.text.text  # defused: nobody is called by it
    assert labels(far) == [["Attention", "BERT 家族"], ["Training"]]
    presses = [unpack(button.data) for row in far.rows for button in row]
    assert [press.numbers for press in presses if press] == [(0,), (1,), (2,)]
