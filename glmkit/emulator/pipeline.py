"""What the sessions of one server share: the detector of speech, recognition, dialogue, voice.

Everything heavy is loaded, and run, in worker threads: hearing, thinking and speaking have some
each, so that none waits for another. Nothing here knows the protocol.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncGenerator, Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from glmkit.emulator.hear.bias import names_in
from glmkit.emulator.hear.fair_queue import NOBODY, Owner
from glmkit.emulator.speak.answer_audio import AnswerAudio, Spoken
from glmkit.emulator.think.dialogues import Dialogues
from glmkit.emulator.threads import ELSEWHERE, run
from glmkit.environment.features import has, needs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from glmkit.emulator.hear.recognition import Recogniser
    from glmkit.emulator.hear.shared_detector import DetectorStream, SharedDetector
    from glmkit.emulator.log import Log
    from glmkit.emulator.options import Options
    from glmkit.emulator.think.dialogue import Heard, HeardBy, Output, Reply
    from glmkit.emulator.think.persona import Lang, Said


_HEARING_SECONDS = 15.0  # an utterance may wait and be recognised
_MOST_WAIT = 8.0  # seconds: who would have to wait longer is told at once


class SpokenAudio(Protocol):
    """The sound of an utterance, as long as it is, for whoever recognises it."""

    @property
    def seconds(self) -> float:
        """How long the sound is."""

    def samples(self) -> NDArray[np.float32]:
        """All of it at 16 kHz, shape (n,), in −1…1."""


class SpeechPipeline:
    """Hears, thinks and speaks for every session of a server."""

    def __init__(self, options: Options, log: Log) -> None:
        self._options, self._log = options, log
        self._warming: asyncio.Task[None] | None = None
        self.dialogues = Dialogues(options.dialogue, options.scripts)
        if options.dialogue != "rules":  # a bad switch is told at the start; rules load at leisure
            self.dialogues.of()
        self._detector: SharedDetector | None = None
        self._loading: asyncio.Task[None] | None = None
        self._measuring = ThreadPoolExecutor(2, thread_name_prefix="measuring")
        self._mind = ThreadPoolExecutor(ELSEWHERE, thread_name_prefix="mind")
        self._audio = AnswerAudio(anew=options.steady)

    def start(self) -> None:
        """Begin to load what every session needs; returns at once."""
        self._loading = self._background(self._load(), "loading")
        if self._options.steady:  # nobody's first turn is to wait for it
            self.expect()

    def expect(self) -> None:
        """Somebody is about to talk: load what recognises and speaks, once.

        With ``GLMKIT_LAZY=1`` each is loaded when needed: tests that use neither start sooner.
        """
        if self._warming is None and os.environ.get("GLMKIT_LAZY") != "1":
            self._warming = self._background(self._warm(), "warming")

    async def aclose(self) -> None:
        """End the worker threads."""
        tasks = [task for task in (self._loading, self._warming) if task is not None]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)
        if self._detector is not None:
            await self._detector.aclose()
        self._audio.close()
        for threads in (self._measuring, self._mind):
            threads.shutdown(wait=False, cancel_futures=True)

    async def _load(self) -> None:
        await run(self._measuring, _import)
        if not has("voice_activity"):
            return
        # what is heavy in it is there by now
        from glmkit.emulator.hear.shared_detector import SharedDetector

        self._detector = await SharedDetector().__aenter__()

    async def _warm(self) -> None:
        assert self._loading is not None
        await asyncio.shield(self._loading)
        from glmkit.emulator.hear.recognition import Recogniser

        hears = Recogniser.available()
        ahead = [run(self._mind, self._think_ahead, hears)]
        if hears:  # most of that is outside the interpreter: both at once
            ahead.append(_recogniser().load())
        await asyncio.gather(*ahead)
        await self._audio.warm()

    def _think_ahead(self, hears: bool) -> None:
        """Load who answers and, where speech is recognised, the words that put hearing right."""
        from glmkit.emulator.hear.homophones import lexicon

        self.dialogues.of()
        if hears:
            lexicon()

    def _background(self, work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        def over(task: asyncio.Task[None]) -> None:
            if not task.cancelled() and (error := task.exception()) is not None:
                self._log.problem(name, error)

        task = asyncio.create_task(work, name=name)
        task.add_done_callback(over)
        return task

    async def listen(self) -> DetectorStream:
        """A stream through the detector of speech; waits until that is loaded.

        Raises Missing where what it runs on is not installed."""
        needs("voice_activity")
        if self._detector is None:
            assert self._loading is not None
            await asyncio.shield(self._loading)
        assert self._detector is not None
        return self._detector.open()

    async def hear(
        self,
        utterance: SpokenAudio,
        configuration: Mapping[str, Any],
        *,
        owner: Owner = NOBODY,
        late: float = 0.0,
    ) -> Heard:
        """What was said in ``utterance``, as far as this machine can tell; ``late`` seconds late.

        Accounts take turns, and in each its sessions: ``owner`` is whose it is. Where that takes
        too long it is not heard: ``source`` is "busy" then.
        """
        await asyncio.sleep(late)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_HEARING_SECONDS):
                return await self._hear(utterance, configuration, owner)
        return _not_heard(utterance)

    async def _hear(
        self, utterance: SpokenAudio, configuration: Mapping[str, Any], owner: Owner
    ) -> Heard:
        from glmkit.emulator.think.dialogue import Heard

        measured = await run(self._measuring, _measure, utterance)
        known = measured.known or ("", None)
        text: str | None = known[0] or None
        source: HeardBy = "known sample" if measured.known else "measured"
        lang = known[1]
        if measured.recognisable:
            if _recogniser().expected_wait(owner) > _MOST_WAIT:
                return _not_heard(utterance)
            names = names_in(configuration)
            heard = await _recogniser().start(measured.samples, names=names, owner=owner)
            text, lang = heard.text, heard.lang
            source = "unclear" if heard.unclear else "recognised"
        return Heard(text, lang, utterance.seconds, measured.level, source)

    async def reply(
        self,
        heard: Heard | Sequence[Output],
        *,
        configuration: Mapping[str, Any],
        history: Sequence[Said],
        owner: Owner = NOBODY,
    ) -> Reply:
        """What to answer ``owner``."""
        return await run(self._mind, self._think, heard, configuration, history, owner.account)

    def _think(
        self,
        heard: Heard | Sequence[Output],
        configuration: Mapping[str, Any],
        history: Sequence[Said],
        account: str,
    ) -> Reply:
        dialogue = self.dialogues.of(account)
        return dialogue.reply(heard, configuration=configuration, history=history)

    def speak(self, reply: Reply, *, voice: str, aloud: bool) -> AsyncGenerator[Spoken]:
        """The answer clause by clause, words before their sound; no sound unless ``aloud``."""
        return self._audio.synthesise(reply, voice=voice, aloud=aloud)


def _import() -> None:
    """Imports take a second together: not on the loop."""
    from glmkit.emulator.hear import known_recordings
    from glmkit.media.voice_activity.silero import detector

    if has("voice_activity"):
        detector()
    known_recordings.moments()


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """What can be told of an utterance without a recogniser: 16 kHz samples, level in dBFS."""

    samples: NDArray[np.float32]
    level: float
    recognisable: bool
    known: tuple[str, Lang] | None


def _measure(utterance: SpokenAudio) -> Measured:
    import numpy as np

    from glmkit.emulator.hear.known_recordings import known_words
    from glmkit.emulator.hear.recognition import Recogniser

    samples = utterance.samples()
    power = float(np.dot(samples, samples)) / max(1, len(samples))
    level = 10 * float(np.log10(power)) if power else float("-inf")
    recognisable = Recogniser.available()
    return Measured(samples, level, recognisable, None if recognisable else known_words(samples))


def _not_heard(utterance: SpokenAudio) -> Heard:
    from glmkit.emulator.think.dialogue import Heard

    return Heard(None, seconds=utterance.seconds, source="busy")


@cache
def _recogniser() -> Recogniser:
    """One recogniser a process: it weighs some hundred megabytes."""
    from glmkit.emulator.hear.recognition import Recogniser

    return Recogniser()
