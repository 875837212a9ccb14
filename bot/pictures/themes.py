"""The colours of a picture."""

from __future__ import annotations

from dataclasses import dataclass

from bot.pictures.sheet import Theme


@dataclass(frozen=True, slots=True)
class Colours:
    """Text in `ink` and `dim` stands on `panel` with a contrast of at least 4.5; `heat` goes from none to most."""

    ground: str
    panel: str
    ink: str
    dim: str
    heat: tuple[str, str, str, str, str]

    @property
    def mature(self) -> str:
        """What is known for long."""
        return self.heat[3]

    @property
    def young(self) -> str:
        """What is being learnt."""
        return self.heat[1]

    @property
    def empty(self) -> str:
        """What is not there yet."""
        return self.heat[0]


COLOURS: dict[Theme, Colours] = {
    "light": Colours(
        ground="#eef1f4",
        panel="#ffffff",
        ink="#16202a",
        dim="#566472",
        heat=("#e6eaee", "#b5e2cb", "#6cc39a", "#2c9f6e", "#0c6b46"),
    ),
    "dark": Colours(
        ground="#0d1319",
        panel="#18212a",
        ink="#edf2f6",
        dim="#9dabb8",
        heat=("#27323c", "#205f47", "#27835c", "#3cb581", "#83eebb"),
    ),
}
