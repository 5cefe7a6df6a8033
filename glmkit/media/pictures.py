"""A picture → the JPEG frame that ``append_video_frame`` takes.

Documented: one baseline JPEG, sides multiples of 28; the service rescales anything else. Its own
sample frame has about 120 kB. So a picture is turned upright, laid on white where it is
transparent, shrunk until its longer side is ``max_side``, and brought to multiples of 28.
What a camera writes beside the pixels (place, time, comments) is left out.
"""

from __future__ import annotations

import io
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from glmkit.errors import BadArgument, BadPicture
from glmkit.media.source import Readable, load
from glmkit.texts import text

Picture = str | os.PathLike[str] | bytes | Readable | Image.Image | NDArray[Any]

GRID: Final = 28  # documented
_FORMATS: Final = ("JPEG", "PNG", "GIF", "BMP", "WEBP", "TIFF", "PPM")
_MOST_PIXELS = 100_000_000
_QUALITIES = (85, 75, 65, 50, 35)
_ENOUGH = 200_000  # bytes; as base64 a quarter of the 1 MiB that a message may safely have


def jpeg_frame(picture: Picture, *, max_side: int = 1120) -> bytes:
    """The JPEG of a path, bytes, an open file, a PIL image or an array (h, w[, 1, 3 or 4]).

    Arrays hold uint8, or floats from 0 to 1. ``max_side`` is in pixels, at least 28; small
    pictures are not enlarged past the next multiple of 28. Raises BadPicture.
    """
    if max_side < GRID:
        raise BadArgument(text("media.picture_max_side", found=max_side, least=GRID))
    image = _opened(picture)
    _check_size(image)
    with _decoding():
        return _encoded(_on_grid(_upright(image, max_side), max_side))


@contextmanager
def _decoding() -> Iterator[None]:
    """Whatever Pillow raises is the picture's fault: BadPicture."""
    try:
        yield
    except Image.DecompressionBombError as error:
        raise BadPicture(text("media.picture_bomb", most=_MOST_PIXELS // 1_000_000)) from error
    except Exception as error:  # a TypeError for an odd tag, and so on
        why = str(error) or type(error).__name__
        raise BadPicture(text("media.picture_broken", why=why)) from error


def _opened(picture: Picture) -> Image.Image:
    if isinstance(picture, Image.Image):
        return picture
    if isinstance(picture, np.ndarray):
        return _from_array(picture)
    loaded = load(picture, error=BadPicture)
    with _decoding(), warnings.catch_warnings():
        # our own limit comes right after this
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            return Image.open(io.BytesIO(loaded.data), formats=_FORMATS)
        except UnidentifiedImageError:
            pass
    raise BadPicture(_unknown(loaded.data, loaded.name))


def _unknown(data: bytes, name: str) -> str:
    if data[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"}:
        return text("media.picture_heic", name=name)
    return text("media.picture_unknown", name=name)


def _check_size(image: Image.Image) -> None:
    if image.width * image.height > _MOST_PIXELS:
        raise BadPicture(text("media.picture_bomb", most=_MOST_PIXELS // 1_000_000))
    if not image.width or not image.height:
        raise BadPicture(text("media.picture_no_pixels", found=image.size))


def _from_array(array: NDArray[Any]) -> Image.Image:
    channels = array.shape[2] if array.ndim == 3 else 1
    if array.ndim not in {2, 3} or channels not in {1, 3, 4} or not array.size:
        raise BadPicture(text("media.picture_shape", found=array.shape))
    if array.dtype.kind == "f":
        if not (np.isfinite(array).all() and array.min() >= 0 and array.max() <= 1):
            raise BadPicture(text("media.picture_floats"))
        array = np.rint(array * 255).astype(np.uint8)
    if array.dtype != np.uint8:
        raise BadPicture(text("media.picture_dtype", found=array.dtype))
    return Image.fromarray(array[:, :, 0] if array.ndim == 3 and channels == 1 else array)


def _upright(image: Image.Image, max_side: int) -> Image.Image:
    """The picture as a person sees it: turned as its EXIF says, opaque, RGB."""
    image.draft("RGB", (max_side, max_side))  # a large JPEG need not be decoded in full
    image = ImageOps.exif_transpose(image)
    if image.mode in {"I;16", "I;16B", "I;16L", "I"}:
        image = Image.fromarray((np.asarray(image) >> 8).clip(0, 255).astype(np.uint8))
    if not image.has_transparency_data:
        return image.convert("RGB")
    image = image.convert("RGBA")
    white = Image.new("RGB", image.size, "white")
    white.paste(image, mask=image.getchannel("A"))
    return white


def _on_grid(image: Image.Image, max_side: int) -> Image.Image:
    most = max_side // GRID * GRID
    scale = min(1.0, most / max(image.size))
    size = tuple(max(GRID, round(side * scale / GRID) * GRID) for side in image.size)
    return image if size == image.size else image.resize(size, Image.Resampling.LANCZOS)  # type: ignore[arg-type]


def _encoded(image: Image.Image) -> bytes:
    image.info = {}  # a comment would be written along
    data = b""
    for quality in _QUALITIES:
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, optimize=True, progressive=False)
        data = out.getvalue()
        if len(data) <= _ENOUGH:
            break
    return data
