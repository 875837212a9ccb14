"""Telegram: an update in, one flow call, a view out."""

import os

# The library's durations as timedelta, its future default; without this every RetryAfter warns of the change.
os.environ.setdefault("PTB_TIMEDELTA", "true")
