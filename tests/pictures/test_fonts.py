"""Which fonts are taken."""

from __future__ import annotations

from pathlib import Path

from bot.pictures.fonts import Face, Fonts, find_fonts


def _put(folder: Path, *names: str) -> None:
    folder.mkdir(parents=True)
    for name in names:
        (folder / name).touch()


def test_chinese_comes_first(tmp_path: Path) -> None:
    """However deep it lies; of one collection the font of simplified Chinese."""
    _put(tmp_path / "latin", "DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
    _put(tmp_path / "more" / "noto", "NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc")
    noto = tmp_path / "more" / "noto"
    regular, bold = Face(str(noto / "NotoSansCJK-Regular.ttc"), 2), Face(str(noto / "NotoSansCJK-Bold.ttc"), 2)
    assert find_fonts([str(tmp_path / "latin"), str(tmp_path / "more")]) == Fonts(regular, bold, chinese=True)


def test_a_font_without_its_bold_serves_for_both(tmp_path: Path) -> None:
    """Some have only one weight."""
    _put(tmp_path / "wqy", "NotoSansSC-Regular.ttf")
    face = Face(str(tmp_path / "wqy" / "NotoSansSC-Regular.ttf"))
    assert find_fonts([str(tmp_path)]) == Fonts(face, face, chinese=True)


def test_english_does_without(tmp_path: Path) -> None:
    """A font for English, or the drawing library's own."""
    assert find_fonts([str(tmp_path), str(tmp_path / "nowhere")]) == Fonts()
    _put(tmp_path / "latin", "DejaVuSans.ttf")
    assert not find_fonts([str(tmp_path)]).chinese
    assert find_fonts([str(tmp_path)]).regular == Face(str(tmp_path / "latin" / "DejaVuSans.ttf"))
