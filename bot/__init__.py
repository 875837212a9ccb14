"""Kaoguan (考官): an examiner in Telegram."""
