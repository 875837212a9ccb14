"""The only place that knows SQL: rows in, core values out."""
