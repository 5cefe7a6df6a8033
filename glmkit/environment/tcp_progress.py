"""How far what a socket sends has come, where the system tells: Linux does.

What was written to a socket waits in the system, megabytes of it, and goes as fast as the line
carries it. The far side's system confirms what has arrived.
"""

from __future__ import annotations

import socket
import struct
import sys
from typing import Final, NamedTuple

_CONFIRMED_AT: Final = 120  # tcpi_bytes_acked in Linux's struct tcp_info, since 4.1
_INFO_BYTES: Final = 128


class SentBytes(NamedTuple):
    """Bytes that the far side has ``confirmed`` so far, and those that it has not yet."""

    confirmed: int
    under_way: int


def sent_bytes(connection: socket.socket | None) -> SentBytes | None:
    """Of a TCP connection; None where nobody tells."""
    if sys.platform != "linux" or connection is None:
        return None
    import fcntl
    import termios

    try:
        info = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _INFO_BYTES)
        left = fcntl.ioctl(connection.fileno(), termios.TIOCOUTQ, bytes(4))
        (confirmed,) = struct.unpack_from("=Q", info, _CONFIRMED_AT)
    except (OSError, ValueError, struct.error):  # it is closed, no TCP, or the system an old one
        return None
    return SentBytes(confirmed, struct.unpack("=i", left)[0])
