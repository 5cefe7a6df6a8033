"""Sentences about pictures that are to be shown to the model."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "video.max_side": (
        "max_side is {found}, expected at least {least} pixels",
        "max_side 是 {found}，至少应为 {least} 像素",
    ),
    "video.unknown": (
        "{name} is no picture that can be read, expected JPEG, PNG, WebP, GIF, BMP or TIFF",
        "{name} 不是可读的图片，应为 JPEG、PNG、WebP、GIF、BMP 或 TIFF",
    ),
    "video.heic": (
        "{name} is a HEIC or AVIF picture, as telephones take them, expected JPEG or PNG: "
        "export it as JPEG",
        "{name} 是 HEIC 或 AVIF 图片（手机常用格式），应为 JPEG 或 PNG：请导出为 JPEG",
    ),
    "video.broken": (
        "the picture is damaged or cut off ({why}): export or download it again",
        "图片已损坏或不完整（{why}）：请重新导出或下载",
    ),
    "video.bomb": (
        "the picture has more than {most} million pixels: make it smaller first",
        "图片超过 {most} 百万像素：请先缩小",
    ),
    "video.no_pixels": (
        "the picture has {found} pixels, expected at least 1 by 1",
        "图片大小是 {found}，至少应为 1×1 像素",
    ),
    "video.shape": (
        "found an array of shape {found}, expected (height, width), or (height, width, 3 or 4)",
        "数组形状是 {found}，应为 (高, 宽) 或 (高, 宽, 3 或 4)",
    ),
    "video.floats": (
        "a picture of floats must lie between 0 and 1: divide by its maximum, or pass uint8",
        "浮点图片的值应在 0 到 1 之间：请除以最大值，或改用 uint8",
    ),
    "video.dtype": (
        "found pixels of type {found}, expected uint8, or floats from 0 to 1",
        "像素类型是 {found}，应为 uint8 或 0 到 1 的浮点数",
    ),
}
