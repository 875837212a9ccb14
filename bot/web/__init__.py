"""The HTTP side: health and, later, webhooks and metrics."""
