"""A question that comes back, as it looks: the points left out last time first, then the whole."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.store.database import Database
from tests.flows.test_missing import BANK
from tests.interview_bench import FULL, THIN
from tests.tg.pen import Pen, pen_of_ada

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)  # the flows are tested on both


@pytest.fixture
def pen(database: Database) -> Pen:
    """Ada's."""
    return pen_of_ada(database, BANK)


async def comes_back(pen: Pen, text: str = "/quiz 注意力") -> None:
    """A month after a thin answer."""
    await pen.asked()
    await pen.says(THIN, 600)
    await pen.taps("说完了")
    await pen.taps("困难")
    pen.clock.now += timedelta(days=30)
    command = {"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}
    await pen.says(text, 700, entities=[command])


async def test_the_points_first(pen: Pen) -> None:
    """Asked for without giving them away; what is still missing is told, and the whole is asked for."""
    await comes_back(pen)
    assert pen.last().text.splitlines()[-4:] == ["", "先只说上次漏掉的这 2 点：", "· softmax 会怎样？", "· 后果呢？"]
    await pen.says("softmax 就会饱和", 701)
    await pen.taps("说完了")
    assert pen.last("editMessageText").text.splitlines() == [
        "补上了 1/2",
        "✓ softmax 饱和 —「softmax 就会饱和」",
        "✗ 还漏着：梯度消失",
        "",
        "接着把整题答一遍，写完点「说完了」。",
    ]
    assert pen.labels() == [["不写了，就这样评"]]
    await pen.says(FULL, 702)
    assert pen.labels() == [["说完了"]]
    await pen.taps("说完了")
    assert pen.last("editMessageText").text.splitlines()[0] == "说到了 3/3 · 扎实"
    assert "良好 ✓" in pen.labels()[0]


async def test_enough_of_it(pen: Pen) -> None:
    """The grade of what there is takes the place of the points."""
    await comes_back(pen)
    await pen.says("softmax 就会饱和", 701)
    await pen.taps("说完了")
    await pen.taps("不写了")
    assert pen.last("editMessageText").text.splitlines()[0] == "说到了 1/3 · 还没到位"


async def test_none_of_them_known(pen: Pen) -> None:
    """The whole is asked for all the same; nothing is said of a reference that is not shown yet."""
    await comes_back(pen)
    await pen.says("不知道", 701)
    assert pen.last().text.splitlines() == [
        "补上了 0/2",
        "✗ 还漏着：softmax 饱和",
        "✗ 还漏着：梯度消失",
        "",
        "接着把整题答一遍，写完点「说完了」。",
    ]


async def test_the_last_of_what_is_due(pen: Pen) -> None:
    """Nothing comes after it, so there is no button for it."""
    await comes_back(pen, "/review")
    await pen.says("不知道", 701)
    await pen.taps("不写了")
    await pen.taps("重来")
    assert pen.last("editMessageText").text.splitlines()[-1] == "明天再问 · 今天的做完了"
    assert pen.labels() == [["重来 ✓", "困难", "良好", "简单"]]
