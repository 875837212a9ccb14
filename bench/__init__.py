"""The bench: what the bot costs, measured side by side with bare bots in one run. `make bench` runs it."""
