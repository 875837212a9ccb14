"""`kaoguan VERB`, the same as `python -m bot VERB`. Whatever keeps it from starting is one plain sentence, exit 2."""

from __future__ import annotations

import asyncio
import errno
import gc
import json
import sys
import tempfile
import webbrowser
from collections.abc import Coroutine
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import structlog
import typer

from bot.core.errors import KaoguanError, StartError
from bot.logs import mask, set_up_logs
from bot.playground.errors import ScenarioError
from bot.settings import Settings, SettingsError, load_settings

if TYPE_CHECKING:
    from bot.playground.scenario import Scenario

# The verbs import what they run only when they run it: `--help` is quick, and `check` needs neither net nor database.
_DEMO_TOKEN = "1:demo"  # noqa: S105 - opens nothing but the playground
# SQLite's thread lets the interpreter go at every statement and, while the loop is busy, waits so long to get it back:
# with Python's own 5 ms, an answer's twenty statements took up to 100 ms.
_SWITCH_S = 0.0005
app = typer.Typer(
    name="kaoguan",
    help="Kaoguan (考官): an examiner in Telegram.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


def main(arguments: list[str] | None = None) -> None:
    """Run one verb and exit: 0 done, 1 the bank has problems or the bot broke down, 2 it could not start."""
    set_up_logs()
    try:
        app(arguments)
    except (KaoguanError, SettingsError, ScenarioError) as error:
        typer.echo(mask(str(error)), err=True)
        sys.exit(2)
    except Exception:  # noqa: BLE001
        # By way of the log, which masks secrets; Python's own traceback would show them.
        structlog.get_logger(__name__).critical("broken down", exc_info=True)
        sys.exit(1)


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - typer passes it so
    if wanted:
        typer.echo(f"kaoguan {version('kaoguan')}")
        raise typer.Exit


@app.callback()
def _kaoguan(
    *,
    _version: Annotated[
        bool, typer.Option("--version", help="Say which version this is.", is_eager=True, callback=_show_version)
    ] = False,
) -> None:
    """Kaoguan (考官): an examiner in Telegram. Settings come from the environment and `.env`."""


@app.command("run")
def _run() -> None:
    """Serve the bot of BOT_TOKEN until SIGTERM or Ctrl-C."""
    settings = load_settings(need_token=True)
    _set_up(settings)
    gc.disable()  # a start makes what stays, and would be searched for garbage again and again; app switches it on
    from bot.app import run  # noqa: PLC0415

    _serve(settings, run(settings))


@app.command("demo")
def _demo(
    *,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The page's port; 0 takes any free one.")] = 8000,
    db: Annotated[Path | None, typer.Option(help="Keep the database here; without it every demo starts anew.")] = None,
    open_page: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
    people: Annotated[int, typer.Option(min=0, max=10_030, help="Simulated people; beyond 30 unseen, as load.")] = 0,
    think: Annotated[float, typer.Option(min=0.01, max=3600, help="The median thought of the unseen, in seconds.")] = 8,
    seed: Annotated[int | None, typer.Option(help="Play the same every time: who answers what, and when.")] = None,
    scenario: Annotated[Path | None, typer.Option(help="Play a file of steps: a group's week in fast motion.")] = None,
) -> None:
    """Chat with the examiner on a page of its own: no token, no network."""
    play = _scenario(people, seed, think, scenario)
    with tempfile.TemporaryDirectory(prefix="kaoguan-") as folder:
        file = (db or Path(folder) / "demo.db").absolute()
        settings = load_settings(need_token=False, bot_token=_DEMO_TOKEN, database_url=f"sqlite:///{file}")
        _set_up(settings)
        from bot.demo import demo  # noqa: PLC0415

        _serve(settings, demo(settings, port, lambda url: _show(url, open_page=open_page), play))


def _scenario(people: int, seed: int | None, think: float, path: Path | None) -> Scenario:
    """What the demo plays. A file says who is there; a seed given here wins over the file's."""
    from bot.playground import defaults, scenario, script  # noqa: PLC0415

    if path is None:
        cast = defaults.lively(people, seed or 0, think) if people else defaults.DEFAULT
        return scenario.Scenario(cast, seed)
    if people:
        raise StartError("A scenario tells who is there: give either --people or --scenario.")
    read = script.read(path)
    return read if seed is None else replace(read, seed=seed)


@app.command("check")
def _check(
    path: Annotated[
        Path | None, typer.Argument(help="A folder of banks, one bank, or one .md or .txt file; else CONTENT_DIR.")
    ] = None,
    *,
    rubrics: Annotated[bool, typer.Option("--rubrics", help="Grade with every rubric, too; takes longer.")] = False,
) -> None:
    """Count a bank's questions and tell every problem as `path:line: sentence`. Needs no token and no network."""
    from bot.flows.library import check  # noqa: PLC0415

    report = check(path or _content(), rubrics=rubrics)
    for problem in report.problems:
        typer.echo(str(problem))
    typer.echo(report.summary)
    if report.problems:
        raise typer.Exit(1)


@app.command("rebuild")
def _rebuild() -> None:
    """Plan every card anew from the review log and say how many were planned otherwise: none, if all is well."""
    settings = load_settings(need_token=False)
    _set_up(settings)
    from bot.verbs import rebuilt  # noqa: PLC0415

    looked_at, differed = asyncio.run(rebuilt(settings.database_url))
    typer.echo(f"{looked_at} cards, {differed} differed.")


@app.command("grade")
def _grade(
    question: Annotated[str, typer.Argument(help="The question's id, or bank/id; the answer is standard input.")] = "",
    *,
    jsonl: Annotated[Path | None, typer.Option(help='Grade a file of lines {"id": …, "answer": …}.')] = None,
    rubric: Annotated[Path | None, typer.Option(help="Grade by the rubrics of this file, not the bank's.")] = None,
    content: Annotated[Path | None, typer.Option(help="The banks; else CONTENT_DIR.")] = None,
) -> None:
    """Grade typed answers and print JSON, one object a line. Needs no token and no network."""
    from bot.verbs import grader, lines_graded  # noqa: PLC0415

    if bool(question) == (jsonl is not None):
        raise StartError("Name a question, with the answer on standard input, or give --jsonl FILE.")
    grade = grader(content or _content(), rubric)
    answers = lines_graded(grade, jsonl) if jsonl else iter([(grade(question, _standard_input()), True)])
    worked = True
    for found, graded in answers:
        typer.echo(json.dumps(found, ensure_ascii=False))
        worked = worked and graded
    if not worked:
        raise typer.Exit(1)


@app.command("overrides")
def _overrides(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a sentence.")] = False,
    content: Annotated[Path | None, typer.Option(help="The banks; else CONTENT_DIR.")] = None,
) -> None:
    """Print what people say they said where the grader missed it, as synonyms to add to rubrics. Names nobody."""
    from bot.verbs import suggestions  # noqa: PLC0415

    settings = load_settings(need_token=False)
    lines = asyncio.run(suggestions(content or settings.content_dir, settings.database_url, as_json=as_json))
    for line in lines or ([] if as_json else ["Nobody has disagreed with the grader so far."]):
        typer.echo(line)


def _standard_input() -> str:
    """What it holds, as UTF-8; what is none is shown as such, not refused."""
    return sys.stdin.buffer.read().decode("utf-8", errors="replace")


def _content() -> Path:
    return load_settings(need_token=False).content_dir


def _set_up(settings: Settings) -> None:
    set_up_logs(settings.log_level, settings.log_format, secrets=settings.secrets)


def _serve(settings: Settings, life: Coroutine[Any, Any, None]) -> None:
    """Run it to its end. What keeps it from starting shows no secret; an address that cannot be had is told as well."""
    sys.setswitchinterval(_SWITCH_S)
    try:
        with asyncio.Runner(loop_factory=_new_loop) as runner:
            runner.run(life)
    except KaoguanError as error:
        raise StartError(mask(str(error), settings.secrets)) from error
    except OSError as error:
        if error.errno not in {errno.EADDRINUSE, errno.EADDRNOTAVAIL, errno.EACCES}:
            raise
        raise StartError(f"It cannot start: {error.strerror or error}. Another port may do: --port 0.") from error


def _new_loop() -> asyncio.AbstractEventLoop:
    """The faster loop, where there is one (not on Windows)."""
    try:
        import uvloop  # noqa: PLC0415
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()


def _show(url: str, *, open_page: bool) -> None:
    typer.echo(f"打开 {url} 就能和考官聊天，按 Ctrl-C 结束。")
    typer.echo(f"Open {url} and chat with the examiner. Ctrl-C ends the demo.")
    if open_page:
        webbrowser.open(url)


if __name__ == "__main__":
    main()
