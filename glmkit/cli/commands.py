"""The command line: ``glmkit demo | lab | talk | token | doctor | emulator | voices | …``.

A thin layer: each command parses its words and calls the room that does the work. Output is
UTF-8 whatever the console is set to. Exit status: 0 done, 1 the other side failed, 2 something
is yours to fix, 130 interrupted.
"""

from __future__ import annotations

import argparse
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from glmkit.cli.console import (
    agreed,
    hang_up,
    key_from,
    make_folder,
    path_argument,
    show_warning,
    translated,
    write_file,
)
from glmkit.environment import begin_again, speak_utf8
from glmkit.errors import BadFile, GlmError, Missing, ServiceError, TooMuch
from glmkit.texts import shell_words, text


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    if argv is None:
        begin_again()
    speak_utf8()
    warnings.showwarning = show_warning
    try:
        return _flushed(list(sys.argv[1:] if argv is None else argv) or ["--help"])
    except BrokenPipeError:
        return hang_up()


def _flushed(words: Sequence[str]) -> int:
    try:
        with shell_words():
            return _run(words)
    finally:
        sys.stdout.flush()  # here, where a reader that has gone is no surprise


def _run(words: Sequence[str]) -> int:
    try:
        return _emulator(words[1:]) if words[:1] == ["emulator"] else _command(words)
    except GlmError as error:
        sys.stderr.write(f"glmkit: {error}\n")
        return 1 if isinstance(error, ServiceError) else 2
    except KeyboardInterrupt:
        sys.stderr.write(text("cli.interrupted") + "\n")
        return 130


def _emulator(words: Sequence[str]) -> int:
    from glmkit.cli.emulator import main as emulator  # it has a parser of its own

    with translated():
        return emulator(words)


def _command(words: Sequence[str]) -> int:
    with translated():
        given = _parser().parse_args(words)
    return int(given.run(given) or 0)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="glmkit", description=text("cli.what"))
    metavar = text("cli.command")
    commands = parser.add_subparsers(dest="command", required=True, metavar=metavar)

    def command(name: str, run: Any) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text(f"cli.{name}"), description=text(f"cli.{name}"))
        added.set_defaults(run=run)
        return added

    _demo_words(command("demo", _demo))
    command("lab", _lab).add_argument("jupyter", nargs="*", help=text("cli.jupyter"))
    _talk_words(command("talk", _talk))
    _live_words(command("live", _live))
    _token_words(command("token", _token))
    _doctor_words(command("doctor", _doctor))
    _voices_words(command("voices", _voices))
    _verify_words(command("verify", _verify))
    _collect_words(command("collect", _collect))
    _replay_words(command("replay", _replay))
    _plot_words(command("plot", _plot))
    commands.add_parser("emulator", help=text("cli.emulator"), add_help=False)
    return parser


# -- demo and lab --------------------------------------------------------------------------


def _demo_words(demo: argparse.ArgumentParser) -> None:
    demo.add_argument("--out", type=path_argument, default=Path("out"), help=text("cli.out"))
    demo.add_argument("--no-open", action="store_true", help=text("cli.no_open"))


def _demo(given: argparse.Namespace) -> int:
    from glmkit.cli.demo import run_demo, what_would_be_better

    make_folder(given.out)
    left = run_demo(given.out)
    for line in left.lines():
        print(line)
    if better := what_would_be_better():
        print(better)
    if sys.stdout.isatty() and not given.no_open:
        import webbrowser

        webbrowser.open(left.page.resolve().as_uri())
    return 0


def _lab(given: argparse.Namespace) -> int:
    from glmkit.cli.demo import lab

    return lab(given.jupyter)


# -- talk ----------------------------------------------------------------------------------


def _talk_words(talk: argparse.ArgumentParser) -> None:
    talk.add_argument("file", help=text("cli.file"))
    talk.add_argument("--save", type=path_argument, metavar="DIR", help=text("cli.save"))
    talk.add_argument("--to", help=text("cli.to"))
    talk.add_argument("--key-file", type=path_argument, metavar="FILE", help=text("cli.key_file"))
    talk.add_argument("--vad", choices=("client", "server"), default="client", help=text("cli.vad"))
    talk.add_argument("--model", default="glm-realtime-flash", help=text("cli.model"))
    talk.add_argument("--instructions", help=text("cli.instructions"))
    talk.add_argument("--unpaced", action="store_true", help=text("cli.unpaced"))


def _talk(given: argparse.Namespace) -> int:
    from glmkit.cli.talk import run
    from glmkit.session.blocking.blocking_session import draw_progress

    if given.save is not None:
        make_folder(given.save)  # before the turn: nothing said is lost to a bad folder
    draw_progress(sys.stderr.isatty())
    run(
        given.file,
        show=print,
        to=given.to,
        save=given.save,
        speed=None if given.unpaced else 1.0,
        api_key=key_from(given.key_file),
        model=given.model,
        vad=given.vad,
        instructions=given.instructions,
    )
    return 0


def _live_words(live: argparse.ArgumentParser) -> None:
    live.add_argument("--to", help=text("cli.to"))
    live.add_argument("--key-file", type=path_argument, metavar="FILE", help=text("cli.key_file"))
    live.add_argument("--model", default="glm-realtime-flash", help=text("cli.model"))
    live.add_argument("--instructions", help=text("cli.instructions"))
    live.add_argument("--no-open", action="store_true", help=text("cli.no_open"))


def _live(given: argparse.Namespace) -> int:
    from glmkit.cli.live import run_live

    run_live(
        given.to,
        show=lambda words: print(words, flush=True),
        open_browser=not given.no_open,
        api_key=key_from(given.key_file),
        model=given.model,
        instructions=given.instructions,
    )
    return 0


# -- token, doctor, voices -----------------------------------------------------------------


def _token_words(token: argparse.ArgumentParser) -> None:
    token.add_argument("--ttl", type=float, default=600, help=text("cli.ttl"))
    token.add_argument("--key-file", type=path_argument, metavar="FILE", help=text("cli.key_file"))
    token.add_argument("--show", action="store_true", help=text("cli.show"))


def _token(given: argparse.Namespace) -> int:
    from glmkit.auth.credentials import Key
    from glmkit.auth.key_search import need_key
    from glmkit.auth.tokens import make_token
    from glmkit.errors import BadKey

    found = need_key(key_from(given.key_file), dotenv=True)
    if not isinstance(found.key, Key):
        raise BadKey(text("cli.token_is_token", where=found.where))
    token = make_token(found.key, ttl=given.ttl)
    if sys.stdout.isatty() and not given.show:
        print(text("cli.token_hidden", seconds=f"{given.ttl:g}"))
    else:
        print(token.reveal())
    return 0


def _doctor_words(doctor: argparse.ArgumentParser) -> None:
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


def _verify_words(verify: argparse.ArgumentParser) -> None:
    verify.add_argument("--to", help=text("cli.to"))
    verify.add_argument("--yuan", type=float, default=2.0, help=text("cli.yuan"))
    verify.add_argument("--model", default="glm-realtime-flash", help=text("cli.model"))
    verify.add_argument("--profile", help=text("cli.profile"))
    verify.add_argument("--key-file", type=path_argument, metavar="FILE", help=text("cli.key_file"))
    verify.add_argument(
        "--out", type=path_argument, default=Path("verify"), help=text("cli.verify_out")
    )


def _verify(given: argparse.Namespace) -> int:
    from glmkit.verify.command import run

    make_folder(given.out)
    path = run(
        given.to,
        folder=given.out,
        model=given.model,
        yuan=given.yuan,
        show=lambda words: print(words, flush=True),
        profile=given.profile,
        api_key=key_from(given.key_file),
    )
    print(text("verify.written", path=path))
    return 0


def _collect_words(collect: argparse.ArgumentParser) -> None:
    collect.add_argument("directory", type=path_argument, help=text("cli.directory"))
    collect.add_argument("--csv", type=path_argument, metavar="FILE", help=text("cli.csv"))


def _collect(given: argparse.Namespace) -> int:
    from glmkit.recordings.collect import collect_recordings

    table = collect_recordings(given.directory)
    if given.csv is not None:
        write_file(given.csv, table.to_csv(index=False).encode("utf-8-sig"))
    print(table.to_string(index=False, na_rep="–"))
    return 0


def _replay_words(replay: argparse.ArgumentParser) -> None:
    replay.add_argument("recording", type=path_argument, help=text("cli.recording"))
    replay.add_argument("--speed", type=float, default=1.0, help=text("cli.speed"))
    replay.add_argument("--port", type=int, default=0, help=text("cli.port"))


def _replay(given: argparse.Namespace) -> int:
    from glmkit.cli.emulator import main as emulator

    words = ["--replay", given.recording, "--replay-speed", given.speed, "--port", given.port]
    return emulator([str(word) for word in words])


def _plot_words(plot: argparse.ArgumentParser) -> None:
    plot.add_argument("recording", type=path_argument, help=text("cli.recording"))
    plot.add_argument("--out", type=path_argument, metavar="PNG", help=text("cli.png"))


def _plot(given: argparse.Namespace) -> int:
    from glmkit.plots import png, timeline
    from glmkit.turns.trace import Trace

    out: Path = given.out or given.recording.with_suffix(".png")
    write_file(out, png(timeline, Trace.load(given.recording)))
    print(out)
    return 0


def _voices_words(voices: argparse.ArgumentParser) -> None:
    voices.add_argument("do", choices=("status", "install", "remove", "export"))
    voices.add_argument("folder", nargs="?", type=path_argument, help=text("cli.folder"))
    voices.add_argument("--from", dest="source", type=path_argument, help=text("cli.from"))
    voices.add_argument("--offline", action="store_true", help=text("cli.offline"))
    voices.add_argument("--optional", action="store_true", help=text("cli.optional"))


def _voices(given: argparse.Namespace) -> int:
    from glmkit.cli.voices import run

    try:
        for line in run(given.do, folder=given.folder, source=given.source, offline=given.offline):
            print(line)
    except (BadFile, Missing, TooMuch) as error:
        if not given.optional:
            raise
        print(text("cli.without_voices", found=str(error).partition("\n")[0]))
    return 0
