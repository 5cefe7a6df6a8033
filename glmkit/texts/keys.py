"""Sentences about finding, asking for and keeping a key."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "keys.none": (
        "no key was found: pass api_key=, call use_key(), or set one of {names} in the "
        "environment or in a .env file here or in a parent folder; make a key at {page} (it works "
        "once your real name is verified and the account has a balance). Without a key, use "
        'to="emulator"',
        "没有找到密钥：请传入 api_key=、调用 use_key()，"
        "或在环境变量、当前或上级文件夹的 .env 中设置 {names} 之一；"
        "在 {page} 创建密钥（账号需完成实名认证并有余额才能使用）。"
        '没有密钥时，请用 to="emulator"',
    ),
    "keys.bad_at": (
        "the key in {where}: {why}",
        "{where} 中的密钥有问题：{why}",
    ),
    "keys.unofficial": (
        "the key found in {where} is not sent to {host}: a found key goes only over wss (on this "
        "computer over ws, too) to the official service or to the address in {own}; to send one "
        "there on purpose, pass api_key=",
        "不会把在 {where} 中找到的密钥发往 {host}："
        "找到的密钥只会通过 wss 发往官方服务或 {own} "
        "指定的地址（本机可用 ws）；确实要发往那里时，请传入 api_key=",
    ),
    "keys.unreadable": (
        "{path} cannot be read ({why}), so no key was looked for there",
        "无法读取 {path}（{why}），因此没有在其中查找密钥",
    ),
    "keys.bad_file": (
        "the key file {path} cannot be read ({why}): expected a key a line, id.secret",
        "无法读取密钥文件 {path}（{why}）：应为每行一个密钥，格式为 id.secret",
    ),
    "keys.prompt": (
        "API key, id.secret, from {page} (nothing is shown while you type): ",
        "请输入密钥（id.secret，来自 {page}；输入时不显示）：",
    ),
    "keys.field": (
        "Your API key (id.secret) from {page}. It stays in this kernel's memory.",
        "请输入来自 {page} 的密钥（id.secret）。它只保存在当前内核的内存中。",
    ),
    "keys.button": ("Use this key", "使用这个密钥"),
    "keys.kept": (
        "{key} is kept in memory until this process ends; nothing was written to disk",
        "{key} 已保存在内存中，进程结束即消失；没有写入磁盘",
    ),
    "keys.saved": (
        "{key} is kept in memory and written to {path}, which later runs will find",
        "{key} 已保存在内存中，并写入 {path}，以后运行时会自动找到",
    ),
    "keys.ignored": (
        "; .env was added to {path}, so that git does not take it",
        "；并已把 .env 加入 {path}，以免被 git 提交",
    ),
    "keys.not_asked": (
        "No key was asked for, because nobody can type into this run; set one of {names} instead.",
        "当前运行方式无法输入，因此没有询问密钥；请改为设置 {names} 之一。",
    ),
}
