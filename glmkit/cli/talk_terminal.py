"""``glmkit talk --mic``: a conversation in the terminal, by the machine's own microphone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from glmkit.cli.conversation import LOOK, conversation_held
from glmkit.cli.keys import keys_of_terminal
from glmkit.cli.screen import Screen
from glmkit.cli.terminal_face import TerminalFace
from glmkit.cli.turns_shown import Show
from glmkit.media.devices import Device, SoundDevice, known_devices
from glmkit.texts import text
from glmkit.widgets.talk import Talk


def listed_devices() -> Iterator[str]:
    """The lines of ``--device`` alone. Raises Missing where PortAudio is not installed."""
    known = known_devices()
    yield from map(str, known)
    yield text("cli.device_how") if known else text("media.no_devices")


def talk_in_terminal(
    to: str | None = None,
    *,
    show: Show,
    device: str | Device | None = None,
    hands_free: bool = False,
    **options: Any,
) -> None:
    """Talk until Ctrl+C, q or the end of stdin; in the end the turns are shown.

    ``device``: as for ``SoundDevice``, or one to stand in for it. ``hands_free``: the microphone is
    open, for headphones; else a key begins and ends speaking. ``options`` as for
    ``conversation_held``. Raises Missing and BadArgument before anything is started.
    """
    if isinstance(device, str | None):
        device = SoundDevice(device, needed=("input", "output"))
    with conversation_held(to, show=show, **options) as talk:
        _converse(talk, device, hands_free)


def _converse(talk: Talk, device: Device, hands_free: bool) -> None:
    screen = Screen(sys.stdout)
    with closing(TerminalFace(talk, device, screen, hands_free=hands_free)) as face:
        screen.note(text("cli.talk_how_open" if hands_free else "cli.talk_how"))
        with keys_of_terminal() as next_key:
            if hands_free:
                face.speak()
            while not face.over:
                face.press(next_key(LOOK))
                face.show()
