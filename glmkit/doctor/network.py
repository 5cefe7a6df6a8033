"""The way to the service: the key, proxies, a knock at its door, and its clock beside ours.

Rules
- The knock is the WebSocket's own opening request, without any key: the service answers it with
  401, which is as good as open. It takes the way a session would take, through the same proxy.
- Its answer's Date header is the one clock there is to measure ours against; it counts whole
  seconds, and the knock takes time, so the result has a margin, which is said.
"""

from __future__ import annotations

import os
import socket
import ssl
import urllib.request
import warnings
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from time import perf_counter, time
from typing import Any
from urllib.parse import urlsplit

from glmkit.auth.masking import mask, their_words
from glmkit.doctor.check_guard import Begun, Late, within
from glmkit.doctor.report import Check, Level
from glmkit.errors import BadKey, GlmWarning
from glmkit.protocol.event_kinds import meaning
from glmkit.texts import text

REACH_SECONDS = 3.0
SKEW_SECONDS = 30.0
TOKEN_SECONDS = 600.0  # a token's life: a clock this far behind makes only expired ones
_USED = {"wss", "socks", "https"}  # what websockets takes on the way to a wss address
_SCHEMES = ("http", "https", "socks", "socks4", "socks4a", "socks5", "socks5h")


# -- the key -------------------------------------------------------------------------------


def key() -> Check:
    """Where a key is found and whether it can be one; the key itself is never shown."""
    from glmkit.auth.key_search import find_key

    to = os.environ.get("GLMKIT_TO") or None
    with warnings.catch_warnings(record=True) as noticed:
        warnings.simplefilter("always", GlmWarning)
        try:
            found = find_key()
        except BadKey as error:
            level: Level = "note" if to == "emulator" else "missing"
            todo = text("doctor.key_bad_todo")
            return Check("key", level, str(error), todo, {"leads_to": to or "live"})
    unreadable = " ".join(f"{each.message}. " for each in noticed)
    skipped = text("doctor.key_skipped") if to == "emulator" else ""
    if found is None:
        return _no_key(to or "emulator", unreadable, skipped)
    facts = {"leads_to": to or "live", "where": found.where}
    words = text("doctor.key", key=found.key, where=found.where)
    return Check("key", "ok", unreadable + words + skipped, facts=facts)


def _no_key(to: str, unreadable: str, skipped: str) -> Check:
    facts = {"leads_to": to}
    if to == "live":
        found = unreadable + text("doctor.key_none_live")
        return Check("key", "missing", found, text("doctor.key_todo"), facts)
    found = unreadable + text("doctor.key_none") + skipped
    return Check("key", "note" if unreadable else "ok", found, facts=facts)


def leads_live(line: Check) -> bool:
    """Whether ``connect()`` would go to the service, by what is known of the key."""
    return line.facts.get("leads_to") == "live"


# -- proxies -------------------------------------------------------------------------------


def proxy() -> Check:
    """The proxies of the environment or the system, without the passwords in them."""
    found = {name: url for name, url in urllib.request.getproxies().items() if name != "no"}
    shown = {name: _without_password(url) for name, url in sorted(found.items())}
    if not shown:
        return Check("proxy", "ok", text("doctor.proxy_none"))
    words = text("doctor.proxy", proxies=", ".join(f"{n}: {url}" for n, url in shown.items()))
    if odd := [name for name, url in found.items() if not _is_proxy(url)]:
        todo = text("doctor.proxy_todo", names=", ".join(f"{name}_proxy" for name in sorted(odd)))
        return Check("proxy", "note", words, todo, shown)
    if not found.keys() & _USED:
        return Check("proxy", "note", words, text("doctor.proxy_unused"), shown)
    return Check("proxy", "ok", words, facts=shown)


def _without_password(url: str) -> str:
    return mask(url.rpartition("@")[2] if "@" in url else url)


def _is_proxy(url: str) -> bool:
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        return parts.scheme in _SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


# -- the service ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ServiceAnswer:
    """What came of a knock: what failed (or ""), and what the door said, if it did.

    ``foreign``: the body is not written as the service writes. ``skew``: seconds our clock is
    ahead of its, give or take ``margin``.
    """

    host: str
    failed: str = ""
    reason: str = ""
    status: int = 0
    foreign: bool = False
    seconds: float = 0.0
    skew: float | None = None
    margin: float = 0.0


def knock(*, offline: bool = False, seconds: float = REACH_SECONDS) -> ServiceAnswer:
    """Ask the service's door, without a key, and say what came of it within ``seconds``."""
    url, host = _door()
    return ServiceAnswer(host, "offline") if offline else _asked(url, host, seconds)


def answered(begun: Begun[ServiceAnswer]) -> ServiceAnswer:
    """What came of a knock that was begun; a name that takes for ever to look up is late, too."""
    try:
        return within(begun, REACH_SECONDS + 0.5)
    except Late:
        return ServiceAnswer(_door()[1], "late", f"{REACH_SECONDS:g}")


def _door() -> tuple[str, str]:
    """The service's address, and its host to show: no name and password that are in it."""
    from glmkit.auth.key_search import LIVE_URL, OWN_ADDRESS

    url = os.environ.get(OWN_ADDRESS, "").strip() or LIVE_URL
    return url, mask(urlsplit(url).netloc.rpartition("@")[2] or url)


def _asked(url: str, host: str, seconds: float) -> ServiceAnswer:
    from websockets.exceptions import InvalidStatus, WebSocketException

    from glmkit.session.http_refusal import body_in

    began, now = perf_counter(), time()
    status, date, foreign = 101, None, False
    try:
        _open(url, seconds).close()
    except InvalidStatus as refused:
        status, date = refused.response.status_code, _date(refused.response.headers)
        foreign = body_in(refused.response).by == "other"
    except (OSError, WebSocketException, ValueError) as error:
        return ServiceAnswer(host, *_cause(error, seconds))
    took = perf_counter() - began
    skew, margin = _skew(date, now + took / 2), 0.5 + took / 2
    return ServiceAnswer(host, "", "", status, foreign, took, skew, margin)


def _cause(error: Exception, seconds: float) -> tuple[str, str]:
    """What failed, and the reason."""
    from websockets.exceptions import InvalidProxy, InvalidProxyStatus, ProxyError

    if isinstance(error, InvalidProxyStatus):
        status = error.response.status_code
        return "proxy", f"HTTP {status}, {meaning(None, status)}"
    if isinstance(error, InvalidProxy | ProxyError):
        return "proxy", their_words(str(error))
    if isinstance(error, TimeoutError):
        return "late", f"{seconds:g}"
    if isinstance(error, socket.gaierror):
        return "dns", error.strerror or str(error)
    if isinstance(error, ssl.SSLError):
        return "tls", error.reason or str(error)
    return "shut", their_words(str(error)) or type(error).__name__


def _date(headers: Any) -> str | None:
    """The Date header, where there is one and no second one."""
    return next(iter(dates), None) if len(dates := headers.get_all("Date")) == 1 else None


def _open(url: str, seconds: float) -> Any:
    """The WebSocket, opened in this thread, where a slow look-up of names holds up nobody."""
    from websockets.sync.client import connect

    from glmkit.auth.masking import masked_logger
    from glmkit.loopback import leads_here

    return connect(
        url,
        proxy=None if leads_here(url) else True,
        compression=None,
        open_timeout=seconds,
        close_timeout=1,
        logger=masked_logger("glmkit.doctor"),
    )


def _skew(date: str | None, now: float) -> float | None:
    """Seconds ``now`` is ahead of a Date header, which is cut to whole seconds."""
    try:
        return now - (parsedate_to_datetime(date).timestamp() + 0.5) if date else None
    except (ValueError, TypeError):
        return None


def service(answer: ServiceAnswer, *, live: bool) -> Check:
    """Whether the service can be resolved and reached from here."""
    facts: dict[str, Any] = {"host": answer.host}
    if answer.failed == "offline":
        found = text("doctor.service_offline", host=answer.host)
        return Check("service", "note", found, text("doctor.service_offline_todo"), facts)
    level: Level = "missing" if live else "note"
    if answer.failed:
        found = text(f"doctor.reach_{answer.failed}", host=answer.host, reason=answer.reason)
        todo = text(f"doctor.reach_{answer.failed}_todo")
        return Check("service", level, found, todo, facts | {"failed": answer.failed})
    facts |= {"status": answer.status, "seconds": round(answer.seconds, 3)}
    seconds = f"{answer.seconds:.2f}"
    words = {"host": answer.host, "status": answer.status, "seconds": seconds}
    if answer.status not in (101, 401) or answer.foreign:
        found, todo = text("doctor.service_odd", **words), text("doctor.service_odd_todo")
        return Check("service", "note", found, todo, facts)
    return Check("service", "ok", text("doctor.service", **words), facts=facts)


def skew(answer: ServiceAnswer, *, live: bool) -> Check:
    """How far this computer's clock is off, where there is a clock to hold it against."""
    if answer.skew is None:
        found, todo = (
            text("doctor.skew_unknown", host=answer.host),
            text("doctor.skew_unknown_todo"),
        )
        return Check("skew", "note", found, todo)
    facts = {"against": answer.host, "ahead": round(answer.skew, 2), "margin": answer.margin}
    way = "doctor.skew_ahead" if answer.skew > 0 else "doctor.skew_behind"
    shown = {"seconds": f"{abs(answer.skew):.1f}", "margin": f"{answer.margin:.1f}"}
    found = text(way, host=answer.host, **shown)
    if abs(answer.skew) - answer.margin <= SKEW_SECONDS:
        return Check("skew", "ok", found, facts=facts)
    dead = live and -answer.skew >= TOKEN_SECONDS
    return Check("skew", "missing" if dead else "note", found, text("doctor.skew_todo"), facts)
