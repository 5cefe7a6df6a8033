"""To teach: a class's emulator, its speech models, and what was handed in."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Final

from glmkit.cli.console import path_argument, write_file
from glmkit.cli.usage import translated
from glmkit.cli.verbs.verb import Verb
from glmkit.errors import BadFile, Missing, TooMuch
from glmkit.texts import text


def _emulator(words: Sequence[str]) -> int:
    from glmkit.cli.emulator import main as emulator

    with translated():
        return emulator(words)


def _take_voices(voices: argparse.ArgumentParser) -> None:
    do = ("status", "install", "remove", "export")
    voices.add_argument("do", nargs="?", choices=do, default=do[0], help=text("cli.voices_do"))
    voices.add_argument("folder", nargs="?", type=path_argument, help=text("cli.folder"))
    voices.add_argument("--from", dest="source", type=path_argument, help=text("cli.from"))
    voices.add_argument("--offline", action="store_true", help=text("cli.offline"))
    voices.add_argument("--optional", action="store_true", help=text("cli.optional"))


def _voices(given: argparse.Namespace) -> None:
    from glmkit.cli.voices import run

    try:
        for line in run(given.do, folder=given.folder, source=given.source, offline=given.offline):
            print(line)
    except (BadFile, Missing, TooMuch) as error:
        if not given.optional:
            raise
        print(text("cli.without_voices", found=str(error).partition("\n")[0]))


def _take_collect(collect: argparse.ArgumentParser) -> None:
    collect.add_argument("directory", type=path_argument, help=text("cli.directory"))
    collect.add_argument("--csv", type=path_argument, metavar="FILE", help=text("cli.csv"))


def _collect(given: argparse.Namespace) -> None:
    from glmkit.cli.collected import lines_of
    from glmkit.recordings.collect import collect_recordings

    table = collect_recordings(given.directory)
    if given.csv is not None:
        write_file(given.csv, table.to_csv(index=False).encode("utf-8-sig"))
    for line in lines_of(table):
        print(line)


def _take_export(export: argparse.ArgumentParser) -> None:
    export.add_argument("recording", type=path_argument, help=text("cli.recording"))
    export.add_argument(
        "out", nargs="+", type=path_argument, metavar="OUT", help=text("cli.export_out")
    )


def _export(given: argparse.Namespace) -> None:
    from glmkit.turns.trace import Trace

    trace = Trace.load(given.recording)
    for out in given.out:
        print(trace.export(out))


def _take_class(parser: argparse.ArgumentParser) -> None:
    from glmkit.cli.classroom import take

    take(parser)


def _class(given: argparse.Namespace) -> int:
    from glmkit.cli.classroom import run

    return run(given)


VERBS: Final = {
    "class": Verb(_take_class, _class),
    "emulator": Verb(None, _emulator),
    "voices": Verb(_take_voices, _voices),
    "collect": Verb(_take_collect, _collect),
    "export": Verb(_take_export, _export),
}
