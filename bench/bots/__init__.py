"""The bots that are measured, each a program: `python -m bench.bots.NAME API_URL`."""
