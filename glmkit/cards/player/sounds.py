"""How a player's sound travels: in the card's own audio elements, or with the player.

A notebook gets FLAC: lossless, and encoded two thousand times faster than it sounds, where MP3
takes a seventieth of its length. A page to hand on gets MP3, a quarter of the bytes. An MP3
begins with its encoder's delay: the page is told how much there is, and takes it out where the
browser has not.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from glmkit.cards.player.scene import VoicePiece
from glmkit.errors import BadAudio
from glmkit.media import mp3
from glmkit.media.clip import Clip
from glmkit.media.encoders import encode

_CHUNK: Final = 60.0  # seconds that a browser decodes at once
_MP3_RATE: Final = 16_000  # Hz
_FLAC_RATE: Final = 24_000  # Hz, for a sound whose own rate no FLAC can have
_THREADS: Final = 2  # encoders leave the interpreter to others

#: What a page reads of a sound: where it is (``data`` or ``audio``), and how long it is.
CarriedSound = dict[str, Any]


@dataclass(slots=True)
class Soundtrack:
    """The sounds of a player, and for each piece of the scene the sound it is in, and from where.

    ``places``: (piece, number of its sound or None, second of the sound), in the scene's order; a
    long piece comes as several.
    """

    sounds: list[CarriedSound] = field(default_factory=list)
    places: list[tuple[VoicePiece, int | None, float]] = field(default_factory=list)


def own_sounds(pieces: Sequence[VoicePiece], encoded: Callable[[Clip], CarriedSound]) -> Soundtrack:
    """The sounds of pieces to travel with the player, encoded side by side."""
    cut = [part for piece in pieces for part in _cut(piece)]
    heard = [part.clip for part in cut if part.heard]
    with ThreadPoolExecutor(_THREADS, "glmkit player") as threads:
        sounds = [*threads.map(encoded, heard)]
    numbers = iter(range(len(sounds)))
    return Soundtrack(sounds, [(p, next(numbers) if p.heard else None, 0.0) for p in cut])


def card_sounds(pieces: Sequence[VoicePiece], shown: Sequence[bytes]) -> Soundtrack:
    """The sounds of pieces as a card's audio elements hold them: MP3 of you and of the answer."""
    of_voice = ("input", "response")
    sounds = [
        {"audio": name, **delay_of(data)} if data else {}
        for name, data in zip(of_voice, shown, strict=True)
    ]
    places = [
        (piece, piece.voice if piece.heard and sounds[piece.voice] else None, piece.begin)
        for piece in pieces
    ]
    return Soundtrack(sounds, places)


def as_flac(clip: Clip) -> CarriedSound:
    """A clip without any loss."""
    try:
        data = encode(_pcm(clip), clip.rate, "flac")
    except BadAudio:
        data = encode(_pcm(clip.resample(_FLAC_RATE)), _FLAC_RATE, "flac")
    return {"data": _base64(data), "seconds": clip.seconds}


def as_mp3(clip: Clip) -> CarriedSound:
    """A clip as small as its words can still be understood."""
    data = clip.to_mp3(_MP3_RATE)
    return {"data": _base64(data), **delay_of(data)}


def delay_of(data: bytes) -> CarriedSound:
    """Of an MP3 with its encoder's own first frame: the ``seconds`` of its sound, and the silence
    before (``lead``) and behind it (``rest``) in what a plain decoder makes of it."""
    head, said = mp3.header(data), mp3.info(data)
    if head is None or said is None:
        return {"seconds": 0.0, "lead": 0.0, "rest": 0.0}
    whole = said.frames * head.samples
    return {
        "seconds": (whole - said.delay - said.padding) / head.rate,
        "lead": (said.delay + mp3.DECODER_DELAY) / head.rate,
        "rest": (said.padding - mp3.DECODER_DELAY) / head.rate,
    }


def _pcm(clip: Clip) -> NDArray[np.int16]:
    return np.frombuffer(clip.to_pcm(), "<i2")


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _cut(piece: VoicePiece) -> Iterator[VoicePiece]:
    """A piece in stretches that a browser decodes one by one."""
    begin = 0.0
    while begin < piece.clip.seconds:
        clip = piece.clip[begin : begin + _CHUNK]
        yield VoicePiece(piece.voice, clip, piece.at + begin, piece.heard, piece.begin + begin)
        begin += _CHUNK
