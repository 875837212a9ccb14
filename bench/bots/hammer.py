"""No bot: the same call again and again over a few connections, to see how fast the fake answers."""

import asyncio
import sys
from typing import Any
from urllib.parse import urlsplit

import uvloop

from bench.fake import TOKEN

_BODY = b'{"chat_id": 10000001, "text": "%s"}' % ("题" * 300).encode()
_CALL = (
    f"POST /bot{TOKEN}/sendMessage HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    f"Content-Length: {len(_BODY)}\r\n\r\n".encode()
    + _BODY
)
_CONNECTIONS = 32


class Hammer(asyncio.Protocol):
    """Asks anew at every answer, which comes in one piece."""

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        transport.write(_CALL)

    def data_received(self, _data: bytes) -> None:
        self._transport.write(_CALL)


async def main(url: str) -> None:
    """Ask until killed."""
    place = urlsplit(url)
    assert place.hostname is not None
    assert place.port is not None
    loop = asyncio.get_running_loop()
    for _ in range(_CONNECTIONS):
        await loop.create_connection(Hammer, place.hostname, place.port)
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1]))
