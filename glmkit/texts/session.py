"""Sentences about connecting, speaking and waiting."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "session.emulator": (
        "No key found: talking to the local emulator (not the model). glm.use_key() takes a key.",
        "没有找到密钥，正在与本地仿真器对话（不是真正的模型）。可用 glm.use_key() 输入密钥。",
    ),
    "session.live": (
        "Live: {model}, about ¥{price} a minute of sound; this kernel may spend ¥{budget}.",
        "将连接真实服务：{model}，音频约 ¥{price}/分钟；本内核预算 ¥{budget}。",
    ),
    "session.unpriced": (
        "{told}. No price of {model!r} is known: reckoned as {like}, the dearest (known: {known}). "
        "Check the name, and the price with the service.",
        "{told}。价目表里没有 {model!r}，这里按最贵的 {like} 估算（已知：{known}）。"
        "请核对模型名，并以服务方的价格为准。",
    ),
    "session.live_overseas": (
        "Live, overseas (z.ai): nothing official has this address, and it was not tried. {model}, "
        "at bigmodel's price about ¥{price} a minute of sound; this kernel may spend ¥{budget}.",
        "将连接海外平台 z.ai 的真实服务。该地址没有官方说明，本工具包也未实测。"
        "{model} 若按 bigmodel 的价格，音频约 ¥{price}/分钟；本内核预算 ¥{budget}。",
    ),
    "session.refused": (
        "nothing listens at {url} (connection refused): check the address, or that the server runs",
        "{url} 拒绝连接，请检查地址，或确认服务器正在运行",
    ),
    "session.dns": (
        "the name of {url} cannot be resolved: check the address, the network and its DNS",
        "无法解析 {url} 的主机名，请检查地址、网络和 DNS",
    ),
    "session.unreachable": (
        "{url} cannot be reached from this network: check that it is connected, and the address",
        "当前网络无法到达 {url}，请检查网络是否连通，以及地址是否正确",
    ),
    "session.tls": (
        "no secure connection to {url}: {found}. Check this computer's date, or a proxy that "
        "replaces certificates",
        "无法与 {url} 建立安全连接：{found}。请检查本机日期，或是否有替换证书的代理",
    ),
    "session.tls_date": (
        "its certificate is not valid at this computer's date",
        "按本机日期，对端的证书不在有效期内",
    ),
    "session.tls_name": (
        "its certificate is another host's",
        "对端的证书属于别的主机",
    ),
    "session.tls_issuer": (
        "its certificate comes from no authority that this computer trusts",
        "对端的证书不是本机信任的机构签发的",
    ),
    "session.own_certificate": (
        ". Is it a certificate of your class's own? Ask your teacher for its file, and name that "
        "before you connect: import os; os.environ['SSL_CERT_FILE'] = 'class.pem'. Until this "
        "notebook is started anew, nothing else is trusted",
        "。如果这是班级自己的证书，请向老师要证书文件，连接前先执行 "
        "import os; os.environ['SSL_CERT_FILE'] = 'class.pem'。"
        "重启内核之前，只信任这一张证书",
    ),
    "session.tls_failed": ("the TLS handshake failed{found}", "TLS 握手失败{found}"),
    "session.proxy": (
        "the proxy on the way to {url} failed{found}. Check the proxy variables",
        "连接 {url} 的代理出错{found}。请检查代理变量",
    ),
    "session.proxy_invalid": (
        "{found} is no proxy that can lead to {url}: expected http://, https://, socks5:// or "
        "socks4:// with host and port. Check the proxy variables",
        "{found} 不是可用的代理地址，无法用来连接 {url}，应为 http://、https://、"
        "socks5:// 或 socks4:// 加主机和端口。请检查代理变量",
    ),
    "session.proxy_status": (
        "the proxy on the way to {url} answered HTTP {status}: {meaning}",
        "连接 {url} 的代理返回 HTTP {status}：{meaning}",
    ),
    "session.no_connection": (
        "no connection to {url}{found}: check the address and the network",
        "无法连接 {url}{found}，请检查地址和网络",
    ),
    "session.hung_up": (
        "{url} ended the connection before it answered: check the address and its port{found}",
        "{url} 在应答之前就断开了连接，请检查地址和端口{found}",
    ),
    "session.not_http": (
        "{url} answered with something that is no HTTP: check the address and its port{found}",
        "{url} 的应答不是 HTTP，请检查地址和端口{found}",
    ),
    "session.bad_handshake": (
        "{url} agreed to open a WebSocket, but not as the standard asks ({found}): check the "
        "address; a proxy on the way may have changed the answer",
        "{url} 同意打开 WebSocket，但握手应答不合标准（{found}）。请检查地址，"
        "应答也可能被途中的代理改动过",
    ),
    "session.header_missing": ("no header {name}", "缺少 {name} 头"),
    "session.header_wrong": ("the header {name} is wrong", "{name} 头的内容不正确"),
    "session.not_offered": (
        "it chose an extension or a subprotocol that was not offered",
        "对端选择了未曾提供的扩展或子协议",
    ),
    "session.redirected": (
        "{url} redirects to {to}{without}. ",
        "{url} 重定向到 {to}{without}。",
    ),
    "session.redirected_keyless": (
        ", another host or port, which is sent neither key nor token",
        "（主机或端口不同，因此不会向它发送密钥和令牌）",
    ),
    "session.redirects_on": (
        "{url} redirects again and again: connect to the address itself that it should lead to",
        "{url} 不断重定向，请直接连接最终的地址",
    ),
    "session.redirect_page": (
        "{url} redirects to a web page, {to!r}, instead of opening a WebSocket: if this network "
        "asks for a sign-in, open that page in a browser and sign in first; else check the address",
        "{url} 没有打开 WebSocket，而是重定向到网页 {to!r}。如果当前网络需要登录，"
        "请先用浏览器打开该网页登录；否则请检查地址",
    ),
    "session.perhaps_ws": (
        ". Perhaps it does without encryption: ws:// instead of wss://",
        "。对端可能未启用加密，请把 wss:// 换成 ws://",
    ),
    "session.connect_timeout": (
        "{url} did not answer within {seconds:g} s: check the network, or raise timeout=",
        "{url} 在 {seconds:g} 秒内没有应答，请检查网络，或增大 timeout=",
    ),
    "session.http": (
        "{url} answered HTTP {status} instead of opening a WebSocket{code}: {meaning}{path}{words}",
        "{url} 返回 HTTP {status} 而不是 WebSocket{code}：{meaning}{path}{words}",
    ),
    "session.redirect": (
        "{url} redirects to {to!r}, which is not followed: expected a ws:// or wss:// address, and "
        "no less secure one. Connect to the right address itself",
        "{url} 重定向到 {to!r}，不会跟随，应为 ws:// 或 wss:// 地址，且安全性不能降低。"
        "请直接连接正确的地址",
    ),
    "session.http_code": (", code {code}", "，代码 {code}"),
    "session.http_words": (" (its words: {words})", "（原文：{words}）"),
    "session.http_path": (
        ". The path is {path}, the service's is {right}",
        "。请求的路径是 {path}，而服务的路径是 {right}",
    ),
    "session.http_by_other": (
        "a proxy or gateway answered, not the service (or the address is another server's); {then}",
        "应答的是代理或网关，不是服务本身（也可能地址属于别的服务器）。{then}",
    ),
    "session.http_by_unknown": (
        "nothing in the answer tells whether the service or a proxy or gateway gave it; {then}",
        "应答中看不出是服务还是途中的代理、网关给出的。{then}",
    ),
    "session.http_sign_in": (
        "it wants a sign-in, and the key was perhaps never looked at: sign in to the network or "
        "the proxy, or try another network",
        "它要求登录，密钥可能根本没有被检查。请先登录该网络或代理，或换一个网络",
    ),
    "session.http_keyless": (
        "it wants a key or token, and was sent none: if you trust it, connect to that address "
        "itself, with api_key=; else ask whoever runs the first one",
        "它要求密钥或令牌，但没有收到。如果信任该地址，请用 api_key= 直接连接它；"
        "否则请询问原地址的管理者",
    ),
    "session.no_picture": (
        "this conversation is in video mode and nothing was shown yet, expected at least one "
        "picture (documented): session.show(picture) first, or session.update(mode='audio') to go "
        "on without",
        "对话处于视频模式，但还没有给过画面；文档要求至少一帧。请先调用 session.show(图片)，"
        "不需要画面时用 session.update(mode='audio') 改回语音模式",
    ),
    "session.rejected": (
        "the service answered with an error, code {code}: {meaning} (its words: {message})",
        "服务返回错误，代码 {code}：{meaning}（原文：{message}）",
    ),
    "session.place_wait": (
        "waiting for a place of the class: {before} before you{about}",
        "正在等待班级名额，前面还有 {before} 人{about}",
    ),
    "session.place_seconds": (", about {seconds:.0f} s", "，约 {seconds:.0f} 秒"),
    "session.place_forgotten": (
        "your place was lent while nobody spoke, and the service has forgotten the {turns} turns "
        "before; session.turns has them, and session.reset(remember=True) tells it of them",
        "静默期间你的名额让给了别人，服务已忘记之前的 {turns} 轮。它们仍在 session.turns 中，"
        "可用 session.reset(remember=True) 告诉服务",
    ),
    "session.class_says": ("your teacher says: {words}", "老师的消息：{words}"),
    "session.disconnected": (
        "the connection ended ({code}, {reason}): {kept}; {then}",
        "连接已断开（{code}，{reason}）：{kept}；{then}",
    ),
    "session.then_reset": (
        "session.reset(remember=True) opens a new one and tells it what was said; "
        "connect(reconnect=3, remember=True) does so by itself",
        "session.reset(remember=True) 可重新连接并带上之前的对话；"
        "用 connect(reconnect=3, remember=True) 连接时会自动这样做",
    ),
    "session.then_next": (
        "the next turn opens a new one by itself, which {memory}",
        "下一轮会自动重新连接，{memory}",
    ),
    "session.next_remembers": ("is told what was said", "并带上之前的对话"),
    "session.next_forgets": ("remembers nothing of it", "新连接不记得之前的对话"),
    "session.not_reconnected": (
        "the connection ended ({ended}), and no new one came about (attempts: {attempts}), the "
        "last time because {why}. What arrived is in session.trace; session.reset(remember=True) "
        "tries again",
        "连接已断开（{ended}），重新连接未成功（尝试次数：{attempts}），最后一次的原因：{why}。"
        "已收到的内容在 session.trace 中；可用 session.reset(remember=True) 再试",
    ),
    "session.no_attempt_ended": (
        "no attempt at a new connection came to an end within {seconds:g} s (Waits.reconnect)",
        "{seconds:g} 秒内没有一次重新连接得出结果（Waits.reconnect）",
    ),
    "session.reconnected": (
        "The connection had ended ({ended}); this is a new one. {memory}",
        "连接曾断开（{ended}），现已重新连接。{memory}",
    ),
    "session.new_connection": ("This is a new connection. {memory}", "已建立新连接。{memory}"),
    "session.remembers": (
        "It is told in its instructions what was said before (the last turns: {turns}).",
        "最近 {turns} 轮对话已通过 instructions 告诉新的连接。",
    ),
    "session.tells_nothing": (
        "Nothing of what was said before is told to it: there were no words, or instructions= "
        "leaves no room for them.",
        "之前的对话没有告诉新的连接，因为其中没有文字，或者 instructions= 太长，放不下。",
    ),
    "session.forgets": (
        "It remembers nothing of what was said before (turns: {turns}); it would with "
        "remember=True.",
        "它不记得之前的对话（{turns} 轮）；加上 remember=True 可以带上。",
    ),
    "session.disconnected_opening": (
        "the connection ended ({code}, {reason}) before the session was ready: connect again; if "
        "that ends in the same way, check the address, the key and the model",
        "会话就绪之前连接就断开了（{code}，{reason}）。请重新连接；若仍是这样，请检查地址、"
        "密钥和模型",
    ),
    "session.kept_turn": (
        "what arrived is in error.turn and session.trace",
        "已收到的内容在 error.turn 和 session.trace 中",
    ),
    "session.kept_trace": (
        "no turn was under way, and session.trace has what passed before",
        "当时没有进行中的一轮，此前的收发记录在 session.trace 中",
    ),
    "session.flooded": (
        "the other side sent more in one turn than {found} allow, so the connection was closed "
        "here: what arrived is in error.turn and session.trace; budget=glm.Budget(events=…, "
        "megabytes=…) allows more, session.reset() opens a new connection",
        "对端在一轮中发送的内容超出上限（{found}），本端已断开连接。"
        "已收到的内容在 error.turn 和 session.trace 中；"
        "可用 budget=glm.Budget(events=…, megabytes=…) 提高上限，session.reset() 可重新连接",
    ),
    "session.flooded_opening": (
        "the other side sent more than {found} allow before the session was ready, so the "
        "connection was closed here: check the address",
        "会话就绪之前，对端发送的内容就超出上限（{found}），本端已断开连接。请检查地址",
    ),
    "session.server_ended": ("{why}\n{then}; {kept}", "{why}\n{then}；{kept}"),
    "session.server_ended_opening": ("{why}\n{then}", "{why}\n{then}"),
    "session.then_again": ("Connect again", "请重新连接"),
    "session.then_found": (
        "the next turn, or session.reset(), finds a new one, which {memory}",
        "下一轮或 session.reset() 会连接新的仿真器，{memory}",
    ),
    "session.then_started": (
        "Start another one and connect to it",
        "请另外启动一个并重新连接",
    ),
    "session.ended_1000": ("closed by the other side", "对端正常关闭"),
    "session.ended_1001": ("the other side goes away", "对端正在退出"),
    "session.ended_1003": (
        "it does not take what was sent or asked for",
        "对端不接受所发送或请求的内容",
    ),
    "session.ending": ("{code}, {reason}", "{code}，{reason}"),
    "session.ended_1006": ("cut off without a word", "中途断开，没有说明"),
    "session.ended_1008": ("against the other side's rules", "违反对端的规则"),
    "session.ended_1009": ("a message was too big", "消息过大"),
    "session.ended_1011": ("the other side failed inside", "对端内部错误"),
    "session.ended_1012": ("the other side starts anew", "对端正在重启"),
    "session.ended_1013": ("the other side is busy", "对端繁忙"),
    "session.ended_other": ("no reason given", "没有说明原因"),
    "session.not_arrived": (
        "{type} did not arrive within {seconds:g} s: the other side is slow, or does not speak "
        "this protocol",
        "{seconds:g} 秒内没有收到 {type}，可能是对端响应过慢，或使用的不是本协议",
    ),
    "session.no_answer": (
        "{type} did not come within {seconds:g} s: whether the service did what was asked is not "
        "known. Ask once more (connect(timeout=) and waits= say how long is waited), or "
        "session.reset() for a new connection",
        "{seconds:g} 秒内没有收到 {type}，无法确定服务端是否照办。"
        "请再试一次（等多久由 connect(timeout=) 和 waits= 决定），或用 session.reset() 重新连接",
    ),
    "session.timeout": (
        "the turn was not over after {seconds:g} s, {awaited}: what arrived is in error.turn; "
        "glm.explain(error) says more, timeout= waits longer",
        "{seconds:g} 秒后本轮仍未结束，{awaited}。已收到的内容在 error.turn 中；"
        "glm.explain(error) 有更多说明，timeout= 可延长等待",
    ),
    "session.timeout_of_upload": (
        "the turn was not over {seconds:g} s after the last chunk was sent (the upload, which is "
        "not counted, took {upload:.1f} s), {awaited}: what arrived is in error.turn; "
        "glm.explain(error) says more, timeout= waits longer",
        "最后一块发出 {seconds:g} 秒后本轮仍未结束（上传用了 {upload:.1f} 秒，不计在内），"
        "{awaited}。已收到的内容在 error.turn 中；glm.explain(error) 有更多说明，"
        "timeout= 可延长等待",
    ),
    "session.vad_with_tools": (
        "with tools, server VAD was reported to hear some people begin and never stop (not seen "
        "here): if a turn hangs, session.update(vad='client') ends the turns on this side, and "
        "say(…, fallback='commit') those that hang",
        "有人报告：声明工具后，服务端 VAD 会听到开始却听不到结束（本工具包未实测）。"
        "如果某一轮卡住，可用 session.update(vad='client') 由本端结束每一轮，"
        "或用 say(…, fallback='commit') 只在卡住时代为提交",
    ),
    "session.fell_back": (
        "server VAD did not end your turn, so this side committed it instead (fallback='commit'); "
        "turn.explain() says more. If that happens again, session.update(vad='client')",
        "服务端 VAD 没有判断出你已说完，已由本端代为提交（fallback='commit'）；"
        "turn.explain() 有更多说明。如果经常这样，请改用 session.update(vad='client')",
    ),
    "session.never_ended": (
        "the service heard you begin and never said that you stopped; this side committed in its "
        "place, and no answer began within {seconds:g} s: session.update(vad='client') ends the "
        "turns on this side, glm.explain(error) says more",
        "服务听到你开始说话，却一直没有说你已停止；本端已代为提交，"
        "但 {seconds:g} 秒内没有开始回答。请用 session.update(vad='client') 由本端结束每一轮，"
        "glm.explain(error) 有更多说明",
    ),
    "session.awaited_none": ("and nothing of it has arrived", "什么都没有收到"),
    "session.awaited_stop": (
        "since the service heard you begin at {at:.1f} s and never said that you stopped",
        "因为服务在 {at:.1f} 秒处听到你开始说话，却一直没有说你已停止",
    ),
    "session.awaited_stop_somewhere": (
        "since the service heard you begin and never said that you stopped",
        "因为服务听到你开始说话，却一直没有说你已停止",
    ),
    "session.awaited_open": (
        "since the service did not confirm what was sent",
        "因为服务没有确认收到的内容",
    ),
    "session.awaited_committed": (
        "since no answer to it began",
        "因为没有开始回答",
    ),
    "session.awaited_asked": (
        "since no answer to it began",
        "因为没有开始回答",
    ),
    "session.awaited_answering": (
        "since its answer began and did not end",
        "因为回答已开始却没有结束",
    ),
    "session.awaited_tool": (
        "since the tool {name} was still running",
        "因为工具 {name} 还在运行",
    ),
    "session.awaited_calling": (
        "since nothing followed the outputs of its calls",
        "因为函数结果发出后没有下文",
    ),
    "session.no_speech_quiet": (
        "server VAD found no speech in {seconds:.1f} s of sound at {level} dBFS: "
        "come closer to the microphone, or use vad='client'",
        "服务端 VAD 在 {seconds:.1f} 秒、{level} dBFS 的声音里没有检测到语音。"
        "请靠近麦克风，或使用 vad='client'",
    ),
    "session.no_speech_loud": (
        "server VAD found no speech in {seconds:.1f} s of sound at {level} dBFS, which is loud "
        "enough: listen to it, is it speech, at the right speed? Or use vad='client'",
        "服务端 VAD 在 {seconds:.1f} 秒、{level} dBFS 的声音里没有检测到语音，音量是够的。"
        "请听一遍，是语音吗？语速正常吗？也可使用 vad='client'",
    ),
    "session.no_speech_unknown": (
        "server VAD found no speech in {seconds:.1f} s of sound: listen to it, is it speech, loud "
        "enough, at the right speed? Or use vad='client'",
        "服务端 VAD 在 {seconds:.1f} 秒的声音里没有检测到语音。请听一遍，"
        "是语音吗？够响吗？语速正常吗？也可使用 vad='client'",
    ),
    "session.behind": (
        "the other side is busy: {seconds:g} s after the last sound it had not judged what was "
        "sent. Wait a little, then try again, with fewer sessions at once",
        "对端繁忙，最后一段声音发出 {seconds:g} 秒后，它还没有处理完收到的声音。请稍等，"
        "减少同时进行的会话后重试",
    ),
    "session.busy": (
        "a turn is running: one at a time. Wait for it, or session.cancel()",
        "已有一轮正在进行，一次只能进行一轮。请等待，或 session.cancel()",
    ),
    "session.closed": (
        "the session is closed: session.reset() opens it again, glm.connect() a new one",
        "会话已关闭：session.reset() 可重新打开，glm.connect() 可新建",
    ),
    "session.forked": (
        "this session was opened in another process: connect here, with a glm.connect(…) of this "
        "process's own. A forked worker has only a copy; the connection is its parent's",
        "这个会话是在另一个进程中打开的，请在当前进程里另行连接：glm.connect(…)。"
        "fork 出的子进程只有一份副本，连接仍归父进程所有",
    ),
    "session.other_loop": (
        "this session was opened in another event loop (each asyncio.run has one of its own): "
        "connect and speak within one asyncio.run, or close() it and reset() it here; "
        "glm.connect() needs no loop",
        "这个会话是在另一个事件循环中打开的（每次 asyncio.run 都会新建一个）。"
        "请在同一个 asyncio.run 里连接和对话，或先 close() 再在这里 reset()；"
        "glm.connect() 不需要事件循环",
    ),
    "session.not_awaited": (
        "glm.aio.connect(…) has not connected yet: session = await glm.aio.connect(…), or "
        "async with glm.aio.connect(…) as session",
        "glm.aio.connect(…) 还没有连接，请写 session = await glm.aio.connect(…)，"
        "或 async with glm.aio.connect(…) as session",
    ),
    "session.too_long": (
        "the clip lasts {seconds:.1f} s, and a turn under client VAD may last 30 s: "
        "use vad='server', or slice it: clip[0:30]",
        "片段长 {seconds:.1f} 秒，而客户端 VAD 下一轮最长 30 秒。请用 vad='server'，"
        "或切片 clip[0:30]",
    ),
    "session.empty": (
        "there is nothing to send, the clip has no samples: record again, or look whether the "
        "file was saved whole",
        "没有可发送的内容，片段里没有采样。请重新录制，或检查文件是否完整保存",
    ),
    "session.nothing_came": (
        "there is nothing to send, the iterator ended without a sound. A generator is used up "
        "after one pass: make a new one",
        "没有可发送的内容，迭代器没有给出任何声音。生成器只能遍历一次，请重新创建",
    ),
    "session.slower": (
        "chunks were enlarged from {asked} ms to {used} ms: the live service takes at most 50 "
        "messages a second (unsafe_rate=True sends as asked)",
        "块已从 {asked} 毫秒增大到 {used} 毫秒，因为真实服务每秒最多接收 50 条消息（"
        "unsafe_rate=True 可按原样发送）",
    ),
    "session.number": (
        "{name} is {found!r}, expected a number, 0 or more",
        "{name} 是 {found!r}，应为不小于 0 的数",
    ),
    "session.count": (
        "{name} is {found!r}, expected a whole number, 0 or more",
        "{name} 是 {found!r}，应为不小于 0 的整数",
    ),
    # -- speaking into an answer
    "session.with_alone": (
        "with_ says what interrupts the answer, but nothing says when: give interrupt_after=, the "
        "seconds of the answer that are heard before, too",
        "with_ 说明了用什么打断，却没有说明何时打断。请同时给出 interrupt_after=，"
        "即打断之前听到的秒数",
    ),
    "session.nothing_to_interrupt": (
        "nothing was interrupted: no sound came of the answer",
        "没有打断：回答没有声音",
    ),
    "session.too_short_to_interrupt": (
        "nothing was interrupted: the answer sounded for {heard:.1f} s, and interrupt_after is "
        "{after:g}. Ask for a longer answer, or interrupt it sooner",
        "没有打断：回答只有 {heard:.1f} 秒，而 interrupt_after 为 {after:g}。"
        "请换一个回答更长的问题，或早些打断",
    ),
    "session.said_into_unheard": (
        "the service heard no speech in what was said into the answer, and the answer went on: "
        "the turn is the one that was spoken into",
        "服务没有从插入的声音里听到人声，回答没有停。返回的就是这一轮",
    ),
    "session.choice": (
        "{name} is of type {found}, expected True or False",
        "{name} 的类型是 {found}，应为 True 或 False",
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
        "输入格式是 {format!r}（裸采样），但这一段是 WAV 文件，文件头会变成杂音。请传入 Clip，"
        "或使用 input_format='wav'",
    ),
    "session.odd": (
        "a piece has {found} bytes, expected an even number: samples are 16 bit",
        "一段数据有 {found} 字节，应为偶数，每个采样 16 位",
    ),
    "session.lost_history": (
        "leaving video_passive drops the conversation so far (documented)",
        "离开 video_passive 会丢弃之前的对话（文档说明）",
    ),
    "session.empty_reply": (
        "the answer is empty: text turns are documented but were seen to be ignored; "
        "say it aloud with glm.speak, or put it into the instructions",
        "回答为空。文字轮次虽有文档，但实测可能被忽略；可用 glm.speak 说出来，或写进 instructions",
    ),
    "session.no_tool": (
        "There is no tool named {name}. Available: {known}.",
        "没有名为 {name} 的工具。可用的有：{known}。",
    ),
    "session.tool_long": (
        "the tool {name} returned {size:.1f} kB, which takes up a good part of the model's context "
        "(8K tokens, documented): return only what the answer needs",
        "工具 {name} 返回了 {size:.1f} kB，会占去模型上下文的很大一部分（文档说明为 8K tokens）。"
        "请只返回回答需要的内容",
    ),
    "session.tool_cut": (
        "the tool {name} returned {size:.1f} kB, expected at most {most} kB, as the model's "
        "context holds no more (8K tokens, documented): the rest was cut off, and the model was "
        "told so; return only what the answer needs",
        "工具 {name} 返回了 {size:.1f} kB，应不超过 {most} kB（文档说明上下文为 8K tokens）。"
        "超出部分已截断，也告诉了模型。请只返回回答需要的内容",
    ),
    "session.tool_interrupted": (
        "The tool {name} was interrupted, and its result is not known.",
        "工具 {name} 被中断，结果未知。",
    ),
    "session.tool_running": (
        "the tool {name} is running: what it returns goes to the model, and then an answer is "
        "asked for by itself. Return what the model should know, and leave {type} out",
        "工具 {name} 正在运行。它的返回值会自动发给模型，随后自动请求回答。"
        "请直接返回要告诉模型的内容，不要在工具里发送 {type}",
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
        "to (or GLMKIT_TO) is {found!r}, expected 'live', 'zai', 'emulator', 'class', a ws:// or "
        "wss:// address, or a recording (x.glm)",
        "to（或 GLMKIT_TO）是 {found!r}，应为 'live'、'zai'、'emulator'、'class'、"
        "ws:// 或 wss:// 地址，或录制文件（x.glm）",
    ),
    "session.needs_key": (
        "connecting to {url} needs a key: pass api_key='id.secret'. A key found on this computer "
        "is never sent to an address that is not the service's own",
        "连接 {url} 需要密钥，请传入 api_key='id.secret'。本机找到的密钥不会发送到非官方地址",
    ),
    "session.same_loop": (
        "this is the kit's own loop thread, where a blocking call would wait for itself for ever: "
        "use glmkit.aio and await there",
        "这里是本工具自己的事件循环线程，阻塞调用会永远等待自己。请在此使用 glmkit.aio 和 await",
    ),
    "session.say_what": (
        "say takes a Clip, a path, bytes, (rate, samples) or an iterator of Clips; got {found}. "
        "Samples become a Clip with their rate in Hz: glm.Clip(samples, 16000)",
        "say 收到 {found}，应为 Clip、路径、字节、(采样率, 数组) 或 Clip 的迭代器。"
        "采样数组加上采样率（Hz）即可成为 Clip：glm.Clip(samples, 16000)",
    ),
    "session.ask_what": (
        "ask takes words, got {found}; session.say takes sound",
        "ask 收到 {found}，应为文字；声音请用 session.say",
    ),
    "session.say_or_ask": (
        "{found}. If these are words: session.ask(…) writes them, glm.speak(…) makes sound of them",
        "{found}。如果这是要说的话：session.ask(…) 以文字发送，glm.speak(…) 可变成声音",
    ),
    "session.uploading": ("sending", "发送中"),
    "session.awaits_emulator": (
        "waiting for the emulator's answer (a first spoken one takes longer: its models load)",
        "正在等仿真器回答（第一次对它说话要多等几秒，它在加载语音模型）",
    ),
    "session.awaits_other": ("waiting for the answer", "正在等待回答"),
    "session.unit_seconds": ("s", "秒"),
    # -- money
    "session.limit": (
        "the budget's {name} is {found!r}, expected a number above 0, or None for no limit",
        "预算的 {name} 是 {found!r}，应为大于 0 的数，或 None 表示不限",
    ),
    "session.idle": (
        "the session was closed after {seconds:g} s in which nothing was said; "
        "session.reset(remember=True) opens it again and tells it what was said, "
        "budget=glm.Budget(idle=None) keeps one open",
        "会话空闲 {seconds:g} 秒后已关闭；session.reset(remember=True) 可重新打开并带上之前的对话，"
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
        "更好的办法是在单元格里直接 await。",
    ),
    "session.nesting_refused": (
        "nest_asyncio is refused here (ipykernel {ipykernel}, Python {python}): it loses queued "
        "cells on ipykernel 7 and breaks asyncio.run on Python 3.12. Call allow_nested_loops() "
        "without an argument: it takes nest_asyncio2",
        "此处拒绝使用 nest_asyncio（ipykernel {ipykernel}，Python {python}）。"
        "它在 ipykernel 7 上会丢失排队的单元格，在 Python 3.12 上会破坏 asyncio.run。"
        "请改用不带参数的 allow_nested_loops()，它会使用 nest_asyncio2",
    ),
}
