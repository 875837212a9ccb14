"""Anki's collection file as its version 11 has it: an SQLite database, most of its settings JSON in one row.

The columns and what they mean: https://github.com/ankitects/anki (rslib/src/storage/schema11.sql, card/data.rs) and
https://github.com/ankidroid/Anki-Android/wiki/Database-Structure.
"""

from __future__ import annotations

from typing import Any

from bot.core.learners import Preset

Json = dict[str, Any]
MODEL_ID = 1_795_000_000_001  # one and the same for ever: Anki knows the kind of our notes by it
PRESET_ID = MODEL_ID + 1  # of our decks' options
USN = -1  # not synchronised yet
NEW, REVIEW = 0, 2  # a card's type and queue
SUSPENDED = -1  # its queue, whatever its type

SCHEMA = """
CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL, scm integer NOT NULL,
  ver integer NOT NULL, dty integer NOT NULL, usn integer NOT NULL, ls integer NOT NULL, conf text NOT NULL,
  models text NOT NULL, decks text NOT NULL, dconf text NOT NULL, tags text NOT NULL);
CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL, mod integer NOT NULL,
  usn integer NOT NULL, tags text NOT NULL, flds text NOT NULL, sfld integer NOT NULL, csum integer NOT NULL,
  flags integer NOT NULL, data text NOT NULL);
CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL, ord integer NOT NULL,
  mod integer NOT NULL, usn integer NOT NULL, type integer NOT NULL, queue integer NOT NULL, due integer NOT NULL,
  ivl integer NOT NULL, factor integer NOT NULL, reps integer NOT NULL, lapses integer NOT NULL,
  left integer NOT NULL, odue integer NOT NULL, odid integer NOT NULL, flags integer NOT NULL, data text NOT NULL);
CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL, ease integer NOT NULL,
  ivl integer NOT NULL, lastIvl integer NOT NULL, factor integer NOT NULL, time integer NOT NULL,
  type integer NOT NULL);
CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);
CREATE INDEX ix_notes_usn ON notes (usn);
CREATE INDEX ix_notes_csum ON notes (csum);
CREATE INDEX ix_cards_usn ON cards (usn);
CREATE INDEX ix_cards_nid ON cards (nid);
CREATE INDEX ix_cards_sched ON cards (did, queue, due);
CREATE INDEX ix_revlog_usn ON revlog (usn);
CREATE INDEX ix_revlog_cid ON revlog (cid);
"""

_CSS = """.card { font-family: sans-serif; font-size: 18px; line-height: 1.5; text-align: left; }
pre, code { font-family: monospace; font-size: 0.9em; }
pre { overflow-x: auto; white-space: pre-wrap; }
blockquote { margin: 0.5em 0; padding-left: 0.8em; border-left: 3px solid #8888; }"""


def models(mod: int) -> Json:
    """The one kind of note there is, front and back."""
    template = {
        "name": "Card 1",
        "ord": 0,
        "qfmt": "{{Front}}",
        "afmt": "{{FrontSide}}<hr id=answer>{{Back}}",
        "bqfmt": "",
        "bafmt": "",
        "did": None,
    }
    kind = {"id": MODEL_ID, "name": "Kaoguan", "type": 0, "mod": mod, "usn": USN, "sortf": 0, "did": None}
    shape = {"tmpls": [template], "flds": [_field("Front", 0), _field("Back", 1)], "req": [[0, "any", [0]]]}
    return {str(MODEL_ID): kind | shape | {"css": _CSS, "latexPre": "", "latexPost": "", "tags": [], "vers": []}}


def deck(deck_id: int, name: str, mod: int) -> Json:
    """A deck; `::` in its name stands between it and the one it lies in."""
    today = {name: [0, 0] for name in ("lrnToday", "revToday", "newToday", "timeToday")}
    shown = {"collapsed": False, "browserCollapsed": False, "desc": "", "dyn": 0}
    return (
        {"id": deck_id, "name": name, "mod": mod, "usn": USN, "conf": PRESET_ID}
        | today
        | shown
        | {
            "extendNew": 0,
            "extendRev": 0,
        }
    )


def options(mod: int, preset: Preset) -> Json:
    """The presets that decks have their options from: Anki's defaults, and the same with the retention that is wanted,
    and one's own parameters of FSRS where there are any."""
    new = {"bury": False, "delays": [1, 10], "initialFactor": 2500, "ints": [1, 4, 0], "order": 1, "perDay": 20}
    review = {"bury": False, "ease4": 1.3, "ivlFct": 1, "maxIvl": 36500, "perDay": 200, "hardFactor": 1.2}
    lapse = {"delays": [10], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0}
    usual = {"id": 1, "name": "Default", "mod": mod, "usn": USN, "maxTaken": 60, "autoplay": True, "timer": 0}
    usual |= {"replayq": True, "dyn": False, "new": new, "rev": review, "lapse": lapse}
    memory = {"desiredRetention": preset.retention / 100, "fsrsParams6": list(preset.parameters or ())}
    return {"1": usual, str(PRESET_ID): usual | memory | {"id": PRESET_ID, "name": "Kaoguan"}}


def settings(day_start: int, minutes_west: int) -> Json:
    """What tells when a day begins: at `day_start` o'clock, so many minutes west of UTC where the collection began."""
    when = {"rollover": day_start, "creationOffset": minutes_west, "schedVer": 2}
    return when | {"curDeck": 1, "activeDecks": [1], "curModel": MODEL_ID, "nextPos": 1, "newSpread": 0}


def _field(name: str, place: int) -> Json:
    return {"name": name, "ord": place, "sticky": False, "rtl": False, "font": "Arial", "size": 20, "media": []}
