"""Pictures: the JPEG frame that the service takes."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from glmkit.errors import BadArgument, BadPicture
from glmkit.media.pictures import GRID, jpeg_frame
from tests.listed import check_each

RNG = np.random.default_rng(0)


def opened(data: bytes) -> Image.Image:
    """The frame, decoded, after a look at what every frame must be."""
    image = Image.open(io.BytesIO(data))
    assert (image.format, image.mode) == ("JPEG", "RGB")
    assert b"\xff\xc0" in data, "baseline"
    assert b"\xff\xc2" not in data, "not progressive"
    assert not image.width % GRID
    assert not image.height % GRID
    return image


def saved(image: Image.Image, format: str, **settings: object) -> bytes:
    """The picture as a file of some format."""
    out = io.BytesIO()
    image.save(out, format, **settings)  # type: ignore[arg-type]
    return out.getvalue()


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((1920, 1080), (1120, 616)),
        ((1080, 1920), (616, 1120)),
        ((640, 480), (644, 476)),
        ((56, 28), (56, 28)),
        ((1, 1), (28, 28)),
        ((3000, 2), (1120, 28)),
    ],
)
def test_sides_are_multiples_of_28(size: tuple[int, int], expected: tuple[int, int]) -> None:
    """Large pictures shrink, small ones go to the nearest multiples."""
    assert opened(jpeg_frame(Image.new("RGB", size, "red"))).size == expected


def test_max_side_is_kept() -> None:
    """The longer side never exceeds max_side."""
    assert opened(jpeg_frame(Image.new("RGB", (900, 900)), max_side=300)).size == (280, 280)
    with pytest.raises(BadArgument, match="28"):
        jpeg_frame(Image.new("RGB", (9, 9)), max_side=20)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "GIF", "BMP", "WEBP", "TIFF"])
def test_sources(tmp_path: Path, format: str) -> None:
    """Paths with Chinese names, bytes and open files of the usual formats are read."""
    data = saved(Image.new("RGB", (112, 56), (10, 200, 30)), format)
    path = tmp_path / f"图片 一.{format.lower()}"
    path.write_bytes(data)
    for source in (path, str(path), data, io.BytesIO(data)):
        pixel = opened(jpeg_frame(source)).getpixel((50, 20))
        assert np.allclose(pixel, (10, 200, 30), atol=6)


@pytest.mark.parametrize(
    ("array", "expected"),
    [
        (np.full((56, 84), 200, np.uint8), (200, 200, 200)),
        (np.full((56, 84, 1), 200, np.uint8), (200, 200, 200)),
        (np.full((56, 84, 3), (250, 0, 0), np.uint8), (250, 0, 0)),
        (np.full((56, 84, 4), (250, 0, 0, 0), np.uint8), (255, 255, 255)),
        (np.full((56, 84, 3), 0.5), (128, 128, 128)),
    ],
)
def test_arrays(array: np.ndarray, expected: tuple[int, ...]) -> None:
    """Arrays are (height, width[, channels]) of uint8, or of floats to 1."""
    image = opened(jpeg_frame(array))
    assert image.size == (84, 56)
    assert np.allclose(image.getpixel((40, 20)), expected, atol=6)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "PA", "P"])
def test_transparency_lies_on_white(mode: str) -> None:
    """What is transparent becomes white, whatever the mode."""
    image = Image.new("RGBA", (56, 56), (0, 0, 0, 0))
    data = saved(image.convert(mode), "PNG") if mode != "PA" else image.convert("PA")
    assert np.allclose(opened(jpeg_frame(data)).getpixel((20, 20)), 255, atol=3)


@pytest.mark.parametrize("mode", ["1", "L", "CMYK", "YCbCr", "I;16"])
def test_unusual_modes_become_rgb(mode: str) -> None:
    """Grey, print and 16-bit pictures keep their brightness."""
    white = {"I;16": 65535, "CMYK": (0, 0, 0, 0), "YCbCr": (255, 128, 128)}.get(mode, 255)
    image = opened(jpeg_frame(Image.new(mode, (56, 56), white)))
    assert np.allclose(image.getpixel((20, 20)), 255, atol=4)
    image = opened(jpeg_frame(Image.new("I;16", (56, 56), 1 << 15)))
    assert np.allclose(image.getpixel((20, 20)), 128, atol=4)


def test_exif_orientation_is_applied_and_nothing_is_told() -> None:
    """A telephone's picture stands upright; place and comments stay at home."""
    image = Image.new("RGB", (112, 56), "white")
    image.paste("black", (0, 0, 56, 56))
    exif = Image.Exif()
    exif[0x0112] = 6  # turn clockwise
    exif[0x010E] = "secret place"
    data = jpeg_frame(saved(image, "JPEG", exif=exif, comment=b"secret words"))
    upright = opened(data)
    assert upright.size == (56, 112)
    assert upright.getpixel((28, 10)) < (50, 50, 50)
    assert upright.getpixel((28, 100)) > (200, 200, 200)
    assert b"secret" not in data
    assert b"Exif" not in data


@pytest.mark.slow
def test_frames_stay_small_enough_to_send() -> None:
    """Even noise, the worst of pictures, stays far under a message's limit."""
    noise = RNG.integers(0, 255, (2000, 3000, 3)).astype(np.uint8)
    assert len(jpeg_frame(noise)) < 250_000
    smooth = np.linspace(0, 1, 3000 * 2000).reshape(2000, 3000)
    assert len(jpeg_frame(smooth)) < 120_000


def test_the_picture_given_is_not_changed() -> None:
    """A PIL picture stays as it was."""
    image = Image.new("RGBA", (100, 50), (1, 2, 3, 4))
    image.info["comment"] = b"mine"
    before = image.copy()
    jpeg_frame(image)
    assert (image.size, image.mode, image.info) == (before.size, before.mode, before.info)
    assert image.tobytes() == before.tobytes()


@pytest.mark.slow
def test_bombs_are_refused() -> None:
    """A small file of a huge picture is refused before it is decoded."""
    line = saved(Image.new("1", (60_000, 1)), "PNG")
    bomb = line.replace(
        (1).to_bytes(4, "big") + b"\x01\x00", (60_000).to_bytes(4, "big") + b"\x01\x00"
    )
    with pytest.raises(BadPicture):
        jpeg_frame(bomb)
    with pytest.raises(BadPicture, match="100 million"):
        jpeg_frame(saved(Image.new("1", (12_000, 12_000)), "PNG"))


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        (b"", "0 bytes"),
        (b"hello", "no picture"),
        (b"\0\0\0\x20ftypheic" + bytes(50), "HEIC"),
        (saved(Image.fromarray(RNG.integers(0, 255, (99, 99), np.uint8)), "PNG")[:900], "damaged"),
        (saved(Image.fromarray(RNG.integers(0, 255, (99, 99), np.uint8)), "JPEG")[:900], "damaged"),
        (np.zeros(5, np.uint8), r"\(5,\)"),
        (np.zeros((5, 5, 2), np.uint8), r"\(5, 5, 2\)"),
        (np.zeros((0, 5), np.uint8), r"\(0, 5\)"),
        (np.zeros((5, 5), np.int64), "int64"),
        (np.full((5, 5), 7.0), "between 0 and 1"),
        (np.full((5, 5), np.nan), "between 0 and 1"),
        ("nowhere.png", "no file nowhere.png"),
        (17, "int"),
    ],
)
def test_what_is_no_picture(picture: object, words: str) -> None:
    """What is no picture is refused by what it is."""
    with pytest.raises(BadPicture, match=words):
        jpeg_frame(picture)  # type: ignore[arg-type]


def tiff(tag: int, kind: int, count: int, value: bytes) -> bytes:
    """A small grey TIFF, one of whose tags is otherwise."""
    numbers = {256: 4, 257: 4, 258: 8, 259: 1, 262: 1, 273: 300, 277: 1, 278: 4, 279: 16}
    tags = {name: (4, 1, struct.pack("<I", number)) for name, number in numbers.items()}
    tags[tag] = (kind, count, value)
    head = b"II*\0" + struct.pack("<IH", 8, len(tags))
    rows = (struct.pack("<HHI4s", name, *each) for name, each in sorted(tags.items()))
    return (head + b"".join(rows)).ljust(300, b"\0") + bytes(range(16))


def test_odd_tags_are_the_pictures_fault() -> None:
    """Whatever the decoder makes of words or fractions where a number belongs, and the reverse."""
    assert jpeg_frame(tiff(256, 4, 1, struct.pack("<I", 4)))

    def check(*tag: int) -> None:
        with pytest.raises(BadPicture, match="damaged"):
            jpeg_frame(tiff(*tag, b"\1\0\0\0"))

    offset, notes = 273, 700  # of the pixels; XMP
    check_each(check, [(offset, kind, 1) for kind in (2, 5, 7, 11)])
    check_each(check, [(notes, kind, 1) for kind in (2, 3, 5, 11)])
