"""Sentences about connecting, speaking and waiting."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "session.emulator": (
        "No key found: talking to the local emulator (not the model). glm.use_key() takes a key.",
        "没有找到密钥：正在与本地仿真器对话（不是真正的模型）。可用 glm.use_key() 输入密钥。",
    ),
    "session.live": (
        "Live: {model}, about ¥{price} a minute of sound; this kernel may spend ¥{budget}.",
        "将连接真实服务：{model}，音频约 ¥{price}/分钟；本内核预算 ¥{budget}。",
    ),
    "session.refused": (
        "nothing listens at {url} (connection refused): check the address, or that the server runs",
        "{url} 拒绝连接：请检查地址，或确认服务器正在运行",
    ),
    "session.dns": (
        "the name of {url} cannot be resolved: check the address, the network and its DNS",
        "无法解析 {url} 的主机名：请检查地址、网络和 DNS",
    ),
    "session.tls": (
        "no secure connection to {url}: {found}. Check this computer's date, or a proxy that "
        "replaces certificates",
        "无法与 {url} 建立安全连接：{found}。请检查本机日期，或是否有替换证书的代理",
    ),
    "session.proxy": (
        "the proxy on the way to {url} failed: {found}. Check the proxy variables",
        "连接 {url} 的代理出错：{found}。请检查代理变量",
    ),
    "session.no_connection": (
        "no connection to {url}: {found}",
        "无法连接 {url}：{found}",
    ),
    "session.perhaps_ws": (
        ". Perhaps it does without encryption: ws:// instead of wss://",
        "。对方可能未启用加密：请把 wss:// 换成 ws://",
    ),
    "session.connect_timeout": (
        "{url} did not answer within {seconds:g} s: check the network, or raise timeout=",
        "{url} 在 {seconds:g} 秒内没有应答：请检查网络，或增大 timeout=",
    ),
    "session.http": (
        "{url} answered HTTP {status} instead of opening a WebSocket, code {code}: {meaning} "
        "(its words: {message})",
        "{url} 返回 HTTP {status} 而不是 WebSocket，代码 {code}：{meaning}（原文：{message}）",
    ),
    "session.http_404": (
        "nothing is served at this path: the address of the service ends in /api/paas/v4/realtime",
        "这个路径上没有服务：服务的地址以 /api/paas/v4/realtime 结尾",
    ),
    "session.rejected": (
        "the service answered with an error, code {code}: {meaning} (its words: {message})",
        "服务返回错误，代码 {code}：{meaning}（原文：{message}）",
    ),
    "session.disconnected": (
        "the connection ended ({code}, {reason}): what arrived is in error.turn and session.trace; "
        "session.reset() opens a new one",
        "连接已断开（{code}，{reason}）：已收到的内容在 error.turn 和 session.trace 中；"
        "session.reset() 可重新连接",
    ),
    "session.ended_1000": ("closed by the other side", "对方正常关闭"),
    "session.ended_1001": ("the other side goes away", "对方正在退出"),
    "session.ended_1006": ("cut off without a word", "中途断开，没有说明"),
    "session.ended_1008": ("against the other side's rules", "违反对方的规则"),
    "session.ended_1009": ("a message was too big", "消息过大"),
    "session.ended_1011": ("the other side failed inside", "对方内部错误"),
    "session.ended_1012": ("the other side starts anew", "对方正在重启"),
    "session.ended_1013": ("the other side is busy", "对方繁忙"),
    "session.ended_other": ("no reason given", "没有说明原因"),
    "session.not_arrived": (
        "{type} did not arrive within {seconds:g} s: the other side is slow, or does not speak "
        "this protocol",
        "{seconds:g} 秒内没有收到 {type}：对方响应过慢，或使用的不是本协议",
    ),
    "session.timeout": (
        "the turn was not over after {seconds:g} s; what arrived is in error.turn. "
        "Raise timeout= or look at error.turn.events",
        "{seconds:g} 秒后本轮仍未结束；已收到的内容在 error.turn 中。"
        "可增大 timeout= 或查看 error.turn.events",
    ),
    "session.no_speech": (
        "server VAD found no speech in {seconds:.1f} s of sound at {level} dBFS: "
        "speak louder, check the format, or use vad='client'",
        "服务端 VAD 在 {seconds:.1f} 秒、{level} dBFS 的声音里没有检测到语音："
        "请提高音量、检查格式，或使用 vad='client'",
    ),
    "session.busy": (
        "a turn is running: one at a time. Wait for it, or session.cancel()",
        "已有一轮正在进行：一次只能一轮。请等待，或 session.cancel()",
    ),
    "session.closed": (
        "the session is closed: session.reset() opens it again, glm.connect() a new one",
        "会话已关闭：session.reset() 可重新打开，glm.connect() 可新建",
    ),
    "session.too_long": (
        "the clip lasts {seconds:.1f} s, and a turn under client VAD may last 30 s: "
        "use vad='server', or slice it: clip[0:30]",
        "片段长 {seconds:.1f} 秒，而客户端 VAD 下一轮最长 30 秒："
        "请用 vad='server'，或切片 clip[0:30]",
    ),
    "session.empty": (
        "there is nothing to send, the clip has no samples: record again, or look whether the "
        "file was saved whole",
        "没有可发送的内容，片段里没有采样：请重新录制，或检查文件是否完整保存",
    ),
    "session.nothing_came": (
        "there is nothing to send, the iterator ended without a sound. A generator is used up "
        "after one pass: make a new one",
        "没有可发送的内容，迭代器没有给出任何声音。生成器只能遍历一次，请重新创建",
    ),
    "session.slower": (
        "chunks were enlarged from {asked} ms to {used} ms: the live service takes at most 50 "
        "messages a second (unsafe_rate=True sends as asked)",
        "块已从 {asked} 毫秒增大到 {used} 毫秒：真实服务每秒最多接收 50 条消息"
        "（unsafe_rate=True 可按原样发送）",
    ),
    "session.number": (
        "{name} is {found!r}, expected a number, 0 or more",
        "{name} 是 {found!r}，应为不小于 0 的数",
    ),
    "session.seconds": (
        "{name} is {found!r}, expected a number of seconds above 0",
        "{name} 是 {found!r}，应为大于 0 的秒数",
    ),
    "session.chunk_ms": (
        "chunk_ms is {found!r}, expected a number of milliseconds from 10 to 1000",
        "chunk_ms 是 {found!r}，应为 10 到 1000 的毫秒数",
    ),
    "session.speed": (
        "speed is {found!r}, expected a number above 0, or None for unpaced",
        "speed 是 {found!r}，应为大于 0 的数，或 None 表示不控制速度",
    ),
    "session.progress": (
        "progress is {found}, expected a function of the seconds sent and their total: "
        "progress=lambda done, total: …",
        "progress 的类型是 {found}，应为函数，参数是已发送秒数和总秒数："
        "progress=lambda done, total: …",
    ),
    "session.not_bytes": (
        "an iterator given to say gave {found}, expected Clips or bytes in the input format",
        "传给 say 的迭代器给出了 {found}，应为 Clip 或符合输入格式的字节",
    ),
    "session.not_wav": (
        "the input format is {format!r}, so each piece must be a complete WAV file; "
        "this one begins with {found!r}. Give Clips, or use input_format='pcm16'",
        "输入格式是 {format!r}，每段都必须是完整的 WAV 文件；这一段以 {found!r} 开头。"
        "请传入 Clip，或使用 input_format='pcm16'",
    ),
    "session.a_wav": (
        "the input format is {format!r}, raw samples, but this piece is a WAV file: its header "
        "would be heard as a click. Give a Clip, or use input_format='wav'",
        "输入格式是 {format!r}（裸采样），但这一段是 WAV 文件：文件头会变成杂音。"
        "请传入 Clip，或使用 input_format='wav'",
    ),
    "session.odd": (
        "a piece has {found} bytes, expected an even number: samples are 16 bit",
        "一段数据有 {found} 字节，应为偶数：每个采样 16 位",
    ),
    "session.lost_history": (
        "leaving video_passive drops the conversation so far (documented)",
        "离开 video_passive 会丢弃之前的对话（文档说明）",
    ),
    "session.empty_reply": (
        "the answer is empty: text turns are documented but were seen to be ignored; "
        "say it aloud with glm.speak, or put it into the instructions",
        "回答为空：文字轮次虽有文档，但实测可能被忽略；可用 glm.speak 说出来，或写进 instructions",
    ),
    "session.no_tool": (
        "There is no tool named {name}. Available: {known}.",
        "没有名为 {name} 的工具。可用的有：{known}。",
    ),
    "session.tool_deadline": (
        "The tool {name} did not answer within {seconds:g} seconds.",
        "工具 {name} 在 {seconds:g} 秒内没有返回。",
    ),
    "session.overflow": (
        "this iterator fell {limit} events behind and was ended; session.trace has them all",
        "该迭代器落后 {limit} 个事件，已结束；session.trace 中有全部事件",
    ),
    "session.to": (
        "to (or GLMKIT_TO) is {found!r}, expected 'live', 'emulator', a ws:// or wss:// address, "
        "or a recording (x.glm)",
        "to（或 GLMKIT_TO）是 {found!r}，应为 'live'、'emulator'、ws:// 或 wss:// 地址，"
        "或录制文件（x.glm）",
    ),
    "session.needs_key": (
        "connecting to {url} needs a key: pass api_key='id.secret'. A key found on this computer "
        "is never sent to an address that is not the service's own",
        "连接 {url} 需要密钥：请传入 api_key='id.secret'。本机找到的密钥不会发送到非官方地址",
    ),
    "session.same_loop": (
        "this is the kit's own loop thread, where a blocking call would wait for itself for ever: "
        "use glmkit.aio and await there",
        "这里是本工具自己的事件循环线程，阻塞调用会永远等待自己：请在此使用 glmkit.aio 和 await",
    ),
    "session.say_what": (
        "say takes a Clip, a path, bytes, (rate, samples) or an iterator of Clips; got {found}. "
        "Samples become a Clip with their rate in Hz: glm.Clip(samples, 16000)",
        "say 接受 Clip、路径、字节、(采样率, 数组) 或 Clip 的迭代器；得到的是 {found}。"
        "采样数组加上采样率（Hz）即可成为 Clip：glm.Clip(samples, 16000)",
    ),
    "session.ask_what": (
        "ask takes words, got {found}; session.say takes sound",
        "ask 接受文字，得到的是 {found}；声音请用 session.say",
    ),
    "session.say_or_ask": (
        "{found}. If these are words: session.ask(…) writes them, glm.speak(…) makes sound of them",
        "{found}。如果这是要说的话：session.ask(…) 以文字发送，glm.speak(…) 可变成声音",
    ),
    "session.uploading": ("sending", "发送中"),
    # -- money
    "session.limit": (
        "the budget's {name} is {found!r}, expected a number above 0, or None for no limit",
        "预算的 {name} 是 {found!r}，应为大于 0 的数，或 None 表示不限",
    ),
    "session.idle": (
        "the session was closed after {seconds:g} s in which nothing was said; session.reset() "
        "opens it again without its memory, budget=glm.Budget(idle=None) keeps one open",
        "会话空闲 {seconds:g} 秒后已关闭；session.reset() 可重新打开（不保留记忆），"
        "budget=glm.Budget(idle=None) 可让会话一直打开",
    ),
    "session.what": (
        "budget is {found!r}, expected a Budget: glm.Budget(yuan=5)",
        "budget 是 {found!r}，应为 Budget：glm.Budget(yuan=5)",
    ),
    "session.waits": (
        "waits is of type {found}, expected Waits: glm.Waits(no_speech=2)",
        "waits 的类型是 {found}，应为 Waits：glm.Waits(no_speech=2)",
    ),
    "session.used": (
        "turns: {turns}; sound: {sent:.1f} s sent, {received:.1f} s received, {video:.1f} s of it "
        "in video calls.",
        "轮次：{turns}；音频：发送 {sent:.1f} 秒，接收 {received:.1f} 秒，"
        "其中视频通话 {video:.1f} 秒。",
    ),
    "session.charged": (
        "About ¥{yuan:.3f}, all live sessions of this process together (prices of {date}; the bill "
        "is the service's)",
        "约 ¥{yuan:.3f}，为本进程所有真实会话合计（按 {date} 的价格估算，以服务方账单为准）",
    ),
    "session.free": (
        "Nothing is charged; the live service would take about ¥{yuan:.3f} (prices of {date})",
        "不收费；若为真实服务，约需 ¥{yuan:.3f}（按 {date} 的价格估算）",
    ),
    "session.reached": (
        "the budget is used up: {name} {used:.2f} of {limit:g}; nothing more is sent. "
        "Raise it with budget=glm.Budget(…)",
        "预算已用完：{name} {used:.2f} / {limit:g}；不再发送。可用 budget=glm.Budget(…) 提高",
    ),
    # -- nested event loops
    "session.nesting_done": (
        "loop.run_until_complete(…) works in cells now, by {package}. "
        "Better: await directly in the cell.",
        "现在单元格里可以用 loop.run_until_complete(…) 了（由 {package} 提供）。"
        "更好的办法：在单元格里直接 await。",
    ),
    "session.nesting_refused": (
        "nest_asyncio is refused here (ipykernel {ipykernel}, Python {python}): it loses queued "
        "cells on ipykernel 7 and breaks asyncio.run on Python 3.12. Call allow_nested_loops() "
        "without an argument: it takes nest_asyncio2",
        "此处拒绝使用 nest_asyncio（ipykernel {ipykernel}，Python {python}）：它在 ipykernel 7 上"
        "会丢失排队的单元格，在 Python 3.12 上会破坏 asyncio.run。请不带参数调用"
        "allow_nested_loops()，它会使用 nest_asyncio2",
    ),
}
