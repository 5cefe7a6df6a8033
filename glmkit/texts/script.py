"""What is wrong with a script that somebody wrote."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "script.line": ("{path}, line {line}: {what}", "{path} 第 {line} 行：{what}"),
    "script.unreadable": (
        "the script {path} cannot be read: {reason}",
        "无法读取剧本 {path}：{reason}",
    ),
    "script.neither": (
        "a script is of type {found}, expected the path of a YAML file or a Script",
        "剧本的类型是 {found}，应为 YAML 文件的路径或 Script",
    ),
    "script.unheard": (
        "a script is given, and the dialogue is {found!r}, which answers by itself: leave out one",
        "给了剧本，又把对话交给了 {found!r}，它不看剧本。请去掉其中一个",
    ),
    "script.not_utf8": (
        "{path}, line {line}: not UTF-8. Save the file as UTF-8",
        "{path} 第 {line} 行不是 UTF-8 编码，请把文件另存为 UTF-8",
    ),
    "script.unknown_key": (
        "there is no key {key!r} here; did you mean {near}?",
        "这里没有 {key!r} 这个键，是不是想写 {near}？",
    ),
    "script.wrong_value": (
        "the value of {key} does not fit: {problem}",
        "{key} 的值不对：{problem}",
    ),
    "script.lacks": (
        "the key {key!r} is missing here; add it",
        "这里缺少 {key!r} 这个键，请补上",
    ),
    "script.not_among": (
        "found {found!r}, expected one of: {among}",
        "收到 {found!r}，应为以下之一：{among}",
    ),
    "script.other_value": ("found {found!r}, expected {wanted}", "收到 {found!r}，应为{wanted}"),
    "script.other_kind": ("found {found}, expected {wanted}", "收到的是{found}，应为{wanted}"),
    "script.is_words": ("words", "文字"),
    "script.is_number": ("a number", "数字"),
    "script.is_truth": ("true or false", "“是”或“否”（true 或 false）"),
    "script.is_list": ("a list", "列表"),
    "script.is_keys": ("keys with values (key: value)", "带值的键（键: 值）"),
    "script.is_nothing": ("nothing", "空内容"),
    "script.same_id": (
        "a second reply is called {id!r}; every reply needs a name of its own",
        "有两个回答都叫 {id!r}，每个回答都要有自己的名字",
    ),
    "script.no_reply": (
        "there is no reply {id!r} in this file; did you mean {near}?",
        "这个文件里没有名为 {id!r} 的回答，是不是想写 {near}？",
    ),
    "script.no_slot": (
        "{{{slot}}} is filled by nothing: write a slot of that name under slots, or leave it out",
        "{{{slot}}} 没有东西可填，请在 slots 里写一个同名的槽，或者去掉它",
    ),
    "script.each": (
        "each has {found} answers, and the reply before has {expected} sentences: one for each",
        "each 里有 {found} 句，前面的回答有 {expected} 句，应该一一对应",
    ),
    "script.says_nothing": (
        "this answers nothing: write says, each, again or goes",
        "这里没有写怎么回答，请写 says、each、again 或 goes",
    ),
    "script.no_tool": (
        "there is an output of {name!r}, and no function of that name under tools; "
        "did you mean {near}?",
        "outputs 里有 {name!r}，tools 里却没有声明这个函数，是不是想写 {near}？",
    ),
    "script.line_empty": (
        "nothing is said here: write text (words to speak) or recording (a file's path)",
        "这里什么也没说，请写 text（要说的话）或 recording（录音文件的路径）",
    ),
    "script.line_written": (
        "a recording cannot be sent in writing: leave out written, or recording",
        "录音不能以文字发送，请去掉 written 或 recording",
    ),
    "script.line_first": (
        "the first line has no answer before it that it could interrupt: leave out interrupts",
        "第一句之前还没有回答，打断不了什么，请去掉 interrupts",
    ),
    "script.arguments_of_none": (
        "arguments are expected of no function: write tool, too",
        "写了 arguments 却没有写是哪个函数，请补上 tool",
    ),
    "script.written_score": (
        "{name} is about what was recognised, and a written line is not: leave it out",
        "{name} 检查的是识别结果，而这一句以文字发送，没有识别，请去掉它",
    ),
    "script.no_words": (
        "{name} compares what was recognised with what was said: write under text what the "
        "recording says",
        "{name} 要拿识别结果与原话比较，请在 text 里写出录音说了什么",
    ),
    "script.range": (
        "{key} is {found}, expected {least:g} to {most:g}",
        "{key} 收到 {found}，应为 {least:g} 到 {most:g}",
    ),
    "script.size": (
        "the file is larger than 1 MB, too large for a script",
        "文件超过 1 MB，剧本不应该这么大",
    ),
    "script.depth": (
        "more than {found} levels inside each other",
        "嵌套超过 {found} 层",
    ),
    "script.anchor": (
        "an anchor or alias ({found!r}) is not taken in a script: write it out, or put quotes "
        "around a sentence that begins with & or *",
        "剧本里不能用锚点或别名（{found!r}），请直接写出来；句子以 & 或 * 开头时请加引号",
    ),
    "script.tag": (
        "a tag ({found!r}) is not taken in a script; put quotes around a sentence that begins "
        "with an exclamation mark",
        "剧本里不能用标签（{found!r}）；句子以叹号开头时请加引号",
    ),
    "script.key": ("a key must be a word", "键必须是一个词"),
    "script.twice": (
        "the key {found!r} is there twice; keep one",
        "键 {found!r} 出现了两次，请只保留一个",
    ),
    "script.several": (
        "there are several documents in the file (---); a script is one",
        "文件里有好几份文档（---），一个剧本只能有一份",
    ),
    "script.syntax": (
        "this is not YAML: {found}. Check the indentation, and put quotes around a sentence with "
        "a colon, a # or a bracket in it",
        "这里不合 YAML 的写法：{found}。请检查缩进；句子里有英文冒号、# 或括号时，请加引号",
    ),
}
