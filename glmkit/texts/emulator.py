"""Sentences of the emulator: in its error events, its refusals, and its switches."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # switches
    "emulator.profile": (
        "unknown profile {found!r}, expected one of: {known}",
        "未知的 profile {found!r}，应为：{known}",
    ),
    "emulator.switch": (
        "{name} is {found!r}, expected {expected}",
        "{name} 为 {found!r}，应为 {expected}",
    ),
    "emulator.kind": (
        "{name} is of type {found}, expected {expected}",
        "{name} 的类型是 {found}，应为 {expected}",
    ),
    "emulator.not_steady": (
        "{names} was given without steady, expected both: steady=True (--steady) makes answers "
        "begin after that wait",
        "给出了 {names}，却没有打开 steady。请同时设置 steady=True（命令行用 --steady），"
        "回答才会按这个等待时间开始",
    ),
    "emulator.steady_replay": (
        "found steady with a recording to play back, expected one of them: a replay keeps the "
        "recording's own times",
        "同时收到 steady 和要回放的录制文件，只能选一个：回放按录制时的时间进行",
    ),
    "emulator.needs_key": (
        (
            "{host} can be reached from other machines, and no key was given: name the keys that "
            "may connect, with --key-file FILE on the command line, with key=… in Python"
        ),
        "其他机器可以访问 {host}，却没有给出密钥。请指定允许连接的密钥，命令行用 --key-file 文件，"
        "Python 中用 key=…",
    ),
    # the door
    "emulator.too_slow": (
        "you were connected for long without asking for anything, and others wait: connect again",
        "你连接了很久却没有发出请求，而其他人在等待。请重新连接",
    ),
    "emulator.path": (
        "nothing is served at this path, expected {path}",
        "此路径没有服务，应为 {path}",
    ),
    "emulator.repeated_header": (
        "a header that may come once came twice",
        "只能出现一次的请求头出现了两次",
    ),
    "emulator.origin": (
        "pages from {origin} may not connect: start the emulator with --allow-origin {origin}",
        "来自 {origin} 的网页不允许连接，请在启动仿真器时加上 --allow-origin {origin}",
    ),
    "emulator.host": (
        (
            "the Host header names {host!r}, expected this machine: use the address the emulator "
            "printed, or start it with --allow-host"
        ),
        "Host 请求头为 {host!r}，应为本机。请使用仿真器打印的地址，或启动时加上 --allow-host",
    ),
    "emulator.full": (
        "the emulator is full: it serves {limit} connections at once; close one or try again",
        "仿真器已满，最多同时服务 {limit} 个连接；请关闭一个或稍后再试",
    ),
    "emulator.no_authorization": (
        "no Authorization came: send the header 'Authorization: Bearer <key or token>'",
        "没有收到 Authorization，请发送请求头“Authorization: Bearer <密钥或令牌>”",
    ),
    "emulator.long_authorization": (
        "the Authorization is longer than {limit} characters: that is neither a key nor a token",
        "Authorization 超过 {limit} 个字符，既不是密钥也不是令牌",
    ),
    "emulator.gateway_model": (
        (
            "?model={found} is not a model of the gateway: leave it out and choose the model in "
            "session.update"
        ),
        "?model={found} 不是网关认识的模型，请去掉它，在 session.update 里选择模型",
    ),
    # the control channel
    "emulator.control_remote": (
        "the control channel answers this machine alone, and {peer} is another: ask there",
        "控制通道只接受本机的请求，而 {peer} 不是本机。请在运行仿真器的机器上操作",
    ),
    "emulator.control_method": (
        "the method is {found}, expected {expected}",
        "请求方法为 {found}，应为 {expected}",
    ),
    "emulator.control_body": (
        (
            "the body is {found!r}, expected faults: words as --fault takes them, one a line "
            '(cut,after=2), or a JSON object as GET gives it ({{"cut": {{"after": 2}}}})'
        ),
        "请求体为 {found!r}，应为故障：写法与 --fault 相同，每行一个（cut,after=2），"
        '或 GET 返回的那种 JSON 对象（{{"cut": {{"after": 2}}}}）',
    ),
    "emulator.control_since": (
        "since is {found!r}, expected seconds since 1970: the 'now' of an earlier answer",
        "since 为 {found!r}，应为 1970 年以来的秒数，可用上一次回答里的“now”",
    ),
    "emulator.control_too_long": (
        "the body is longer than {most} bytes: set fewer faults at once",
        "请求体超过 {most} 字节，请一次少设置几个故障",
    ),
    "emulator.control_unreadable": (
        "this is no HTTP/1.1 request: send one with a Content-Length, as curl does",
        "这不是 HTTP/1.1 请求，请像 curl 那样发送，并带上 Content-Length",
    ),
    # any event
    "emulator.not_json": (
        "the message is not JSON: send one JSON object a message, as UTF-8 text",
        "消息不是 JSON，每条消息应为一个 UTF-8 编码的 JSON 对象",
    ),
    "emulator.not_object": (
        "the message is JSON but not an object: an event is an object with a 'type'",
        "消息是 JSON 但不是对象，事件应为带有“type”的对象",
    ),
    "emulator.no_type": (
        "the event has no 'type', or one that is not a string",
        "事件没有“type”，或其类型不是字符串",
    ),
    "emulator.too_big": (
        (
            "the event has {found} bytes, expected at most {most}: only sound and pictures may be "
            "longer"
        ),
        "事件有 {found} 字节，最多应为 {most}，只有声音和画面可以更长",
    ),
    "emulator.too_deep": (
        "more than {most} objects and arrays stand inside each other: make it flatter",
        "对象和数组嵌套超过 {most} 层，请减少嵌套",
    ),
    "emulator.too_long": (
        "{found} characters are more than the context holds, expected at most {most}: shorten it",
        "{found} 个字符超出了上下文长度，最多应为 {most}。请缩短",
    ),
    "emulator.unknown_event": (
        "a client cannot send {found!r}: see glm.events() for what it can",
        "客户端不能发送 {found!r}。可发送的事件见 glm.events()",
    ),
    "emulator.missing": (
        "a field that must be there is missing: see 'param'",
        "缺少必填字段。见“param”",
    ),
    "emulator.wrong_kind": (
        "the field is of kind {found}, expected {expected}",
        "字段类型为 {found}，应为 {expected}",
    ),
    "emulator.illegal": (
        "the field is {found}, expected {expected}",
        "字段值为 {found}，应为 {expected}",
    ),
    "emulator.internal": (
        "the emulator made a mistake of its own ({kind}): Emulator.check() shows it",
        "仿真器自身出错（{kind}），可用 Emulator.check() 查看",
    ),
    "emulator.on_purpose": (
        "the fault {name!r} is set: this error is on purpose",
        "已设置故障 {name!r}，此错误是有意为之",
    ),
    # configuration
    "emulator.tool_choice": (
        "tool_choice is not supported and makes the service refuse the whole update: leave it out",
        "不支持 tool_choice，发送它会导致整个更新被拒绝。请去掉",
    ),
    "emulator.model": (
        "unknown model {found!r}, expected glm-realtime-flash or glm-realtime-air",
        "未知的模型 {found!r}，应为 glm-realtime-flash 或 glm-realtime-air",
    ),
    "emulator.flattened": (
        "{found} stands directly in session, expected inside session.beta_fields with chat_mode",
        "{found} 直接写在了 session 里，应与 chat_mode 一起写在 session.beta_fields 里",
    ),
    "emulator.flattened_closes": (
        "downstream reconnect exceeded: session.beta_fields.chat_mode must be there, nested",
        "下游重连次数超限。必须有嵌套的 session.beta_fields.chat_mode",
    ),
    "emulator.tool_nested": (
        "a tool is flat here: move name, description and parameters out of 'function'",
        "这里的工具是扁平写法，请把 name、description 和 parameters 从“function”里移出来",
    ),
    "emulator.tool_twice": (
        "two tools are called {found!r}: give each its own name",
        "有两个工具都叫 {found!r}，请各取一个名字",
    ),
    "emulator.broken_tool": (
        (
            "the tool {tool!r} has an empty {field!r}: leave the field out, the service cannot "
            "answer with it"
        ),
        "工具 {tool!r} 的 {field!r} 为空，请去掉该字段，否则服务无法回答",
    ),
    "emulator.arrears": (
        "the account is in arrears: top it up in the console (here: the fault 'arrears' is set)",
        "账户已欠费，请在控制台充值（此处：已设置故障“arrears”）",
    ),
    # sound and pictures
    "emulator.not_base64": (
        "the field is not base64: encode the bytes with base64.b64encode",
        "字段不是 base64，请用 base64.b64encode 编码",
    ),
    "emulator.no_audio": (
        "the append holds no sound",
        "这次追加没有声音数据",
    ),
    "emulator.compressed": (
        "this sound is {kind}, compressed, and no format here is: decode it first, then send raw "
        "samples (pcm16) or WAV",
        "这段声音是压缩过的 {kind}，而这里的格式都不压缩。请先解码，再发送裸采样（pcm16）或 WAV",
    ),
    "emulator.no_header": (
        (
            "under {format!r} each append is a complete WAV file, and this one has no RIFF header: "
            "send one WAV each time, or choose pcm16 for raw samples"
        ),
        (
            "在 {format!r} 格式下每次追加都应是完整的 WAV 文件，而这次没有 RIFF 头。"
            "请每次发送一个 WAV，或改用 pcm16 发送裸采样"
        ),
    ),
    "emulator.wav_cut": (
        "the WAV header is cut off or has no data: {found} bytes came",
        "WAV 文件头不完整或没有数据，收到 {found} 字节",
    ),
    "emulator.wav_form": (
        "the WAV is format {kind}, {channels} channel(s), {bits} bit; expected PCM, mono, 16 bit",
        "WAV 为格式 {kind}、{channels} 声道、{bits} 位；应为 PCM、单声道、16 位",
    ),
    "emulator.wav_rate": (
        "the WAV says {found} Hz, expected 4,000 to 192,000",
        "WAV 采样率为 {found} Hz，应在 4,000 到 192,000 之间",
    ),
    "emulator.room_full": (
        "the emulator is full: all its sessions keep more than {most} MB together, and this event "
        "was dropped. Commit or clear what waits, delete items, or try again later",
        "仿真器已满，所有会话保留的内容合计超过 {most} MB，此事件已被丢弃。请提交或清空缓冲区、"
        "删除对话项，或稍后再试",
    ),
    "emulator.too_much_audio": (
        (
            "the input buffer is full: {seconds} s under client VAD, {megabytes} MB at most; "
            "commit or clear it, what comes before that is dropped"
        ),
        (
            "输入缓冲区已满，客户端 VAD 下最长 {seconds} 秒，总共最多 {megabytes} MB；"
            "请提交或清空，在此之前到来的声音会被丢弃"
        ),
    ),
    "emulator.rate_limit": (
        "more than {most} appends in a second: send about ten a second, 100 ms each",
        "一秒内的追加超过 {most} 次，请每秒发送约十次，每次 100 毫秒",
    ),
    "emulator.frame_in_audio": (
        "pictures belong to chat_mode 'video_passive'; this session is in 'audio'",
        "画面只用于 chat_mode“video_passive”；当前会话是“audio”",
    ),
    "emulator.data_url": (
        "the picture is a data: URL, expected the base64 after the comma alone",
        "画面是 data: 网址，应只发送逗号之后的 base64",
    ),
    "emulator.not_jpeg": (
        "the picture is not a JPEG",
        "画面不是 JPEG",
    ),
    "emulator.jpeg_cut": (
        "the JPEG is cut off before its size is told: {found} bytes came",
        "JPEG 不完整，读不到尺寸，收到 {found} 字节",
    ),
    "emulator.jpeg_size": (
        "the picture is {width} × {height}: too big, or empty",
        "画面为 {width} × {height}，过大或为空",
    ),
    "emulator.nothing_to_commit": (
        "the input buffer is empty: append sound before the commit",
        "输入缓冲区为空，请先追加声音再提交",
    ),
    "emulator.nothing_spoken": (
        "server VAD commits by itself, and nobody speaks now: leave the commit out",
        "服务端 VAD 会自动提交，而现在没有人在说话。请不要发送 commit",
    ),
    "emulator.lacking": (
        "the emulator cannot do this: {why}",
        "仿真器做不到：{why}",
    ),
    "emulator.deaf": (
        "the emulator cannot hear: Emulator.check() shows why",
        "仿真器听不到声音，可用 Emulator.check() 查看原因",
    ),
    # conversation and answers
    "emulator.empty_text": (
        "the message holds no text",
        "消息没有文字",
    ),
    "emulator.empty_output": (
        'the function\'s output is empty: send at least "null"',
        '函数输出为空，至少应发送 "null"',
    ),
    "emulator.no_item": (
        "no item {found!r} in this conversation",
        "对话中没有条目 {found!r}",
    ),
    "emulator.no_frame": (
        "a video answer needs a picture: send input_audio_buffer.append_video_frame first",
        "视频回答需要画面，请先发送 input_audio_buffer.append_video_frame",
    ),
    "emulator.too_many_answers": (
        "{most} answers wait already: wait for response.done before the next response.create",
        "已有 {most} 个回答在等待，请等到 response.done 再发送 response.create",
    ),
    "emulator.nothing_to_cancel": (
        "no answer is running",
        "没有正在进行的回答",
    ),
    "emulator.no_words": (
        "no words were recognised",
        "没有识别到文字",
    ),
    "emulator.first_look": (
        "What do you see?",
        "你看到了什么？",
    ),
    "emulator.first_word": (
        "Hello!",
        "你好！",
    ),
    "emulator.no_answer": (
        "no answer could be made: {reason}",
        "无法生成回答：{reason}",
    ),
    "emulator.no_search": (
        "The emulator has no search: nothing was looked up.",
        "仿真器没有搜索功能：没有查询任何内容。",
    ),
    "emulator.known_sample": (
        "known sample, not recognised",
        "已知的示例录音，并非识别所得",
    ),
    "emulator.backend_timeout": (
        "backend timeout",
        "后端超时",
    ),
}
