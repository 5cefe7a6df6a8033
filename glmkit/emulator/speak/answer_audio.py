"""The sound of an answer's clauses, ready or made on the spot; and when to begin.

Rules
- What is in stock is kept as it leaves the server, the last five minutes of it: said again, it
  costs no thread. Whatever else is ready costs milliseconds and never waits behind what is being
  made, nor behind words that are still being thought of: each has threads of its own.
- A voice may make sound more slowly than it plays. So an answer begins as late as it must to be
  spoken without a gap, by how fast this machine was at it so far.
"""

from __future__ import annotations

import threading
import time
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Generic, Literal, TypeVar

from glmkit.emulator.speak.cache import LruCache
from glmkit.emulator.threads import ELSEWHERE, patient, run

if TYPE_CHECKING:
    from glmkit.emulator.speak.voice import SpokenClause
    from glmkit.emulator.think.clauses import Language
    from glmkit.emulator.think.dialogue import Reply

T = TypeVar("T")
RATE = 24_000
_KEPT_SECONDS = 300
_LATEST = 2.0  # seconds: nobody waits longer for the first sound, and pauses follow instead
_SPEED = 0.6  # seconds it takes to make one of sound, before it was ever measured
_PER_CHARACTER = {"zh": 0.22, "en": 0.07}  # seconds a character takes to say
_DEFAULT_VOICES = ("tongtong", "default")
SoundSource = Literal["synthesised", "ready", "stock"]
"""Made on the spot; at hand because it was made before or joins what is; or always at hand."""
SOURCES: Final[tuple[SoundSource, ...]] = ("synthesised", "ready", "stock")  # slowest first


@dataclass(frozen=True, slots=True)
class Spoken:
    """The next words of an answer, or the next of its sound (24 kHz 16-bit mono).

    ``begin`` is how many seconds after the answer was begun its first sound may leave;
    ``complete`` says that no more words will come; ``source``, where the sound came from.
    """

    words: str = ""
    complete: bool = False
    pcm: bytes = field(default=b"", repr=False)
    begin: float = 0.0
    source: SoundSource = "stock"


@dataclass(frozen=True, slots=True)
class ClauseAudio:
    """The sound of a clause, and the silence before the next one."""

    pcm: bytes
    pause: bytes
    source: SoundSource = "stock"

    @property
    def seconds(self) -> float:
        """How long the sound is."""
        return len(self.pcm) / 2 / RATE

    def __len__(self) -> int:
        return len(self.pcm) + len(self.pause)


class AnswerAudio:
    """Speaks for every session of a server; ``anew``, nothing that was made is kept."""

    def __init__(self, *, anew: bool = False) -> None:
        self._anew = anew
        self._quick = ThreadPoolExecutor(8, thread_name_prefix="ready")
        self._slow = patient(2, "voice")
        self._words = ThreadPoolExecutor(ELSEWHERE, thread_name_prefix="words")
        self._kept: LruCache[tuple[str, Language, str], ClauseAudio] = LruCache(
            _KEPT_SECONDS * RATE * 2
        )
        self._speed = _SPEED
        self._loaded: set[Language] = set()

    def close(self) -> None:
        """End the worker threads."""
        for threads in (self._quick, self._slow, self._words):
            threads.shutdown(wait=False, cancel_futures=True)

    async def warm(self) -> None:
        """Load the voices that are there."""
        from glmkit.emulator.speak import voice as voices

        for language in ("zh", "en"):
            if voices.ready(language):
                await run(self._slow, voices.warm, language)
                self._loaded.add(language)

    async def synthesise(self, reply: Reply, *, voice: str, aloud: bool) -> AsyncGenerator[Spoken]:
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
        begin = await self._begin(known, reply.lang, voice)
        pull, pause = Pull(lambda: iter(reply.clauses)), b""
        try:
            while (words := await self._next(pull, known=bool(known))) is not None:
                if not known:
                    yield Spoken(words=words)
                if aloud:
                    sound = await self._sound(words, reply.lang, voice)
                    yield Spoken(pcm=pause + sound.pcm, begin=begin, source=sound.source)
                    pause = sound.pause
        finally:
            if not known:
                self._words.submit(pull.close)
        yield Spoken(complete=True)

    async def _next(self, pull: Pull[str], *, known: bool) -> str | None:
        """The next clause; in a worker thread unless it is known."""
        return pull.next() if known else await run(self._words, pull.next)

    async def _sound(self, words: str, lang: Language, voice: str) -> ClauseAudio:
        sound = await self._ready(words, lang, voice)
        if sound is not None:
            return sound
        began = time.perf_counter()
        sound = await run(self._slow, _said, words, lang, voice, self._anew)
        if sound.seconds and lang in self._loaded:  # what loads a voice says nothing of its speed
            speed = (time.perf_counter() - began) / sound.seconds
            self._speed += 0.3 * (min(speed, 3.0) - self._speed)
        self._loaded.add(lang)
        return sound

    async def _ready(self, words: str, lang: Language, voice: str) -> ClauseAudio | None:
        """The sound of ``words`` if it costs next to nothing."""
        key = (words, lang, voice)
        if (sound := self._kept.get(key)) is not None:
            return sound
        sound = await run(self._quick, _instantly, *key, self._anew)
        if sound is not None and sound.source == "stock":
            self._kept.put(key, sound)
        return sound

    async def _begin(self, clauses: Sequence[str], lang: Language, voice: str) -> float:
        """When to begin, so that each clause is made before the one before it ends."""
        made = played = latest = 0.0
        for words in clauses:
            length = len(words) * _PER_CHARACTER[lang]
            made += length * self._speed if await self._ready(words, lang, voice) is None else 0.0
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


def _instantly(words: str, lang: Language, voice: str, anew: bool) -> ClauseAudio | None:
    """The sound of ``words`` if it costs next to nothing."""
    from glmkit.emulator.speak import stock
    from glmkit.emulator.speak import voice as voices

    found = voices.instantly(words, lang=lang, voice=_name(voice), anew=anew)
    in_stock = stock.has(words, lang, _name(voice))
    return None if found is None else _joined(found, "stock" if in_stock else "ready")


def _said(words: str, lang: Language, voice: str, anew: bool) -> ClauseAudio:
    """The sound of ``words``, ready or made."""
    from glmkit.emulator.speak import voice as voices

    said = voices.saying(words, lang=lang, voice=_name(voice), anew=anew)
    return _joined(list(said), "synthesised")


def _name(voice: str) -> str:
    return _DEFAULT_VOICES[0] if voice in _DEFAULT_VOICES else voice


def _joined(spoken: Sequence[SpokenClause], source: SoundSource) -> ClauseAudio:
    """Clauses as one, the last pause apart."""
    from glmkit.media.encoders import pcm16

    if not spoken:
        return ClauseAudio(b"", b"", source)
    pcm = b"".join(pcm16(each.clip.samples).tobytes() for each in spoken)
    pause = bytes(2 * round(spoken[-1].pause * RATE))
    return ClauseAudio(pcm[: len(pcm) - len(pause)], pause, source)
