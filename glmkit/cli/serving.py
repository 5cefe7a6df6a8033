"""What commands that listen share: where, with which certificate, until when, and to whom on."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from glmkit.auth.masking import Secret
from glmkit.cli.console import note, path_argument
from glmkit.emulator.child import log_to_stderr
from glmkit.texts import text

if TYPE_CHECKING:
    from pathlib import Path

    from glmkit.relay.listener import ListenAt
    from glmkit.relay.upstream import Upstream


def take_listening(parser: argparse.ArgumentParser, *, host: str, port: int) -> None:
    """``--host --port --certfile --keyfile``, and ``--key-file`` of the service behind."""
    parser.add_argument("--host", default=host, help=text("relay.help_host"))
    parser.add_argument("--port", type=int, default=port, help=text("cli.port"))
    for name in ("certfile", "keyfile"):
        about = text(f"relay.help_{name}")
        parser.add_argument(f"--{name}", type=path_argument, metavar="PEM", help=about)


def listening_at(given: argparse.Namespace) -> ListenAt:
    """What ``take_listening`` took."""
    from glmkit.relay.listener import ListenAt

    return ListenAt(given.host, given.port, given.certfile, given.keyfile)


def upstream_of(given: argparse.Namespace) -> Upstream:
    """The service behind, for ``--to`` and ``--key-file``; may start the emulator.

    Raises NoKey, BadKey, BadArgument, BadFile.
    """
    from glmkit.aio import find_address
    from glmkit.auth.credentials import credential
    from glmkit.cli.console import key_from
    from glmkit.relay.upstream import Upstream

    key = key_from(given.key_file)
    return Upstream(find_address(given.to, None if key is None else credential(key)))


def secrets_from(path: Path | None, variable: str) -> list[Secret]:
    """The keys of a file, or the one of a variable; none where neither is there."""
    from glmkit.auth.key_search import keys_in
    from glmkit.media.source import existing_path

    if path is not None:
        return keys_in(existing_path(path))
    found = Secret(os.environ.get(variable, "").strip())
    return [found] if found else []


def announce(*addresses: str) -> None:
    """The first lines of stdout, which programs read."""
    sys.stdout.writelines(f"{each}\n" for each in addresses)
    sys.stdout.flush()


async def tell_doubt(given: argparse.Namespace, url: str) -> None:
    """Say on stderr why clients would refuse the certificate, where they would."""
    from glmkit.relay.certificate_trust import doubt_about

    if (why := await doubt_about(url)) is not None:
        note(text("relay.certificate_doubted", why=why, path=given.certfile))


def until_stopped(serve: Callable[[asyncio.Event], Any]) -> int:
    """Run ``serve(end)``, whose event a signal sets; the exit status."""
    log_to_stderr(logging.WARNING)

    async def run() -> None:
        end = asyncio.Event()
        stop_on_signals(asyncio.get_running_loop(), end)
        await serve(end)

    asyncio.run(run())
    return 0


def stop_on_signals(loop: asyncio.AbstractEventLoop, end: asyncio.Event) -> None:
    """Have Ctrl+C and its kin set ``end``."""
    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):  # the last is Windows' Ctrl+Break
        if number := getattr(signal, name, None):
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(end.set))
