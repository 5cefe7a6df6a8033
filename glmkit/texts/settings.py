"""Sentences about a session's configuration."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "settings.one_of": (
        "{name} is {found!r}, expected one of: {expected}",
        "{name} 是 {found!r}，应为其中之一：{expected}",
    ),
    "settings.kind": (
        "{name} is of type {found}, expected one of: {expected}",
        "{name} 的类型是 {found}，应为其中之一：{expected}",
    ),
    "settings.unknown": (
        "there is no setting {name!r}: did you mean {near}?",
        "没有名为 {name!r} 的设置：是否想写 {near}？",
    ),
    "settings.tool_choice": (
        "tool_choice is not part of GLM-Realtime: the service rejects the whole configuration "
        "that has it (observed). Leave it out; say in the instructions when to use a tool",
        "GLM-Realtime 没有 tool_choice：带上它，服务会拒绝整个配置（实测）。"
        "请去掉它，在 instructions 里说明何时使用工具",
    ),
    "settings.temperature": (
        "temperature is {found}, expected a number from 0 to 1",
        "temperature 是 {found}，应为 0 到 1 之间的数",
    ),
    "settings.max_tokens": (
        'max_tokens is {found!r}, expected 1 to 1024, or "inf"',
        'max_tokens 是 {found!r}，应为 1 到 1024，或 "inf"',
    ),
    "settings.greeting": (
        "the greeting has {found} characters, expected 1 to 1024",
        "问候语有 {found} 个字符，应为 1 到 1024 个",
    ),
    "settings.tools_mode": (
        "tools work in audio mode only, and the mode is {mode!r}: leave out the tools or the mode",
        "工具只能用于 audio 模式，而当前模式是 {mode!r}：请去掉工具或模式",
    ),
    "settings.unheard_of": (
        "{name} {found!r} is not in the documentation (known: {known}); sent as it is",
        "文档中没有 {name} {found!r}（已知：{known}）；仍按原样发送",
    ),
    "settings.echo": (
        "the service answered with a configuration that differs from what was asked: {found}",
        "服务返回的配置与请求不同：{found}",
    ),
    "settings.echo_one": (
        "{path} asked {asked!r}, got {echoed!r}",
        "{path} 请求 {asked!r}，得到 {echoed!r}",
    ),
}
