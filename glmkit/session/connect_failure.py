"""Why an address could not be connected to, in words of the reader's language.

What others say in a language of their own is quoted as such, and only where nothing here says it.
"""

from __future__ import annotations

import errno
import socket
import ssl
from typing import Final

from websockets.exceptions import (
    InvalidHandshake,
    InvalidHeader,
    InvalidMessage,
    InvalidProxy,
    InvalidProxyStatus,
    InvalidStatus,
    InvalidURI,
    NegotiationError,
    ProxyError,
    SecurityError,
)

from glmkit.auth.masking import MaskedAddress, their_words
from glmkit.errors import BadArgument, ConnectFailed, GlmError
from glmkit.protocol.event_kinds import meaning
from glmkit.session.http_refusal import refused
from glmkit.session.opening import Route
from glmkit.texts import text

#: What opening a WebSocket raises. The last two: the other side wrote what trips its reader, an
#: address to redirect to that is none, or twice a header that may come once.
UNOPENED = (OSError, InvalidHandshake, InvalidURI, EOFError, ValueError, LookupError)
_UNREACHABLE: Final = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}
#: OpenSSL's numbers of what is wrong with a certificate (X509_V_ERR_…).
_CERTIFICATE: Final = {
    **dict.fromkeys((9, 10), "date"),
    **dict.fromkeys((18, 19, 20, 21), "issuer"),
    **dict.fromkeys((62, 64), "name"),
}


def explained(error: Exception, route: Route, peer: str, timeout: float) -> GlmError:
    """The error for what opening a WebSocket raised, on the way that it took."""
    if isinstance(error, InvalidStatus):
        return refused(error.response, route, peer)
    if isinstance(error.__context__, InvalidStatus):  # it redirects, and cannot be followed
        return ConnectFailed(route.told + _redirect(error.__context__, route), peer=peer)
    if isinstance(error, InvalidURI):
        return BadArgument(text("session.to", found=route.shown))
    if isinstance(error, InvalidProxyStatus):
        status = error.response.status_code
        then = meaning(None, status)
        words = text("session.proxy_status", url=route.shown, status=status, meaning=then)
        return ConnectFailed(route.told + words, peer=peer, status=status)
    name, found = cause(error)
    if name in _UNSAID and route.reached.startswith("wss:"):
        found += text("session.perhaps_ws")
    words = text(f"session.{name}", url=route.shown, found=found, seconds=timeout)
    if _is_unvouched(error):
        words = words.rstrip(".。") + text("session.own_certificate")
    return ConnectFailed(route.told + words, peer=peer)


_UNSAID: Final = frozenset({"hung_up", "not_http"})  # what a server that has no TLS looks like


def _redirect(status: InvalidStatus, route: Route) -> str:
    to = ", ".join(status.response.headers.get_all("Location"))
    page = to.lower().startswith(("http:", "https:"))
    shown = their_words(MaskedAddress(to).shown)
    return text("session.redirect_page" if page else "session.redirect", url=route.shown, to=shown)


def cause(error: Exception) -> tuple[str, str]:
    """The name of the sentence that says what failed, and what that quotes."""
    if isinstance(error, OSError):
        return _cause_below(error)
    if isinstance(error, InvalidProxy):
        return "proxy_invalid", their_words(MaskedAddress(error.proxy).shown)
    if isinstance(error, ProxyError):
        return "proxy", _quoted(error.__cause__ or error)
    if isinstance(error, UnicodeError):  # no host has such a name
        return "dns", ""
    if isinstance(error, InvalidHeader | NegotiationError):
        return "bad_handshake", _handshake(error)
    if isinstance(error, EOFError) or isinstance(error.__cause__, EOFError | ConnectionError):
        return "hung_up", ""
    if isinstance(error, InvalidMessage | SecurityError):
        return ("redirects_on" if "redirects" in str(error) else "not_http"), ""
    return "no_connection", _quoted(error)


def _cause_below(error: OSError) -> tuple[str, str]:
    """The same, of what failed below the WebSocket."""
    if isinstance(error, TimeoutError):
        return "connect_timeout", ""
    if isinstance(error, socket.gaierror):
        return "dns", ""
    if isinstance(error, ssl.SSLError):
        return "tls", _tls(error)
    if error.errno in _UNREACHABLE:
        return "unreachable", ""
    if isinstance(error, ConnectionRefusedError) or "Connect call failed" in str(error):
        return "refused", ""
    if isinstance(error, ConnectionError):
        return "hung_up", ""
    return "no_connection", _quoted(error)


def _tls(error: ssl.SSLError) -> str:
    known = _CERTIFICATE.get(getattr(error, "verify_code", 0))
    return (
        text(f"session.tls_{known}") if known else text("session.tls_failed", found=_quoted(error))
    )


def _is_unvouched(error: BaseException) -> bool:
    """Whether a certificate was refused because nobody vouches for it."""
    return _CERTIFICATE.get(getattr(error, "verify_code", 0)) == "issuer"


def _handshake(error: InvalidHeader | NegotiationError) -> str:
    if isinstance(error, NegotiationError):
        return text("session.not_offered")
    kind = "missing" if error.value is None else "wrong"
    return text(f"session.header_{kind}", name=their_words(error.name))


def _quoted(error: BaseException) -> str:
    return text("session.http_words", words=their_words(str(error) or type(error).__name__))
