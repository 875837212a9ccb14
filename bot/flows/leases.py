"""How long a claim holds."""

from __future__ import annotations

from datetime import timedelta

# What is claimed and not settled by then, its `retry_at`, belongs to nobody: whoever claimed it has died.
LEASE = timedelta(minutes=2)
