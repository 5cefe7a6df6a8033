"""``Halted``: an install that cannot go on. Its words are printed, and nobody else sees it.

The kit's own errors are not at hand before the kit is installed.
"""

from __future__ import annotations


class Halted(Exception):
    """What was found, what was expected, what to do."""
