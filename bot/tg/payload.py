"""A call as a plain dictionary, in the place of the library's RequestData, whose making costs more than the call."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class Payload:
    """Fields that JSON can carry, no files: what `BaseRequest.post` takes as well as a RequestData."""

    __slots__ = ("parameters",)
    contains_files = False

    def __init__(self, parameters: dict[str, Any]) -> None:
        self.parameters = parameters

    @property
    def json_payload(self) -> bytes:
        """The body."""
        return json.dumps(self.parameters).encode()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to send: its name, its content, its media type."""

    name: str
    content: bytes
    mime: str = "application/octet-stream"


class Upload(Payload):
    """The same with files, as a form of several parts: what is named `attach://NAME` in a field is the part NAME."""

    __slots__ = ("files",)
    contains_files = True

    def __init__(self, parameters: dict[str, Any], files: Mapping[str, Attachment]) -> None:
        """`files` are by the names of their parts."""
        super().__init__(parameters)
        self.files = files

    @property
    def json_parameters(self) -> dict[str, str]:
        """The fields as a form has them: texts as they are, all else as JSON."""
        return {name: value if isinstance(value, str) else json.dumps(value) for name, value in self.parameters.items()}

    @property
    def multipart_data(self) -> dict[str, tuple[str, bytes, str]]:
        """The parts: file name, content, media type."""
        return {name: (file.name, file.content, file.mime) for name, file in self.files.items()}
