"""What argparse says of itself; the English is its own, to the letter, with its %-fields."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # help
    "usage.usage": ("usage: ", "用法："),
    "usage.positional": ("positional arguments", "位置参数"),
    "usage.options": ("options", "选项"),
    "usage.heading": ("%(heading)s:", "%(heading)s："),
    "usage.help": ("show this help message and exit", "显示本帮助并退出"),
    # errors
    "usage.error": ("%(prog)s: error: %(message)s\n", "%(prog)s：错误：%(message)s\n"),
    "usage.argument": (
        "argument %(argument_name)s: %(message)s",
        "参数 %(argument_name)s：%(message)s",
    ),
    "usage.required": ("the following arguments are required: %s", "缺少以下参数：%s"),
    "usage.one_required": ("one of the arguments %s is required", "必须给出以下参数之一：%s"),
    "usage.unrecognized": ("unrecognized arguments: %s", "无法识别的参数：%s"),
    "usage.not_with": ("not allowed with argument %s", "不能与参数 %s 同时使用"),
    "usage.explicit": ("ignored explicit argument %r", "此参数不接受取值 %r"),
    "usage.expected_one": ("expected one argument", "需要一个取值"),
    "usage.at_most_one": ("expected at most one argument", "最多只能有一个取值"),
    "usage.at_least_one": ("expected at least one argument", "至少需要一个取值"),
    "usage.expected": ("expected %s argument", "需要 %s 个取值"),
    "usage.expected_many": ("expected %s arguments", "需要 %s 个取值"),
    "usage.ambiguous": (
        "ambiguous option: %(option)s could match %(matches)s",
        "选项不明确：%(option)s 可能是 %(matches)s",
    ),
    "usage.unexpected": ("unexpected option string: %s", "不应出现的选项：%s"),
    "usage.value": ("invalid %(type)s value: %(value)r", "无效的取值 %(value)r，应为 %(type)s"),
    "usage.choice": (
        "invalid choice: %(value)r (choose from %(choices)s)",
        "无效的选择 %(value)r（可选：%(choices)s）",
    ),
    "usage.near_choice": (
        "invalid choice: %(value)r, maybe you meant %(suggestion)r? (choose from %(choices)s)",
        "无效的选择 %(value)r，是否想用 %(suggestion)r？（可选：%(choices)s）",
    ),
    "usage.command": (
        "unknown parser %(parser_name)r (choices: %(choices)s)",
        "没有命令 %(parser_name)r（可选：%(choices)s）",
    ),
}
