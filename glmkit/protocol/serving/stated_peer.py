"""Whom a relay or a class passes on to: said in a header of the handshake, which others ignore.

::

    X-Glmkit-Peer: class live
    X-Glmkit-Seat: 07%20%E5%BC%A0%E4%B8%89

Rules
- The peer is called ``class → live``: never ``live`` alone, whatever a server says of itself.
- Who is turned away is told by which of the two (``X-Glmkit-Peer: class``), and no more.
- To a recording a class says for whom it opens it (``?guest=seat-07``): each begins at its start.
- What stands there may be anything: it is cut, masked and of one line before anybody sees it.
"""

from __future__ import annotations

from typing import Final, NamedTuple
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

from websockets.datastructures import Headers

from glmkit.auth.masking import their_words

PEER_HEADER: Final = "X-Glmkit-Peer"
SEAT_HEADER: Final = "X-Glmkit-Seat"
GUEST: Final = "guest"
VIAS: Final = ("class", "relay")
ARROW: Final = " → "
_LONGEST: Final = 120  # bytes of a peer or a name


class StatedPeer(NamedTuple):
    """``peer`` as figures name it (``class → live``), and whose ``seat`` it is; empty: unsaid."""

    peer: str = ""
    seat: str = ""


def peer_headers(via: str, peer: str, *, seat: str = "") -> dict[str, str]:
    """The headers that say so; ``peer`` is ``live``, ``emulator``, ``file`` or an address."""
    said = {PEER_HEADER: f"{via} {quote(peer, safe=':/[]')}"}
    return said | ({SEAT_HEADER: quote(seat, safe="")} if seat else {})


def stated_in(headers: Headers | None) -> StatedPeer:
    """What the headers of a handshake's answer say; nothing of what is no such statement."""
    if headers is None:
        return StatedPeer()
    via, _, peer = _last(headers, PEER_HEADER).partition(" ")
    if via not in VIAS or not (peer := their_words(unquote(peer), _LONGEST)):
        return StatedPeer()
    seat = their_words(unquote(_last(headers, SEAT_HEADER)), _LONGEST)
    return StatedPeer(through(via, peer), seat)


def via_in(headers: Headers) -> str:
    """What an answer says gave it: ``class``, ``relay``, or "" where it says neither."""
    via = _last(headers, PEER_HEADER).partition(" ")[0]
    return via if via in VIAS else ""


def for_guest(url: str, guest: str) -> str:
    """The address of a recording, with for whom it is opened."""
    return f"{url}?{urlencode({GUEST: guest})}"


def guest_named(path: str) -> str:
    """For whom a request's path says it opens a recording; "" where it does not."""
    found = parse_qs(urlsplit(path).query).get(GUEST)
    return found[0][:_LONGEST] if found else ""


def through(via: str, peer: str) -> str:
    """A peer that is reached by a class or a relay, as ``peer_name`` names both."""
    return f"{via}{ARROW}{peer}"


def _last(headers: Headers, name: str) -> str:
    return next(reversed(headers.get_all(name)), "")
