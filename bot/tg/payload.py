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
