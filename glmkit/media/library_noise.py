"""What C libraries print on descriptor 2 about sound, kept away from whoever decodes or plays it.

mpg123, which libsndfile brings, reports each broken frame there, and ALSA each device that is not
there; the kit says it in its own words.
What others wrote meanwhile is passed on, in its order.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import IO, Final

from glmkit.process_values import ProcessValue

_STDERR: Final = 2
_NOISE: Final = re.compile(
    rb"[^\n]*libmpg123[^\n]*\n?"
    rb"|(?:Note|Warning): [^\n]*(?:resync|MPEG|Skipped|reservoir|Junk|stream|gapless)[^\n]*\n?"
    rb"|(?:ALSA lib|jack server|JackShm|Cannot connect to server|Expression ')[^\n]*\n?"
    rb"|(?<=\n)\n|\A\n"
)
_before: ProcessValue[int | None] = ProcessValue(
    lambda: None, until="fork", disown=lambda before: _lead_to(before)
)  # a copy of descriptor 2 while that leads elsewhere


@contextmanager
def without_noise() -> Iterator[None]:
    """Descriptor 2 leads elsewhere meanwhile; where that can't be, nothing changes."""
    with _before.lock, ExitStack() as held:
        _turn_away(held)
        yield


def _turn_away(held: ExitStack) -> None:
    with suppress(OSError):  # no descriptor 2, as under pythonw, or no place for a file
        before = os.dup(_STDERR)
        held.callback(os.close, before)
        noise = held.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - held
        os.dup2(noise.fileno(), _STDERR)
        held.callback(_turn_back, before, noise)
        _before.value = before


def _turn_back(before: int, noise: IO[bytes]) -> None:
    _lead_to(before)
    _before.value = None
    noise.seek(0)
    words = _NOISE.sub(b"", noise.read())
    with suppress(OSError):
        while words:
            words = words[os.write(_STDERR, words) :]


def _lead_to(before: int | None) -> None:
    if before is not None:
        os.dup2(before, _STDERR)
