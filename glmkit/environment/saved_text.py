"""Text as programs of all kinds save it: spreadsheets, editors and shells of three systems.

Rules
- A byte-order mark decides, and so do two letters of ASCII with a zero each: that is UTF-16.
- Else it is UTF-8, with or without its mark, where that fits; else what it says of itself, where it
  does; else GB 18030, which holds GBK: what a Chinese Windows saves as "ANSI".
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Final, Literal

_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UNMARKED: Final = re.compile(rb"(?:\0[\t -~\r\n]){2}|(?:[\t -~\r\n]\0){2}")


def text_in(raw: bytes, *, errors: Literal["strict", "replace"] = "strict") -> str:
    """The text of a file's bytes. Raises UnicodeDecodeError where it is in nothing of these.

    ``errors="replace"``: then it is taken for UTF-8, with signs in place of what is not.
    """
    refused: UnicodeDecodeError | None = None
    for charset in charsets_of(raw):
        try:
            return raw.decode(charset)
        except UnicodeDecodeError as error:
            refused = refused or error
    if errors == "replace" or refused is None:
        return raw.decode("utf-8-sig", "replace")
    raise refused


def charsets_of(raw: bytes, said: str | None = None) -> Iterator[str]:
    """What bytes may be in, likeliest first; ``said``: what they say of themselves."""
    if raw.startswith(_MARKS):
        yield "utf-16"
    elif _UNMARKED.match(raw):
        yield "utf-16-be" if raw[0] == 0 else "utf-16-le"
    yield "utf-8-sig"
    if said:
        yield said
    yield "gb18030"
