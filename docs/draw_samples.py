"""Draws five of the pictures in ``data/``: ``python docs/draw_samples.py``.

Every line of them is drawn here, with Pillow and the figures' font; each has 640 × 480 pixels. What
they show is told in ``data/pictures.yaml``.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

from matplotlib import font_manager
from PIL import Image, ImageDraw, ImageFilter, ImageFont

DATA: Final = Path(__file__).parents[1] / "data"
WIDTH: Final = 640
HEIGHT: Final = 480
FINER: Final = 3  # drawn so much larger, then made smaller, for smooth edges
Point = tuple[float, float]


class Sheet:
    """A picture in the making; everything is given in pixels of the finished one."""

    def __init__(self, colour: str) -> None:
        self.image = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER), colour)
        self._draw = ImageDraw.Draw(self.image)

    def polygon(self, points: Sequence[Point], fill: str) -> None:
        self._draw.polygon([(x * FINER, y * FINER) for x, y in points], fill)

    def box(
        self, x: float, y: float, right: float, bottom: float, fill: str, round: float = 0
    ) -> None:
        corners = tuple(each * FINER for each in (x, y, right, bottom))
        self._draw.rounded_rectangle(corners, round * FINER, fill)

    def oval(self, x: float, y: float, wide: float, high: float, fill: str) -> None:
        """With its middle at ``x``, ``y``."""
        corners = (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
        self._draw.ellipse([each * FINER for each in corners], fill)

    def line(self, points: Sequence[Point], colour: str, width: float) -> None:
        """With round joints and ends."""
        fine = [(x * FINER, y * FINER) for x, y in points]
        self._draw.line(fine, colour, round(width * FINER), joint="curve")
        for x, y in (fine[0], fine[-1]):
            half = width * FINER / 2
            self._draw.ellipse((x - half, y - half, x + half, y + half), colour)

    def words(
        self, x: float, y: float, said: str, size: float, colour: str, anchor: str = "mm"
    ) -> None:
        path = font_manager.findfont("DejaVu Sans:bold")
        font = ImageFont.truetype(path, round(size * FINER))
        self._draw.text((x * FINER, y * FINER), said, colour, font, anchor)

    def shade(self, points: Sequence[Point], strength: int, blur: float) -> None:
        """A soft shadow."""
        mask = Image.new("L", self.image.size, 0)
        ImageDraw.Draw(mask).polygon([(x * FINER, y * FINER) for x, y in points], strength)
        mask = mask.filter(ImageFilter.GaussianBlur(blur * FINER))
        self.image.paste("#1c1a22", mask=mask)

    def save(self, name: str) -> None:
        small = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        small.save(DATA / f"picture_{name}.jpg", "JPEG", quality=84, optimize=True)


def arc(x: float, y: float, wide: float, high: float, first: float, last: float) -> list[Point]:
    """Points of an oval's edge from angle to angle (degrees, clockwise from the right)."""
    angles = [math.radians(first + (last - first) * step / 40) for step in range(41)]
    return [(x + wide / 2 * math.cos(a), y + high / 2 * math.sin(a)) for a in angles]


# -- a face --


def face() -> Sheet:
    """A woman with dark hair and a yellow pullover, smiling."""
    sheet = Sheet("#8fc9c4")
    sheet.oval(500, 120, 420, 420, "#9dd3cd")
    sheet.oval(120, 400, 380, 380, "#84bfba")
    sheet.polygon([*arc(320, 262, 296, 380, 150, 390), (452, 430), (188, 430)], "#3a2a2c")
    sheet.polygon([*arc(320, 500, 420, 230, 180, 360)], "#f2b632")
    sheet.box(284, 330, 356, 420, "#e0a583", 30)
    sheet.polygon(arc(320, 398, 110, 60, 0, 180), "#e0a583")
    sheet.oval(320, 240, 216, 268, "#f3c3a1")
    for side in (-1, 1):
        sheet.oval(320 + 108 * side, 248, 34, 54, "#f0bb98")
        sheet.oval(320 + 108 * side, 282, 11, 11, "#f7e08a")
    sheet.polygon(
        [*arc(320, 196, 236, 226, 182, 358), (424, 214), (360, 140), (250, 170), (212, 216)],
        "#3a2a2c",
    )
    _features(sheet)
    return sheet


def _features(sheet: Sheet) -> None:
    for side in (-1, 1):
        x = 320 + 46 * side
        sheet.oval(x, 234, 44, 30, "#ffffff")
        sheet.oval(x, 235, 25, 26, "#5a3a22")
        sheet.oval(x, 235, 13, 14, "#20140f")
        sheet.oval(x + 5, 230, 6, 6, "#ffffff")
        sheet.line(arc(x, 236, 46, 34, 200, 340), "#2c1d1d", 4)
        sheet.line(arc(x, 222, 58, 42, 220, 320), "#3a2a2c", 6)
        sheet.oval(320 + 66 * side, 286, 46, 28, "#f3a892")
    sheet.line([(322, 240), (328, 272), (312, 277)], "#d99a78", 4)
    sheet.polygon(arc(320, 296, 112, 92, 8, 172), "#8c2f35")
    sheet.polygon(arc(320, 299, 98, 40, 8, 172), "#ffffff")
    sheet.polygon(arc(320, 334, 56, 22, 180, 360), "#d9656b")
    sheet.line(arc(320, 296, 116, 92, 8, 172), "#b5484c", 5)
    sheet.line(arc(264, 298, 14, 14, 200, 330), "#d99a78", 3)
    sheet.line(arc(376, 298, 14, 14, 210, 340), "#d99a78", 3)


# -- a room --


def room() -> Sheet:
    """A living room by day: a sofa, a window, a plant, a lamp, and a cat on the rug."""
    sheet = Sheet("#efe3cf")
    sheet.box(0, 352, WIDTH, HEIGHT, "#c1895a")
    for x in range(-60, 760, 80):
        sheet.line([(x, 480), (320 + (x - 320) * 0.72, 352)], "#b07a4d", 2)
    sheet.box(0, 344, WIDTH, 356, "#fbf6ec")
    _window(sheet)
    sheet.box(66, 92, 176, 172, "#7d5a3c", 3)
    sheet.box(73, 99, 169, 165, "#f6d9a0")
    sheet.polygon([(73, 165), (106, 122), (130, 150), (146, 130), (169, 165)], "#5f8f6b")
    sheet.oval(146, 116, 18, 18, "#e7683c")
    sheet.shade([(40, 392), (390, 392), (410, 418), (20, 418)], 70, 7)
    sheet.oval(246, 430, 360, 66, "#d8e1e6")
    sheet.oval(246, 430, 320, 52, "#b9cbd6")
    _sofa(sheet)
    _lamp_and_plant(sheet)
    _cat(sheet)
    return sheet


def _window(sheet: Sheet) -> None:
    sheet.box(352, 58, 552, 256, "#ffffff", 4)
    sheet.box(362, 68, 542, 246, "#a9d8f2")
    sheet.oval(500, 104, 46, 46, "#fff1b0")
    for x, y in ((400, 118), (424, 110), (446, 120)):
        sheet.oval(x, y, 52, 26, "#f7fcff")
    sheet.polygon(
        [(362, 246), (362, 206), (410, 184), (470, 214), (542, 186), (542, 246)], "#7fb77e"
    )
    sheet.box(448, 68, 456, 246, "#ffffff")
    sheet.box(362, 150, 542, 157, "#ffffff")
    sheet.box(342, 250, 562, 264, "#fbf6ec", 3)
    for left, right in ((322, 372), (534, 584)):
        sheet.polygon([(left, 46), (right, 46), (right - 12, 300), (left + 2, 300)], "#d9705f")
        for fold in (14, 28):
            sheet.line([(left + fold, 50), (left + fold - 3, 296)], "#c25e4e", 2)
    sheet.line([(310, 46), (596, 46)], "#6b4a33", 6)


def _sofa(sheet: Sheet) -> None:
    sheet.box(58, 226, 356, 350, "#3f6f8f", 24)
    sheet.box(82, 300, 332, 366, "#4d83a6", 14)
    sheet.box(34, 270, 92, 384, "#386481", 20)
    sheet.box(322, 270, 380, 384, "#386481", 20)
    sheet.box(58, 352, 356, 390, "#335c77", 8)
    sheet.line([(207, 304), (207, 352)], "#3f6f8f", 3)
    for x in (64, 350):
        sheet.box(x - 6, 386, x + 6, 402, "#5b3d28")
    sheet.polygon([(104, 250), (164, 244), (168, 308), (110, 312)], "#f0b94b")
    sheet.polygon([(258, 246), (312, 254), (304, 312), (250, 306)], "#e8e2d6")


def _lamp_and_plant(sheet: Sheet) -> None:
    sheet.box(414, 190, 420, 392, "#4b4038")
    sheet.oval(417, 394, 62, 14, "#4b4038")
    sheet.polygon([(392, 150), (442, 150), (462, 208), (372, 208)], "#f7d774")
    sheet.polygon([(520, 352), (588, 352), (576, 424), (532, 424)], "#c9653f")
    sheet.box(514, 342, 594, 358, "#d9764f", 4)
    for angle in (-150, -128, -108, -90, -70, -50, -28):
        a = math.radians(angle)
        x, y = 554 + 96 * math.cos(a), 344 + 118 * math.sin(a)
        bend = (554 + 40 * math.cos(a), 330 + 84 * math.sin(a))
        sheet.polygon(
            [(550, 344), (bend[0] - 13, bend[1]), (x, y), (bend[0] + 13, bend[1] + 8), (560, 344)],
            "#3f8a55",
        )
        sheet.line([(554, 344), bend, (x, y)], "#5fae73", 2)


def _cat(sheet: Sheet) -> None:
    sheet.line(arc(326, 424, 70, 40, -20, 110), "#4a4a52", 10)
    sheet.oval(276, 420, 100, 46, "#5a5a63")
    sheet.oval(222, 404, 46, 42, "#5a5a63")
    for side in (-1, 1):
        x = 222 + 14 * side
        sheet.polygon([(x - 9, 394), (x + 3 * side, 372), (x + 9, 394)], "#5a5a63")
        sheet.oval(222 + 10 * side, 402, 8, 9, "#d8e36b")
        sheet.oval(222 + 10 * side, 402, 3, 8, "#1b1b20")
        for y in (412, 417):
            sheet.line([(222 + 8 * side, 412), (222 + 32 * side, y)], "#c9c9d0", 1)
    sheet.polygon([(218, 409), (226, 409), (222, 414)], "#e79a9a")
    for x in (250, 266, 282, 298):
        sheet.line(arc(x, 416, 14, 30, 200, 300), "#44444c", 4)
    sheet.oval(238, 438, 34, 14, "#6b6b75")


# -- a parcel --


def parcel() -> Sheet:
    """A cardboard box: its upper right corner is crushed, its right side torn."""
    sheet = Sheet("#cfd4d8")
    sheet.box(0, 300, WIDTH, HEIGHT, "#a9afb5")
    sheet.shade([(110, 396), (330, 452), (590, 392), (560, 360), (200, 350)], 150, 14)
    left = [(120, 172), (322, 222), (322, 432), (120, 370)]
    right = [(322, 222), (474, 187), (500, 214), (520, 206), (520, 372), (322, 432)]
    top = [(120, 172), (318, 128), (452, 155), (438, 172), (474, 187), (322, 222)]
    sheet.polygon(left, "#c08f5a")
    sheet.polygon(right, "#a97945")
    sheet.polygon(top, "#d5a56e")
    sheet.polygon(
        [(452, 155), (438, 172), (474, 187), (500, 214), (520, 206), (498, 184), (506, 176)],
        "#8a5f33",
    )
    sheet.polygon([(452, 155), (476, 166), (462, 176), (474, 187), (438, 172)], "#b98a55")
    for a, b in (
        ((438, 172), (410, 160)),
        ((474, 187), (470, 236)),
        ((500, 214), (484, 262)),
        ((500, 214), (512, 250)),
        ((438, 172), (424, 190)),
    ):
        sheet.line([a, b], "#7a5229", 3)
    sheet.polygon([(206, 153), (232, 147), (434, 196), (408, 202)], "#e6d3a8")
    sheet.polygon(
        [(219, 196), (245, 203), (245, 262), (236, 252), (228, 264), (219, 254)], "#dcc797"
    )
    _tear(sheet)
    _signs(sheet)
    return sheet


def _tear(sheet: Sheet) -> None:
    sheet.polygon(
        [
            (372, 292),
            (404, 272),
            (416, 288),
            (452, 268),
            (444, 300),
            (470, 312),
            (436, 324),
            (428, 350),
            (404, 330),
            (380, 342),
            (386, 314),
        ],
        "#3b2817",
    )
    sheet.polygon([(396, 300), (426, 290), (438, 306), (420, 324), (400, 322)], "#e9eef2")
    sheet.polygon([(404, 304), (422, 298), (428, 308), (416, 316)], "#c8d4dc")
    sheet.polygon([(372, 292), (404, 272), (398, 262), (364, 280)], "#d9ad78")
    sheet.polygon([(470, 312), (436, 324), (446, 336), (478, 322)], "#d9ad78")
    sheet.polygon([(380, 342), (404, 330), (410, 346), (388, 360)], "#cf9f69")


def _signs(sheet: Sheet) -> None:
    def on_side(x: float, y: float) -> Point:
        return 140 + x, 262 + x * 0.28 + y

    red = "#8f3324"
    glass = [
        (8, 0),
        (44, 0),
        (40, 24),
        (30, 34),
        (30, 54),
        (42, 62),
        (10, 62),
        (22, 54),
        (22, 34),
        (12, 24),
    ]
    sheet.polygon([on_side(x, y) for x, y in glass], red)
    sheet.line([on_side(30, 0), on_side(22, 12), on_side(30, 20)], "#c08f5a", 3)
    for at in (60, 92):
        arrow = [
            (at + 12, 0),
            (at + 26, 18),
            (at + 17, 18),
            (at + 17, 54),
            (at + 7, 54),
            (at + 7, 18),
            (at - 2, 18),
        ]
        sheet.polygon([on_side(x, y) for x, y in arrow], red)
    sheet.line([on_side(56, 62), on_side(122, 62)], red, 5)


# -- a wearable's chart --

_BEATS: Final = (
    (0, 61), (1.5, 57), (3, 54), (5, 55), (6.5, 60), (7, 78), (8, 92), (8.7, 84), (10, 72),
    (12, 76), (12.6, 88), (13.5, 74), (15, 70), (17, 75), (18, 96), (18.5, 138), (18.8, 152),
    (19.2, 146), (19.6, 112), (20.5, 86), (22, 72), (24, 62),
)  # fmt: skip


def heart() -> Sheet:
    """The heart rate of a day: 54 at three in the morning, 152 shortly before seven pm."""
    sheet = Sheet("#12161f")
    sheet.box(28, 24, 612, 456, "#1b2130", 26)
    _heart(sheet, 78, 76, 1.0)
    sheet.words(112, 76, "24 h", 24, "#e9edf5", "lm")
    sheet.words(574, 76, "54 – 152", 24, "#ff6b7d", "rm")
    for beats in (40, 80, 120, 160):
        y = _height(beats)
        sheet.line([(86, y), (584, y)], "#2c3549", 1.5)
        sheet.words(72, y, str(beats), 15, "#93a0b8", "rm")
    for hour in range(0, 25, 6):
        sheet.line([(_across(hour), 128), (_across(hour), 398)], "#262e40", 1.5)
        sheet.words(_across(hour), 420, f"{hour}:00", 15, "#93a0b8")
    points = [(_across(hour), _height(_beats(hour))) for hour in (step / 20 for step in range(481))]
    sheet.polygon([(86, 398), *points, (584, 398)], "#4a2334")
    sheet.line(points, "#ff5d73", 3.5)
    x, y = _across(18.8), _height(152)
    sheet.oval(x, y, 18, 18, "#ffffff")
    sheet.oval(x, y, 11, 11, "#ff5d73")
    sheet.box(x - 104, y - 17, x - 18, y + 17, "#ff5d73", 10)
    sheet.words(x - 61, y, "152", 20, "#ffffff")
    return sheet


def _heart(sheet: Sheet, x: float, y: float, size: float) -> None:
    sheet.oval(x - 8 * size, y - 5 * size, 18 * size, 18 * size, "#ff5d73")
    sheet.oval(x + 8 * size, y - 5 * size, 18 * size, 18 * size, "#ff5d73")
    sheet.polygon([(x - 16 * size, y - 1), (x + 16 * size, y - 1), (x, y + 18 * size)], "#ff5d73")


def _across(hour: float) -> float:
    return 86 + hour / 24 * 498


def _height(beats: float) -> float:
    return 398 - (beats - 30) / 140 * 270


def _beats(hour: float) -> float:
    """Between the measured ones, with the small unrest of a real heart."""
    for (start, low), (end, high) in pairwise(_BEATS):
        if hour <= end:
            part = (1 - math.cos(math.pi * (hour - start) / (end - start))) / 2
            unrest = 2.2 * math.sin(hour * 9.7) * math.sin(hour * 3.1 + 1)
            return low + (high - low) * part + (unrest if abs(hour - 18.8) > 0.3 else 0)
    return _BEATS[-1][1]


# -- homework --

_STROKES: Final[dict[str, Sequence[Sequence[Point]]]] = {
    "0": [arc(0.5, 0.5, 0.72, 0.98, -100, 262)],
    "1": [[(0.3, 0.2), (0.55, 0.02), (0.52, 1)]],
    "2": [[*arc(0.47, 0.28, 0.62, 0.52, 190, 390), (0.12, 0.98), (0.88, 0.96)]],
    "3": [[*arc(0.45, 0.26, 0.56, 0.5, 200, 440), *arc(0.44, 0.73, 0.7, 0.54, 280, 520)]],
    "4": [[(0.5, 0), (0.08, 0.66), (0.9, 0.64)], [(0.62, 0.34), (0.6, 1)]],
    "5": [
        [(0.3, 0.04), (0.22, 0.44), *arc(0.44, 0.68, 0.68, 0.58, 230, 510)],
        [(0.3, 0.04), (0.84, 0.02)],
    ],
    "6": [[(0.7, 0.02), (0.3, 0.36), *arc(0.48, 0.7, 0.64, 0.56, 180, 540)]],
    "7": [[(0.1, 0.05), (0.88, 0.03), (0.4, 1)]],
    "8": [[*arc(0.5, 0.26, 0.52, 0.48, 60, 400), *arc(0.5, 0.74, 0.7, 0.52, 270, 630)]],
    "9": [[*arc(0.48, 0.3, 0.62, 0.56, 0, 360), (0.78, 0.4), (0.6, 1)]],
    "+": [[(0.5, 0.24), (0.5, 0.8)], [(0.18, 0.52), (0.84, 0.5)]],
    "-": [[(0.18, 0.52), (0.84, 0.5)]],
    "×": [[(0.2, 0.28), (0.8, 0.8)], [(0.8, 0.26), (0.2, 0.82)]],
    "÷": [[(0.14, 0.53), (0.88, 0.51)], [(0.5, 0.26), (0.52, 0.28)], [(0.5, 0.78), (0.52, 0.8)]],
    "=": [[(0.14, 0.4), (0.88, 0.38)], [(0.14, 0.66), (0.88, 0.64)]],
}
_SUMS: Final = ("12+9=21", "45-18=27", "7×8=54", "36÷4=9", "63+29=92", "6×9=54")  # 7×8 is 56


def homework() -> Sheet:
    """A lined page with six sums in pencil; the third is wrong, and nobody has marked it yet."""
    sheet = Sheet("#b98b5e")
    for y in range(12, 480, 26):
        sheet.line([(0, y), (640, y + 8)], "#b08253", 3)
    sheet.shade([(88, 30), (572, 40), (566, 474), (84, 466)], 130, 10)
    sheet.polygon([(78, 18), (562, 22), (556, 466), (74, 460)], "#fdfaf0")
    for y in range(84, 450, 36):
        sheet.line([(80, y), (556, y + 3)], "#bcd3e6", 1.6)
    sheet.line([(132, 22), (128, 460)], "#e79a9a", 2)
    for y in (70, 240, 410):
        sheet.oval(100, y, 20, 20, "#b08253")
    chance = random.Random(7)
    for number, said in enumerate(_SUMS):
        column, row = divmod(number, 3)
        _write(sheet, 148 + column * 208, 108 + row * 108, said, chance)
    _pencil(sheet)
    return sheet


def _write(sheet: Sheet, x: float, y: float, said: str, chance: random.Random) -> None:
    for letter in said:
        wide, high = (16, 34) if letter.isdigit() else (17, 30)
        lean, up = chance.uniform(-0.12, 0.02), chance.uniform(-2.5, 2.5)
        for stroke in _STROKES[letter]:
            points = [
                (
                    x + (px - lean * (py - 0.5)) * wide + chance.uniform(-0.3, 0.3),
                    y + up + py * high,
                )
                for px, py in stroke
            ]
            sheet.line(points, "#3c4a63", 2.8)
        x += wide + chance.uniform(4, 7)


def _pencil(sheet: Sheet) -> None:
    def along(part: float, beside: float) -> Point:
        return 470 + part * 150 + beside * 0.55, 470 - part * 120 + beside * 0.83

    sheet.shade([along(0, 14), along(1, 14), along(1, 26), along(0, 20)], 90, 5)
    for low, high, colour in ((-9, -3, "#f0b429"), (-3, 4, "#e0a11b"), (4, 10, "#c98a12")):
        sheet.polygon(
            [along(0.16, low), along(1.1, low), along(1.1, high), along(0.16, high)], colour
        )
    sheet.polygon([along(0, 0), along(0.16, -9), along(0.16, 10)], "#efd2a4")
    sheet.polygon([along(0, 0), along(0.055, -3), along(0.055, 3.4)], "#2b2b33")


DRAWN: Final[dict[str, Callable[[], Sheet]]] = {
    "face": face, "room": room, "parcel": parcel, "heart": heart, "homework": homework,
}  # fmt: skip


def main() -> None:
    """Draws them all into ``data/``."""
    for name, draw in DRAWN.items():
        draw().save(name)


if __name__ == "__main__":
    main()
