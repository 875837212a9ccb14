"""/stats in private: a picture of one's progress, with the numbers in words as its caption."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.flows import progress, stats
from bot.flows.callers import Caller, arrive
from bot.pictures.fonts import Fonts
from bot.pictures.sheet import THEMES, Sheet, Theme
from bot.tg.buttons import Verb
from bot.tg.delivery import Outcome, Refused, Sent
from bot.tg.desk import Desk, caller_of, said
from bot.tg.progress_views import sheet_of, theme_button, theme_of
from bot.tg.routes import Routes
from bot.tg.stats_views import no_stats_view, stats_texts
from bot.tg.studio import Studio
from bot.tg.views import View
from bot.tg.visits import Visit

_UNDRAWN = Refused("file")  # what Telegram says of a picture that it does not have any more


def routes(desk: Desk, fonts: Fonts) -> Routes:
    """/stats in private, and the button under its picture."""
    here = _Progress(desk, Studio(fonts))
    return Routes({"stats": here.stats}, {Verb.THEME: (1, here.theme)})


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is about to be shown: the caption over its button, what does not fit it, and what to draw."""

    person_id: int
    caption: View  # of at most 1,024 units
    rest: tuple[View, ...]
    sheet: Sheet
    theme: Theme

    @property
    def digest(self) -> str:
        """Names this very picture."""
        return self.sheet.digest(self.theme)


class _Progress:
    """The handlers, around their desk."""

    def __init__(self, desk: Desk, studio: Studio) -> None:
        self._desk = desk
        self._studio = studio

    async def stats(self, came: Visit) -> None:
        """/stats"""
        shown = await self._shown(caller_of(self._desk, came))
        if shown is None:
            language = await said(self._desk, came)
            await self._say(came, no_stats_view(self._desk.words, language))
            return

        async def post(picture: bytes | str) -> Outcome:
            return await self._desk.delivery.photo(came.chat.id, shown.caption, picture, thread_id=came.thread_id)

        outcome = await self._show(shown, post)
        if outcome is None or isinstance(outcome, Refused):
            await self._say(came, View(shown.caption.text))
        for view in shown.rest:
            await self._say(came, view)

    async def theme(self, came: Visit, numbers: tuple[int, ...]) -> None:
        """The button under the picture: the same in the other colours, and so from now on."""
        caller, desk = caller_of(self._desk, came), self._desk
        if numbers[0] >= len(THEMES):
            await desk.delivery.toast(came.press_id, desk.words.said(await said(desk, came), "too-old"))
            return
        await desk.write(progress.choose_theme, caller, THEMES[numbers[0]])
        shown = await self._shown(caller)
        if shown is not None:

            async def post(picture: bytes | str) -> Outcome:
                return await desk.delivery.repaint(came.chat.id, came.message_id, shown.caption, picture)

            await self._show(shown, post)
        await desk.delivery.toast(came.press_id)

    async def _shown(self, caller: Caller) -> _Shown | None:
        """What there is to show; None for who has answered nothing, and brought nothing along."""
        desk = self._desk
        await desk.write(arrive, caller)
        numbers = await desk.read(stats.stats, caller)
        stands = await desk.read(progress.progress, caller)
        if not numbers.answered and not stands.remembered:
            return None
        head, *rest = stats_texts(desk.words, numbers, stands)
        theme = theme_of(stands)
        caption = View(head, theme_button(desk.words, numbers.language, theme))
        sheet = sheet_of(desk.words, stands, numbers.streak, chinese=self._studio.chinese)
        return _Shown(caller.person.id, caption, tuple(map(View, rest)), sheet, theme)

    async def _show(self, shown: _Shown, post: Callable[[bytes | str], Awaitable[Outcome]]) -> Outcome | None:
        """Post the picture that Telegram has of it, else draw it; None where that fails."""
        which = (shown.person_id, shown.theme, shown.digest)
        file_id = await self._desk.read(progress.shown, *which)
        outcome = await post(file_id) if file_id else _UNDRAWN
        if outcome == _UNDRAWN:
            drawn = await self._studio.draw(shown.sheet, shown.theme)
            if drawn is None:
                return None
            outcome = await post(drawn)
            if isinstance(outcome, Sent) and outcome.file_id:
                await self._desk.insist(progress.show, *which, outcome.file_id)
        return outcome

    async def _say(self, came: Visit, view: View) -> None:
        await self._desk.delivery.send(came.chat.id, view, thread_id=came.thread_id)
