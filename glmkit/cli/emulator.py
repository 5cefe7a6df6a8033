"""``glmkit emulator``: the emulator in a terminal, its switches made from ``Options``.

Its address is the first line of stdout; what happens there goes to stderr, a line an event
(``class_watch``), with the names of a roster. Keys: ``--key-file``, ``GLMKIT_EMULATOR_KEY``, or
``--key`` for throw-away ones (a process list shows it); with none of them, and none needed, one is
made and shown on stderr. ``--lifeline`` is for ``emulator/launch``: options and key come over
stdin.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import sys
from collections.abc import Sequence
from dataclasses import Field, fields, replace
from typing import TYPE_CHECKING, Any, get_type_hints

from glmkit.auth.masking import Secret
from glmkit.cli.class_watch import ClassWatch
from glmkit.cli.console import note
from glmkit.cli.roster import names_noted, read_roster
from glmkit.cli.serving import stop_on_signals
from glmkit.cli.usage import CommandHelp, CommandWords
from glmkit.emulator.child import exit_status, log_to_stderr, serve_parent
from glmkit.environment.loopback import own_address
from glmkit.environment.utf8 import begin_again, speak_utf8
from glmkit.media.source import existing_path
from glmkit.texts import text

if TYPE_CHECKING:
    from glmkit.emulator.log import Watcher
    from glmkit.emulator.options import Options
    from glmkit.emulator.server.running import RunningServer

KEY_VARIABLE = "GLMKIT_EMULATOR_KEY"
_BY_HAND = ("key", "keys")


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the emulator until it is told to stop; the process's exit status."""
    if argv is None:
        begin_again()
        argv = sys.argv[1:]
    speak_utf8()
    if list(argv) == ["--lifeline"]:
        return serve_parent()
    asked = parser().parse_args(argv)
    log_to_stderr(logging.DEBUG if asked.verbose else logging.WARNING)
    return exit_status(lambda: _watched(asked))


def parser() -> argparse.ArgumentParser:
    """The command's switches: one for each field of ``Options``."""
    from glmkit.emulator.options import Options

    made = CommandWords(
        prog="glmkit emulator",
        description=text("launch.about"),
        allow_abbrev=False,
        formatter_class=CommandHelp,
    )
    made.add_argument("--key", action="append", metavar="ID.SECRET", help=text("launch.help_key"))
    made.add_argument("--key-file", metavar="FILE", help=text("launch.help_key_file"))
    kinds = get_type_hints(Options)
    for field in fields(Options):
        if field.name not in _BY_HAND:
            _add(made, field, kinds[field.name])
    made.add_argument("--roster", metavar="FILE", help=text("launch.help_roster"))
    made.add_argument("--quiet", action="store_true", help=text("launch.help_quiet"))
    made.add_argument("--verbose", action="store_true", help=text("launch.help_verbose"))
    return made


def options_from(asked: argparse.Namespace) -> tuple[Options, bool]:
    """The options asked for, and whether their key had to be made."""
    from glmkit.auth.credentials import Key
    from glmkit.emulator.options import Options

    given = {name: getattr(asked, name) for name in Options.names() if name not in _BY_HAND}
    keys = _keys(asked)
    options = Options(**given, key=keys[0] if keys else "", keys=tuple(keys[1:]))
    if keys or options.any_key:
        return options, False
    return replace(options, key=Key.random()), True


def _add(made: argparse.ArgumentParser, field: Field[Any], kind: Any) -> None:
    from glmkit.emulator.faults import TABLE
    from glmkit.emulator.profiles import CHOICES, PROFILES

    flag = "--" + field.name.replace("_", "-")
    about = text(f"launch.help_{field.name}", names=", ".join(TABLE))
    default: Any = field.default
    if kind in (bool, bool | None):
        made.add_argument(flag, action=argparse.BooleanOptionalAction, default=default, help=about)
    elif isinstance(default, tuple):
        made.add_argument(
            flag.removesuffix("s"),
            dest=field.name,
            action="append",
            default=[],
            metavar=flag[2:].removesuffix("s").rpartition("-")[2].upper(),
            help=about,
        )
    else:
        choices = tuple(PROFILES) if field.name == "profile" else CHOICES.get(field.name)
        if default not in (None, ""):
            shown = f"{default:g}" if isinstance(default, float) else default
            about += text("launch.default", value=shown)
        convert = kind if kind in (int, float) else str
        made.add_argument(flag, type=convert, default=default, choices=choices, help=about)


def _keys(asked: argparse.Namespace) -> list[Secret]:
    from glmkit.auth.key_search import keys_in

    if asked.key:
        return [Secret(each) for each in asked.key]
    if asked.key_file:
        return keys_in(existing_path(asked.key_file))
    from_environment = Secret(os.environ.get(KEY_VARIABLE, "").strip())
    return [from_environment] if from_environment else []


def _watched(asked: argparse.Namespace) -> int:
    """Serve, and say meanwhile what happens, unless that was not wanted."""
    options, made = options_from(asked)
    names = _names(asked, options)
    if asked.quiet:
        return asyncio.run(_serve(options, made, lambda *_: None))
    watch = ClassWatch(sys.stderr, names=names, frames=asked.verbose)
    try:
        return asyncio.run(_serve(options, made, watch))
    finally:
        watch.close()


def _names(asked: argparse.Namespace, options: Options) -> dict[str, str]:
    """What each key's account is called: by the notes in the file of keys, then by the roster."""
    from glmkit.emulator.server.admission import account

    found = names_noted(existing_path(asked.key_file)) if asked.key_file else {}
    roster = read_roster(existing_path(asked.roster)) if asked.roster else {}
    known = {key.reveal().partition(".")[0] for key in options.all_keys}
    strange = [str(line) for id, (_, line) in roster.items() if id not in known]
    if strange and not options.any_key:
        note(text("watch.roster_unknown", lines=", ".join(strange)))
    found |= {id: name for id, (name, _) in roster.items()}
    return {account(id): name for id, name in found.items()}


async def _serve(options: Options, made: bool, watch: Watcher) -> int:
    from glmkit.emulator.server.running import serve

    running = await serve(options, watch=watch)
    end = asyncio.Event()
    stop_on_signals(asyncio.get_running_loop(), end)
    sys.stdout.write(running.url + "\n")
    sys.stdout.flush()
    _tell_others(options, running)
    if made:
        shown = options.all_keys[0].reveal()
        note(text("launch.made_key", key=shown, url=running.url))
    await end.wait()
    await running.close()
    return 0


def _tell_others(options: Options, running: RunningServer) -> None:
    """By which address pupils find it, where it listens to all of them."""
    everywhere = options.host in ("0.0.0.0", "::")  # noqa: S104 - asked for, not bound here
    if everywhere and (address := own_address()):
        url = running.url.replace(options.host, address).replace(f"[{address}]", address)
        note(text("launch.reach", url=url))
