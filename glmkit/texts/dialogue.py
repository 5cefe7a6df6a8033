"""What the emulator puts together itself: sums, pictures, functions' outputs, measurements.

Each is spoken: whole sentences, no brackets, few signs. All else that it answers is in the scripts
of ``emulator/think/scripts``.
"""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "dialogue.sum": ("{formula} is {result}.", "{formula}等于{result}。"),
    "dialogue.sum_about": ("{formula} is about {result}.", "{formula}约等于{result}。"),
    "dialogue.sums": ("{sums}", "{sums}"),
    "dialogue.sum_not_understood": (
        "In that sum I did not understand “{part}”, so I did not work it out. Please say it again "
        "in numbers and signs.",
        "这道算式里的“{part}”我没听懂，所以没有算。请只用数字和运算符号再说一遍。",
    ),
    "dialogue.sum_no_root": (
        "A number below zero has no square root among the real numbers.",
        "负数在实数范围内没有平方根。",
    ),
    "dialogue.sum_too_large": (
        "That number is too large for me to work out.",
        "这个数太大了，我算不出来。",
    ),
    "dialogue.ask_price": (
        "What was the price before? Tell me, and I will work it out.",
        "原价是多少？告诉我，我就能算。",
    ),
    "dialogue.sum_times_ten": (
        "{digits} times 10 to the power of {power}",
        "{digits}乘以10的{power}次方",
    ),
    "dialogue.sum_mixed": ("{whole} and {part}", "{whole}又{part}"),
    "dialogue.sum_below": ("minus {number}", "负{number}"),
    "dialogue.sum_percent": ("{number} percent", "百分之{number}"),
    "dialogue.sum_sign_plus": ("plus", "加"),
    "dialogue.sum_sign_minus": ("minus", "减"),
    "dialogue.sum_sign_times": ("times", "乘以"),
    "dialogue.sum_sign_divided": ("divided by", "除以"),
    "dialogue.sum_whole_plus": ("the sum of {parts}", "{parts}的和"),
    "dialogue.sum_whole_minus": ("the difference of {parts}", "{parts}的差"),
    "dialogue.sum_whole_times": ("the product of {parts}", "{parts}的积"),
    "dialogue.sum_whole_divided": ("the quotient of {parts}", "{parts}的商"),
    "dialogue.sum_remainder": ("the remainder of {division}", "{division}的余数"),
    "dialogue.sum_minus": ("minus {part}", "负的{part}"),
    "dialogue.sum_root": ("the square root of {part}", "{part}的平方根"),
    "dialogue.sum_cube_root": ("the cube root of {part}", "{part}的立方根"),
    "dialogue.sum_squared": ("{part} squared", "{part}的平方"),
    "dialogue.sum_cubed": ("{part} cubed", "{part}的立方"),
    "dialogue.sum_power": ("{part} to the power of {power}", "{part}的{power}次方"),
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
        "It is {shade}, {width} by {height} pixels, {colours}. {detail} What it shows, "
        "only the real model could say.",
        "这张画面宽 {width}、高 {height} 像素，整体{shade}，{colours}。{detail}"
        "画的是什么，要真正的模型才说得出来。",
    ),
    "dialogue.picture_known": (
        "{said} I know that because the picture is one of the kit's own, described in a file.",
        "{said}这是工具包自带的图片，我是照着文件里的说明回答的。",
    ),
    "dialogue.picture_landscape": (
        "It is {width} pixels wide and {height} high, wider than it is high.",
        "宽 {width} 像素，高 {height} 像素，是横向的。",
    ),
    "dialogue.picture_portrait": (
        "It is {width} pixels wide and {height} high, higher than it is wide.",
        "宽 {width} 像素，高 {height} 像素，是竖向的。",
    ),
    "dialogue.picture_square": (
        "It is square, {width} by {height} pixels.",
        "是正方形的，宽 {width} 像素，高 {height} 像素。",
    ),
    "dialogue.detail_plain": ("There is little detail in it.", "画面很简单，没有多少细节。"),
    "dialogue.detail_medium": ("It has some detail.", "有一些细节。"),
    "dialogue.detail_busy": ("It is full of detail.", "细节很多，画面很满。"),
    "dialogue.colours_one": ("almost all of it {colour}", "几乎全是{colour}"),
    "dialogue.colours_main": ("mostly {colour}", "以{colour}为主"),
    "dialogue.colours_many": ("of many colours, above all {colour}", "颜色很杂，{colour}稍多"),
    "dialogue.colours_any": ("of many colours", "颜色很杂"),
    "dialogue.colours_and": (" and ", "和"),
    "dialogue.colours_with": ("{main}, with {others}", "{main}，{others}"),
    "dialogue.colour_is": ("{colour} {place}", "{place}是{colour}"),
    "dialogue.colour_has": ("{colour} {place}", "{place}有{colour}"),
    "dialogue.colour_scattered": ("{colour} {place}", "{place}夹着{colour}"),
    "dialogue.change_none": ("Nothing has changed.", "没有变化，和刚才一样。"),
    "dialogue.change_other": (
        "It is another picture altogether.",
        "变了，换成了完全不同的一张画面。",
    ),
    "dialogue.change_of_kit_pictures": (
        "It is another picture altogether. Before: {before} Now: {after} Both are the kit's own.",
        "换了一张完全不同的图片。刚才是：{before}现在是：{after}两张都是工具包自带的。",
    ),
    "dialogue.change_of_one": (
        "I have seen only one picture so far. Show me another and ask again.",
        "到现在为止我只看到一张图片。再发一张，我就能比较了。",
    ),
    "dialogue.change_darker": ("It has become darker.", "画面变暗了。"),
    "dialogue.change_lighter": ("It has become lighter.", "画面变亮了。"),
    "dialogue.change_came": (
        "Something {colour} has appeared {place}.",
        "{place}出现了{colour}的东西。",
    ),
    "dialogue.change_went": (
        "The {colour} thing {place} is gone.",
        "{place}{colour}的东西不见了。",
    ),
    "dialogue.change_moved": (
        "Something {colour} has moved: it was {before}, now it is {place}.",
        "{colour}的东西动了，原来在{before}，现在在{place}。",
    ),
    "dialogue.change_shifted": (
        "Something {colour} {place} has moved {towards}.",
        "{place}{colour}的东西往{towards}移了一点。",
    ),
    "dialogue.towards_left": ("to the left", "左"),
    "dialogue.towards_right": ("to the right", "右"),
    "dialogue.towards_up": ("up", "上"),
    "dialogue.towards_down": ("down", "下"),
    "dialogue.change_turned": (
        "What was {before} {place} is {colour} now.",
        "{place}原来是{before}的，现在变成了{colour}。",
    ),
    "dialogue.change_all": (
        "Everything has turned from {before} to {colour}.",
        "整个画面从{before}变成了{colour}。",
    ),
    "dialogue.change_some": ("Something has changed {place}.", "{place}有些变化。"),
    "dialogue.unclear": (
        "I could not make that out. Please say it again, a little slower.",
        "这句我没听清，请慢一点再说一遍。",
    ),
    "dialogue.busy": (
        "So many people are talking to me that I missed that. Please say it again in a moment.",
        "现在跟我说话的人太多，刚才那句我没听到，请过一会儿再说一遍。",
    ),
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
    "dialogue.shade_dark": ("a dark picture", "很暗"),
    "dialogue.shade_rather_dark": ("a rather dark picture", "偏暗"),
    "dialogue.shade_medium": ("a picture of medium brightness", "明暗适中"),
    "dialogue.shade_rather_light": ("a rather light picture", "偏亮"),
    "dialogue.shade_light": ("a light picture", "很亮"),
    "dialogue.place_everywhere": ("all over it", "到处"),
    "dialogue.place_edge": ("around the edge", "四周"),
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
