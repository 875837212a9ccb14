"""Who lives in the playground from the start: five people, a bot, and a group with all of them."""

from __future__ import annotations

import itertools
from typing import Any

from bot.playground.world import Member, World

BOT_ID = 7_100_000_001
GROUP_ID = -4_200_000_001
GROUP = "读书小组"
PEOPLE = (  # ids beyond 32 bits, as new accounts have them
    (5_300_000_001, "小周", "xiaozhou", "zh-hans"),
    (5_300_000_002, "Ada", "ada_reads", "en"),
    (5_300_000_003, "Lin", "", "zh-hans"),
    (5_300_000_004, "小陈", "", "zh-hans"),
    (5_300_000_005, "Mia", "mia_m", "en"),
)


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


def new_world(first_message: int = 1) -> World:
    """A fresh world whose message ids go on from `first_message`."""
    world = World(bot_user(), numbers=itertools.count(first_message))
    for row in PEOPLE:
        world.add_person(user(*row))
    members = {row[0]: Member() for row in PEOPLE} | {PEOPLE[0][0]: Member("creator")}
    world.add_group(GROUP_ID, GROUP, members | {BOT_ID: Member()})
    return world
