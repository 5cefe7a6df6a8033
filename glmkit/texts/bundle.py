"""Sentences about recordings on disk."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "bundle.missing": (
        "there is no file {path}: check the name, or give the whole path",
        "没有文件 {path}：请检查文件名，或写出完整路径",
    ),
    "bundle.foreign": (
        "{path} is no recording of this kit: found {found}, expected a file written by "
        "session.save('x.glm') or session.record('x.glm'), or an .Input file of JSON lines",
        "{path} 不是本工具的录制文件：发现 {found}，应为 session.save('x.glm') 或 "
        "session.record('x.glm') 写出的文件，或每行一个 JSON 的 .Input 文件",
    ),
    "bundle.found_zip": ("a zip file without {name}", "没有 {name} 的 zip 文件"),
    "bundle.found_bytes": ("a file that begins with {start}", "以 {start} 开头的文件"),
    "bundle.found_broken": ("a file that cannot be read ({why})", "无法读取的文件（{why}）"),
    "bundle.found_folder": ("a folder without {name}", "没有 {name} 的文件夹"),
    "bundle.damaged": (
        "{path} is damaged: {why}. {events} events could be read: they are in error.trace, and "
        "glm.Trace.load(path, damaged=True) gives them",
        "{path} 已损坏：{why}。读出了 {events} 个事件，在 error.trace 中；"
        "也可用 glm.Trace.load(path, damaged=True) 取得",
    ),
    "bundle.cut": ("it is cut off", "文件不完整"),
    "bundle.bad_lines": (
        "{count} of its {lines} lines hold no event and were left out, the first is line {first} "
        "({why})",
        "{lines} 行中有 {count} 行不是事件，已跳过；第一处在第 {first} 行（{why}）",
    ),
    "bundle.bad_input": (
        "{count} of its {lines} lines hold no event and were left out: line {which}; the first of "
        "them begins with {begins!r}",
        "{lines} 行中有 {count} 行不是事件，已跳过：第 {which} 行；其中第一处的开头是 {begins!r}",
    ),
    "bundle.too_big": (
        "it holds more than a recording can (stopped at line {number}): such a file is made to "
        "fill a computer's memory, or is not a recording",
        "内容超过录制文件的上限（在第 {number} 行停止）：它可能是用来占满内存的，或不是录制文件",
    ),
    "bundle.hostile": (
        "it holds a part called {name}, which would be written outside of its folder; a "
        "recording never does. Nothing was written",
        "其中有名为 {name} 的部分，会写到文件夹之外；录制文件不会这样。没有写入任何内容",
    ),
    "bundle.manifest": (
        "the manifest of {path} is unreadable ({why}): date, model and address are not known; "
        "its events are read all the same",
        "{path} 的清单无法读取（{why}）：不知道日期、模型和地址；事件仍照常读取",
    ),
    "bundle.newer": (
        "it has format {found}, this kit reads up to {known}: update glmkit",
        "它的格式版本是 {found}，本工具最高支持 {known}：请升级 glmkit",
    ),
    "bundle.read_part": (
        "{path} is damaged and was read in part, {events} events: {why}",
        "{path} 已损坏，只读出一部分（{events} 个事件）：{why}",
    ),
    "bundle.unfinished": (
        "{part} holds a recording that was not finished: glm.Trace.recover({part!r}) makes a "
        "whole file of it; or record under another name",
        "{part} 是未完成的录制：glm.Trace.recover({part!r}) 可把它变成完整的文件；"
        "或换一个文件名录制",
    ),
    "bundle.no_file": (
        "{path} is a folder or a device, which a recording must not replace: choose another name",
        "{path} 是文件夹或设备，不能被录制文件替换：请换一个名称",
    ),
    "bundle.not_written": (
        "{path} could not be written: {why}. Choose another folder, or make room",
        "无法写入 {path}：{why}。请换一个文件夹，或腾出空间",
    ),
    "bundle.recording": (
        "<Recording {path}, {events} events, {state}>",
        "<Recording {path}，{events} 个事件，{state}>",
    ),
    "bundle.going_on": ("going on", "录制中"),
    "bundle.finished": ("finished", "已完成"),
    "bundle.already": (
        "this session is being recorded to {path}: close that recording first",
        "这个会话正在录制到 {path}：请先关闭那个录制",
    ),
}
