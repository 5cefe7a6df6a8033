"""Sentences about what may be sent: settings, events, tools."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # -- settings
    "protocol.one_of": (
        "{name} is {found!r}, expected one of: {expected}",
        "{name} 是 {found!r}，应为其中之一：{expected}",
    ),
    "protocol.kind": (
        "{name} is of type {found}, expected one of: {expected}",
        "{name} 的类型是 {found}，应为其中之一：{expected}",
    ),
    "protocol.unknown": (
        "there is no setting {name!r}: did you mean {near}?",
        "没有名为 {name!r} 的设置。是否想写 {near}？",
    ),
    "protocol.tool_choice": (
        "tool_choice is not part of GLM-Realtime: the service rejects the whole configuration "
        "that has it (observed). Leave it out; say in the instructions when to use a tool",
        "GLM-Realtime 没有 tool_choice，带上它，服务会拒绝整个配置（实测）。请去掉它，"
        "在 instructions 里说明何时使用工具",
    ),
    "protocol.temperature": (
        "temperature is {found}, expected a number from 0 to 1",
        "temperature 是 {found}，应为 0 到 1 之间的数",
    ),
    "protocol.max_tokens": (
        'max_tokens is {found!r}, expected 1 to 1024, or "inf"',
        'max_tokens 是 {found!r}，应为 1 到 1024，或 "inf"',
    ),
    "protocol.greeting": (
        "the greeting has {found} characters, expected 1 to 1024",
        "问候语有 {found} 个字符，应为 1 到 1024 个",
    ),
    "protocol.tools_mode": (
        "tools work in audio mode only, and the mode is {mode!r}: leave out the tools or the mode",
        "工具只能用于 audio 模式，而当前模式是 {mode!r}。请去掉工具或模式",
    ),
    "protocol.unheard_of": (
        "{name} {found!r} is not in the documentation (known: {known}); sent as it is",
        "文档中没有 {name} {found!r}（已知：{known}）；仍按原样发送",
    ),
    "protocol.echo": (
        "the service answered with a configuration that differs from what was asked: {found}",
        "服务返回的配置与请求不同：{found}",
    ),
    "protocol.echo_one": (
        "{path} asked {asked!r}, got {echoed}",
        "{path} 请求 {asked!r}，得到 {echoed}",
    ),
    # -- events
    "protocol.frozen": (
        "an Event does not change: {name!r} cannot be set; build a new one",
        "Event 不可修改，不能设置 {name!r}；请新建一个",
    ),
    "protocol.what": (
        "an Event is made of a type, which is a text, and a dict of fields, found {type} and "
        "{data}: glm.Event('response.create', {{}})",
        "收到 {type} 和 {data}，应为类型（文字）和字段的字典，"
        "例如 glm.Event('response.create', {{}})",
    ),
    "protocol.send_json": (
        "send got JSON as text, expected an event's type and fields, or a dict: "
        "send(json.loads(…))",
        "send 收到的是 JSON 文本，应为事件类型加字段，或一个字典：send(json.loads(…))",
    ),
    "protocol.send_what": (
        "send takes an Event, a dict with a type, or a type and its fields, got {found}: "
        "session.send('response.create')",
        "send 收到 {found}，应为 Event、带 type 的字典，或类型及其字段，"
        "例如 session.send('response.create')",
    ),
    "protocol.not_bytes": (
        "this event carries bytes, got {found}: clip.to_pcm() makes bytes of a Clip, "
        "Path(…).read_bytes() of a file",
        "收到 {found}，应为该事件携带的字节。Clip 可用 clip.to_pcm() 转成字节，"
        "文件可用 Path(…).read_bytes()",
    ),
    "protocol.not_a_dict": (
        "{name} is {found}, expected a dict",
        "{name} 的类型是 {found}，应为字典",
    ),
    "protocol.not_words": (
        "a message is made of words, got {found}: give a str",
        "收到 {found}，应为文字，请传入 str",
    ),
    "protocol.not_json": (
        "an event is sent as JSON, which cannot hold this ({reason}): give text, numbers, lists "
        "and dicts",
        "事件以 JSON 发送，无法表示此内容（{reason}）。请使用文字、数字、列表和字典",
    ),
    "protocol.empty_text": (
        "the text is empty, expected words: the service refuses an empty message",
        "文字为空，服务会拒绝空消息，请写入内容",
    ),
    # -- tools
    "protocol.tool_not_a_function": (
        "a tool is a function or a schema with a name, found: {found}",
        "收到 {found}，工具应为函数，或带有 name 的 schema",
    ),
    "protocol.tool_is_lambda": (
        "a lambda has no name the model could call: write it with def, or pass name=",
        "lambda 没有可供模型调用的名字，请用 def 定义，或传入 name=",
    ),
    "protocol.tool_bad_name": (
        "the tool name {name!r} is not usable, expected 1 to 64 of the characters a-z A-Z 0-9 _ -: "
        "rename the function, or pass name=",
        "工具名 {name!r} 不可用，应为 1 到 64 个 a-z A-Z 0-9 _ - 字符。请给函数改名，或传入 name=",
    ),
    "protocol.tool_twice": (
        "two tools are called {name!r}: the model could not tell them apart; pass name= for one",
        "有两个工具都叫 {name!r}，模型无法区分；请为其中一个传入 name=",
    ),
    "protocol.tool_deadline": (
        "the deadline of tool {name} is {found!r}, expected seconds above 0",
        "工具 {name} 的 deadline 是 {found!r}，应为大于 0 的秒数",
    ),
    "protocol.tool_no_signature": (
        "Python does not know the parameters of {name}: wrap it in a function of your own",
        "Python 无法得知 {name} 的参数，请用自己的函数包装它",
    ),
    "protocol.tool_not_named": (
        "tool {name}: the parameter {parameter} cannot be given by name, and the model gives all "
        "of them by name: write each parameter out, with its type",
        "工具 {name}：参数 {parameter} 不能按名字传入，而模型总是按名字传参。"
        "请逐个写出参数及其类型",
    ),
    "protocol.tool_unresolved": (
        "tool {name}: its type hints cannot be resolved ({why}): define the types they name at "
        "the top level of the module or notebook",
        "工具 {name}：无法解析类型注解（{why}）。请在模块或笔记本的顶层定义用到的类型",
    ),
    "protocol.tool_no_hint": (
        "tool {name}: the parameter {parameter} has no type: write for example {parameter}: str",
        "工具 {name}：参数 {parameter} 没有类型，例如写成 {parameter}: str",
    ),
    "protocol.tool_bad_hint": (
        "tool {name}: the type of {parameter}, {hint}, cannot be told to the model; expected str, "
        "int, float, bool, date, datetime, time, Literal, Enum, dict, list[...] or one of these "
        "with | None",
        "工具 {name}：参数 {parameter} 的类型 {hint} 无法告诉模型，应为 str、int、float、bool、"
        "date、datetime、time、Literal、Enum、dict、list[...]，或它们加上 | None",
    ),
    "protocol.tool_no_docstring": (
        "tool {name} has no docstring, and the model chooses tools by their description: write "
        "one sentence that says what it does",
        "工具 {name} 没有文档字符串，而模型靠说明来选择工具。请写一句话说明它做什么",
    ),
    "protocol.tool_no_description": (
        "tool {name} has no description, and the model chooses tools by it: write one sentence "
        "that says what it does",
        "工具 {name} 没有 description，而模型靠它来选择工具。请写一句话说明它做什么",
    ),
    "protocol.tool_bad_schema": (
        "a tool's schema has type {kind!r} and name {name!r}, expected "
        '{{"type": "function", "name": ..., "description": ..., "parameters": ...}}',
        "工具的 schema 中 type 是 {kind!r}、name 是 {name!r}，应为 "
        '{{"type": "function", "name": ..., "description": ..., "parameters": ...}}',
    ),
    "protocol.tool_bad_parameters": (
        "tool {name}: its parameters are not the schema of an object, expected "
        '{{"type": "object", "properties": {{...}}, "required": [...]}}, or none at all',
        "工具 {name}：parameters 不是对象的 schema，应为 "
        '{{"type": "object", "properties": {{...}}, "required": [...]}}，没有参数时请省略',
    ),
    "protocol.tool_not_json_schema": (
        "tool {name}: its parameters cannot be written as JSON ({why})",
        "工具 {name}：parameters 无法写成 JSON（{why}）",
    ),
    "protocol.tool_required_unknown": (
        "tool {name}: required names {parameter!r}, which is not among its properties",
        "工具 {name}：required 中的 {parameter!r} 不在 properties 里",
    ),
    "protocol.tool_nothing_to_run": (
        "tool {name} was declared by its schema only, so there is nothing here to run: pass "
        "function= to as_tool",
        "工具 {name} 只有 schema，没有可运行的函数。请向 as_tool 传入 function=",
    ),
    "protocol.tool_not_json": (
        "the arguments of {tool} are not JSON: send one JSON object",
        "{tool} 的参数不是 JSON，请发送一个 JSON 对象",
    ),
    "protocol.tool_not_an_object": (
        "the arguments of {tool} are not a JSON object: send the parameters by name",
        "{tool} 的参数不是 JSON 对象，请按名字给出参数",
    ),
    "protocol.tool_unknown": (
        "{tool} has no parameter {name!r}; it has: {known}",
        "{tool} 没有参数 {name!r}；它的参数有：{known}",
    ),
    "protocol.tool_absent": (
        "{tool} needs the parameter {name!r}: {expected}",
        "{tool} 需要参数 {name!r}：{expected}",
    ),
    "protocol.tool_bad_value": (
        "{tool}: {name} is {found}, expected {expected}",
        "{tool}：{name} 是 {found}，应为{expected}",
    ),
    "protocol.tool_expected": ("another kind of value", "其他类型的值"),
    "protocol.tool_expected_one_of": ("one of: {values}", "其中之一：{values}"),
    "protocol.tool_expected_array": ("a list, each of it {items}", "列表，其中每一项为{items}"),
    "protocol.tool_expected_string": ("text", "文本"),
    "protocol.tool_expected_integer": ("a whole number", "整数"),
    "protocol.tool_expected_number": ("a number", "数字"),
    "protocol.tool_expected_boolean": ("true or false", "true 或 false"),
    "protocol.tool_expected_object": ("an object", "对象"),
    "protocol.tool_expected_date": ("a date like 2026-11-22", "形如 2026-11-22 的日期"),
    "protocol.tool_expected_date_time": (
        "a date and time like 2026-11-22T08:30:00",
        "形如 2026-11-22T08:30:00 的日期时间",
    ),
    "protocol.tool_expected_time": ("a time of day like 08:30", "形如 08:30 的时刻"),
    "protocol.tool_failed": (
        "the tool failed ({reason}): say so, or try it another way",
        "工具执行失败（{reason}），请如实告知，或换一种方式再试",
    ),
    "protocol.tool_cut": (
        "{kept}… [cut here after {most} kB: the conversation holds no more. Say that this is only "
        "the beginning]",
        "{kept}……【内容在 {most} kB 处截断，对话容纳不下更多。请说明这只是开头部分】",
    ),
    "protocol.tool_too_slow": (
        "the tool took too long and was stopped waiting for: say so, or go on without it",
        "工具耗时过长，已不再等待。请如实告知，或不依赖它继续回答",
    ),
    "protocol.serve_too_slow": (
        "you were connected for long without asking for anything, and others wait: connect again",
        "你连接了很久却没有发出请求，而其他人在等待。请重新连接",
    ),
    "protocol.serve_path": (
        "nothing is served at this path, expected {path}",
        "此路径没有服务，应为 {path}",
    ),
    "protocol.serve_repeated_header": (
        "a header that may come once came twice",
        "只能出现一次的请求头出现了两次",
    ),
    "protocol.serve_no_authorization": (
        "no Authorization came: send the header 'Authorization: Bearer <key or token>'",
        "没有收到 Authorization，请发送请求头“Authorization: Bearer <密钥或令牌>”",
    ),
    "protocol.serve_long_authorization": (
        "the Authorization is longer than {limit} characters: that is neither a key nor a token",
        "Authorization 超过 {limit} 个字符，既不是密钥也不是令牌",
    ),
}
