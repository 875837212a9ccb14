"""The settings of second opinions: all or none, and a key that shows nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.logs import mask
from bot.settings import Settings, SettingsError, load_settings

KEY = "sk-very-secret"
ALL = {"llm_api_url": "https://llm.example/v1", "llm_api_key": KEY, "llm_model": "a-model"}
TOGETHER = "is missing: LLM_API_URL, LLM_API_KEY and LLM_MODEL are set together or not at all."


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
    assert KEY not in str(caught.value)
    return caught.value.problems


def test_nothing_is_set_by_default() -> None:
    """There is no model anywhere."""
    settings = load_settings(need_token=False)
    assert (settings.llm_api_url, settings.llm_key, settings.llm_model, settings.llm_host) == (None, "", None, "")
    assert (settings.llm_timeout, settings.llm_daily_limit) == (10, 20)


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """The host is what people are told."""
    given = {**ALL, "llm_api_url": "https://llm.example:8443/v1/", "llm_timeout": "30", "llm_daily_limit": "1"}
    for name, value in given.items():
        monkeypatch.setenv(name.upper(), value)
    settings = load_settings(need_token=False)
    assert (settings.llm_api_url, settings.llm_host) == ("https://llm.example:8443/v1", "llm.example")
    assert (settings.llm_key, settings.llm_model) == (KEY, "a-model")
    assert (settings.llm_timeout, settings.llm_daily_limit) == (30, 1)


@pytest.mark.parametrize("missing", list(ALL))
def test_half_a_setting_is_none(missing: str) -> None:
    """What is missing is named; with two missing, the first."""
    assert problems(**{name: value for name, value in ALL.items() if name != missing}) == (
        f"{missing.upper()} {TOGETHER}",
    )
    (alone,) = problems(**{missing: ALL[missing]})
    assert alone.endswith(TOGETHER)


@pytest.mark.parametrize(
    ("field", "value", "part"),
    [
        ("llm_api_url", "llm.example/v1", "it must be an address"),
        ("llm_api_url", "https://llm.example/v1?key=a", "it must be an address"),
        ("llm_api_url", f"https://me:{KEY}@llm.example/v1", "it must not hold a name or a password"),
        ("llm_api_url", "http://llm.example/v1", "it must begin with https://"),
        ("llm_api_url", "http://8.8.8.8/v1", "it must begin with https://"),
        ("llm_api_key", "sk one", "it must be ASCII characters without blanks"),
        ("llm_api_key", "sk\r\nX-Other: 1", "it must be ASCII characters without blanks"),
        ("llm_timeout", "0", "it must be a number of seconds, 1 to 30"),
        ("llm_timeout", "31", "it must be a number of seconds, 1 to 30"),
        ("llm_timeout", "soon", "it must be a number of seconds, 1 to 30"),
        ("llm_daily_limit", "0", "it must be a number of calls, 1 to 1000"),
    ],
)
def test_a_wrong_value_is_refused(field: str, value: str, part: str) -> None:
    """One sentence, and nothing of the value."""
    (problem,) = problems(**(ALL | {field: value}))
    assert problem.startswith(f"{field.upper()} is wrong: {part}")


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:11434/v1",
        "http://ollama:11434/v1",
        "http://192.168.1.9/v1",
        "http://[::1]:80/v1",
        "http://box.local",
    ],
)
def test_hosts_of_ones_own_network_need_no_tls(url: str) -> None:
    """A model beside the bot."""
    assert load_settings(need_token=False, **(ALL | {"llm_api_url": url})).llm_api_url == url


def test_the_key_shows_nowhere() -> None:
    """Neither in a repr nor in a line of the log."""
    settings = load_settings(need_token=False, **ALL)
    assert KEY not in repr(settings) + str(settings) + str(settings.model_dump())
    assert settings.secrets == (KEY,)
    assert mask(f"Bearer {KEY}", settings.secrets) == "Bearer [token]"
    assert settings.llm_api_key == SecretStr(KEY)
