"""ZIP files: made in memory, and read as if somebody hostile had made them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime

from bot.archive.errors import Trouble, UnreadableError

_ENTRY = b"PK\x01\x02"  # begins each entry of a ZIP's directory
_MOST_ENTRIES = 2000  # an .apkg has one for each picture
MAGIC = b"PK\x03\x04"


def packed(files: Mapping[str, bytes], at: datetime) -> bytes:
    """A ZIP of these files, each dated `at` (its own wall clock)."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, at.timetuple()[:6])
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return whole.getvalue()


class Opened:
    """A ZIP that came from outside. Names are only compared, never written to; no more is unpacked than asked for."""

    def __init__(self, content: bytes) -> None:
        """Raises UnreadableError when it is no ZIP, or one of too many files."""
        if content.count(_ENTRY) > _MOST_ENTRIES:
            raise UnreadableError(Trouble.LARGE)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError) as error:
            raise UnreadableError(Trouble.BROKEN) from error
        self.names = frozenset(self._archive.namelist())

    def called(self, name: str) -> str | None:
        """The file of that name, at the top or, as where somebody has unpacked it and packed the folder, in the one
        folder that has it."""
        folders = [one for one in self.names if one.partition("/")[2] == name and not one.startswith("..")]
        return name if name in self.names else folders[0] if len(folders) == 1 else None

    def read(self, name: str, most: int) -> bytes:
        """One file whole. Raises UnreadableError when it has more than `most` bytes, whatever its entry claims."""
        try:
            with self._archive.open(name) as file:
                content = file.read(most + 1)
        except Exception as error:  # zlib, lzma and zipfile each raise their own
            raise UnreadableError(Trouble.BROKEN) from error
        if len(content) > most:
            raise UnreadableError(Trouble.LARGE)
        return content
