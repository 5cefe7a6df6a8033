"""Whether a host, or an address, is this very machine: no proxy and no TLS are due then."""

from __future__ import annotations

import ipaddress
import socket
from contextlib import suppress
from functools import lru_cache
from urllib.parse import urlsplit


def is_loopback(host: str) -> bool:
    """Whether ``host`` is this machine and no other can reach it.

    It may be written as people and addresses do: in capitals, with the root's dot, in brackets.
    """
    name = host.lower().removesuffix(".").removeprefix("[").removesuffix("]")
    if name == "localhost":
        return True
    with suppress(ValueError):
        return ipaddress.ip_address(name).is_loopback
    return False


def own_address() -> str | None:
    """The address by which the network knows this machine, or None without one; sends nothing."""
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # set aside for examples: it only chooses the way out
        return str(probe.getsockname()[0])
    return None


@lru_cache(maxsize=16)  # each connection asks, and reading an address takes a while
def leads_here(url: str) -> bool:
    """Whether ``url`` leads to this machine; what is no address leads nowhere."""
    with suppress(ValueError):
        return is_loopback(urlsplit(url).hostname or "")
    return False
