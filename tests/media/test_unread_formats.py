"""Formats that are not read: each is named, with the way that is open to its owner."""

from __future__ import annotations

import pytest

from glmkit.errors import BadAudio
from glmkit.media.clip import Clip
from glmkit.texts import text_in
from tests.listed import check_each

REST = b"\0\x01\xfe\x80" * 100
OGG = b"OggS\0\2" + bytes(8) + b"\1\2\3\4" + bytes(8) + b"\1\x50"
BROWSER, PHONE = "Upload", "phone"
NAMED = (
    (b"\0\0\0\x20ftypM4A ", "M4A", BROWSER),
    (b"\0\0\0\x20ftypisom", "MP4", BROWSER),
    (b"\0\0\0\x14ftypqt  ", "MOV", BROWSER),
    (b"\0\0\0\x08wide", "MOV", BROWSER),
    (b"\x1a\x45\xdf\xa3", "WebM", BROWSER),
    (b"\xff\xf1\x50\x80", "AAC", BROWSER),
    (b"\xff\xf9\x50\x80", "AAC", BROWSER),
    (b"ID3\x04\0\0\0\0\0\x04abcd\xff\xf1\x50\x80", "AAC", BROWSER),
    (b"\x02#!SILK_V3\x0c\0", "SILK.*WeChat", PHONE),
    (b"#!SILK_V3\x0c\0", "SILK.*WeChat", PHONE),
    (b"#!AMR\n", "AMR", PHONE),
    (b"#!AMR-WB\n", "AMR", PHONE),
    (b"\0\0\0\x18ftyp3gp4" + bytes(40) + b"stsd" + bytes(12) + b"samr", "3GP.*AMR", PHONE),
    (OGG + b"Speex   1.2", "Speex", PHONE),
    (b"wvpk\xb2\0\0\0", "WavPack", PHONE),
    (b"MAC \x96\x0f\0\0", "APE", PHONE),
    (b"caff\0\1\0\0desc" + bytes(16) + b"aac ", "CAF", PHONE),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "WMA", PHONE),
    (b"MThd\0\0\0\6", "MIDI", "notes"),
    (b"CTENFDAM", "NCM", "not locked"),
    (b"\0\0\0\x18ftypheic", "picture", "right file"),
    (b"RIFF\x10\0\0\0WEBPVP8 ", "picture", "right file"),
)


def test_each_is_named_with_a_way_out() -> None:
    """No cryptic word of a library, and never that these were bare samples."""

    def check(begins: bytes, name: str, way: str) -> None:
        with pytest.raises(BadAudio, match=f"{name}.*{way}") as caught:
            Clip.read(begins + REST)
        assert "from_pcm" not in str(caught.value)
        assert "ormat not recogni" not in str(caught.value)

    check_each(check, NAMED)


def test_the_button_is_called_as_it_is_on_the_page() -> None:
    """Whoever is sent to the recorder finds there what the sentence names, in both languages."""
    for lang in ("en", "zh"):
        button = text_in(lang, "widgets.ui_upload")
        for way in ("in_browser", "silk", "amr", "other"):
            assert button in text_in(lang, f"media.{way}", name="a", found="b")


def test_text_that_begins_like_one_is_text() -> None:
    """Words are no sound of some rare kind."""
    for words in ("MAC addresses of the room", "I'm free today", "MP+ is a format", "TTA1 line"):
        with pytest.raises(BadAudio, match="is text"):
            Clip.read(words.encode())
