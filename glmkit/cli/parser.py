"""The command line's grammar: every verb in one group, and a help that shows them so.

argparse has no groups of subcommands. So it is told no help for them, which keeps them out of its
own list, and the list is the program's description.
"""

from __future__ import annotations

import argparse
import platform
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from glmkit.cli.usage import CommandHelp, CommandWords, translated
from glmkit.cli.verbs import to_build, to_learn, to_teach, to_try
from glmkit.cli.verbs.verb import Verb
from glmkit.environment import PACKAGE
from glmkit.environment.versions import version_of
from glmkit.texts import text

#: What people come for, and the verbs that do it.
GROUPS: Final[Mapping[str, Mapping[str, Verb]]] = {
    "try": to_try.VERBS,
    "learn": to_learn.VERBS,
    "teach": to_teach.VERBS,
    "build": to_build.VERBS,
}
VERBS: Final = {name: verb for verbs in GROUPS.values() for name, verb in verbs.items()}
_OLDER: Final = {"live": "talk"}  # names of before; elsewhere, live is the paid service
_COLUMN: Final = 12  # where what a verb does begins


def understood(words: Sequence[str]) -> Callable[[], int | None]:
    """What the words of a command line ask for, ready to be done; exits where they ask nothing."""
    words = [_OLDER.get(words[0], words[0]), *words[1:]]
    verb = VERBS.get(words[0])
    if verb is not None and verb.take is None:
        return partial(verb.run, words[1:])
    with translated():
        given = command_line().parse_args(words)
    return partial(given.run, given)


def command_line() -> argparse.ArgumentParser:
    """The parser of ``glmkit …``; what it parses has ``run``, which does the command."""
    metavar = text("cli.command")
    parser = _CommandLine(
        prog="glmkit",
        usage=f"%(prog)s [-h] [--version] {metavar} …",
        formatter_class=CommandHelp,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help=text("cli.version"))
    commands = parser.add_subparsers(
        dest="command",
        required=True,
        metavar=metavar,
        prog="glmkit",
        help=argparse.SUPPRESS,
        parser_class=CommandWords,
    )
    for name, verb in VERBS.items():
        about = text(f"cli.{name}")
        added = commands.add_parser(name, description=about, formatter_class=CommandHelp)
        added.set_defaults(run=verb.run)
        if verb.take is not None:
            verb.take(added)
    return parser


class _Version(argparse.Action):
    """``--version``: what a report of a fault wants to know of this installation."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        version, python = version_of("glmkit"), platform.python_version()
        shown = text("cli.this_version", version=version, python=python, folder=PACKAGE)
        sys.stdout.write(f"{shown}\n")
        parser.exit()


class _CommandLine(CommandWords):
    """Describes itself when it is asked to: what that takes costs others a fifth of a second."""

    def format_help(self) -> str:
        self.description = "\n".join(_described())
        return super().format_help()


def _described() -> Iterator[str]:
    """What the program is, and below it each group with its verbs."""
    from glmkit.texts.layout.lines import terminal_columns, wrap

    columns = terminal_columns() - 2  # as argparse leaves them free
    yield from wrap(text("cli.what"), columns)
    for group, verbs in GROUPS.items():
        yield ""
        yield text(f"cli.to_{group}")
        for name in verbs:
            head = f"  {name}".ljust(_COLUMN)
            for line in wrap(text(f"cli.{name}"), columns - _COLUMN):
                yield head + line
                head = " " * _COLUMN
