"""The way to the service: whose key leads there, and through which proxies."""

from __future__ import annotations

import os
import urllib.request
import warnings
from urllib.parse import urlsplit

from glmkit.auth.credentials import Key, Token
from glmkit.auth.masking import MaskedAddress, mask
from glmkit.auth.platforms import PLATFORMS, Platform, platform_at
from glmkit.doctor.report import Check, Level
from glmkit.errors import BadKey, GlmWarning
from glmkit.texts import text

_USED = {"wss", "socks", "https"}  # what websockets takes on the way to a wss address
_SCHEMES = ("http", "https", "socks", "socks4", "socks4a", "socks5", "socks5h")


# -- the key -------------------------------------------------------------------------------


def key(to: str | None = None, given: Key | Token | None = None) -> Check:
    """Where a key is found and whether it can be one; the key itself is never shown.

    ``to``: whom it is for, by default as ``connect()`` has it. ``given``: one that is to be used.
    """
    from glmkit.auth.key_search import find_key

    to = to or os.environ.get("GLMKIT_TO") or None
    to = None if to is None else MaskedAddress(to).shown
    with warnings.catch_warnings(record=True) as noticed:
        warnings.simplefilter("always", GlmWarning)
        try:
            found = find_key(given, dotenv=to != "emulator", platform=_platform(to))
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
    if _is_live(to):
        found = unreadable + text("doctor.key_none_live", to=to)
        name, page = _platform(to).names[0], _platform(to).keys_page
        return Check("key", "missing", found, text("doctor.key_todo", name=name, page=page), facts)
    found = unreadable + text("doctor.key_none") + skipped
    return Check("key", "note" if unreadable else "ok", found, facts=facts)


def leads_live(line: Check) -> bool:
    """Whether ``connect()`` would go to the service, by what is known of the key."""
    return _is_live(str(line.facts.get("leads_to")))


def _is_live(to: str) -> bool:
    return to in PLATFORMS or "://" in to


def _platform(to: str | None) -> Platform:
    return PLATFORMS.get(to or "") or platform_at(to or "")


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
