"""Drawn sequences that no reasonable server or client would send: the same for the same seed."""
