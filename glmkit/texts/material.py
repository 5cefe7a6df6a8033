"""Sentences about the recordings that come with the kit."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "material.unknown": (
        "there is no sample {name!r}, expected one of: {known}",
        "没有名为 {name!r} 的样本，应为其中之一：{known}",
    ),
    "material.missing": (
        "the samples are not in {folder}: the kit is not completely installed; install it again",
        "{folder} 中没有样本：安装不完整，请重新安装",
    ),
}
