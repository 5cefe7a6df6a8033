"""The same session for callers that wait: one loop in one thread, and calls carried there."""
