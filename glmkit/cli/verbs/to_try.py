"""To try: talk (on a page, in the terminal, by a file), ask in writing, the demo, the doctor."""

from __future__ import annotations

import argparse
import sys
import webbrowser
from pathlib import Path
from typing import Final

from glmkit.cli.console import agreed, key_from, make_folder, path_argument, say
from glmkit.cli.verbs.verb import Verb, connection, take_conversation
from glmkit.errors import BadArgument
from glmkit.texts import text

# -- talk and ask --------------------------------------------------------------------------

#: What goes with one way of talking only: the option, and the way.
_ONE_WAY: Final = {
    "--no-open": "page",
    "--vad": "file",
    "--unpaced": "file",
    "--open": "mic",
    "--device": "mic",
}


def _take_talk(talk: argparse.ArgumentParser) -> None:
    talk.add_argument("file", nargs="?", help=text("cli.file"))
    take_conversation(talk)
    talk.add_argument("--mic", action="store_true", help=text("cli.mic"))
    mic = talk.add_argument_group(text("cli.way_mic"))
    mic.add_argument("--open", action="store_true", help=text("cli.open"))
    mic.add_argument("--device", nargs="?", const="", metavar="NAME", help=text("cli.device"))
    page = talk.add_argument_group(text("cli.way_page"))
    page.add_argument("--no-open", action="store_true", help=text("cli.no_open"))
    file = talk.add_argument_group(text("cli.way_file"))
    file.add_argument("--vad", choices=("client", "server"), help=text("cli.vad"))
    file.add_argument("--unpaced", action="store_true", help=text("cli.unpaced"))


def _talk(given: argparse.Namespace) -> None:
    way = "mic" if given.mic else "page" if given.file is None else "file"
    _check(given, way)
    if given.save is not None:
        make_folder(given.save)  # before the turn: nothing said is lost to a bad folder
    {"page": _talk_on_page, "mic": _talk_in_terminal, "file": _say_file}[way](given)


def _check(given: argparse.Namespace, way: str) -> None:
    if given.mic and given.file is not None:
        raise BadArgument(text("cli.file_and_mic", file=given.file))
    for option, belongs in _ONE_WAY.items():
        asked = getattr(given, option.removeprefix("--").replace("-", "_"))
        if asked not in (None, False) and belongs != way:
            raise BadArgument(text(f"cli.only_{belongs}", option=option))


def _talk_on_page(given: argparse.Namespace) -> None:
    from glmkit.cli.talk_page import talk_on_page

    talk_on_page(
        show=say,
        open_browser=not given.no_open,
        save=given.save,
        **connection(given),
    )


def _talk_in_terminal(given: argparse.Namespace) -> None:
    from glmkit.cli.talk_terminal import listed_devices, talk_in_terminal

    if given.device == "":
        for line in listed_devices():
            print(line)
        return
    talk_in_terminal(
        show=say,
        device=given.device,
        hands_free=given.open,
        save=given.save,
        **connection(given),
    )


def _say_file(given: argparse.Namespace) -> None:
    from glmkit.cli.one_turn import say_file
    from glmkit.session.blocking.blocking_session import draw_progress

    draw_progress(sys.stderr.isatty())
    say_file(
        given.file,
        show=say,
        save=given.save,
        speed=None if given.unpaced else 1.0,
        vad=given.vad or "client",
        **connection(given),
    )


def _take_ask(ask: argparse.ArgumentParser) -> None:
    ask.add_argument("words", nargs="+", help=text("cli.words"))
    take_conversation(ask)


def _ask(given: argparse.Namespace) -> None:
    from glmkit.cli.one_turn import ask_in_writing

    if given.save is not None:
        make_folder(given.save)
    ask_in_writing(" ".join(given.words), show=say, save=given.save, **connection(given))


# -- demo and doctor -----------------------------------------------------------------------


def _take_demo(demo: argparse.ArgumentParser) -> None:
    demo.add_argument("--out", type=path_argument, default=Path("out"), help=text("cli.out"))
    demo.add_argument("--no-open", action="store_true", help=text("cli.no_open"))


def _demo(given: argparse.Namespace) -> None:
    from glmkit.cli.demo import run_demo, what_would_be_better

    make_folder(given.out)
    left = run_demo(given.out)
    for line in left.lines():
        say(line)
    if better := what_would_be_better():
        say(better)
    if sys.stdout.isatty() and not given.no_open:
        webbrowser.open(left.page.resolve().as_uri())


def _take_doctor(doctor: argparse.ArgumentParser) -> None:
    doctor.add_argument("--to", help=text("cli.doctor_to"))
    doctor.add_argument("--yes", action="store_true", help=text("cli.doctor_yes"))
    doctor.add_argument("--key-file", type=path_argument, metavar="FILE", help=text("cli.key_file"))
    doctor.add_argument("--json", action="store_true", help=text("cli.json"))
    doctor.add_argument("--offline", action="store_true", help=text("cli.doctor_offline"))


def _doctor(given: argparse.Namespace) -> int:
    from glmkit.doctor import doctor

    report = doctor(
        offline=given.offline or None,
        to=given.to,
        api_key=key_from(given.key_file),
        paid_turn=lambda offer: agreed(offer, already=given.yes, unattended=given.json),
    )
    print(report.to_json() if given.json else report)
    return 0 if report.well else 1


VERBS: Final = {
    "talk": Verb(_take_talk, _talk),
    "ask": Verb(_take_ask, _ask),
    "demo": Verb(_take_demo, _demo),
    "doctor": Verb(_take_doctor, _doctor),
}
