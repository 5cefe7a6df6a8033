"""Sentences about tools: for whoever writes them, and for the model that calls them."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "tools.not_a_function": (
        "a tool is a function or a schema with a name, found: {found}",
        "工具应为函数，或带有 name 的 schema，实际是：{found}",
    ),
    "tools.is_lambda": (
        "a lambda has no name the model could call: write it with def, or pass name=",
        "lambda 没有可供模型调用的名字：请用 def 定义，或传入 name=",
    ),
    "tools.bad_name": (
        "the tool name {name!r} is not usable, expected 1 to 64 of the characters a-z A-Z 0-9 _ -: "
        "rename the function, or pass name=",
        "工具名 {name!r} 不可用，应为 1 到 64 个 a-z A-Z 0-9 _ - 字符：请给函数改名，或传入 name=",
    ),
    "tools.twice": (
        "two tools are called {name!r}: the model could not tell them apart; pass name= for one",
        "有两个工具都叫 {name!r}：模型无法区分；请为其中一个传入 name=",
    ),
    "tools.deadline": (
        "the deadline of tool {name} is {found!r}, expected seconds above 0",
        "工具 {name} 的 deadline 是 {found!r}，应为大于 0 的秒数",
    ),
    "tools.no_signature": (
        "Python does not know the parameters of {name}: wrap it in a function of your own",
        "Python 无法得知 {name} 的参数：请用自己的函数包装它",
    ),
    "tools.not_named": (
        "tool {name}: the parameter {parameter} cannot be given by name, and the model gives all "
        "of them by name: write each parameter out, with its type",
        "工具 {name}：参数 {parameter} 不能按名字传入，而模型总是按名字传参："
        "请逐个写出参数及其类型",
    ),
    "tools.unresolved": (
        "tool {name}: its type hints cannot be resolved ({why}): define the types they name at "
        "the top level of the module or notebook",
        "工具 {name}：无法解析类型注解（{why}）：请在模块或笔记本的顶层定义用到的类型",
    ),
    "tools.no_hint": (
        "tool {name}: the parameter {parameter} has no type: write for example {parameter}: str",
        "工具 {name}：参数 {parameter} 没有类型：例如写成 {parameter}: str",
    ),
    "tools.bad_hint": (
        "tool {name}: the type of {parameter}, {hint}, cannot be told to the model; expected str, "
        "int, float, bool, date, datetime, time, Literal, Enum, dict, list[...] or one of these "
        "with | None",
        "工具 {name}：参数 {parameter} 的类型 {hint} 无法告诉模型；应为 str、int、float、bool、"
        "date、datetime、time、Literal、Enum、dict、list[...]，或它们加上 | None",
    ),
    "tools.no_docstring": (
        "tool {name} has no docstring, and the model chooses tools by their description: write "
        "one sentence that says what it does",
        "工具 {name} 没有文档字符串，而模型靠说明来选择工具：请写一句话说明它做什么",
    ),
    "tools.no_description": (
        "tool {name} has no description, and the model chooses tools by it: write one sentence "
        "that says what it does",
        "工具 {name} 没有 description，而模型靠它来选择工具：请写一句话说明它做什么",
    ),
    "tools.bad_schema": (
        "a tool's schema has type {kind!r} and name {name!r}, expected "
        '{{"type": "function", "name": ..., "description": ..., "parameters": ...}}',
        "工具的 schema 中 type 是 {kind!r}、name 是 {name!r}，应为 "
        '{{"type": "function", "name": ..., "description": ..., "parameters": ...}}',
    ),
    "tools.bad_parameters": (
        "tool {name}: its parameters are not the schema of an object, expected "
        '{{"type": "object", "properties": {{...}}, "required": [...]}}, or none at all',
        "工具 {name}：parameters 不是对象的 schema，应为 "
        '{{"type": "object", "properties": {{...}}, "required": [...]}}，没有参数时请省略',
    ),
    "tools.not_json_schema": (
        "tool {name}: its parameters cannot be written as JSON ({why})",
        "工具 {name}：parameters 无法写成 JSON（{why}）",
    ),
    "tools.required_unknown": (
        "tool {name}: required names {parameter!r}, which is not among its properties",
        "工具 {name}：required 中的 {parameter!r} 不在 properties 里",
    ),
    "tools.nothing_to_run": (
        "tool {name} was declared by its schema only, so there is nothing here to run: pass "
        "function= to as_tool",
        "工具 {name} 只有 schema，没有可运行的函数：请向 as_tool 传入 function=",
    ),
    "tools.not_json": (
        "the arguments of {tool} are not JSON: send one JSON object",
        "{tool} 的参数不是 JSON：请发送一个 JSON 对象",
    ),
    "tools.not_an_object": (
        "the arguments of {tool} are not a JSON object: send the parameters by name",
        "{tool} 的参数不是 JSON 对象：请按名字给出参数",
    ),
    "tools.unknown": (
        "{tool} has no parameter {name!r}; it has: {known}",
        "{tool} 没有参数 {name!r}；它的参数有：{known}",
    ),
    "tools.absent": (
        "{tool} needs the parameter {name!r}: {expected}",
        "{tool} 需要参数 {name!r}：{expected}",
    ),
    "tools.bad_value": (
        "{tool}: {name} is {found}, expected {expected}",
        "{tool}：{name} 是 {found}，应为{expected}",
    ),
    "tools.expected": ("another kind of value", "其他类型的值"),
    "tools.expected_one_of": ("one of: {values}", "其中之一：{values}"),
    "tools.expected_array": ("a list, each of it {items}", "列表，其中每一项为{items}"),
    "tools.expected_string": ("text", "文本"),
    "tools.expected_integer": ("a whole number", "整数"),
    "tools.expected_number": ("a number", "数字"),
    "tools.expected_boolean": ("true or false", "true 或 false"),
    "tools.expected_object": ("an object", "对象"),
    "tools.expected_date": ("a date like 2026-11-22", "形如 2026-11-22 的日期"),
    "tools.expected_date_time": (
        "a date and time like 2026-11-22T08:30:00",
        "形如 2026-11-22T08:30:00 的日期时间",
    ),
    "tools.expected_time": ("a time of day like 08:30", "形如 08:30 的时刻"),
    "tools.failed": (
        "the tool failed ({reason}): say so, or try it another way",
        "工具执行失败（{reason}）：请如实告知，或换一种方式再试",
    ),
    "tools.too_slow": (
        "the tool took too long and was stopped waiting for: say so, or go on without it",
        "工具耗时过长，已不再等待：请如实告知，或不依赖它继续回答",
    ),
}
