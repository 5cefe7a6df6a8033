"""Formats that are not read here: the bytes by which each is known, and what its owner can do.

Of each there is the sentence with the shortest way: the browser decodes it (the recorder's file
chooser hands over what it heard), the phone can save something else, or ffmpeg converts it.
"""

from __future__ import annotations

import re
from typing import Final

from glmkit.errors import BadAudio
from glmkit.texts import text

_LOOKED_AT: Final = 2048  # bytes
_KNOWN: Final = tuple(
    (re.compile(begins, re.DOTALL), name, sentence)
    for begins, name, sentence in (
        (rb".{4}ftyp(?:hei|hev|mif1|msf1|avi)", "", "picture"),
        (rb"\x89PNG|\xff\xd8\xff|GIF8|%PDF|RIFF.{4}WEBP|II\*\0|MM\0\*|BM.{4}\0{4}", "", "picture"),
        (rb"PK\x03\x04|\x1f\x8b|Rar!\x1a|7z\xbc\xaf", "", "picture"),
        (rb".{4}ftypM4[AB]", "M4A", "in_browser"),
        (rb".{4}ftypqt|[\0-\x08].{3}(?:moov|mdat|wide|free|skip)", "MOV/MP4", "in_browser"),
        (rb".{4}ftyp", "MP4/M4A", "in_browser"),
        (rb"\x1a\x45\xdf\xa3", "WebM/Matroska", "in_browser"),
        (rb"\xff[\xf0\xf1\xf8\xf9]|ADIF", "AAC", "in_browser"),
        (rb"\x02?#!SILK", "SILK", "silk"),
        (rb"#!AMR", "AMR", "amr"),
        (rb"OggS.{24,80}?Speex   ", "Speex", "other"),
        (rb"OggS.{24,80}?(?:\x80theora|OVP80|fishead)", "OGV", "other"),
        (rb"caff.{24}(?:aac|opus|\.mp3|paac)", "CAF (AAC/Opus)", "other"),
        (rb"wvpk", "WavPack", "other"),
        (rb"MAC .?[^ -~]", "APE (Monkey's Audio)", "other"),
        (rb"TTA[12][^ -~]", "TTA", "other"),
        (rb"MPCK|MP\+[^ -~]", "Musepack", "other"),
        (rb"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "WMA", "other"),
        (rb"\.RMF|\.ra\xfd", "RealAudio", "other"),
        (rb"DSD \x1c|FRM8", "DSD", "other"),
        (rb"\x0bw", "AC-3", "other"),
        (rb"\x7f\xfe\x80\x01", "DTS", "other"),
        (rb"RIFF.{4}AVI ", "AVI", "other"),
        (rb"FLV\x01", "FLV", "other"),
        (rb"\0\0\x01\xba|G.{187}G.{187}G", "MPEG", "other"),
        (rb"MThd|RIFF.{4}RMID", "MIDI", "notes"),
        (rb"CTENFDAM", "NCM", "locked"),
    )
)
_COMPRESSED: Final = tuple(
    (begins, name)
    for begins, name, sentence in _KNOWN
    if sentence in ("in_browser", "silk", "amr") and name != "AAC"  # two bytes, as sound has them
)
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_AMR_INSIDE: Final = re.compile(rb"stsd.{12}(?:samr|sawb)", re.DOTALL)


def compressed_kind(data: bytes) -> str:
    """What compressed sound begins so, of the kinds that no raw samples are taken for; or ""."""
    start = data[:_LOOKED_AT]
    return next((name for begins, name in _COMPRESSED if begins.match(start)), "")


def refuse_unread(data: bytes, name: str) -> None:
    """Raises BadAudio for what is known and is not read; ``name`` is what the error calls it."""
    start = data[:_LOOKED_AT]
    for begins, found, sentence in _KNOWN:
        if begins.match(start):
            if sentence == "in_browser" and _AMR_INSIDE.search(data):  # 3GP, of older phones
                found, sentence = "3GP (AMR)", "amr"
            raise BadAudio(text(f"media.{sentence}", name=name, found=found))
    if data.startswith(_UTF16) or _is_text(start):
        page = b"<html" in start.lower()
        raise BadAudio(text("media.page" if page else "media.text", name=name))


def _is_text(start: bytes) -> bool:
    words = start.decode("utf-8", "replace").rstrip("\ufffd")
    return not any(c == "\ufffd" or (c < " " and c not in "\t\n\r") for c in words)
