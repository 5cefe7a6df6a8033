"""Hearing: what was said, and the one detector of speech that all sessions share."""
