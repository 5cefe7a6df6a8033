"""Sentences about files that cannot be read, whatever they hold."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "source.bytes": ("this data", "这段数据"),
    "source.file": ("this file object", "这个文件对象"),
    "source.kind": (
        "cannot read from a {found}, expected a path, bytes or an open file",
        "无法从 {found} 读取，应为路径、字节或已打开的文件",
    ),
    "source.not_bytes": (
        "found a {found}, expected bytes: for arrays use Clip(samples, rate), for files Clip.read",
        "给的是 {found}，应为字节：数组请用 Clip(samples, rate)，文件请用 Clip.read",
    ),
    "source.no_path": (
        "found a {found}, expected the name of a file or a folder, as text or a Path",
        "给的是 {found}，应为文件或文件夹的名称（字符串或 Path）",
    ),
    "source.unusable": (
        "{name} cannot be used: {why}. Check the name and its folder",
        "无法使用 {name}：{why}。请检查文件名和所在文件夹",
    ),
    "source.empty": (
        "{name}: 0 bytes, expected a sound or a picture: save, copy or download it again",
        "{name}：0 字节，应为声音或图片：请重新保存、复制或下载",
    ),
    "source.read_before": (
        "{name}: 0 bytes left to read. If it was read before, call its seek(0) first",
        "{name}：没有可读的字节。如果已经读过，请先调用 seek(0)",
    ),
    "source.address": (
        "found a web address, expected a file on this computer: download it first",
        "给的是网址，应为本机上的文件：请先下载",
    ),
    "source.folder": (
        "{path} is a folder, expected a file in it",
        "{path} 是文件夹，应为其中的一个文件",
    ),
    "source.no_folder": (
        "no file {name}: there is no folder {folder}",
        "找不到文件 {name}：文件夹 {folder} 不存在",
    ),
    "source.not_found": (
        "no file {name} in {folder}: check the name, or give the whole path",
        "文件夹 {folder} 中没有文件 {name}：请检查文件名，或给出完整路径",
    ),
    "source.near": (
        "no file {name} in {folder}: did you mean {near}?",
        "文件夹 {folder} 中没有文件 {name}：是否想用 {near}？",
    ),
    "source.unreadable": ("{name} cannot be read: {why}", "无法读取 {name}：{why}"),
    "source.text_mode": (
        '{name} gives {found}, expected bytes: open the file with mode "rb"',
        '{name} 读出的是 {found}，应为字节：请用 "rb" 模式打开文件',
    ),
}
