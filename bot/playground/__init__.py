"""Telegram in miniature: an embedded Bot API with people, a group, polls, a clock of its own and a page to chat on."""
