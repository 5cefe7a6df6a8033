"""Whether this very machine would trust the certificate that a port shows, as clients will ask.

A certificate that somebody made for a class, and no authority signed, is fine once the clients are
given it. They have to be told so before the lesson, which is when this is asked.
"""

from __future__ import annotations

import asyncio
import ssl
from contextlib import suppress
from typing import Final
from urllib.parse import urlsplit

from glmkit.session.connect_failure import cause

_PATIENCE: Final = 3.0  # seconds


async def doubt_about(url: str) -> str | None:
    """Why a client here would not trust the certificate at a ``wss:`` address; None: it would.

    None, too, for any other address, and where nobody answers.
    """
    parts = urlsplit(url)
    if parts.scheme != "wss":
        return None
    try:
        async with asyncio.timeout(_PATIENCE):
            opened = asyncio.open_connection(
                parts.hostname, parts.port, ssl=ssl.create_default_context()
            )
            _, writer = await opened
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()
    except ssl.SSLCertVerificationError as error:
        return cause(error)[1]
    except OSError:  # a TimeoutError is one
        return None
    return None
