"""Slips to print and cut: each pupil's line, and a QR code of where a browser takes the seat.

::

    http://192.168.1.5:8765/_class/seat?lang=zh#ws://seat-07.k3m…q@192.168.1.5:8765

Rules
- Who has no camera types: the address of that page, and there the seat's key, which stands in
  groups of a few letters. Blanks between them are nothing, and the address is known there.
- What opens the seat is the line, which holds the seat's own key; the service's key is not there.
  It stands behind ``#``, which no browser sends: it is in no log, and only the page reads it.
- Black on white with the white margin that readers look for, whatever the page's theme; 15 % of it
  may be creased or stained.
- The codes are made by segno. Without it, slips have the line alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlsplit

from glmkit.auth.masking import Secret
from glmkit.classroom.desk_request import ROOT
from glmkit.environment.features import has, needs, pip

if TYPE_CHECKING:
    from glmkit.auth.seat_line import SeatLine
    from glmkit.classroom.roster import Pupil
    from glmkit.texts import Language

_MARGIN: Final = 4  # modules, as the standard asks for
_GROUP: Final = 6  # letters that are read at once
_LEVEL: Final = "m"  # 15 % can be mended


def slip(line: SeatLine, pupil: Pupil, *, lang: Language) -> dict[str, Any]:
    """A pupil's slip as a page gets it; ``code`` is a picture's address (SVG), or None."""
    address = seat_address(line, lang=lang)
    return {
        "number": pupil.number,
        "name": pupil.name,
        "line": line.reveal(),
        "page": seat_page(line),
        "typed": typed_key(line).reveal(),
        "code": _code_of(address) if has("slip_codes") else None,
    }


def how_to_get_codes() -> str | None:
    """The command that brings what makes codes; None where it is here."""
    return None if has("slip_codes") else pip("segno")


def seat_page(line: SeatLine) -> str:
    """The page on which a browser takes a seat: no secret is in its address."""
    parts = urlsplit(line.place().url)
    scheme = "https" if parts.scheme == "wss" else "http"
    return f"{scheme}://{parts.netloc}{ROOT}/seat"


def typed_key(line: SeatLine) -> Secret:
    """The key of a line, as it is printed to be typed."""
    id, _, secret = line.place().key.reveal().partition(".")
    groups = (secret[at : at + _GROUP] for at in range(0, len(secret), _GROUP))
    return Secret(f"{id}.{' '.join(groups)}")


def seat_address(line: SeatLine, *, lang: Language) -> Secret:
    """Where a browser takes the seat of a line."""
    behind = quote(line.reveal(), safe=":/@.-[]")
    return Secret(f"{seat_page(line)}?lang={lang}#{behind}")


def _code_of(address: Secret) -> str:
    needs("slip_codes")
    import segno

    code = segno.make_qr(address.reveal(), error=_LEVEL, boost_error=False)
    return str(code.svg_data_uri(border=_MARGIN, dark="#000", light="#fff", omitsize=True))
