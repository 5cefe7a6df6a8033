"""What the emulator puts together itself: sums, pictures, functions' outputs, measurements.

Each is spoken: whole sentences, no brackets, few signs. All else that it answers is in the scripts
of ``emulator/think/scripts``.
"""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "dialogue.sum": ("{formula} is {result}.", "{formula}等于{result}。"),
    "dialogue.sum_by_zero": (
        "Nothing can be divided by zero.",
        "除数不能是零。",
    ),
    "dialogue.no_picture": (
        "I see no picture. Send one in the video mode and ask again.",
        "我没有看到画面。请在视频模式下发一张图片，再问我一次。",
    ),
    "dialogue.bad_picture": (
        "A picture came, but it cannot be opened.",
        "收到了一张图片，但是打不开。",
    ),
    "dialogue.picture": (
        "The picture is {width} by {height} pixels and {shade}. {patches}. What it shows, only the "
        "real model could say.",
        "这张画面宽 {width}、高 {height} 像素，整体{shade}。{patches}。"
        "画的是什么，要真正的模型才说得出来。",
    ),
    "dialogue.patch_first": ("Most of it is {colour}, {place}", "主要是{colour}，{place}"),
    "dialogue.patch_more": ("there is {colour} {place}", "{place}有{colour}"),
    "dialogue.measured": (
        "Something came in: {seconds} seconds, at {level} decibels below full scale. I cannot "
        "recognise words here. Install the voices and I will understand you.",
        "我收到了一段声音：长 {seconds} 秒，比满刻度低 {level} 分贝。这里还不能识别文字，"
        "安装语音模型之后我就能听懂。",
    ),
    "dialogue.measured_silence": (
        "Something came in: {seconds} seconds of silence.",
        "我收到了一段声音：{seconds} 秒，全是静音。",
    ),
    "dialogue.ask": ("Please tell me the {what}.", "请告诉我{what}。"),
    "dialogue.done": ("Done.", "好的，已经完成了。"),
    "dialogue.tool_failed": (
        "The function reports a problem: {error}.",
        "函数报告了一个问题：{error}。",
    ),
    "dialogue.result": ("The result is {value}.", "结果是 {value}。"),
    "dialogue.results": ("{facts}.", "{facts}。"),
    "dialogue.nothing_found": ("The function found nothing.", "函数没有返回内容。"),
    "dialogue.yes": ("yes", "是"),
    "dialogue.no": ("no", "否"),
    "dialogue.shade_dark": ("dark", "很暗"),
    "dialogue.shade_rather_dark": ("rather dark", "偏暗"),
    "dialogue.shade_medium": ("neither light nor dark", "不亮也不暗"),
    "dialogue.shade_rather_light": ("rather light", "偏亮"),
    "dialogue.shade_light": ("light", "很亮"),
    "dialogue.place_everywhere": ("all over", "到处"),
    "dialogue.place_centre": ("in the middle", "中间"),
    "dialogue.place_top": ("at the top", "上边"),
    "dialogue.place_bottom": ("at the bottom", "下边"),
    "dialogue.place_left": ("on the left", "左边"),
    "dialogue.place_right": ("on the right", "右边"),
    "dialogue.place_top_left": ("at the top left", "左上角"),
    "dialogue.place_top_right": ("at the top right", "右上角"),
    "dialogue.place_bottom_left": ("at the bottom left", "左下角"),
    "dialogue.place_bottom_right": ("at the bottom right", "右下角"),
    "dialogue.colour_red": ("red", "红色"),
    "dialogue.colour_orange": ("orange", "橙色"),
    "dialogue.colour_yellow": ("yellow", "黄色"),
    "dialogue.colour_green": ("green", "绿色"),
    "dialogue.colour_cyan": ("cyan", "青色"),
    "dialogue.colour_blue": ("blue", "蓝色"),
    "dialogue.colour_purple": ("purple", "紫色"),
    "dialogue.colour_pink": ("pink", "粉色"),
    "dialogue.colour_brown": ("brown", "棕色"),
    "dialogue.colour_black": ("black", "黑色"),
    "dialogue.colour_grey": ("grey", "灰色"),
    "dialogue.colour_white": ("white", "白色"),
    # the pluggable chat endpoint
    "dialogue.endpoint": (
        "the dialogue is {found!r}, expected rules, or openai:URL#MODEL with an http or https URL, "
        "such as openai:http://127.0.0.1:8000/v1#my-model",
        "对话方式为 {found!r}，应为 rules，或 openai:URL#MODEL（http 或 https 地址），"
        "例如 openai:http://127.0.0.1:8000/v1#my-model",
    ),
    "dialogue.endpoint_refused": (
        "the chat endpoint {url} answered with HTTP status {status}: {words}",
        "聊天接口 {url} 返回 HTTP 状态 {status}：{words}",
    ),
    "dialogue.endpoint_unreachable": (
        "the chat endpoint {url} cannot be reached ({reason}): "
        "is it running, is the address right?",
        "无法连接聊天接口 {url}（{reason}）：它在运行吗，地址对吗？",
    ),
    "dialogue.endpoint_late": (
        "the chat endpoint {url} did not finish within {seconds} s",
        "聊天接口 {url} 在 {seconds} 秒内没有完成回答",
    ),
    "dialogue.endpoint_odd": (
        "the chat endpoint {url} sent what is no chat completion: {words}",
        "聊天接口 {url} 返回的不是聊天补全：{words}",
    ),
    "dialogue.key_file": (
        "the file {path} named by {variable} cannot be read: {reason}",
        "{variable} 指定的文件 {path} 无法读取：{reason}",
    ),
    "dialogue.system": (
        "You are spoken to and your answer is read aloud: short sentences, no lists, no markup. "
        "Answer in the language you are spoken to.",
        "用户在和你说话，你的回答会被朗读出来：用短句，不用列表和标记。用户说什么语言就用什么语言回答。",
    ),
}
