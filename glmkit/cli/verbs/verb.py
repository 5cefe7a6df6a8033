"""``Verb``: what one command takes and does; and the words that several of them take."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from glmkit.cli.console import key_from, path_argument
from glmkit.texts import text


@dataclass(frozen=True, slots=True)
class Verb:
    """A command: ``take`` gives its parser the words it takes, ``run`` does it.

    Where ``take`` is None it has a parser of its own, and ``run`` gets the words as they are.
    ``run`` gives the exit status, None for 0.
    """

    take: Callable[[argparse.ArgumentParser], object] | None
    run: Callable[[Any], int | None]


def take_peer(parser: argparse.ArgumentParser) -> None:
    """Whom to talk to, with which key, and to which model."""
    parser.add_argument("--to", help=text("cli.to"))
    take_key(parser)
    parser.add_argument("--model", default="glm-realtime-flash", help=text("cli.model"))


def take_key(parser: argparse.ArgumentParser) -> None:
    """The file that holds a key."""
    parser.add_argument("--key-file", type=path_argument, metavar="FILE", help=text("cli.key_file"))


def take_conversation(parser: argparse.ArgumentParser) -> None:
    """What every conversation takes: the peer, who the model is to be, and where answers go."""
    take_peer(parser)
    parser.add_argument("--instructions", help=text("cli.instructions"))
    parser.add_argument("--save", type=path_argument, metavar="DIR", help=text("cli.save"))


def connection(given: argparse.Namespace) -> dict[str, Any]:
    """What ``take_conversation`` took, as arguments of ``connect``."""
    return {
        "to": given.to,
        "api_key": key_from(given.key_file),
        "model": given.model,
        "instructions": given.instructions,
    }
