"""A small rubric for the tests of grading."""

from __future__ import annotations

from bot.core.rubric_reading import read_rubrics
from bot.core.rubrics import Rubric

SOURCE = """\
macros:
  sat: '饱和|one-hot|saturat*'
scale:
  full_at: 8
  points:
  - id: variance
    w: 3
    say: {zh: 方差随 d_k 增大, en: the variance grows with d_k}
    any_of:
    - {need: ['方差|variance', 'd_k|维度|dimension'], window: 20}
  - id: saturate
    w: 3
    say: {zh: softmax 饱和, en: softmax saturates}
    any_of:
    - {need: ['softmax', '^@sat'], window: 20}
    contra: ['softmax..更平均|softmax..more even']
  - id: gradient
    w: 3
    say: {zh: 梯度消失, en: gradients vanish}
    any_of:
    - {need: ['梯度|gradient', '^消失|接近 0|vanish*'], window: 20}
  wrong:
  - id: speed
    need: ['减少计算|less computation']
    minus: 30
    cap: 60
    void: [gradient]
    unless: '顺便'
    say: {zh: 缩放不省计算, en: scaling saves no computation}
  tests:
  - {answer: 方差, min: 1, max: 2}
contrast:
  subjects: {ln: 'LayerNorm|LN', bn: 'BatchNorm|BN'}
  points:
  - {id: token, w: 1, say: 每个 token, any_of: [{need: ['每个 token|each token'], about: ln}]}
  - {id: batch, w: 1, say: 整个 batch, any_of: [{need: ['整个 batch|the batch'], about: bn}]}
"""


def rubrics(source: str = SOURCE) -> dict[str, Rubric]:
    """The rubrics of a source that has nothing wrong with it, by their ids."""
    found, problems = read_rubrics(source, "rubrics.yaml")
    assert problems == []
    return {rubric.key: rubric for rubric in found}


SCALE, CONTRAST = rubrics()["scale"], rubrics()["contrast"]
