"""The sound of an answer's clauses, ready or made on the spot; and when to begin.

Rules
- What is ready costs milliseconds and never waits behind what is being made: they have threads
  of their own.
- A voice may make sound more slowly than it plays. So an answer begins as late as it must to be
  spoken without a gap, by how fast this machine was at it so far.
"""

from __future__ import annotations

import threading
import time
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from glmkit.emulator.threads import run

if TYPE_CHECKING:
    from glmkit.emulator.think.clauses import Language
    from glmkit.emulator.think.dialogue import Reply

T = TypeVar("T")
RATE = 24_000
_LATEST = 6.0  # seconds: nobody waits longer for the first sound than this
_SPEED = 0.6  # seconds it takes to make one of sound, before it was ever measured
_PER_CHARACTER = {"zh": 0.22, "en": 0.07}  # seconds a character takes to say
_DEFAULT_VOICES = ("tongtong", "default")


@dataclass(frozen=True, slots=True)
class Spoken:
    """The next words of an answer, or the next of its sound (24 kHz 16-bit mono).

    ``begin`` is how many seconds after the answer was begun its first sound may leave;
    ``complete`` says that no more words will come.
    """

    words: str = ""
    complete: bool = False
    pcm: bytes = field(default=b"", repr=False)
    begin: float = 0.0


@dataclass(frozen=True, slots=True)
class Sound:
    """The sound of a clause, and the silence before the next one."""

    pcm: bytes
    pause: bytes

    @property
    def seconds(self) -> float:
        """How long the sound is."""
        return len(self.pcm) / 2 / RATE


class Voicing:
    """Speaks for every session of a server."""

    def __init__(self) -> None:
        self._quick = ThreadPoolExecutor(8, thread_name_prefix="ready")
        self._slow = ThreadPoolExecutor(2, thread_name_prefix="voice")
        self._speed = _SPEED

    def close(self) -> None:
        """End the worker threads."""
        for threads in (self._quick, self._slow):
            threads.shutdown(wait=False, cancel_futures=True)

    async def warm(self) -> None:
        """Load the voices that are there."""
        from glmkit.emulator.speak import voice as voices

        for language in ("zh", "en"):
            if voices.ready(language):
                await run(self._slow, voices.warm, language)

    async def speak(self, reply: Reply, *, voice: str, aloud: bool) -> AsyncGenerator[Spoken]:
        """The answer: all its words and then its sound, where they are known; else in turns.

        No sound unless ``aloud``.
        """
        known = reply.clauses if isinstance(reply.clauses, Sequence) else ()
        for words in known:
            yield Spoken(words=words)
        if known:
            yield Spoken(complete=True)
        if known and not aloud:
            return
        begin = await run(self._quick, self._begin, known, reply.lang, voice)
        pull, pause = Pull(lambda: iter(reply.clauses)), b""
        try:
            while (words := await run(self._quick, pull.next)) is not None:
                if not known:
                    yield Spoken(words=words)
                if aloud:
                    sound = await self._sound(words, reply.lang, voice)
                    yield Spoken(pcm=pause + sound.pcm, begin=begin)
                    pause = sound.pause
        finally:
            self._quick.submit(pull.close)
        yield Spoken(complete=True)

    async def _sound(self, words: str, lang: Language, voice: str) -> Sound:
        if await run(self._quick, _is_ready, words, lang, voice):
            return await run(self._quick, _said, words, lang, voice)
        began = time.perf_counter()
        sound = await run(self._slow, _said, words, lang, voice)
        if sound.seconds:
            speed = (time.perf_counter() - began) / sound.seconds
            self._speed += 0.3 * (min(speed, 3.0) - self._speed)
        return sound

    def _begin(self, clauses: Sequence[str], lang: Language, voice: str) -> float:
        """When to begin, so that each clause is made before the one before it ends."""
        made = played = latest = 0.0
        for words in clauses:
            length = len(words) * _PER_CHARACTER[lang]
            made += 0.0 if _is_ready(words, lang, voice) else length * self._speed
            latest = max(latest, made - played)
            played += length
        return min(latest, _LATEST)


class Pull(Generic[T]):
    """An iterator that is made, advanced and closed in worker threads, never in two at once."""

    def __init__(self, make: Callable[[], Iterator[T]]) -> None:
        self._make = make
        self._iterator: Iterator[T] | None = None
        self._turn = threading.Lock()

    def next(self) -> T | None:
        """The next thing, or None at the end."""
        with self._turn:
            if self._iterator is None:
                self._iterator = self._make()
            return next(self._iterator, None)

    def close(self) -> None:
        """Ends it early."""
        with self._turn:
            close = getattr(self._iterator, "close", None)
            if close is not None:
                close()


def _is_ready(words: str, lang: Language, voice: str) -> bool:
    """Whether the sound of ``words`` costs nothing: it is kept, or there is no making it."""
    from glmkit.emulator.speak import stock
    from glmkit.emulator.speak import voice as voices
    from glmkit.emulator.think.clauses import language_of

    spoken_in = language_of(words) or lang
    if not voices.ready(spoken_in):
        return True
    return voice in _DEFAULT_VOICES and stock.find(words, spoken_in) is not None


def _said(words: str, lang: Language, voice: str) -> Sound:
    """The sound of ``words``, ready or made."""
    from glmkit.emulator.speak import voice as voices
    from glmkit.writing import pcm16

    name = _DEFAULT_VOICES[0] if voice in _DEFAULT_VOICES else voice
    spoken = list(voices.saying(words, lang=lang, voice=name))
    if not spoken:
        return Sound(b"", b"")
    pcm = b"".join(pcm16(each.clip.samples).tobytes() for each in spoken)
    pause = bytes(2 * round(spoken[-1].pause * RATE))
    return Sound(pcm[: len(pcm) - len(pause)], pause)
