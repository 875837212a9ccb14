"""The bank of the tests with a real process: as many questions as are wanted, all small."""

from __future__ import annotations

from pathlib import Path

_BANK = """title: {{zh: 混合, en: Mixed}}
topics: [{topics}]
licence: MIT
sources: [自编]
"""
_TOPIC = "{{id: t{n}, title: {{zh: 主题{n}, en: Topic {n}}}}}"
_GRADED = """## 第 {n} 题问什么？ {{#q{n} difficulty={d}}}

答案是 {n}。{more}

### 选项

- [ ] 是 {n}1
- [x] 是 {n}2
- [ ] 是 {n}3
- [ ] 是 {n}4

### 解析

数一数就知道。
"""
_OPEN = "## 第 {n} 题说什么？ {{#q{n}}}\n\n说的是 {n}。{more}\n"
_MORE = "\n\n这一句只是为了让答案放不进一条消息。" * 250
TOPICS = 3
LONG = 7  # every so manyth question's answer goes on in a second message
_GRADABLE = 2  # topics with rubrics
_RUBRIC = """q{n}:
  full_at: 5
  points:
  - id: first
    w: 3
    say: {{zh: 甲是 {n}, en: A is {n}}}
    ask: {{zh: 还有一点呢？, en: And what else?}}
    any_of: [{{need: ['甲']}}]
  - id: second
    w: 2
    say: {{zh: 乙是 {n}, en: B is {n}}}
    ask: {{zh: 然后呢？, en: And then?}}
    any_of: [{{need: ['乙']}}]
  wrong:
  - {{id: third, need: ['丙'], minus: 20, say: {{zh: 没有丙, en: There is no C}}}}
"""


def write_bank(folder: Path, questions: int = 120) -> None:
    """A bank of three topics, two of which have rubrics, and in which every fifth question is without choices."""
    home = folder / "mixed" / "zh"
    home.mkdir(parents=True, exist_ok=True)
    topics = ", ".join(_TOPIC.format(n=topic) for topic in range(TOPICS))
    (folder / "mixed" / "bank.yaml").write_text(_BANK.format(topics=topics), encoding="utf-8")
    for topic in range(TOPICS):
        numbers = range(topic + 1, questions + 1, TOPICS)
        texts = [(_GRADED if n % 5 else _OPEN).format(n=n, d=n % 3 + 1, more=_more(n)) for n in numbers]
        if topic < _GRADABLE:
            rubrics = folder / "mixed" / "rubrics"
            rubrics.mkdir(exist_ok=True)
            (rubrics / f"t{topic}.yaml").write_text("".join(_RUBRIC.format(n=n) for n in numbers), encoding="utf-8")
        (home / f"t{topic}.md").write_text(f"# 主题{topic}\n\n" + "\n".join(texts), encoding="utf-8")


def _more(number: int) -> str:
    return "" if number % LONG else _MORE
