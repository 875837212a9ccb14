"""A bank of any size, written out as an author would write it."""

from __future__ import annotations

from pathlib import Path

_QUESTION = """## {number}：在主题 {topic} 里，参数 $d_{{{number}}}$ 起什么作用？ {attributes}

**核心**：它决定第 {number} 层的尺度，使方差不随宽度增大。

- **来历**：设各分量独立，均值 0、方差 1，则和的方差是 {number}。
- **后果**：不缩放时输出趋于饱和，梯度接近于 0，训练变慢。

### 选项

- [ ] 它只影响第一层，与第 {number} 层无关
- [x] 它使第 {number} 层的方差回到 1
- [ ] 它让每行的权重和为 {number}
- [ ] 它等价于把学习率除以 {number}

### 解析

方差回到 1 的是缩放之后的值。其余三项把前提与结论颠倒了。

### 参考

- A Study of Parameter {number}. Author et al., 2020, §{tag}
"""


def write_bank(folder: Path, topics: int, questions: int) -> Path:
    """A bank of so many topics with so many questions each, in Chinese; the content folder that holds it."""
    bank = folder / "made"
    (bank / "zh").mkdir(parents=True, exist_ok=True)
    names = [f"topic{number}" for number in range(topics)]
    listed = "\n".join(f'  - id: {name}\n    title: {{zh: "主题{name}", en: "{name}"}}' for name in names)
    (bank / "bank.yaml").write_text(f'title: {{zh: "大题库", en: "Large bank"}}\ntopics:\n{listed}\n', encoding="utf-8")
    for topic, name in enumerate(names):
        page = "\n".join(_question(topic, number) for number in range(questions))
        (bank / "zh" / f"{name}.md").write_text(f"# 主题{name}\n\n{page}", encoding="utf-8")
    return folder


def _question(topic: int, number: int) -> str:
    tag = number % 7
    attributes = f'{{#q{topic}-{number} difficulty={number % 3 + 1} tags="tag{tag}"}}'
    return _QUESTION.format(topic=topic, number=number, attributes=attributes, tag=tag)
