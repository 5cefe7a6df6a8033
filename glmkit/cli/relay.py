"""``glmkit relay``: its address is the first line of stdout; everything else goes to stderr."""

from __future__ import annotations

import argparse
import asyncio
from typing import TYPE_CHECKING, Final

from glmkit.cli.console import make_folder, note, path_argument
from glmkit.cli.serving import (
    announce,
    listening_at,
    secrets_from,
    take_listening,
    tell_doubt,
    until_stopped,
    upstream_of,
)
from glmkit.cli.verbs.verb import take_key
from glmkit.texts import text

if TYPE_CHECKING:
    from glmkit.auth.credentials import Key

KEY_VARIABLE: Final = "GLMKIT_RELAY_KEY"


def take(parser: argparse.ArgumentParser) -> None:
    """Give its parser the words it takes."""
    parser.add_argument("--to", required=True, help=text("relay.help_to"))
    take_key(parser)
    take_listening(parser, host="127.0.0.1", port=8765)
    about = text("relay.help_client_keys")
    parser.add_argument("--client-keys", type=path_argument, metavar="FILE", help=about)
    parser.add_argument("--save", type=path_argument, metavar="DIR", help=text("relay.help_save"))


def run(given: argparse.Namespace) -> int:
    """Pass sessions on until interrupted."""
    from glmkit.auth.credentials import Key
    from glmkit.relay.peer_in_words import who_answers
    from glmkit.relay.running_relay import serve_relay

    upstream, found = upstream_of(given), secrets_from(given.client_keys, KEY_VARIABLE)
    keys = [Key.parse(each) for each in found] or [Key.random()]
    if given.save is not None:
        make_folder(given.save)

    async def serve(end: asyncio.Event) -> None:
        relay = await serve_relay(upstream, keys, at=listening_at(given), save=given.save)
        async with relay:
            announce(relay.url)
            _tell(given, keys, made=not found, url=relay.url)
            note(text("relay.passes_on", answers=who_answers(upstream.peer)))
            if upstream.live:
                note(text("relay.charged"))
            await tell_doubt(given, relay.url)
            await end.wait()

    return until_stopped(serve)


def _tell(given: argparse.Namespace, keys: list[Key], *, made: bool, url: str) -> None:
    if made:
        note(text("relay.made_key", key=keys[0].reveal(), url=url))
    if given.save is not None:
        note(text("relay.keeps", folder=given.save))
