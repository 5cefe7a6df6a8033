"""``glmkit voices status | install | remove | export``: the emulator's speech models, as lines.

A view of ``emulator/weights/models``, which knows where weights come from and where they are.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from glmkit.cli.console import writing
from glmkit.emulator.weights import models
from glmkit.environment.features import needs
from glmkit.errors import BadArgument, BadFile, Missing
from glmkit.media.source import existing_path
from glmkit.texts import text
from glmkit.texts.layout.text_width import pad, width_of


def run(
    do: str, *, folder: Path | None = None, source: Path | None = None, offline: bool = False
) -> Iterator[str]:
    """Do one of ``status``, ``install``, ``remove``, ``export``; its lines, as they come true.

    ``folder``: where to export to. ``source``: install from this folder. ``offline``: fetch
    nothing. Raises BadArgument for words that don't go together, and what ``weights/models``
    raises.
    """
    if do not in _COMMANDS:
        expected = ", ".join(_COMMANDS)
        raise BadArgument(text("cli.voices_unknown", found=do, expected=expected))
    _check(do, folder, source)
    if do == "install":
        return _install(source, offline)
    if do == "export" and folder is not None:
        return _export(folder)
    return _remove() if do == "remove" else _status()


_COMMANDS = ("status", "install", "remove", "export")


def _check(do: str, folder: Path | None, source: Path | None) -> None:
    if do == "export" and folder is None:
        raise BadArgument(text("cli.voices_needs_folder"))
    if do == "install" and folder is not None:
        raise BadArgument(text("cli.voices_install_folder", folder=folder))
    if do != "export" and folder is not None:
        raise BadArgument(text("cli.voices_no_folder", do=do, folder=folder))
    if do != "install" and source is not None:
        raise BadArgument(text("cli.voices_no_source", do=do))
    if source is not None and not existing_path(source).is_dir():
        raise BadFile(text("cli.voices_no_such_folder", folder=source))


def _status() -> Iterator[str]:
    rows = list(map(_row, models.status()))
    widths = [max(map(width_of, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(map(pad, row, widths)).rstrip()
    absent = [each for each in models.status() if each.path is None]
    if absent:
        size = models.megabytes(sum(each.download_bytes for each in absent))
        yield text("cli.voices_to_install", size=size)
    unrunnable = list(_run_by_nothing())
    yield from unrunnable
    if not absent and not unrunnable:
        yield text("cli.voices_complete")


def _run_by_nothing() -> Iterator[str]:
    """What must be installed, too, before the models can be used."""
    for feature in ("recognition", "mandarin"):
        try:
            needs(feature)
        except Missing as error:
            yield str(error)


def _row(placed: models.ModelStatus) -> tuple[str, ...]:
    size = placed.bytes if placed.path else placed.download_bytes
    where = str(placed.path) if placed.path else text("cli.voices_absent")
    return (placed.name, models.megabytes(size).rjust(7), placed.purpose, placed.licence, where)


def _install(source: Path | None, offline: bool) -> Iterator[str]:
    for name in models.MODELS:
        with _bar(name) as progress, writing(models.cache_folder(), "cli.voices_no_cache"):
            [path] = models.install(name, from_dir=source, offline=offline, progress=progress)
        yield text("cli.voices_placed", name=name, path=path)
    yield from _run_by_nothing()


def _remove() -> Iterator[str]:
    gone = models.remove()
    for path in gone:
        yield text("cli.voices_removed", path=path)
    kept = [each for each in models.status() if each.path is not None]
    for each in kept:  # in a folder of the user's, which is left alone
        yield text("cli.voices_kept", name=each.name, path=each.path)
    if not gone and not kept:
        yield text("cli.voices_nothing")


def _export(folder: Path) -> Iterator[str]:
    for name in models.MODELS:
        with writing(folder, "cli.no_folder"):
            [path] = models.export(folder, name)
        yield text("cli.voices_exported", name=name, path=path)
    yield text("cli.voices_carry", folder=folder)


@contextmanager
def _bar(name: str) -> Iterator[models.Progress]:
    """A progress bar for one model, drawn on a terminal only, and only if there is progress."""
    from tqdm import tqdm

    bar: Any = None

    def show(step: models.DownloadProgress) -> None:
        nonlocal bar
        if bar is None:
            bar = tqdm(desc=name, unit="B", unit_scale=True, total=step.total, file=sys.stderr)
        if step.done < bar.n:  # the next source begins anew
            bar.reset(total=step.total)
        bar.update(step.done - bar.n)

    try:
        yield show if sys.stderr.isatty() else (lambda step: None)
    finally:
        if bar is not None:
            bar.close()
