"""Why a file cannot be taken in."""

from __future__ import annotations

from enum import Enum


class Trouble(Enum):
    """What is wrong with a file; each has a sentence of its own, `import-<value>`."""

    FOREIGN = "foreign"  # no file of ours: neither the ZIP, nor the JSON, nor an .apkg
    BROKEN = "broken"  # one of ours, damaged or made up
    LARGE = "large"  # more than we unpack
    NEWER = "newer"  # of a version that comes later than this one
    ZSTD = "zstd"  # an .apkg in Anki's newer format, which the standard library cannot read
    FUTURE = "future"  # reviews that have not happened yet


class UnreadableError(Exception):
    """The file is not taken in, and nothing has changed."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
