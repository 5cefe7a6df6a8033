"""The code that a document shows, taken out of it."""

from __future__ import annotations

import re
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def blocks(document: str, language: str) -> list[str]:
    """The blocks of one language, in order."""
    words = (DOCS / document).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", words, re.MULTILINE | re.DOTALL)


def code_of(block: str) -> str:
    """A block without the words that differ from one language of readers to another."""
    return re.sub(r'  # .*|""".*"""', "", block)
