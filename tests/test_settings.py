"""The environment becomes settings, or every problem at once."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import Settings, SettingsError, load_settings

TOKEN = "123456789:AAEhBOweik6ad6PsVMRxjeQKXkq7rT4oqFz"


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable of the machine and no `.env` of the checkout reaches these tests."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content").mkdir()


def problems(**given: object) -> tuple[str, ...]:
    """What load_settings finds wrong."""
    with pytest.raises(SettingsError) as caught:
        load_settings(need_token=False, **given)
    return caught.value.problems


def test_nothing_set_gives_the_defaults() -> None:
    """A demo needs no setting at all."""
    settings = load_settings(need_token=False)
    assert settings.bot_token is None
    assert settings.token == ""
    assert settings.bot_api_url == "https://api.telegram.org"
    assert settings.database_url == "sqlite:///var/kaoguan.db"
    assert settings.content_dir == Path("content")
    assert settings.admin_ids == frozenset()
    assert (settings.default_language, settings.default_timezone) == ("zh", "Asia/Shanghai")
    assert settings.paid_broadcast is False
    assert (settings.http_host, settings.http_port) == ("127.0.0.1", 8080)
    assert (settings.log_level, settings.log_format) == ("INFO", None)


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every variable reaches its field, whatever its capitals."""
    values = {
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": "http://localhost:8081/",
        "DATABASE_URL": "postgresql://me:secret@db/kaoguan",
        "CONTENT_DIR": "/",
        "ADMIN_IDS": "12, 34 56",
        "DEFAULT_LANGUAGE": "EN",
        "DEFAULT_TIMEZONE": "Europe/Berlin",
        "HTTP_HOST": "0.0.0.0",
        "HTTP_PORT": "0",
        "LOG_LEVEL": "debug",
        "LOG_FORMAT": "json",
        "SOMETHING_ELSE": "ignored",
    }
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    settings = load_settings(need_token=True)
    assert settings.token == TOKEN
    assert settings.bot_api_url == "http://localhost:8081"
    assert settings.admin_ids == frozenset({12, 34, 56})
    assert settings.content_dir == Path("/")
    assert (settings.default_language, settings.default_timezone) == ("en", "Europe/Berlin")
    assert (settings.http_host, settings.http_port) == ("0.0.0.0", 0)
    assert (settings.log_level, settings.log_format) == ("DEBUG", "json")


def test_a_dotenv_file_is_read_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`.env` in the working folder serves whoever sets no variable; unknown names in it do no harm."""
    (tmp_path / ".env").write_text(f"BOT_TOKEN={TOKEN}\nHTTP_PORT=9000\nCOMPOSE_PROJECT_NAME=考官\n", "utf-8")
    monkeypatch.setenv("HTTP_PORT", "9001")
    settings = load_settings(need_token=True)
    assert (settings.token, settings.http_port) == (TOKEN, 9001)


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`NAME=` in a compose file or `.env` is no value."""
    (tmp_path / ".env").write_text("LOG_LEVEL=\n", "utf-8")
    for name in ("HTTP_PORT", "ADMIN_IDS", "LOG_FORMAT", "BOT_API_URL"):
        monkeypatch.setenv(name, "")
    settings = load_settings(need_token=False)
    assert (settings.http_port, settings.admin_ids, settings.log_level) == (8080, frozenset(), "INFO")


def test_a_missing_token_says_where_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unset and empty are told in the same words."""
    monkeypatch.setenv("BOT_TOKEN", "")
    with pytest.raises(SettingsError) as caught:
        load_settings(need_token=True)
    assert caught.value.problems == ("BOT_TOKEN is missing: talk to @BotFather in Telegram, get one and set it.",)


def test_everything_wrong_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten mistakes give ten sentences, each beginning with its variable."""
    wrong = {
        "BOT_TOKEN": "my token",
        "BOT_API_URL": "localhost:8081",
        "DATABASE_URL": "mysql://me:hunter2@db/x",
        "CONTENT_DIR": "nowhere",
        "ADMIN_IDS": "12,@me",
        "DEFAULT_LANGUAGE": "de",
        "DEFAULT_TIMEZONE": "Mars/Base",
        "HTTP_PORT": "70000",
        "LOG_LEVEL": "loud",
        "LOG_FORMAT": "xml",
    }
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings(need_token=True)
    assert {problem.split(" ")[0] for problem in caught.value.problems} == set(wrong)
    for problem in caught.value.problems:
        assert problem.startswith(problem.split(" ")[0] + " is wrong: it ")
        assert problem.endswith(".")
        assert "hunter2" not in problem
        assert "my token" not in problem


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("bot_token", "123:abc def"),
        ("bot_token", "abc:123"),
        ("bot_api_url", "ftp://host"),
        ("bot_api_url", "http://"),
        ("bot_api_url", "http://host/?a=b"),
        ("bot_api_url", "http://host:abc"),
        ("bot_api_url", "http://host:99999"),
        ("bot_api_url", "http://[::1"),
        ("database_url", "sqlite:///"),
        ("database_url", "var/kaoguan.db"),
        ("database_url", "postgresql://u:p@h:abc/x"),
        ("database_url", "postgresql://u:p@h:99999/x"),
        ("database_url", "postgresql://[::1/x"),
        ("admin_ids", "-5"),
        ("admin_ids", "١٢"),
        ("default_timezone", "../etc/passwd"),
        ("default_timezone", "Asia/Nowhere"),
        ("http_port", "-1"),
        ("http_port", "eighty"),
    ],
)
def test_a_wrong_value_is_refused(field: str, value: str) -> None:
    """Each of these would fail later, and less plainly."""
    (problem,) = problems(**{field: value})
    assert problem.startswith(f"{field.upper()} is wrong: it ")


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://db/x",
        "postgresql:///x?host=/run/postgresql",
        "postgresql://me@[::1]:5432/x",
        "postgresql://me:a/b#c[d]?e:f@db:5432/x?sslmode=require",
    ],
)
def test_a_database_on_a_server_is_taken(address: str) -> None:
    """Without a user, on a socket, by a number, with a password that holds anything but an @."""
    assert load_settings(need_token=False, database_url=address).database_url == address


@pytest.mark.parametrize(
    ("address", "secrets"),
    [
        ("postgresql://me:a/b#c[d]@db/x", ("a/b#c[d]",)),
        ("postgresql://me:hunter%402@db/x", ("hunter%402", "hunter@2")),
        ("postgresql://me@db/x", ()),
        ("sqlite:///a:b@c.db", ()),
    ],
)
def test_a_password_is_known_as_it_is_written_and_as_it_is_meant(address: str, secrets: tuple[str, ...]) -> None:
    """A driver's message may hold either."""
    assert load_settings(need_token=False, database_url=address).secrets == secrets


def test_a_dotenv_file_of_another_encoding_is_told(tmp_path: Path) -> None:
    """In a sentence, without what it says."""
    (tmp_path / ".env").write_bytes("BOT_TOKEN=1:a\nNAME=考官\n".encode("gbk"))
    assert problems() == (".env is not in UTF-8: save it in that encoding.",)


def test_the_choices_are_named() -> None:
    """A mistyped choice is told with what would be right."""
    assert problems(log_format="xml") == ("LOG_FORMAT is wrong: it must be one of console or json.",)


def test_no_secret_shows_in_a_repr_or_an_error() -> None:
    """The token and the database's password are known to `secrets` alone."""
    settings = load_settings(need_token=True, bot_token=TOKEN, database_url="postgresql://me:hunter2@db/kaoguan")
    assert TOKEN not in repr(settings) + str(settings) + f"{settings.bot_token!r}"
    assert "hunter2" not in repr(settings) + str(settings)
    assert settings.secrets == (TOKEN, "hunter2")
    with pytest.raises(SettingsError) as caught:
        load_settings(need_token=True, bot_token=TOKEN + " ", http_port=-1)
    assert TOKEN not in "".join(map(str, [caught.value, caught.value.__cause__]))


def test_settings_cannot_be_changed() -> None:
    """What is read at the start holds until the end."""
    settings = load_settings(need_token=False)
    with pytest.raises(ValidationError):
        settings.http_port = 1  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(settings)) == settings
