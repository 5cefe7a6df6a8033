"""The text of an HTTP body, whatever it was packed and written in.

Rules
- gzip and deflate are unpacked, named or not; of what is packed otherwise there are no words.
- What it is written in is looked for as in a file (``saved_text``); the header or the page itself
  may say it.
- No more than a megabyte is unpacked: a small body may hold a very large one.
"""

from __future__ import annotations

import re
import zlib
from codecs import getincrementaldecoder
from contextlib import suppress
from email.message import Message
from typing import TYPE_CHECKING, Final

from glmkit.environment.saved_text import charsets_of

if TYPE_CHECKING:
    from websockets.http11 import Response

_MOST: Final = 2**20  # bytes
_GZIP: Final = b"\x1f\x8b"
_PACKED: Final = {"gzip", "x-gzip", "deflate"}
_CHARSET: Final = re.compile(
    rb"(?i)<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w-]+)"
)
#: Charsets; Python decodes by other names, too, what is no text, or slowly.
_KNOWN: Final = re.compile(r"(?i)utf|gb|big5|iso|windows|cp|shift|euc|koi|hz")


def words_of(response: Response) -> str:
    """The body as text; empty where nobody can read it."""
    body = _unpacked(bytes(response.body or b""), _named(response, "Content-Encoding"))
    return _decoded(body, _charset(_named(response, "Content-Type"), body))


def _named(response: Response, header: str) -> str:
    """A header, the last one where it came twice."""
    return next(reversed(response.headers.get_all(header)), "")


def _unpacked(body: bytes, packed: str) -> bytes:
    codings = [name for part in packed.lower().split(",") if (name := part.strip()) != "identity"]
    for coding in reversed([name for name in codings if name]):
        if coding not in _PACKED:
            return b""
        body = _inflated(body)
    return _inflated(body) if body.startswith(_GZIP) else body


def _inflated(body: bytes) -> bytes:
    """What was packed, as far as it goes; a body that only claims to be is left as it is."""
    for window in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):  # gzip or zlib; deflate without a head
        try:
            return zlib.decompressobj(window).decompress(body, _MOST)
        except zlib.error:
            continue
    return b"" if body.startswith(_GZIP) else body


def _charset(content_type: str, body: bytes) -> str | None:
    head = Message()
    head["Content-Type"] = content_type
    said = head.get_content_charset()
    if said is None and (found := _CHARSET.search(body[:2048])):
        said = found[1].decode("ascii", "replace")
    return said


def _decoded(body: bytes, said: str | None) -> str:
    known = said if said and _KNOWN.match(said) else None
    for charset in charsets_of(body, known):
        with suppress(LookupError, UnicodeError):
            return getincrementaldecoder(charset)().decode(body)  # it may be cut amid a character
    return body.decode("utf-8", "replace")
