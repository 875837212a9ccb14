"""What the operator decides: environment and `.env` in, frozen Settings out, everything wrong told at once."""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, ValidationInfo
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_TOKEN = re.compile(r"\d+:[\w-]+", re.ASCII)
_DATABASES = ("sqlite:///", "postgresql://")
# As SQLAlchemy takes it apart, so that the password is found whatever stands in it.
_POSTGRESQL = re.compile(
    r"postgresql://([^:/]*(:(?P<password>[^@]*))?@)?(\[[^/?\]]+\]|[^/:?\[\]]*)(:(?P<port>[0-9]{0,5}))?(/[^?]*)?(\?.*)?"
)
_LAST_PORT = 65535
_LLM = ("llm_api_url", "llm_api_key", "llm_model")  # all of them or none
_RANGES = {
    "HTTP_PORT": "a port number, 0 (any free one) to 65535",
    "LLM_TIMEOUT": "a number of seconds, 1 to 30",
    "LLM_DAILY_LIMIT": "a number of calls, 1 to 1000",
}


class SettingsError(Exception):
    """The environment is wrong; `problems` says everything that is, one plain sentence each."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def _token(value: SecretStr) -> SecretStr:
    if not _TOKEN.fullmatch(value.get_secret_value()):
        raise ValueError("it must look like 123456789:AAE… (digits, a colon, letters); copy it whole from @BotFather")
    return value


def _server(value: str) -> str:
    try:
        parts = urlsplit(value)
        fits = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:  # it would repeat what it cannot read
        fits = False
    if not fits or parts.query or parts.fragment:
        raise ValueError("it must be an address such as https://api.telegram.org or http://localhost:8081")
    return value.rstrip("/")


def _endpoint(value: str) -> str:
    """Answers and the key travel there, so anything but the operator's own network has to be asked over TLS."""
    server = _server(value)
    parts = urlsplit(server)
    if parts.username is not None or parts.password is not None:
        raise ValueError("it must not hold a name or a password: the key belongs into LLM_API_KEY")
    if parts.scheme != "https" and not _near(parts.hostname or ""):
        raise ValueError("it must begin with https://; http:// is for hosts of your own network")
    return server


def _near(host: str) -> bool:
    """Whether a host is in the operator's own network, as far as its name tells."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith((".local", ".internal", ".localhost"))


def _key(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[\x21-\x7e]+", value.get_secret_value()):
        raise ValueError("it must be ASCII characters without blanks; copy it whole")
    return value


def _together(value: str | None, info: ValidationInfo) -> str | None:
    """The last of the three that belong together; one that is wrong by itself is told as such."""
    given = info.data | {"llm_model": value}
    missing = [name.upper() for name in _LLM if name in given and given[name] is None]
    if missing and len(missing) < len(_LLM):
        raise PydanticCustomError("half_set", "{name}", {"name": missing[0]})
    return value


def _database(value: str) -> str:
    if not value.startswith(_DATABASES) or value in _DATABASES:
        raise ValueError("it must begin with sqlite:/// or postgresql:// and name a database")
    server = _POSTGRESQL.fullmatch(value)
    if value.startswith("postgresql:") and (server is None or int(server["port"] or 0) > _LAST_PORT):
        raise ValueError("it must look like postgresql://user:password@host:5432/name")
    return value


def _folder(value: Path) -> Path:
    if not os.access(value, os.R_OK):
        raise ValueError(
            "it must name a folder of banks that is there and can be read; where none is set, that is ./content"
        )
    return value


def _ids(value: object) -> object:
    if not isinstance(value, str):
        return value
    words = value.replace(",", " ").split()
    if not all(re.fullmatch(r"[1-9]\d{0,15}", word, re.ASCII) for word in words):
        raise ValueError("it must be Telegram user ids, numbers separated by commas or spaces")
    return frozenset(int(word) for word in words)


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (LookupError, ValueError, OSError) as error:
        raise ValueError("it must be an IANA time zone such as Asia/Shanghai or Europe/Berlin") from error
    return value


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


class Settings(BaseSettings):
    """One process's settings; each field is the environment variable of the same name in capitals."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",
        env_ignore_empty=True,
        env_file=".env",
        env_file_encoding="utf-8",
        hide_input_in_errors=True,
    )

    bot_token: Annotated[SecretStr, AfterValidator(_token)] | None = None
    bot_api_url: Annotated[str, AfterValidator(_server)] = "https://api.telegram.org"
    database_url: Annotated[str, AfterValidator(_database)] = Field("sqlite:///var/kaoguan.db", repr=False)
    content_dir: Annotated[Path, AfterValidator(_folder)] = Field(Path("content"), validate_default=True)
    admin_ids: Annotated[frozenset[int], NoDecode, BeforeValidator(_ids)] = frozenset()
    default_language: Annotated[Literal["zh", "en"], BeforeValidator(_lower)] = "zh"
    default_timezone: Annotated[str, AfterValidator(_zone)] = "Asia/Shanghai"
    paid_broadcast: bool = False  # pay Telegram's Stars for up to 1,000 scheduled sends a second instead of 30
    http_host: str = "127.0.0.1"
    http_port: int = Field(8080, ge=0, le=_LAST_PORT)
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_upper)] = "INFO"
    log_format: Annotated[Literal["console", "json"], BeforeValidator(_lower)] | None = None

    llm_api_url: Annotated[str, AfterValidator(_endpoint)] | None = None
    llm_api_key: Annotated[SecretStr, AfterValidator(_key)] | None = None
    llm_model: Annotated[str | None, AfterValidator(_together)] = Field(None, validate_default=True)
    llm_timeout: int = Field(10, ge=1, le=30)  # seconds
    llm_daily_limit: int = Field(20, ge=1, le=1000)  # calls a person and study day

    @property
    def token(self) -> str:
        """The bot's token in the clear: for Telegram's library alone. Empty if there is none."""
        return self.bot_token.get_secret_value() if self.bot_token else ""

    @property
    def llm_key(self) -> str:
        """The key of the language model's endpoint in the clear: for its client alone. Empty if there is none."""
        return self.llm_api_key.get_secret_value() if self.llm_api_key else ""

    @property
    def llm_host(self) -> str:
        """Where answers go, as people are told. Empty if nowhere."""
        return urlsplit(self.llm_api_url or "").hostname or ""

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no log may show: token, key and the database's password, as it is written and as it is meant."""
        server = _POSTGRESQL.fullmatch(self.database_url)
        password = (server["password"] if server else None) or ""
        return tuple(word for word in dict.fromkeys((self.token, self.llm_key, password, unquote(password))) if word)


class _WithToken(Settings):
    bot_token: Annotated[SecretStr, AfterValidator(_token)]


def load_settings(*, need_token: bool, **given: object) -> Settings:
    """Settings from the environment and `.env`; `given` (field names) stands above both.

    Raises SettingsError with every problem; no problem repeats a value, which may be a secret.
    """
    kind = _WithToken if need_token else Settings
    try:
        return kind(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        wrong = error.errors(include_input=False, include_url=False)
        raise SettingsError(tuple(_sentence(problem) for problem in wrong)) from None
    except UnicodeDecodeError:
        raise SettingsError((".env is not in UTF-8: save it in that encoding.",)) from None
    except OSError as error:
        raise SettingsError((f".env cannot be read: {(error.strerror or str(error)).lower()}.",)) from None


def _sentence(problem: Mapping[str, Any]) -> str:
    name = str(problem["loc"][0]).upper()
    if problem["type"] == "missing":
        return f"{name} is missing: talk to @BotFather in Telegram, get one and set it."
    if problem["type"] == "half_set":
        return f"{problem['msg']} is missing: LLM_API_URL, LLM_API_KEY and LLM_MODEL are set together or not at all."
    say: Callable[[Mapping[str, Any]], str] = _SENTENCES.get(problem["type"], _other)
    return f"{name} is wrong: {say(problem)}."


def _choices(problem: Mapping[str, Any]) -> str:
    return "it must be one of " + str(problem["ctx"]["expected"]).replace("'", "")


def _number(problem: Mapping[str, Any]) -> str:
    return f"it must be {_RANGES[str(problem['loc'][0]).upper()]}"


def _own(problem: Mapping[str, Any]) -> str:
    return str(problem["ctx"]["error"])


def _other(problem: Mapping[str, Any]) -> str:
    return str(problem["msg"]).lower()


_SENTENCES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "value_error": _own,
    "literal_error": _choices,
    "int_parsing": _number,
    "greater_than_equal": _number,
    "less_than_equal": _number,
}
