"""Who lives in the playground from the start: some people, a bot, and a group."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from bot.playground.world import Member, World

BOT_ID = 7_100_000_001
GROUP_ID = -4_200_000_001
GROUP = "读书小组"
FIRST_ID = 5_300_000_001  # beyond 32 bits, as new accounts have them
THINK = 8.0  # seconds
_UNSEEN_ID, _UNSEEN_GROUP_ID = 6_000_000_001, -4_500_000_001
_GROUP_SIZE = 50  # of the unseen
_BEST, _WORST = 0.92, 0.35  # skills of simulated members


@dataclass(frozen=True, slots=True)
class Part:
    """A person of a cast; with a `skill` (0 to 1) they answer polls by themselves."""

    name: str
    username: str = ""
    language: str = "zh-hans"
    skill: float | None = None
    inside: bool = True  # a member of the group from the start


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is there; the first founded the group. `unseen` more practise where the page does not show it, each after
    `think` seconds of thought, which is their median."""

    people: tuple[Part, ...]
    group: str = GROUP
    unseen: int = 0
    think: float = THINK


DEFAULT = Cast(
    (
        Part("小周", "xiaozhou"),
        Part("Ada", "ada_reads", "en"),
        Part("Lin"),
        Part("小陈"),
        Part("Mia", "mia_m", "en"),
    )
)
_MORE = (
    *("Noah", "阿May", "老吴", "Grace", "小雨", "Omar", "思远", "Ines", "阿哲", "Yuki", "晓彤", "Leo", "文博"),
    *("Priya", "大刘", "Sofia", "子涵", "Jonas", "小孟", "Vera", "乐乐", "Hugo", "静怡", "Tara", "老周", "Emil"),
)
MOST = 4 + len(_MORE)  # simulated members of the group at the most
MOST_UNSEEN = 10_000


def lively(count: int, seed: int, think: float = THINK) -> Cast:
    """The default people, of whom `count` but the founder (and, beyond four, newcomers) answer by themselves.

    Whoever is beyond MOST is unseen.
    """
    unseen, count = max(count - MOST, 0), min(count, MOST)
    founder, *known = DEFAULT.people
    others = [*known, *(Part(name, language="en" if name.isascii() else "zh-hans") for name in _MORE)]
    skills = [_BEST - (_BEST - _WORST) * index / max(count - 1, 1) for index in range(count)]
    Random(seed).shuffle(skills)  # noqa: S311 - play, and to be repeatable
    simulated = [replace(part, skill=skill) for part, skill in zip(others, skills, strict=False)]
    return Cast((founder, *simulated, *known[count:]), unseen=unseen, think=think)


def bot_user() -> dict[str, Any]:
    """The bot as getMe shows it: privacy mode on, no inline mode."""
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
        "supports_guest_queries": False,
    }
    return {"id": BOT_ID, "is_bot": True, "first_name": "考官", "username": "kaoguan_bot", **abilities}


def user(user_id: int, name: str, username: str, language: str) -> dict[str, Any]:
    """A person's Bot API User."""
    known = {"username": username} if username else {}
    return {"id": user_id, "is_bot": False, "first_name": name, **known, "language_code": language}


def new_world(cast: Cast = DEFAULT, first_message: int = 1, number: int = 0) -> World:
    """A fresh world whose message ids go on from `first_message`; of another `number` everybody has another id."""
    world = World(bot_user(), numbers=itertools.count(first_message))
    members = {BOT_ID: Member()}
    first = FIRST_ID + 1000 * number
    for index, part in enumerate(cast.people):
        account = world.add_person(user(first + index, part.name, part.username, part.language), part.skill)
        if part.inside:
            members[account.id] = Member("member" if index else "creator")
    world.add_group(GROUP_ID - number, cast.group, members)
    _add_unseen(world, cast.unseen, number)
    return world


def _add_unseen(world: World, count: int, number: int) -> None:
    """So many people, each fifty of them in a group with the bot."""
    people = range(_UNSEEN_ID + 100_000 * number, _UNSEEN_ID + 100_000 * number + count)
    for index, user_id in enumerate(people):
        world.add_person(user(user_id, f"P{index + 1}", "", "zh-hans" if index % 2 else "en"), _WORST)
    groups = range(_UNSEEN_GROUP_ID - 1000 * number, _UNSEEN_GROUP_ID - 1000 * number - -(-count // _GROUP_SIZE), -1)
    for index, chat_id in enumerate(groups):
        inside = people[index * _GROUP_SIZE : (index + 1) * _GROUP_SIZE]
        members = {user_id: Member("member" if at else "creator") for at, user_id in enumerate(inside)}
        world.add_group(chat_id, f"G{index + 1}", {BOT_ID: Member(), **members})
    world.unseen = {*people, *groups}
