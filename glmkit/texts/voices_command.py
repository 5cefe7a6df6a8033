"""Sentences of ``glmkit voices``."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "voices_command.unknown": (
        "there is no command {found!r}, expected one of: {expected}",
        "没有命令 {found!r}，应为其中之一：{expected}",
    ),
    "voices_command.needs_folder": (
        "export needs the folder to write to: glmkit voices export DIR",
        "export 需要指定写入的文件夹：glmkit voices export 文件夹",
    ),
    "voices_command.install_folder": (
        "install takes no folder of its own: to install from {folder}, say "
        "glmkit voices install --from DIR; to keep the models elsewhere, set GLMKIT_CACHE",
        "install 不直接接受文件夹：要从 {folder} 安装，"
        "请用 glmkit voices install --from 文件夹；要把模型放在别处，请设置 GLMKIT_CACHE",
    ),
    "voices_command.no_folder": (
        "{do} takes no folder, found {folder}",
        "{do} 不接受文件夹，却给出了 {folder}",
    ),
    "voices_command.no_source": (
        "--from belongs to install, found with {do}",
        "--from 只用于 install，却与 {do} 一起给出",
    ),
    "voices_command.no_cache": (
        "{path} cannot be written ({found}): set GLMKIT_CACHE to a folder you may write to",
        "无法写入 {path}（{found}）：请用 GLMKIT_CACHE 指定可写的文件夹",
    ),
    "voices_command.absent": ("not in place", "未就位"),
    "voices_command.to_install": (
        "To fetch what is not in place ({size}): glmkit voices install",
        "下载缺少的模型（{size}）：glmkit voices install",
    ),
    "voices_command.placed": ("{name} is in place: {path}", "{name} 已就位：{path}"),
    "voices_command.removed": ("removed {path}", "已删除 {path}"),
    "voices_command.kept": (
        "{name} is left alone in a folder of your own (GLMKIT_MODELS): {path}",
        "{name} 位于你自己的文件夹（GLMKIT_MODELS），未作改动：{path}",
    ),
    "voices_command.nothing": ("nothing was in place", "没有可删除的模型"),
    "voices_command.exported": ("{name} copied to {path}", "{name} 已复制到 {path}"),
    "voices_command.carry": (
        "On the other machine: glmkit voices install --from {folder}",
        "在另一台机器上：glmkit voices install --from {folder}",
    ),
}
