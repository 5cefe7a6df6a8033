"""Text as programs of all kinds save it: spreadsheets, editors and shells of three systems.

Rules
- A byte-order mark decides, and so do two letters of ASCII with a zero each: that is UTF-16.
- Else it is UTF-8, with or without its mark, where that fits; else what it says of itself, where it
  does; else what Windows saves as "ANSI": in China GB 18030, which holds GBK, in Western Europe and
  America Windows-1252.
- Most bytes of any charset are something in GB 18030. Letters with accents that stand among plain
  ones are Windows-1252, where one stands alone at least: those of everyday Chinese (GB 2312) are in
  pairs. It is taken for GB 18030 only where most of it is everyday Chinese. What looks like neither
  (Big5, Shift JIS, …) is in none of these.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Final, Literal

_MARKS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UNMARKED: Final = re.compile(rb"(?:\0[\t -~\r\n]){2}|(?:[\t -~\r\n]\0){2}")
_DEGREE: Final = re.compile(rb"\b([Nn])\xb0(?![\x80-\xff])")  # French for number: N°
_NO_ASCII: Final = re.compile(rb"[\x80-\xff]+")
#: Letters of Windows-1252, and what word processors make of quotation marks and dashes.
_ACCENTED: Final = re.compile(
    rb"[\x8a\x8c\x8e\x9a\x9c\x9e\x9f\xaa\xba\xc0-\xd6\xd8-\xf6\xf8-\xfe\x80\x91-\x97\xa0\xab\xbb]{1,2}"
)


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
    runs = _NO_ASCII.findall(_DEGREE.sub(rb"\1", raw))
    accented = all(map(_ACCENTED.fullmatch, runs))
    if accented and (not runs or any(len(run) == 1 for run in runs)):
        yield "cp1252"
    elif _is_chinese(raw.decode("gb18030", "replace")):
        yield "gb18030"
    elif accented:
        yield "cp1252"


def _is_chinese(words: str) -> bool:
    """Whether at least half of what is no ASCII is in everyday use, and none of nobody's."""
    foreign = [letter for letter in words if not letter.isascii() and letter != "\ufffd"]
    everyday = sum(len(letter.encode("gb2312", "ignore")) > 0 for letter in foreign)
    return 2 * everyday >= len(foreign) and not any(
        "\ue000" <= each <= "\uf8ff" for each in foreign
    )
