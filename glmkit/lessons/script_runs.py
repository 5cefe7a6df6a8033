"""Scripts run as they are, through a relay that records: what they said, what crossed, their end.

::

    run = glm.lessons.run_script("blog_like", question, seconds=5)
    run.ended, run.seconds, run.errors, run.audio     # by itself? after how long? with what?
    glm.lessons.run_scripts({"3_ends": lenient, "4_samples": strict}, question)   # side by side

Each runs as a process of its own, with ``GLM_URL``, ``ZHIPU_API_KEY`` (the relay's, never yours)
and ``GLM_WAIT`` set, and the paths of the question and of the answer as its arguments.
"""

from __future__ import annotations

import os
import queue
import time
import warnings
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Final

from glmkit.emulator.launch import Emulator
from glmkit.errors import BadArgument, GlmWarning
from glmkit.explain import Explanation
from glmkit.lessons.recorded_script import RecordedScript, recorded
from glmkit.lessons.script_attendance import attend
from glmkit.lessons.script_process import WrittenLine
from glmkit.lessons.script_texts import ScriptText, script
from glmkit.media.clip import Clip
from glmkit.numeric import is_number
from glmkit.protocol.event import Event
from glmkit.session.host import write_line
from glmkit.texts import text
from glmkit.turns.explain.all_checks import explanation_of
from glmkit.turns.labels import peer_name
from glmkit.turns.trace import Trace
from glmkit.turns.turn_sequence import Turns

_LONGEST: Final = 120.0  # seconds that a script may run
_MOST: Final = 8  # scripts side by side


@dataclass(frozen=True, slots=True, repr=False)
class ScriptRun:
    """What came of a script.

    Attributes:
        script: its name.
        peer: whom it reached, with the emulator's switches.
        ended: whether it ended by itself, and was not stopped at its deadline.
        status: its exit status, None where it was stopped.
        seconds: from its start to its end.
        lines: what it wrote, its errors included.
        trace: what crossed the wire, at the relay; None where it was not let in.
        audio: the answer that it saved, 24 kHz as a rule; None where it saved none.
        began: its start, in ``perf_counter`` seconds as the events' ``at``.
    """

    script: str
    peer: str
    ended: bool
    status: int | None
    seconds: float
    lines: tuple[str, ...]
    trace: Trace | None
    audio: Clip | None
    began: float = field(compare=False)

    @property
    def turns(self) -> Turns:
        """Its turns, folded from what crossed the wire."""
        return Turns() if self.trace is None else self.trace.turns()

    @property
    def errors(self) -> list[Event]:
        """The errors that the server sent, whether or not the script read them."""
        return [] if self.trace is None else self.trace.select("error", direction="server")

    def explain(self) -> Explanation:
        """What is wrong with what crossed the wire, and what to do. Raises BadArgument if nothing
        crossed it.
        """
        if self.trace is None:
            raise BadArgument(text("stages.nothing_crossed", script=self.script))
        with warnings.catch_warnings():  # of sound that is cut off: it is what is to be explained
            warnings.simplefilter("ignore", GlmWarning)
            return explanation_of(self.trace)

    def __repr__(self) -> str:
        how = "ended" if self.ended else "stopped"
        ended = text(f"stages.{how}", script=self.script, seconds=self.seconds, status=self.status)
        if self.trace is None:
            return _joined(ended, text("stages.not_let_in", peer=self.peer))
        up, down = (len(self.trace.select(direction=way)) for way in ("client", "server"))
        counts = {"up": up, "down": down, "errors": len(self.errors), "peer": self.peer}
        saved = 0.0 if self.audio is None else self.audio.seconds
        crossed = text("stages.crossed", **counts)
        return _joined(ended, crossed, text("stages.saved", seconds=saved))


def _joined(*sentences: str) -> str:
    """Sentences in a row; behind a Chinese full stop there is no blank."""
    return " ".join(sentences).replace("。 ", "。")


def run_script(
    script: str | os.PathLike[str],
    clip: Clip,
    *,
    to: Emulator | str = "emulator",
    seconds: float = 30.0,
    patience: float = 10.0,
) -> ScriptRun:
    """Run one script and show what it writes; what came of it.

    ``script``: a name of ``script``'s, or a path; ``clip``: the question, handed over as a WAV of
    16 kHz; ``to``: an emulator, or what ``connect`` takes (``"live"`` costs what the script
    sends); ``seconds``: after which it is stopped; ``patience``: its ``GLM_WAIT``, the seconds
    without a word from the server that a script may bear. Raises BadArgument, BadFile, and for
    ``to`` as ``connect`` does.
    """
    return run_scripts({script: to}, clip, seconds=seconds, patience=patience)[0]


def run_scripts(
    scripts: Mapping[str | os.PathLike[str], Emulator | str],
    clip: Clip,
    *,
    seconds: float = 30.0,
    patience: float = 10.0,
) -> list[ScriptRun]:
    """Run scripts side by side; what came of each, in their order.

    ``scripts``: script → whom it talks to, 1 to 8 of them; the rest as for ``run_script``.
    """
    texts = _checked(scripts, clip, seconds, patience)
    with ExitStack() as stack:
        spoken: queue.Queue[WrittenLine] = queue.Queue()
        under_way = [
            stack.enter_context(recorded(source, to, clip, patience, spoken))
            for source, to in zip(texts, scripts.values(), strict=True)
        ]
        names = text("features.comma").join(each.name for each in texts)
        write_line(text("stages.running", scripts=names, seconds=seconds))
        attend({each.process: each.name for each in under_way}, spoken, seconds)
        return [_result(each) for each in under_way]


def _checked(scripts: object, clip: object, seconds: object, patience: object) -> list[ScriptText]:
    """The scripts' texts. Raises BadArgument, BadFile."""
    if not isinstance(scripts, Mapping) or not 1 <= len(scripts) <= _MOST:
        raise BadArgument(text("stages.no_scripts", found=type(scripts).__name__, most=_MOST))
    if not isinstance(clip, Clip) or not len(clip):
        raise BadArgument(text("stages.no_clip", found=type(clip).__name__))
    for name, given in (("seconds", seconds), ("patience", patience)):
        if not is_number(given) or not 0 < given <= _LONGEST:
            raise BadArgument(text("stages.no_seconds", name=name, found=given, most=_LONGEST))
    return [script(each) for each in scripts]


def _result(done: RecordedScript) -> ScriptRun:
    """What came of a script that has ended."""
    process = done.process
    return ScriptRun(
        script=done.name,
        peer=done.peer,
        ended=not process.stopped,
        status=process.status,
        seconds=process.seconds or time.perf_counter() - process.began,
        lines=tuple(process.lines),
        trace=done.trace(),
        audio=done.answer(),
        began=process.began,
    )


def peer_in_words(run: ScriptRun) -> str:
    """Whom a run reached, as figures name it."""
    peer, _, switches = run.peer.partition(" ")
    return " ".join(filter(None, (peer_name(peer), switches)))
