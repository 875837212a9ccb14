"""A call as a plain dictionary, in the place of the library's RequestData, whose making costs more than the call."""

from __future__ import annotations

import json
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


class Upload(Payload):
    """The same with files, as a form of several parts: what is named `attach://NAME` in a field is the part NAME."""

    __slots__ = ("files",)
    contains_files = True

    def __init__(self, parameters: dict[str, Any], files: dict[str, bytes]) -> None:
        """`files` are PNG pictures by the names of their parts."""
        super().__init__(parameters)
        self.files = files

    @property
    def json_parameters(self) -> dict[str, str]:
        """The fields as a form has them: texts as they are, all else as JSON."""
        return {name: value if isinstance(value, str) else json.dumps(value) for name, value in self.parameters.items()}

    @property
    def multipart_data(self) -> dict[str, tuple[str, bytes, str]]:
        """The parts: file name, content, media type."""
        return {name: (f"{name}.png", content, "image/png") for name, content in self.files.items()}
