"""The page's switches: what is to go wrong, the token, and Telegram's limits."""

from __future__ import annotations

from typing import Any, cast

from aiohttp import web

from bot.playground.errors import NotPossibleError
from bot.playground.faults import ANY, CALL_KINDS, UPDATE_KINDS, Kind
from bot.playground.methods.table import METHODS, canonical
from bot.playground.miniature import Miniature
from bot.playground.posted import Action, posts
from bot.playground.switching import UPDATES, check
from bot.playground.updates import LIFE, REMEMBERED

Json = dict[str, Any]


class SwitchApi:
    """`/api/switches` and what sets them: JSON in, the switches as they stand then out."""

    def __init__(self, mini: Miniature) -> None:
        self._mini = mini

    def routes(self) -> list[web.AbstractRouteDef]:
        """Every route of the switches."""
        does: dict[str, Action] = {
            "fault": self.fault,
            "calloff": self.call_off,
            "redeliver": self.redeliver,
            "token": self.token,
            "limits": self.limits,
        }
        return [web.get("/api/switches", self.show), *posts(does)]

    async def show(self, _request: web.Request) -> web.Response:
        """{waiting, hits, revoked, limits}, and what can be chosen: {methods, updates, kinds, update_kinds}."""
        known = {"methods": sorted(METHODS), "updates": UPDATES, "kinds": CALL_KINDS, "update_kinds": UPDATE_KINDS}
        return web.json_response(self._mini.switches | known)

    async def fault(self, asked: Json) -> Json:
        """{kind, method?, count?, seconds?}: spoil the next calls of a method, or the delivery of a kind of update."""
        kind, method = str(asked["kind"]), canonical(str(asked.get("method", ANY)))
        count, seconds = int(asked.get("count", 1)), float(asked.get("seconds", 1))
        check(method, kind, count, seconds)
        self._mini.faults.add(method, count, kind=cast(Kind, kind), seconds=seconds)
        return self._mini.switches

    async def call_off(self, asked: Json) -> Json:
        """{number?}: call off one fault, or all of them."""
        self._mini.faults.clear(int(asked["number"]) if "number" in asked else None)
        return self._mini.switches

    async def redeliver(self, asked: Json) -> Json:
        """{count?, seconds?} -> also {again}: deliver again what was handed out last, though confirmed."""
        count, seconds = int(asked.get("count", REMEMBERED)), float(asked.get("seconds", LIFE))
        if not (count > 0 and seconds > 0):
            raise NotPossibleError("Count and seconds must be more than 0.")
        again = self._mini.updates.redeliver(count, seconds)
        return self._mini.switches | {"again": again}

    async def token(self, asked: Json) -> Json:
        """{revoked}: answer every call with 401, or no longer."""
        self._mini.revoke_token(revoked=bool(asked["revoked"]))
        return self._mini.switches

    async def limits(self, asked: Json) -> Json:
        """{on}: enforce Telegram's limits, or do not."""
        self._mini.switch_limits(on=bool(asked["on"]))
        return self._mini.switches
