"""Sound files as phones and browsers write them, each with one tone in it, made here.

AAC is written by hand: a frame whose spectrum has a single line is a few bytes, and sounds.
"""

from __future__ import annotations

import base64
import io
import struct
from typing import Any, Final

import soundfile

import glmkit as glm

PITCH: Final = 457.0  # Hz: the line of AAC's spectrum at 48 kHz that is used below
SECONDS: Final = 1.5
_RATE: Final = 48_000
_BRANDS: Final = {"m4a": b"M4A", "mp4": b"isom", "mov": b"qt", "3gp": b"3gp4"}
_FRAMES: Final = round(SECONDS * _RATE / 1024)

#: Records the tone as this browser would: base64 of the file, or "" where it has no such format.
_RECORD: Final = """([type, pitch, seconds]) => new Promise((resolve) => {
    if (!MediaRecorder.isTypeSupported(type)) return resolve("");
    const context = new AudioContext();
    const tone = new OscillatorNode(context, {frequency: pitch});
    const out = new MediaStreamAudioDestinationNode(context);
    tone.connect(out);
    tone.start();
    const recorder = new MediaRecorder(out.stream, {mimeType: type});
    const parts = [];
    recorder.ondataavailable = ({data}) => parts.push(data);
    recorder.onstop = async () => {
        const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
        resolve(btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")));
    };
    recorder.start();
    setTimeout(() => recorder.stop(), seconds * 1000);
})"""


def every(page: Any) -> list[tuple[str, bytes]]:
    """(name, bytes) of each kind that this browser plays, or writes itself."""
    made = [
        *(("aac.aac", adts()), ("vorbis.ogg", ogg("VORBIS")), ("opus.ogg", ogg("OPUS"))),
        *((f"aac.{end}", mp4(brand)) for end, brand in _BRANDS.items()),
    ]
    written = {end: recorded(page, f"audio/{end}") for end in ("webm", "mp4")}
    plays_aac = page.evaluate("document.createElement('audio').canPlayType('audio/aac') !== ''")
    kept = [file for file in made if plays_aac or not file[0].startswith("aac")]
    return kept + [(f"opus.{end}", data) for end, data in written.items() if data]


def recorded(page: Any, type: str) -> bytes:
    """What this browser's own recorder makes of the tone; nothing where it has no such format."""
    return base64.b64decode(page.evaluate(_RECORD, [type, PITCH, SECONDS]))


def ogg(codec: str) -> bytes:
    """The tone in Ogg: ``VORBIS`` or ``OPUS``."""
    tone, file = glm.Clip.tone(PITCH, SECONDS, rate=_RATE), io.BytesIO()
    soundfile.write(file, tone.samples, _RATE, format="OGG", subtype=codec)
    return file.getvalue()


def adts() -> bytes:
    """The tone in AAC as a stream: a header before each frame (``.aac``)."""
    frame = _aac_frame()
    header = _bits((0xFFF, 12), (0b0001, 4), (1, 2), (3, 4), (0, 1), (1, 3), (0, 4))
    size = _bits((7 + len(frame), 13), (0x7FF, 11), (0, 2))
    return (_packed(header + size) + frame) * _FRAMES


def mp4(brand: bytes) -> bytes:
    """The tone in AAC inside MP4: ``M4A``, ``isom``, ``qt`` (MOV) or ``3gp4``."""
    frame = _aac_frame()
    kind = _box(b"ftyp", brand.ljust(4), bytes(4), b"isom")
    at = len(kind) + len(_movie(frame, 0)) + 8
    return kind + _movie(frame, at) + _box(b"mdat", frame * _FRAMES)


def _aac_frame() -> bytes:
    """One channel, a long window, a single line of the spectrum: the last of the fifth band."""
    element = _bits((0, 3), (0, 4), (196, 8), (0, 1), (0, 2), (0, 1), (5, 6), (0, 1))
    sections = _bits((0, 4), (4, 5), (1, 4), (1, 5))  # four bands of nothing, one of book 1
    scale, tools, line, end = "0", "000", "10100", "111"
    return _packed(element + sections + scale + tools + line + end)


def _bits(*fields: tuple[int, int]) -> str:
    return "".join(f"{value:0{width}b}" for value, width in fields)


def _packed(bits: str) -> bytes:
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def _box(name: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", 8 + len(body)) + name + body


def _full(name: bytes, *parts: bytes) -> bytes:
    return _box(name, bytes(4), *parts)


def _table(name: bytes, *entries: int) -> bytes:
    return _full(name, struct.pack(f">{1 + len(entries)}I", 1, *entries))


def _movie(frame: bytes, at: int) -> bytes:
    samples = _FRAMES * 1024
    unity = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
    lasts = struct.pack(">4I", 0, 0, _RATE, samples)
    head = _full(b"mvhd", lasts, struct.pack(">IH", 0x10000, 0x100), bytes(10), unity, bytes(28))
    track = struct.pack(">5I", 0, 0, 1, 0, samples) + bytes(12) + struct.pack(">HH", 0x100, 0)
    sizes = _full(b"stsz", struct.pack(">II", len(frame), _FRAMES))
    tables = _box(
        b"stbl",
        _full(b"stsd", struct.pack(">I", 1), _aac_entry()),
        _table(b"stts", _FRAMES, 1024),
        _table(b"stsc", 1, _FRAMES, 1),
        sizes,
        _table(b"stco", at),
    )
    here = _full(b"dref", struct.pack(">I", 1), _box(b"url ", b"\0\0\0\1"))
    sound = _box(b"minf", _full(b"smhd", bytes(4)), _box(b"dinf", here), tables)
    kind = _full(b"hdlr", bytes(4), b"soun", bytes(13))
    media = _box(b"mdia", _full(b"mdhd", lasts, b"\x55\xc4\0\0"), kind, sound)
    tkhd = _box(b"tkhd", b"\0\0\0\3", track, unity, bytes(8))
    return _box(b"moov", head, _box(b"trak", tkhd, media))


def _aac_entry() -> bytes:
    config = _tagged(5, _packed(_bits((2, 5), (3, 4), (1, 4), (0, 3))))  # LC, 48 kHz, mono
    decoder = _tagged(4, b"\x40\x15", bytes(11), config)
    stream = _tagged(3, b"\0\1\0", decoder, _tagged(6, b"\2"))
    shape = struct.pack(">6xH8xHHIHH", 1, 1, 16, 0, _RATE, 0)
    return _box(b"mp4a", shape, _full(b"esds", stream))


def _tagged(tag: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return bytes((tag, len(body))) + body
