"""Telegram at the network's edge: answers PTB's requests from memory, and fails where a test says so."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any

from telegram.ext import BaseRateLimiter, ExtBot
from telegram.request import BaseRequest, RequestData

from bot.tg.payload import Attachment
from tests.conformance import COURT, as_sent

TOKEN = "123456:fake"
ME = {"id": 123456, "is_bot": True, "first_name": "Kaoguan", "username": "kaoguan_bot"}
_RIGHTS = (
    "can_be_edited",
    "is_anonymous",
    *(f"can_{thing}" for thing in ("manage_chat", "delete_messages", "manage_video_chats", "restrict_members")),
    *(f"can_{thing}" for thing in ("promote_members", "change_info", "invite_users", "post_stories", "edit_stories")),
    "can_delete_stories",
)


@dataclass(frozen=True, slots=True)
class Call:
    """One request as it arrived."""

    method: str
    fields: dict[str, Any]
    files: Mapping[str, Attachment] = field(default_factory=dict)

    @property
    def chat_id(self) -> int:
        """Where it was meant for."""
        return int(self.fields["chat_id"])

    @property
    def text(self) -> str:
        """What it says."""
        media = self.fields.get("media", {})
        said = (self.fields.get("text"), self.fields.get("question"), self.fields.get("caption"), media.get("caption"))
        return next((text for text in said if text is not None), "")


def nothing(_call: Call) -> None:
    """No trouble, and nothing afterwards."""


@dataclass
class FakeApi(BaseRequest):
    """`calls` are the requests that were accepted; `trouble` may refuse or break one before (or after) it counts."""

    calls: list[Call] = field(default_factory=list)
    trouble: Callable[[Call], tuple[int, str] | None] = nothing
    after: Callable[[Call], None] = nothing
    admins: set[int] = field(default_factory=set)
    status: str = "member"  # of everybody else
    migrated_to: int | None = None  # where a refusal says that the chat has gone
    slow_mode: int = 0  # seconds between two messages of one sender, in every group

    def __hash__(self) -> int:
        return id(self)

    @property
    def read_timeout(self) -> float | None:
        """As PTB wants it."""
        return 5

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 - the library names it
        request_data: RequestData | None = None,
        *_timeouts: Any,
        **_more: Any,
    ) -> tuple[int, bytes]:
        """Answer one request, or fail as the test has arranged."""
        call = Call(url.rpartition("/")[2], _fields(request_data), getattr(request_data, "files", {}))
        COURT.hear(call.method, as_sent(request_data))
        refused = self.trouble(call)
        if refused is not None:
            return refused[0], self._refusal(*refused)
        self.calls.append(call)
        self.after(call)
        return 200, _json(ok=True, result=self._result(call))

    def sent(self, method: str = "sendMessage") -> list[Call]:
        """The accepted requests of one method."""
        return [call for call in self.calls if call.method == method]

    def _refusal(self, code: int, description: str) -> bytes:
        moved: dict[str, int] = {"migrate_to_chat_id": self.migrated_to} if self.migrated_to else {}
        parameters = {"retry_after": 5} if code == 429 else moved
        return _json(ok=False, error_code=code, description=description, parameters=parameters)

    def _result(self, call: Call) -> object:
        if call.method == "getMe":
            return ME
        if call.method == "getChatMember":
            status = "administrator" if int(call.fields["user_id"]) in self.admins else self.status
            return member_json(status, int(call.fields["user_id"]))
        if call.method == "getChat":
            return _full_chat(call.chat_id, self.slow_mode)
        if call.method in {"sendMessage", "sendPoll", "editMessageText", "sendPhoto", "editMessageMedia"}:
            return self._message(call)
        return _poll(call, "0") if call.method == "stopPoll" else True

    def _message(self, call: Call) -> dict[str, object]:
        number = int(call.fields.get("message_id", len(self.calls) + 1000))
        message: dict[str, object] = {
            "message_id": number,
            "date": 0,
            "chat": {"id": call.chat_id, "type": "private" if call.chat_id > 0 else "supergroup", "first_name": "x"},
        }
        if call.method == "sendPoll":
            return message | {"poll": _poll(call, f"poll{number}")}
        if call.method in {"sendPhoto", "editMessageMedia"}:
            return message | {"photo": [_photo(call, number)]}
        return message | {"text": call.text}


class NoLimits(BaseRateLimiter[Any]):
    """Lets everything through at once."""

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        *_about: Any,
        **_it: Any,
    ) -> Any:
        """The request itself."""
        return await callback(*args, **kwargs)


def fake_bot(telegram: FakeApi, limits: BaseRateLimiter[Any] | None = None) -> ExtBot[Any]:
    """A PTB bot whose network is `telegram`; without limits unless some are given."""
    return ExtBot(TOKEN, request=telegram, get_updates_request=telegram, rate_limiter=limits or NoLimits())


def _fields(request_data: RequestData | None) -> dict[str, Any]:
    return dict(request_data.parameters) if request_data else {}


def _json(**answer: object) -> bytes:
    return json.dumps(answer).encode()


def member_json(status: str, user_id: int) -> dict[str, object]:
    """A person's place in a group as Telegram writes it."""
    rights = dict.fromkeys(_RIGHTS, False) | ({"until_date": 0} if status == "kicked" else {})
    return {"status": status, "user": {"id": user_id, "is_bot": False, "first_name": "x"}, **rights}


def _full_chat(chat_id: int, slow_mode: int) -> dict[str, object]:
    slow = {"slow_mode_delay": slow_mode} if slow_mode else {}
    gifts = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
    )
    chat = {"id": chat_id, "type": "supergroup", "title": "x", "accent_color_id": 0, "max_reaction_count": 1}
    return {**chat, "accepted_gift_types": gifts, **slow}


def _photo(call: Call, number: int) -> dict[str, object]:
    """The photo sent, under a number of its own if it was uploaded."""
    given = str(call.fields.get("photo") or call.fields["media"]["media"])
    file_id = f"file{number}.{call.method}" if given.startswith("attach://") else given
    return {"file_id": file_id, "file_unique_id": file_id, "width": 1080, "height": 1664}


def _poll(call: Call, poll_id: str) -> dict[str, object]:
    options = [
        {"persistent_id": str(at), "text": option["text"], "voter_count": 0}
        for at, option in enumerate(call.fields.get("options", []))
    ]
    return {
        "id": poll_id,
        "question": str(call.fields.get("question", "?")),
        "options": options,
        "total_voter_count": 0,
        "is_closed": call.method == "stopPoll",
        "is_anonymous": False,
        "type": "quiz",
        "allows_multiple_answers": False,
        "allows_revoting": False,
        "members_only": False,
    }
