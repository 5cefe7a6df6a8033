"""In which language turns are asked, and how what they answer is written down."""

from __future__ import annotations

import hashlib
import json
import math
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
LANGUAGES = ("en", "zh")
COLUMNS = "100"


@contextmanager
def language(lang: str) -> Iterator[None]:
    """Meanwhile the reader's language is ``lang``, and a terminal has a fixed width."""
    wanted = {"GLMKIT_LANG": lang, "COLUMNS": COLUMNS}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def sha256(data: bytes | str) -> str:
    """The digest of bytes, or of words in UTF-8."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def homeless(words: str) -> str:
    """Words without the places of our modules, and without addresses in memory."""
    return re.sub(r" at 0x[0-9a-f]+", "", re.sub(r"\bglmkit(\.\w+)+\.(?=\w)", "", words))


def plain(value: Any, digits: int = 6) -> Any:
    """The value as JSON can hold it: numbers rounded, and what is no number or word as text."""
    if isinstance(value, bool | str | None):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(each, digits) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each, digits) for each in value]
    if hasattr(value, "item"):  # one of numpy's
        return plain(value.item(), digits)
    if isinstance(value, float):
        return round(value, digits) + 0.0 if math.isfinite(value) else str(value)
    return value if isinstance(value, int) else homeless(repr(value))


def records(table: Any) -> list[dict[str, Any]]:
    """A DataFrame's rows; a cell without a value is None."""
    known = table.astype(object).where(table.notna(), None)
    rows: Iterable[dict[str, Any]] = known.to_dict("records")
    return [plain(row) for row in rows]


def as_json(value: Any) -> str:
    """How a part is written down."""
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
