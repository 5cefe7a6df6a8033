"""How a player's sound travels: in the card's own audio elements, or with the player.

A notebook gets FLAC: lossless, and encoded two thousand times faster than it sounds, where MP3
takes a seventieth of its length. A page to hand on gets MP3, a quarter of the bytes, and so does
a notebook where an hour would be too heavy. An MP3 begins with its encoder's delay: the page is
told how much there is, and takes it out where the browser has not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import numpy as np
import pybase64
from numpy.typing import NDArray

from glmkit.cards.player.scene import VOICES, VoicePiece
from glmkit.errors import BadAudio
from glmkit.media import mp3
from glmkit.media.clip import Clip
from glmkit.media.encoders import encode

_CHUNK: Final = 60.0  # seconds that a browser decodes at once
_MP3_RATE: Final = 16_000  # Hz
_FLAC_RATE: Final = 24_000  # Hz, for a sound whose own rate no FLAC can have
_HEAVIEST: Final = 24_000_000  # bytes of lossless sound in a cell: half an hour of speech
_THREADS: Final = 2  # encoders leave the interpreter to others


@dataclass(frozen=True, slots=True)
class CarriedSound:
    """A sound as a page finds it: base64 in ``data``, or in the audio element of a voice.

    ``seconds``: its length; ``lead`` and ``rest``: the silence before and behind it in what a
    plain decoder makes of it.
    """

    seconds: float
    lead: float = 0.0
    rest: float = 0.0
    data: str = ""
    audio: str = ""


@dataclass(frozen=True, slots=True)
class Soundtrack:
    """The sounds of a player, and for each piece of the scene the sound it is in, and from where.

    ``encoding``: each gives a sound, once it is encoded. ``places``: (piece, number of its sound or
    None, second of the sound), in the scene's order; a long piece comes as several.
    """

    encoding: Sequence[Callable[[], CarriedSound]]
    places: Sequence[tuple[VoicePiece, int | None, float]]

    @property
    def encoded(self) -> list[CarriedSound]:
        """The sounds, as soon as all are encoded."""
        return [sound() for sound in self.encoding]


def own_sounds(pieces: Sequence[VoicePiece], encoded: Callable[[Clip], CarriedSound]) -> Soundtrack:
    """The sounds of pieces to travel with the player; threads encode them from now on."""
    cut = [part for piece in pieces for part in _cut(piece)]
    threads = ThreadPoolExecutor(_THREADS, "glmkit player")
    encoding = [threads.submit(encoded, part.clip).result for part in cut if part.heard]
    threads.shutdown(wait=False)
    numbers = iter(range(len(encoding)))
    return Soundtrack(encoding, [(p, next(numbers) if p.heard else None, 0.0) for p in cut])


def notebook_sounds(pieces: Sequence[VoicePiece]) -> Soundtrack:
    """The sounds of pieces for a cell: lossless, as long as that is no burden to a notebook."""
    track = own_sounds(pieces, as_flac)
    plain = sum(2 * len(piece.clip) for piece in pieces)  # bytes
    if plain <= _HEAVIEST or sum(len(sound.data) for sound in track.encoded) <= _HEAVIEST:
        return track
    return own_sounds(pieces, as_mp3)


def card_sounds(pieces: Sequence[VoicePiece], shown: Sequence[bytes]) -> Soundtrack:
    """The sounds of pieces as a card's audio elements hold them: MP3 of you and of the answer."""
    sounds = [replace(delay_of(data), audio=name) for name, data in zip(VOICES, shown, strict=True)]
    places = [
        (piece, piece.voice if piece.heard and shown[piece.voice] else None, piece.begin)
        for piece in pieces
    ]
    return Soundtrack([partial(replace, sound) for sound in sounds], places)


def as_flac(clip: Clip) -> CarriedSound:
    """A clip without any loss."""
    try:
        data = encode(_pcm(clip), clip.rate, "flac")
    except BadAudio:
        data = encode(_pcm(clip.resample(_FLAC_RATE)), _FLAC_RATE, "flac")
    return CarriedSound(clip.seconds, data=_base64(data))


def as_mp3(clip: Clip) -> CarriedSound:
    """A clip as small as its words can still be understood."""
    data = clip.to_mp3(_MP3_RATE)
    return replace(delay_of(data), data=_base64(data))


def delay_of(data: bytes) -> CarriedSound:
    """An MP3's length, and its encoder's delay and padding, which its own first frame tells."""
    head, said = mp3.header(data), mp3.info(data)
    if head is None or said is None:
        return CarriedSound(0.0)
    whole = said.frames * head.samples
    return CarriedSound(
        (whole - said.delay - said.padding) / head.rate,
        lead=(said.delay + mp3.DECODER_DELAY) / head.rate,
        rest=(said.padding - mp3.DECODER_DELAY) / head.rate,
    )


def _pcm(clip: Clip) -> NDArray[np.int16]:
    return np.frombuffer(clip.to_pcm(), "<i2")


def _base64(data: bytes) -> str:
    return pybase64.b64encode(data).decode("ascii")


def _cut(piece: VoicePiece) -> Iterator[VoicePiece]:
    """A piece in stretches that a browser decodes one by one."""
    begin = 0.0
    while begin < piece.clip.seconds:
        clip = piece.clip[begin : begin + _CHUNK]
        yield VoicePiece(piece.voice, clip, piece.at + begin, piece.heard, piece.begin + begin)
        begin += _CHUNK
