"""To teach: a class's emulator, its speech models, and what was handed in."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Final

from glmkit.cli.console import path_argument, say, write_file
from glmkit.cli.pack.targets import NAMES, targets_of
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
            say(line)
    except (BadFile, Missing, TooMuch) as error:
        if not given.optional:
            raise
        say(text("cli.without_voices", found=str(error).partition("\n")[0]))


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


def _take_pack(pack: argparse.ArgumentParser) -> None:
    pack.add_argument("folder", type=path_argument, metavar="DIR", help=text("pack.folder"))
    pack.add_argument("--for", dest="systems", default=",".join(NAMES), help=text("pack.for"))
    pack.add_argument("--pythons", default="3.11,3.12,3.13", help=text("pack.pythons"))
    pack.add_argument(
        "--python", action="append", default=[], metavar="FILE", help=text("pack.python_file")
    )
    pack.add_argument("--home", default="", metavar="DIR", help=text("pack.home"))
    pack.add_argument(
        *("--with", "-w"), dest="extras", action="append", default=[], type=path_argument,
        metavar="DIR", help=text("pack.with"),
    )  # fmt: skip
    pack.add_argument("--without-voices", action="store_true", help=text("pack.without_voices"))
    trial = pack.add_mutually_exclusive_group()
    trial.add_argument("--untried", action="store_true", help=text("pack.untried"))
    trial.add_argument("--try-in", type=path_argument, metavar="DIR", help=text("pack.try_in"))


def _pack(given: argparse.Namespace) -> int:
    from glmkit.cli.pack.making import PackMaking, PackWishes, existing_folders, home_for_seats
    from glmkit.cli.pack.python_files import brought_python

    wishes = PackWishes(
        targets=targets_of(given.systems, given.pythons),
        pythons=[brought_python(each) for each in given.python],
        voices=not given.without_voices,
        extras=existing_folders(given.extras),
        home=home_for_seats(given.home),
        trial=not given.untried,
        trial_home=given.try_in and given.try_in.absolute(),
    )
    making = PackMaking(given.folder, wishes)
    for line in making.lines():
        say(line)
    return 0 if making.whole else 1


def _take_class(parser: argparse.ArgumentParser) -> None:
    from glmkit.cli.classroom import take

    take(parser)


def _class(given: argparse.Namespace) -> int:
    from glmkit.cli.classroom import run

    return run(given)


VERBS: Final = {
    "class": Verb(_take_class, _class),
    "emulator": Verb(None, _emulator),
    "pack": Verb(_take_pack, _pack),
    "voices": Verb(_take_voices, _voices),
    "collect": Verb(_take_collect, _collect),
    "export": Verb(_take_export, _export),
}
