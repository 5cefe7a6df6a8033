"""What is seen: the kit's own pictures, the facts of any other, and what changed."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from glmkit.emulator.session.conversation import Item
from glmkit.emulator.think.sight.kit_pictures import recognised
from glmkit.emulator.think.sight.pixels import opened
from glmkit.emulator.turn.response import question_heard
from glmkit.media.kit_samples import picture_path
from glmkit.media.pictures import jpeg_frame
from tests.emulator.test_dialogue import talk
from tests.listed import check_each

Made = Callable[[Image.Image], Image.Image]
NAMES = ("face", "room", "parcel", "heart", "homework", "ball", "lamp")
GREY = Image.new("RGB", (640, 480), "#e0e0e0")


def kit(name: str) -> Image.Image:
    return Image.open(picture_path(name)).convert("RGB")


def jpeg(image: Image.Image, quality: int = 80) -> bytes:
    file = io.BytesIO()
    image.convert("RGB").save(file, "JPEG", quality=quality)
    return file.getvalue()


def spot(
    image: Image.Image, x: int, y: int, colour: str = "#d02020", size: int = 40
) -> Image.Image:
    """The picture with a round thing in it."""
    made = image.copy()
    ImageDraw.Draw(made).ellipse((x - size, y - size, x + size, y + size), fill=colour)
    return made


def covered(image: Image.Image, *corners: int, colour: str = "#fdfaf0") -> Image.Image:
    made = image.copy()
    ImageDraw.Draw(made).rectangle(corners, fill=colour)
    return made


def cropped(image: Image.Image) -> Image.Image:
    wide, high = image.size
    return image.crop((wide * 6 // 100, high * 2 // 100, wide * 97 // 100, high * 95 // 100))


def answer(words: str, *images: Image.Image, **more: Any) -> str:
    return talk(mode="video_passive").hear(words, pictures=tuple(map(jpeg, images)), **more)


#: What happens to a picture on its way, and it is still the same.
WAYS: dict[str, Made] = {
    "poor JPEG": lambda image: Image.open(io.BytesIO(jpeg(image, 20))),
    "half the size": lambda image: image.resize((image.width // 2, image.height // 2)),
    "as a frame": lambda image: Image.open(io.BytesIO(jpeg_frame(image))),
    "cropped": cropped,
    "lighter": lambda image: ImageEnhance.Brightness(image).enhance(1.2),
    "darker": lambda image: ImageEnhance.Brightness(image).enhance(0.5),
    "less contrast": lambda image: ImageEnhance.Contrast(image).enhance(0.7),
    "out of focus": lambda image: image.filter(ImageFilter.GaussianBlur(2)),
}
#: What is no picture of the kit's, or none any more.
OTHERS = {
    "sums rubbed out": lambda: covered(kit("homework"), 140, 95, 530, 370),
    "one sum rubbed out": lambda: covered(kit("homework"), 140, 310, 290, 370),
    "no mouth": lambda: covered(kit("face"), 255, 290, 385, 350, colour="#f3c3a1"),
    "an empty page": lambda: covered(Image.new("RGB", (640, 480), "#b98b5e"), 78, 18, 562, 466),
    "noise": lambda: Image.effect_noise((640, 480), 90).convert("RGB"),
    "one colour": lambda: GREY,
}


@pytest.mark.slow
def test_the_kits_own_pictures_are_recognised_by_what_they_show() -> None:
    """However they were encoded, resized, lit, or a little cropped."""
    check_each(_is_recognised, [(name, way) for name in NAMES for way in WAYS])


def _is_recognised(name: str, way: str) -> None:
    found = recognised(opened(jpeg(WAYS[way](kit(name)))) or GREY)
    assert found is not None
    assert found.name == name


@pytest.mark.slow
def test_no_other_picture_is_taken_for_one_of_the_kits() -> None:
    """Nor one of them from which the answer was rubbed out."""
    check_each(_is_unknown, [(name,) for name in OTHERS])


def _is_unknown(name: str) -> None:
    found = recognised(opened(jpeg(OTHERS[name]())) or GREY)
    assert found is None, found
    assert "real model" in answer("What do you see?", OTHERS[name]())


ASKED = [
    ("face", "Is the person smiling?", "smiling"),
    ("face", "她在笑吗？", "笑得很开心"),
    ("face", "What is in the picture?", "young woman"),
    ("room", "房间里有什么动物？", "猫"),
    ("room", "你看到了什么", "客厅"),
    ("room", "这是什么地方？", "客厅"),
    ("room", "这是哪里", "客厅"),
    ("room", "What place is this?", "living room"),
    ("parcel", "What is damaged?", "corner"),
    ("parcel", "哪里坏了？", "右上角"),
    ("heart", "How high is the heart rate?", "152"),
    ("heart", "心率最低是多少？", "54"),
    ("heart", "几点的时候心率最高？", "快七点"),
    ("homework", "Which sum is wrong?", "56, not 54"),
    ("homework", "哪道题做错了？", "五十六"),
    ("heart", "What does the chart show?", "wearable"),
    ("homework", "帮我检查一下作业", "五十六"),
    ("ball", "What do you see?", "red ball"),
    ("lamp", "描述一下这张图", "台灯"),
]


@pytest.mark.slow
def test_questions_about_the_kits_own_pictures_are_answered() -> None:
    """From the file that tells what they show, and the answer says so."""
    check_each(_is_answered, ASKED)


def _is_answered(name: str, words: str, expected: str) -> None:
    said = answer(words, kit(name))
    assert expected in said, said
    assert "kit's own" in said or "工具包自带" in said, said


@pytest.mark.parametrize(
    "words",
    [
        "讲个笑话",
        "7乘以8等于多少",
        "What time is it?",
        "我家有只猫。",
        "你住在哪里？",
        "什么是令牌？",
    ],
)
def test_other_questions_are_answered_as_ever(words: str) -> None:
    """A picture that was shown does not take what is not about it."""
    said = answer(words, kit("room"))
    assert "工具包" not in said
    assert "kit's own" not in said


def test_words_that_point_at_a_picture_are_about_it() -> None:
    """Also where it is one that nobody described."""
    for words in ("Look at this box. What is damaged?", "请看看这个箱子，哪里破了"):
        assert re.search("mostly grey|以灰色为主", answer(words, kit("parcel").rotate(180)))


def _meadow() -> Image.Image:
    return covered(Image.new("RGB", (640, 480), "#40a040"), 0, 0, 640, 240, colour="#80c0ff")


def _dots() -> Image.Image:
    image = Image.new("RGB", (640, 480), "#2040c0")
    for number in range(130):
        image = spot(image, number * 97 % 640, number * 61 % 480, "#ff80b0", 15)
    return image


LOOKS = [
    (_meadow(), "blue at the top and green at the bottom", "上边是蓝色，下边是绿色"),
    (_dots(), "mostly blue, with pink", "以蓝色为主，到处夹着粉色"),
    (Image.new("RGB", (300, 900), "black"), "a dark picture, 300 by 900", "几乎全是黑色"),
    (spot(Image.new("RGB", (640, 480), "black"), 560, 380, "#ffe030"),
     "yellow at the bottom right", "右下角有黄色"),
    (covered(Image.new("RGB", (640, 480), "#c02020"), 60, 60, 580, 420),
     "white in the middle and red around the edge", "中间是白色，四周是红色"),
    (Image.effect_noise((640, 480), 120), "full of detail", "细节很多"),
    (GREY, "little detail", "画面很简单"),
]  # fmt: skip


def test_any_other_picture_is_described_as_people_would() -> None:
    """Light or dark, its colours and where they are, how much detail."""
    check_each(_looks, LOOKS)


def _looks(image: Image.Image, english: str, chinese: str) -> None:
    assert english in (said := answer("What do you see?", image)), said
    assert chinese in (said := answer("你看到了什么？", image)), said
    assert said.count("到处") <= 1


def test_its_size_is_told_when_asked_for() -> None:
    """With which side is the longer one."""
    assert "higher than" in answer("How big is the picture?", Image.new("RGB", (300, 900), "red"))
    assert "横向" in answer("这张图片的分辨率是多少？", kit("room"))
    assert "square" in answer("What is the size of the image?", kit("ball"))


CHANGES = [
    (kit("room"), Image.open(io.BytesIO(jpeg(kit("room"), 40))), "Nothing has changed", "没有变化"),
    (kit("room"), ImageEnhance.Brightness(kit("room")).enhance(0.6), "darker", "变暗"),
    (ImageEnhance.Brightness(kit("room")).enhance(0.6), kit("room"), "lighter", "变亮"),
    (kit("room"), spot(kit("room"), 60, 300), "red has appeared at the bottom left", "左下角出现"),
    (spot(GREY, 100, 240), GREY, "The red thing on the left is gone", "左边红色的东西不见了"),
    (spot(GREY, 100, 240), spot(GREY, 540, 240), "on the left, now it is on the right", "原来在左"),
    (spot(GREY, 300, 240), spot(GREY, 340, 240), "moved to the right", "往右移"),
    (spot(GREY, 100, 240), spot(GREY, 100, 240, "#2040d0"), "red on the left is blue", "变成了蓝"),
    (GREY, spot(ImageEnhance.Brightness(GREY).enhance(0.7), 100, 90), "at the top left", "左上角"),
    (GREY, Image.new("RGB", (640, 480), "#2030d0"), "to blue", "变成了蓝色"),
    (kit("room"), Image.new("RGB", (640, 480), "black"), "darker", "变暗"),
    (kit("room"), Image.effect_noise((640, 480), 120), "another picture", "完全不同"),
    (kit("room"), kit("face"), "Now: A young woman", "现在是：一位年轻女士"),
]


@pytest.mark.slow
def test_what_changed_is_named() -> None:
    """Between two pictures: the light, a thing that came, went, moved or turned, or everything."""
    check_each(_is_named, CHANGES)


def _is_named(before: Image.Image, after: Image.Image, english: str, chinese: str) -> None:
    assert english in (said := answer("What changed?", before, after)), said
    assert chinese in (said := answer("有什么变化？", before, after)), said


def test_a_change_is_looked_for_in_all_that_was_shown() -> None:
    """A thing that came some frames ago is named, too; of one picture alone nothing can be said."""
    red = spot(GREY, 100, 240)
    assert "red has appeared" in answer("Is it still the same?", GREY, red, red)
    assert "only one picture" in answer("What is different now?", GREY)


def test_the_picture_before_the_last_is_remembered() -> None:
    """Of an earlier turn the newest; a question without one is about those shown last."""
    first, last = (Item({}, "user", pictures=shown) for shown in ((b"a", b"b"), (b"c", b"d")))
    asked = Item({}, "user", "What changed?")
    assert question_heard(asked, [first]).pictures == (b"a", b"b")
    assert question_heard(asked, [first, last]).pictures == (b"b", b"c", b"d")
    assert question_heard(last, [first]).pictures == (b"b", b"c", b"d")
