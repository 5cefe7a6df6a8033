"""What ``explain`` says: of each finding the fact, and the cure."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "explain.what": (
        "explain takes a turn, a trace, a session or an error of the kit's; got {found}",
        "explain 收到 {found}，应为一轮对话、会话记录（trace）、会话或本工具包的错误",
    ),
    "explain.nothing": (
        "Nothing to say: no finding applies.",
        "没有发现问题。",
    ),
    "explain.error_code": (
        "the service answered with error {code}: {message}",
        "服务返回错误 {code}：{message}",
    ),
    "explain.nothing_committed": (
        "a commit was sent, but no sound before it",
        "发送了提交（commit），但之前没有声音",
    ),
    "explain.nothing_committed_cure": (
        "append sound first; session.say does both",
        "请先 append 声音；session.say 会依次完成",
    ),
    "explain.too_short": (
        "only {ms} ms of sound were committed",
        "只提交了 {ms} 毫秒声音",
    ),
    "explain.too_short_cure": (
        "commit at least 100 ms; a word takes about 300 ms",
        "至少提交 100 毫秒；一个词大约需要 300 毫秒",
    ),
    "explain.too_quiet": (
        "the loudest sample you sent is at {peak} dBFS, too low to be told from a room",
        "你发送的声音峰值只有 {peak} dBFS，低到难以与环境噪声区分",
    ),
    "explain.too_quiet_cure": (
        "come closer to the microphone, or choose another device; aim at −20 dBFS",
        "请靠近麦克风或换一个设备；目标约 −20 dBFS",
    ),
    "explain.clipped": (
        "{percent} % of the samples you sent are at full scale: the sound is clipped",
        "你发送的采样点有 {percent}% 达到满幅，声音已削波",
    ),
    "explain.clipped_cure": (
        "lower the recording level, or move away from the microphone",
        "请降低录音音量，或离麦克风远一点",
    ),
    "explain.other_voices": (
        "where you pause, other voices or music can be heard, about {under} dB under yours; which "
        "of the two it is, the sound alone does not tell",
        "在你停顿的地方还能听到别人的声音或音乐，比你的声音低约 {under} dB；"
        "是哪一种，仅凭声音分不清",
    ),
    "explain.other_voices_cure": (
        "more volume would raise them, too: come closer to the microphone, take a headset, or move "
        "away from whatever sounds there",
        "调高音量会把它们一起放大。请靠近麦克风、改用耳麦，或离声音的来源远一点",
    ),
    "explain.wrong_rate": (
        "the format {format} says {expected} Hz, but the WAV's header says {found} Hz",
        "格式 {format} 表示 {expected} Hz，但 WAV 文件头是 {found} Hz",
    ),
    "explain.wrong_rate_cure": (
        "resample (Clip.resample) or name the format of the file; session.say resamples by itself",
        "请重采样（Clip.resample）或改用与文件一致的格式；session.say 会自动重采样",
    ),
    "explain.pcm16_as_bit_depth": (
        "under {format} the sound lasts {ratio} times as long as it took to send: it looks like "
        "24 kHz declared as 16 kHz",
        "在 {format} 下，声音时长是发送时间的 {ratio} 倍，看起来是把 24 kHz 当成 16 kHz",
    ),
    "explain.pcm16_as_bit_depth_cure": (
        "pcm16 means 16 kHz here, not 16 bit: send 16 kHz samples, or say pcm24",
        "这里的 pcm16 表示 16 kHz，不是 16 位。请发送 16 kHz 采样，或改用 pcm24",
    ),
    "explain.broken_wav": (
        "{count} chunks begin as WAV files do, and cannot be read",
        "有 {count} 个块以 WAV 文件头开始，但无法读取",
    ),
    "explain.broken_wav_cure": (
        "make each chunk a complete WAV file: Clip.to_wav() does",
        "让每块都是完整的 WAV 文件，可用 Clip.to_wav() 生成",
    ),
    "explain.headerless_wav": (
        "under {format}, {count} chunks came without a WAV header",
        "在 {format} 格式下，有 {count} 个块没有 WAV 文件头",
    ),
    "explain.headerless_wav_cure": (
        "make each chunk a complete WAV file, or use input_format='pcm16' and raw samples",
        "让每块都是完整的 WAV 文件，或使用 input_format='pcm16' 发送裸采样",
    ),
    "explain.wav_under_pcm": (
        "under {format}, {count} chunks are whole WAV files: their headers are heard as clicks",
        "在 {format} 格式下，有 {count} 个块是完整的 WAV 文件，文件头会变成杂音",
    ),
    "explain.wav_under_pcm_cure": (
        "take the header off, or use input_format='wav'",
        "请去掉文件头，或使用 input_format='wav'",
    ),
    "explain.upload_drift": (
        "the upload fell {late} s behind over {seconds} s of sound",
        "上传 {seconds} 秒声音时落后了 {late} 秒",
    ),
    "explain.upload_drift_cure": (
        "send at absolute deadlines, not with a sleep after each chunk; session.say does",
        "请按绝对时间点发送，而不是每块之后 sleep；session.say 就是这样做的",
    ),
    "explain.too_many_appends": (
        "{count} chunks left within one second; the service takes at most 50",
        "一秒内发送了 {count} 个块；服务最多接受 50 个",
    ),
    "explain.too_many_appends_cure": (
        "use 100 ms chunks (chunk_ms=100) and the pace of speech (speed=1.0)",
        "请使用 100 毫秒的块（chunk_ms=100），并按实时速度发送（speed=1.0）",
    ),
    "explain.no_trailing_silence": (
        "server VAD was on, and only {silence} s of silence followed the speech: it could not "
        "find the end",
        "使用服务端 VAD，但语音之后只有 {silence} 秒静音，因此找不到结尾",
    ),
    "explain.no_trailing_silence_cure": (
        "append at least 1 s of silence: session.say(clip) does so by itself",
        "请在末尾追加至少 1 秒静音：session.say(clip) 会自动追加",
    ),
    "explain.vad_never_ended": (
        "the service heard speech begin and never said that it ended{silence}{instead}{tools}",
        "服务听到语音开始，却一直没有说语音已结束{silence}{instead}{tools}",
    ),
    "explain.vad_silence": (
        ", though {seconds} s of silence followed it",
        "，尽管其后已有 {seconds} 秒静音",
    ),
    "explain.vad_fell_back": (
        "; this side committed in its place",
        "；已由本端代为提交",
    ),
    "explain.vad_with_tools": (
        "; with tools declared this is a known fault of the service (reported, not seen here)",
        "；声明了工具时，这是服务的一个已知问题（有人报告，本工具包未实测）",
    ),
    "explain.vad_never_ended_cure": (
        "end the turns yourself: session.update(vad='client'){else_} (not tried on the live "
        "service)",
        "请改为自己结束每一轮：session.update(vad='client'){else_}（未在真实服务上试过）",
    ),
    "explain.vad_or_fall_back": (
        ", or let say commit where it must: session.say(clip, fallback='commit')",
        "，或让 say 在必要时代为提交：session.say(clip, fallback='commit')",
    ),
    "explain.create_under_server_vad": (
        "response.create was sent under server VAD, which creates answers by itself",
        "在服务端 VAD 下发送了 response.create，而它会自动创建回答",
    ),
    "explain.create_under_server_vad_cure": (
        "leave it out, or set create_response to False",
        "请去掉它，或把 create_response 设为 False",
    ),
    "explain.commit_under_server_vad": (
        "a commit was sent under server VAD, which commits by itself",
        "在服务端 VAD 下发送了提交，而它会自动提交",
    ),
    "explain.commit_under_server_vad_cure": (
        "leave the commit out and append silence instead, or use vad='client'",
        "请去掉提交并改为追加静音，或使用 vad='client'",
    ),
    "explain.response_body": (
        "response.create carried a body ({fields}), which another protocol has and this one "
        "ignores",
        "response.create 带有内容（{fields}），那是另一个协议的写法，这里会被忽略",
    ),
    "explain.response_body_cure": (
        "put it into the session's configuration: session.update(…)",
        "请写进会话配置：session.update(…)",
    ),
    "explain.video_without_frame": (
        "the session is in video mode, but no picture came with this turn",
        "会话处于视频模式，但本轮没有画面",
    ),
    "explain.video_without_frame_cure": (
        "session.show(image) before say, or session.update(mode='audio')",
        "请在 say 之前 session.show(image)，或 session.update(mode='audio')",
    ),
    "explain.several_segments": (
        "the clip held {count} segments of speech, so it became {count} turns; this is the last",
        "这段声音包含 {count} 段语音，因此成为 {count} 轮；这是最后一轮",
    ),
    "explain.several_segments_cure": (
        "look at session.turns, raise silence_duration_ms, or use vad='client'",
        "请查看 session.turns，增大 silence_duration_ms，或使用 vad='client'",
    ),
    "explain.unknown_tool": (
        "the model called {name}, which is not among the session's tools ({known})",
        "模型调用了 {name}，但会话的工具里没有它（{known}）",
    ),
    "explain.unknown_tool_cure": (
        "register it with session.tool, or say in the instructions which tools there are",
        "请用 session.tool 注册，或在 instructions 里说明有哪些工具",
    ),
    "explain.interrupted_tool": (
        "{name} was interrupted: the model was told so, and no answer was asked for",
        "{name} 被中断，已如实告知模型，也没有再请求回答",
    ),
    "explain.interrupted_tool_cure": (
        "go on with the next turn: the model knows that this result is missing",
        "可以直接开始下一轮，模型知道缺少这个结果",
    ),
    "explain.rejected_tool_schema": (
        "the schema of {name} has an empty {part}, which the service rejects (observed: 422)",
        "{name} 的 schema 中 {part} 为空，服务会拒绝（实测：422）",
    ),
    "explain.rejected_tool_schema_cure": (
        "leave empty parts out; session.tool makes schemas the service takes",
        "请去掉空的部分；session.tool 会生成可接受的 schema",
    ),
    "explain.no_first_audio": (
        "no sound had come {seconds} s after the answer began ({peer})",
        "回答开始 {seconds} 秒后仍没有声音（{peer}）",
    ),
    "explain.no_first_audio_cure": (
        "look at turn.events for what came instead; the service was seen to need 1.7 s",
        "请查看 turn.events 中收到了什么；实测真实服务约需 1.7 秒",
    ),
    "explain.late_first_audio": (
        "the first sound took {seconds} s ({peer})",
        "等了 {seconds} 秒才有声音（{peer}）",
    ),
    "explain.late_first_audio_cure": (
        "look at turn.latency for the stage it was spent in; the service was seen to need 1.7 s",
        "请查看 turn.latency 找出耗时的阶段；实测真实服务约需 1.7 秒",
    ),
    "explain.empty_answer": (
        "the answer is complete and empty: no sound, no words, no call",
        "回答已完成但为空，没有声音、文字或调用",
    ),
    "explain.empty_answer_cure": ("{todo}", "{todo}"),
    "explain.empty_answer_typed": (
        "speak instead of writing: text turns were seen to be ignored",
        "请改为说话，文字轮次实测可能被忽略",
    ),
    "explain.empty_answer_spoken": (
        "listen to turn.input: does it hold speech? If so, try the turn again",
        "请听一听 turn.input，里面有语音吗？如果有，请重试本轮",
    ),
    "explain.undecodable": (
        "{count} of {all} pieces of the answer's sound could not be decoded",
        "回答的 {all} 段声音中有 {count} 段无法解码",
    ),
    "explain.undecodable_cure": (
        "turn.events has them as they came: expected base64 of the format in session.config",
        "turn.events 中保留了原样，应为 base64，格式与 session.config 一致",
    ),
    "explain.interrupted": ("{what}", "{what}"),
    "explain.interrupted_played": (
        "the answer was interrupted after {at} s; {unheard} s that had come were not heard",
        "回答在 {at} 秒处被打断；已收到的 {unheard} 秒没有被听到",
    ),
    "explain.interrupted_unplayed": (
        "the answer was interrupted; played as it came, {at} s of it would have sounded, and "
        "{unheard} s more had come",
        "回答被打断；若边收边播，已播放 {at} 秒，另有 {unheard} 秒已收到但未播放",
    ),
    "explain.interrupted_cure": (
        "turn.heard and turn.unheard hold the two parts; the service may remember all of it",
        "turn.heard 和 turn.unheard 是两个部分；服务可能记得全部内容",
    ),
    "explain.came_last": ("the last thing that came was {last}", "最后收到的是 {last}"),
    "explain.came_nothing": ("nothing had come for it", "没有收到任何回应"),
    "explain.timed_out": (
        "the turn was ended at its deadline; {came}",
        "本轮到达期限被结束；{came}",
    ),
    "explain.timed_out_cure": (
        "raise timeout=, or look at session.trace for what is missing",
        "请增大 timeout=，或在 session.trace 中查看缺少什么",
    ),
    "explain.connection_lost": (
        "the connection ended in the middle{why}; {came}",
        "连接中途断开{why}；{came}",
    ),
    "explain.connection_lost_because": (": {why}", "（{why}）"),
    "explain.connection_lost_cure": (
        "the service has forgotten the conversation: session.reset(remember=True) connects again "
        "and tells it what was said, connect(reconnect=3, remember=True) does so by itself",
        "服务已忘记之前的对话：session.reset(remember=True) 可重新连接并带上对话内容，"
        "用 connect(reconnect=3, remember=True) 连接时会自动这样做",
    ),
    "explain.too_large": (
        "more came in this turn ({events} events are kept) than the budget allows, so the "
        "connection was closed here: the other side did not stop by itself",
        "本轮收到的内容超出预算上限（保留了 {events} 个事件），本端已断开连接，"
        "因为对端没有自行停止",
    ),
    "explain.too_large_cure": (
        "session.reset() connects again; if the answer was meant to be that long, "
        "budget=glm.Budget(events=…, megabytes=…) allows more",
        "session.reset() 可重新连接；如果回答本来就这么长，可用 "
        "budget=glm.Budget(events=…, megabytes=…) 提高上限",
    ),
    "explain.failed_answer": (
        "the answer ended as {status}: {why}",
        "回答以“{status}”结束：{why}",
    ),
    "explain.failed_answer_cure": ("{todo}", "{todo}"),
    "explain.failed_answer_unsaid": ("no error said why", "没有错误说明原因"),
    "explain.failed_answer_given_up": (
        "this side gave it up after an error, which the session's trace has",
        "出错后本机放弃了这一轮，错误见会话记录",
    ),
    "explain.failed_answer_again": (
        "try the turn again; if it happens again, begin a new session",
        "请重试本轮；若再次发生，请新建会话",
    ),
    "explain.failed_answer_max_output_tokens": (
        "it came to its limit of tokens: raise max_tokens= (1024 at most), or ask for a shorter "
        "answer",
        "回答达到 token 上限，请增大 max_tokens=（最大 1024），或要求回答短一些",
    ),
    "explain.failed_answer_content_filter": (
        "the content filter stopped it: put the question in other words",
        "内容审核拦截了回答，请换一种说法提问",
    ),
    "explain.vad_never_began": (
        "server VAD found no speech in {seconds} s of sound, whose loudest sample is at {peak} "
        "dBFS{instead}",
        "服务端 VAD 在 {seconds} 秒声音里没有检测到语音，峰值为 {peak} dBFS{instead}",
    ),
    "explain.vad_never_began_cure": ("{todo}", "{todo}"),
    "explain.vad_never_began_quiet": (
        "come closer to the microphone, or use vad='client'",
        "请靠近麦克风，或使用 vad='client'",
    ),
    "explain.vad_never_began_loud": (
        "it is loud enough: listen to turn.input, is it speech, at the right speed? Or use "
        "vad='client'",
        "音量是够的，请听一听 turn.input，是语音吗？语速正常吗？也可使用 vad='client'",
    ),
    "explain.vad_never_began_unknown": (
        "the sound was not kept: listen to what you sent, or use vad='client'",
        "声音没有保留，请听一听你发送的内容，或使用 vad='client'",
    ),
    "explain.busy": (
        "the other side ({peer}) is busy: it had not judged what was sent when it was given up",
        "对端（{peer}）繁忙，放弃等待时，它还没有处理完收到的声音",
    ),
    "explain.busy_cure": (
        "wait a little, then try again, with fewer sessions at once",
        "请稍等，减少同时进行的会话后重试",
    ),
    "explain.too_many_rounds": (
        "the model called tools {count} times without an answer, and was stopped",
        "模型连续调用工具 {count} 次仍未回答，已停止",
    ),
    "explain.too_many_rounds_cure": (
        "make the tools' outputs say when the task is done",
        "让工具的输出说明任务何时完成",
    ),
    "explain.not_recognised": (
        "the separate recogniser understood nothing; what the model heard may differ",
        "独立的识别器没有听懂；模型听到的可能不同",
    ),
    "explain.not_recognised_cure": (
        "listen to turn.input: is it speech, loud enough, and at the right rate?",
        "请听一听 turn.input：是语音吗？够响吗？采样率对吗？",
    ),
    "explain.recognition_failed": (
        "the separate recogniser failed ({code}): {reason}",
        "独立的识别器出错（{code}）：{reason}",
    ),
    "explain.recognition_failed_cure": ("{todo}", "{todo}"),
    "explain.nobody_asked": (
        "this answer came without a question",
        "这个回答没有对应的提问",
    ),
    "explain.nobody_asked_cure": (
        "the service asks whether you are there after a long silence, and may answer a "
        "session.update; turn.asked is False for both",
        "长时间静音后服务会询问你是否还在，也可能应答 session.update；两者的 turn.asked 都是 False",
    ),
    "explain.other_configuration": (
        "{path} is {echoed} at the service, but {asked!r} was asked",
        "服务端的 {path} 是 {echoed}，而请求的是 {asked!r}",
    ),
    "explain.other_configuration_cure": (
        "the service's own value counts: see session.config",
        "以服务端的值为准，见 session.config",
    ),
    "explain.tool_choice": (
        "session.update carried tool_choice={value!r}: the service rejects the whole update "
        "(observed)",
        "session.update 带有 tool_choice={value!r}，服务会拒绝整个更新（实测）",
    ),
    "explain.tool_choice_cure": (
        "leave it out; say in the instructions when to use a tool",
        "请去掉它；在 instructions 里说明何时使用工具",
    ),
    "explain.flat_beta_fields": (
        "{fields} stood directly in the session: the service closes the connection (observed)",
        "{fields} 直接写在 session 里，服务会断开连接（实测）",
    ),
    "explain.flat_beta_fields_cure": (
        "nest them: session.beta_fields.chat_mode",
        "请嵌套：session.beta_fields.chat_mode",
    ),
    "explain.client_heartbeat": (
        "the client sent a heartbeat: only the service may",
        "客户端发送了 heartbeat，而只有服务可以发送",
    ),
    "explain.client_heartbeat_cure": (
        "leave it out; WebSocket pings keep the connection",
        "请去掉它；WebSocket 的 ping 会保持连接",
    ),
    "explain.not_configured": (
        "sound was sent before session.updated: it was judged by the default configuration",
        "在 session.updated 之前就发送了声音，会按默认配置处理",
    ),
    "explain.not_configured_cure": (
        "wait for session.updated first; glm.connect does",
        "请先等待 session.updated；glm.connect 会等待",
    ),
    "explain.never_committed": (
        "{count} chunks ({seconds} s) at the end were never committed, and client VAD waits for it",
        "末尾的 {count} 个块（{seconds} 秒）没有提交，而客户端 VAD 会一直等待",
    ),
    "explain.never_committed_cure": (
        "send input_audio_buffer.commit and response.create, or use vad='server'",
        "请发送 input_audio_buffer.commit 和 response.create，或使用 vad='server'",
    ),
    "explain.token_expiring": (
        "the token had {seconds} s left when the connection was opened",
        "建立连接时令牌只剩 {seconds} 秒",
    ),
    "explain.token_expiring_cure": (
        "give the key instead of a token: a new token is made for each connection",
        "请直接给出密钥，每次连接都会生成新令牌",
    ),
    "explain.clock_skew": (
        "this computer's clock differs from {peer} by {seconds} s: fresh tokens may count as "
        "expired",
        "本机时钟与 {peer} 相差 {seconds} 秒，新令牌可能被视为过期",
    ),
    "explain.clock_skew_cure": (
        "set the clock, or let the system set it",
        "请校准时钟，或让系统自动校时",
    ),
    "explain.near_memory": (
        "this conversation holds {seconds} s of sound; the service remembers about 120 s",
        "本次对话已有 {seconds} 秒声音；服务大约只记得 120 秒",
    ),
    "explain.near_memory_cure": (
        "session.reset(remember=True) begins again, with what was said and heard in the "
        "instructions",
        "session.reset(remember=True) 可重新开始，并把说过、听到的内容写进 instructions",
    ),
    "explain.near_context": (
        "this conversation is near its end: about {tokens} of 8000 tokens (estimated)",
        "本次对话接近上限，约 {tokens} / 8000 tokens（估算）",
    ),
    "explain.near_context_cure": (
        "session.reset(remember=True) begins again with the newest of it in the instructions",
        "session.reset(remember=True) 可重新开始，并把最近的对话写进 instructions",
    ),
    "explain.unreadable": (
        "{count} messages were no events",
        "有 {count} 条消息不是事件",
    ),
    "explain.unreadable_cure": (
        "they are in the trace as 'unreadable'; another program may be in between",
        "它们在会话记录（session.trace）中的类型是 unreadable；中间可能有其他程序",
    ),
    "explain.unknown_events": (
        "events came that this kit's table does not have: {types}",
        "收到了表中没有的事件：{types}",
    ),
    "explain.unknown_events_cure": (
        "they are kept and shown; the service may have grown",
        "它们已保留并显示；服务可能有了新功能",
    ),
}
