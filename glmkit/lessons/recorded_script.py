"""A script that runs, the relay that it talks to, which records, and the folder both write to."""

from __future__ import annotations

import queue
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final

from glmkit.aio import find_address
from glmkit.auth.credentials import Key
from glmkit.emulator.launch import Emulator
from glmkit.errors import BadArgument, BadAudio, warn
from glmkit.lessons.script_process import ScriptProcess, WrittenLine
from glmkit.lessons.script_texts import ScriptText
from glmkit.media.clip import Clip
from glmkit.relay.listener import ListeningPort
from glmkit.relay.running_relay import serve_relay
from glmkit.relay.upstream import Upstream
from glmkit.session.address import Address
from glmkit.session.blocking.background_loop import loop_thread
from glmkit.texts import text
from glmkit.turns.trace import Trace

_RATE: Final = 16_000  # Hz of the question, as the scripts expect it
_QUESTION: Final = "question.wav"
_ANSWER: Final = "answer.wav"
_KEPT: Final = "relay"  # the folder of its recordings; what the script saves lies elsewhere


class RecordedScript:
    """A script that runs, the relay that it talks to, and the folder that both write to."""

    def __init__(
        self,
        name: str,
        process: ScriptProcess,
        *,
        folder: Path,
        relay: ListeningPort,
        address: Address,
    ) -> None:
        self.name, self.process = name, process
        self._folder, self._relay, self._address = folder, relay, address

    @property
    def peer(self) -> str:
        """Whom it talks to, and the switches of an emulator."""
        switches = _switches(self._address)
        return f"{self._address.peer} ({switches})" if switches else self._address.peer

    def trace(self) -> Trace | None:
        """What crossed the wire in its last session, once it has ended; None without one."""
        loop_thread().carry(self._relay.close())  # the recording is whole then
        kept = sorted((self._folder / _KEPT).glob("*.glm"))
        if not kept:
            return None
        trace = Trace.load(kept[-1])
        trace.about["switches"] = _switches(self._address)
        return trace

    def answer(self) -> Clip | None:
        """The sound that it saved; None where it saved none, or half of it."""
        saved = self._folder / _ANSWER
        try:
            return Clip.read(saved) if saved.is_file() else None
        except BadAudio:
            return None


@contextmanager
def recorded(
    source: ScriptText,
    to: Emulator | str,
    clip: Clip,
    patience: float,
    spoken: queue.Queue[WrittenLine],
) -> Iterator[RecordedScript]:
    """A script that has begun; nothing of it is left behind."""
    address, key = _address_of(to), Key.random()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, ExitStack() as stack:
        folder = Path(name)
        question = clip.resample(_RATE).write(folder / _QUESTION)
        (folder / _KEPT).mkdir()
        relay = loop_thread().carry(_relay(address, key, folder / _KEPT))
        stack.callback(lambda: loop_thread().carry(relay.close()))
        variables = {"GLM_URL": relay.url, "ZHIPU_API_KEY": key.reveal(), "GLM_WAIT": f"{patience}"}
        arguments = (question, folder / _ANSWER)
        process = ScriptProcess(source.path.resolve(), arguments, variables, folder, spoken)
        stack.callback(process.leave)
        yield RecordedScript(source.name, process, folder=folder, relay=relay, address=address)


async def _relay(address: Address, key: Key, folder: Path) -> ListeningPort:
    lenient = "lenient_ms" in _switches(address)
    return await serve_relay(Upstream(address), [key], save=folder, lenient_ms=lenient)


def _address_of(to: Any) -> Address:
    """Raises BadArgument, NoKey, BadKey."""
    if isinstance(to, Emulator):
        return find_address(to.url, to.key)
    if not isinstance(to, str):
        raise BadArgument(text("stages.no_peer", found=type(to).__name__))
    address = find_address(to, None)
    if address.live:
        warn(text("relay.charged"))
    return address


def _switches(address: Address) -> str:
    return "" if address.server is None else address.server.switches
