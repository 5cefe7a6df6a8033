"""To learn: the notebooks, and a recording looked at or held once more."""

from __future__ import annotations

import argparse
import tempfile
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from glmkit.cli.console import path_argument, say, write_file
from glmkit.cli.course import COURSE, copy_course
from glmkit.cli.usage import CommandHelp, translated
from glmkit.cli.verbs.verb import Verb
from glmkit.environment.system_refusals import why_refused
from glmkit.errors import BadFile
from glmkit.texts import Language, text


def _lab(words: Sequence[str]) -> int:
    """JupyterLab knows its own options, and says itself which it does not know."""
    from glmkit.cli.jupyter_lab import lab

    if words[:1] in (["-h"], ["--help"]):
        with translated():
            _help_of_lab().print_help()
        return 0
    return lab(words[1:] if words[:1] == ["--"] else words, show=print)


def _help_of_lab() -> argparse.ArgumentParser:
    return argparse.ArgumentParser(
        prog="glmkit lab",
        usage=f"%(prog)s [-h] [{text('cli.jupyter')} …]",
        description=text("cli.lab"),
        epilog=text("cli.jupyter_how"),
        formatter_class=CommandHelp,
    )


def _take_notebooks(notebooks: argparse.ArgumentParser) -> None:
    notebooks.add_argument(
        "directory", nargs="?", type=path_argument, default=Path(COURSE), help=text("course.where")
    )
    notebooks.add_argument("--lang", choices=("en", "zh"), help=text("course.lang"))
    notebooks.add_argument("--no-open", action="store_true", help=text("course.no_open"))


def _notebooks(given: argparse.Namespace) -> int:
    from glmkit.cli.jupyter_lab import open_course

    languages: tuple[Language, ...] = (given.lang,) if given.lang else ("en", "zh")
    copied = copy_course(given.directory, languages=languages)
    for line in copied.lines():
        say(line)
    return 0 if given.no_open else open_course(copied.folder)


def _take_plot(plot: argparse.ArgumentParser) -> None:
    plot.add_argument("recording", type=path_argument, help=text("cli.recording"))
    plot.add_argument("--out", type=path_argument, metavar="PNG", help=text("cli.png"))


def _plot(given: argparse.Namespace) -> None:
    from glmkit.plots import png, timeline
    from glmkit.turns.trace import Trace

    out: Path = given.out or given.recording.with_suffix(".png")
    write_file(out, png(timeline, Trace.load(given.recording)))
    print(out)


def _take_view(view: argparse.ArgumentParser) -> None:
    view.add_argument("recording", type=path_argument, help=text("cli.recording"))
    view.add_argument("-o", "--out", type=path_argument, metavar="HTML", help=text("cli.page"))
    view.add_argument("--no-open", action="store_true", help=text("cli.no_open"))


def _view(given: argparse.Namespace) -> None:
    from glmkit.turns.trace import Trace

    trace = Trace.load(given.recording)
    out: Path = given.out or _page_aside(given.recording)
    page = trace.page(out, title=given.recording.name)
    print(page)
    if not given.no_open:
        webbrowser.open(page.resolve().as_uri())


def _page_aside(recording: Path) -> Path:
    """A page in a folder of its own, which stays until the system clears it: a browser reads it
    when this command is long over."""
    try:
        return Path(tempfile.mkdtemp(prefix="glmkit-")) / f"{recording.stem or 'page'}.html"
    except OSError as error:
        raise BadFile(
            text("cli.no_folder", path=tempfile.gettempdir(), why=why_refused(error))
        ) from error


def _take_replay(replay: argparse.ArgumentParser) -> None:
    replay.add_argument("recording", type=path_argument, help=text("cli.recording"))
    replay.add_argument("--speed", type=float, default=1.0, help=text("cli.speed"))
    replay.add_argument("--port", type=int, default=0, help=text("cli.port"))


def _replay(given: argparse.Namespace) -> int:
    from glmkit.cli.emulator import main as emulator

    words = ["--replay", given.recording, "--replay-speed", given.speed, "--port", given.port]
    return emulator([str(word) for word in words])


VERBS: Final = {
    "lab": Verb(None, _lab),
    "notebooks": Verb(_take_notebooks, _notebooks),
    "view": Verb(_take_view, _view),
    "plot": Verb(_take_plot, _plot),
    "replay": Verb(_take_replay, _replay),
}
