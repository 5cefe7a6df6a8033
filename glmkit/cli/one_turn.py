"""``glmkit talk FILE`` and ``glmkit ask WORDS``: something said or written, and what came of it.

A clip may hold more than one turn, a turn may have findings, and an error leaves what arrived
before it: all of that is shown, in order, by ``show``, which gets the lines a person reads.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from glmkit.cli.turns_shown import Show, shown_in_the_end
from glmkit.errors import BadArgument, BadAudio
from glmkit.media.clip import Clip
from glmkit.media.kit_samples import is_sample, sample, samples
from glmkit.media.source import existing_path
from glmkit.session.blocking.blocking_session import connect
from glmkit.session.speech import as_speech
from glmkit.texts import text


def say_file(
    file: str,
    *,
    show: Show,
    to: str | None = None,
    save: Path | None = None,
    speed: float | None = 1.0,
    **options: Any,
) -> None:
    """Say ``file``, or the kit's sample of that name, and show the turns it became.

    ``save``: the folder for the answers' sound, or None. ``options`` as for ``connect``. Raises
    BadAudio before anything is started, and what ``connect`` and ``say`` raise.
    """
    clip = as_speech(_read(file))
    name = existing_path(file).stem
    with connect(to, **options) as session, shown_in_the_end(session, show, save=save, name=name):
        session.say(clip, speed=speed)


def _read(file: str) -> Clip:
    """The file of that name, else the sample."""
    try:
        return Clip.read(file)
    except BadAudio as error:
        if is_sample(file):
            return sample(file)
        if Path(file).suffix or Path(file).name != file:
            raise
        words = text("cli.no_sample", found=error, known=", ".join(samples()))
    raise BadAudio(words)


def ask_in_writing(
    words: str, *, show: Show, to: str | None = None, save: Path | None = None, **options: Any
) -> None:
    """Ask in writing and show the turn it became; arguments as for ``say_file``.

    Raises BadArgument for the name of a file, which would be read out, and what ``connect`` and
    ``ask`` raise.
    """
    if _is_file(words):
        raise BadArgument(text("cli.ask_file", file=words))
    with connect(to, **options) as session, shown_in_the_end(session, show, save=save, name="ask"):
        session.ask(words)


def _is_file(words: str) -> bool:
    with suppress(OSError, ValueError):  # a question is longer than names may be
        return Path(words).suffix != "" and Path(words).is_file()
    return False
