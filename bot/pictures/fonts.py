"""The fonts there are: one that has Chinese, if the system has any, else one for English alone."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)
# Regular, bold, and which of the fonts in those files is that of simplified Chinese. The first that is there is taken.
_CHINESE = (
    ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc", 2),
    ("NotoSansCJKsc-Regular.otf", "NotoSansCJKsc-Bold.otf", 0),
    ("NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf", 0),
    ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf", 0),
    ("SourceHanSansSC-Regular.otf", "SourceHanSansSC-Bold.otf", 0),
    ("Hiragino Sans GB.ttc", "Hiragino Sans GB.ttc", 0),
    ("msyh.ttc", "msyhbd.ttc", 0),
    ("wqy-microhei.ttc", "wqy-microhei.ttc", 0),
    ("wqy-zenhei.ttc", "wqy-zenhei.ttc", 0),
    ("DroidSansFallbackFull.ttf", "DroidSansFallbackFull.ttf", 0),
)
_LATIN = (("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", 0), ("Arial.ttf", "Arial Bold.ttf", 0))


@dataclass(frozen=True, slots=True)
class Face:
    """A font in a file."""

    path: str
    index: int = 0


@dataclass(frozen=True, slots=True)
class Fonts:
    """What to write with; None is the drawing library's own, with Latin letters. `chinese`: whether it has those."""

    regular: Face | None = None
    bold: Face | None = None
    chinese: bool = False


def find_fonts(folders: Iterable[str] = FOLDERS) -> Fonts:
    """The best fonts in these folders and what is in them."""
    there = _files(folders)
    for chinese, pairs in ((True, _CHINESE), (False, _LATIN)):
        for regular, bold, index in pairs:
            if regular in there:
                strong = there.get(bold, there[regular])
                return Fonts(Face(there[regular], index), Face(strong, index), chinese)
    return Fonts()


def _files(folders: Iterable[str]) -> dict[str, str]:
    """Every file by its name; a folder that is not there has none."""
    found: dict[str, str] = {}
    for folder in folders:
        for inside, _folders, names in os.walk(Path(folder).expanduser()):
            for name in names:
                found.setdefault(name, str(Path(inside, name)))
    return found
