"""Hearing: how likely a frame is speech, where it begins and ends, and what was said."""
