"""Sentences of ``glmkit verify``: the statements, the probes, and the report around them."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "verify.title": (
        "{peer}: what it does, beside what is documented",
        "{peer} 的实际行为与文档对照",
    ),
    "verify.about": (
        "{date}, {peer} ({host}), model {model}",
        "{date}，{peer}（{host}），模型 {model}",
    ),
    "verify.cost": (
        "{seconds} s of sound both ways, ¥{yuan} by the prices of {of} (an estimate; "
        "an emulator costs nothing)",
        "双向共 {seconds} 秒声音，按 {of} 的价格约 ¥{yuan}（估算；仿真器不收费）",
    ),
    "verify.counts": (
        "{held} held, {differed} differed, {untestable} not testable",
        "{held} 项一致，{differed} 项不同，{untestable} 项无法检验",
    ),
    "verify.left": (
        "{count} were left out, because the budget did not reach: run it again with more",
        "还有 {count} 项因预算不足未检验，提高预算后再运行一次即可继续",
    ),
    "verify.column_id": ("no.", "编号"),
    "verify.column_outcome": ("outcome", "结果"),
    "verify.column_what": ("what is documented or was observed", "文档所述或已观察到的行为"),
    "verify.column_seen": ("seen", "实际所见"),
    "verify.is_held": ("held", "一致"),
    "verify.is_differed": ("differed", "不同"),
    "verify.is_untestable": ("not testable", "无法检验"),
    "verify.is_left": ("left out", "未检验"),
    "verify.unknown": ("{found} is no statement's number", "没有编号为 {found} 的陈述"),
    "verify.other": (
        "{folder} holds findings about {found}, not about {asked}: choose another with --out",
        "{folder} 中是关于 {found} 的结果，而不是 {asked}。请用 --out 换一个文件夹",
    ),
    "verify.unreadable": ("{path} cannot be read: {why}", "无法读取 {path}：{why}"),
    "verify.profile_of": (
        "--profile is a fresh emulator's: say --to emulator with it (found --to: {to})",
        "--profile 用于新启动的仿真器，请同时使用 --to emulator（当前 --to：{to}）",
    ),
    "verify.not_36": (
        "A failed recognition leaves the answer alone: nobody can make one fail from outside",
        "识别失败不影响回答：无法从外部让识别失败",
    ),
    "verify.not_47": (
        "Several calls come before the same response.done: whether there are several is the "
        "model's choice",
        "多个函数调用都在同一个 response.done 之前到达：是否一次调用多个由模型决定",
    ),
    "verify.not_66": (
        "Arrears are error 1113 after session.update: needs an account in arrears",
        "欠费时在 session.update 之后返回错误 1113：需要一个欠费账户",
    ),
    "verify.not_93": (
        "More sessions at once than the account may have get error 1302: how many is not known",
        "同时的会话数超过账户上限时返回错误 1302：上限是多少不得而知",
    ),
    # -- statements --
    "verify.s1": ("The key in the header is let in", "请求头中带密钥可以连接"),
    "verify.s2": ("A token in the header is let in", "请求头中带令牌可以连接"),
    "verify.s3": (
        "An expired token is a 401 with code 1003; exp is in seconds",
        "过期令牌返回 401 和代码 1003；exp 以秒为单位",
    ),
    "verify.s4": (
        "Without Authorization: a 401 with code 1001",
        "没有 Authorization：返回 401 和代码 1001",
    ),
    "verify.s5": (
        "A wrong signature is a 401 with a code of the 1000 series",
        "签名错误返回 401 和 1000 系列代码",
    ),
    "verify.s6": (
        "?Authorization= in the query is let in",
        "查询参数 ?Authorization= 可以连接",
    ),
    "verify.s7": (
        "heartbeat and session.created come unasked",
        "heartbeat 和 session.created 会自动到达",
    ),
    "verify.s8": (
        "session.created carries id, model and defaults: beta_fields with chat_mode audio",
        "session.created 带有 id、模型和默认配置，包括 beta_fields，其中 chat_mode 为 audio",
    ),
    "verify.s9": (
        "conversation.created names realtime.conversation",
        "conversation.created 的对象是 realtime.conversation",
    ),
    "verify.s10": ("Heartbeats recur within 35 s", "35 秒内再次收到 heartbeat"),
    "verify.s11": ("A client's heartbeat is an error", "客户端发送 heartbeat 会报错"),
    "verify.s12": (
        "A valid session.update is echoed by exactly one session.updated, as it was asked",
        "有效的 session.update 恰好得到一个 session.updated，按请求回显",
    ),
    "verify.s13": (
        "What a later session.update leaves out returns to what session.created showed",
        "后一次 session.update 未写的字段恢复为 session.created 中的值",
    ),
    "verify.s14": (
        "tool_choice makes the whole update an error",
        "带 tool_choice 时整个更新报错",
    ),
    "verify.s15": (
        "Flattened beta_fields are refused; where that closes the connection, with "
        "downstream_reconnect_exceeded",
        "展平的 beta_fields 会被拒绝；若因此断开，代码是 downstream_reconnect_exceeded",
    ),
    "verify.s16": (
        "turn_detection null means client VAD",
        "turn_detection 为 null 即客户端 VAD",
    ),
    "verify.s17": (
        "max_response_output_tokens is echoed as a string",
        "max_response_output_tokens 以字符串回显",
    ),
    "verify.s18": (
        "An unknown event type is an error, and the connection stays",
        "未知事件类型会报错，连接保持",
    ),
    "verify.s19": (
        "An event without type: invalid_request_error, invalid_event",
        "没有 type 的事件：invalid_request_error、invalid_event",
    ),
    "verify.s20": ("Text that is no JSON is an error", "不是 JSON 的文本会报错"),
    "verify.s21": ("Unknown fields are ignored", "未知字段会被忽略"),
    "verify.s22": ("Appends are not acknowledged", "append 没有确认事件"),
    "verify.s23": (
        "Under client VAD sound alone causes no speech event and no answer",
        "客户端 VAD 下仅上传声音不会产生语音事件或回答",
    ),
    "verify.s24": (
        "A commit gives committed, and an item with the same id",
        "commit 之后得到 committed 和同一 id 的条目",
    ),
    "verify.s25": (
        "A commit of nothing is an error",
        "空缓冲区的 commit 会报错",
    ),
    "verify.s26": (
        "Under client VAD a commit alone gets no answer",
        "客户端 VAD 下仅 commit 不会得到回答",
    ),
    "verify.s27": (
        "commit and response.create may be sent back to back",
        "commit 和 response.create 可以连续发送",
    ),
    "verify.s28": (
        "response.created is in_progress and has usage",
        "response.created 状态为 in_progress 并带 usage",
    ),
    "verify.s29": (
        "Everything inside an answer carries the response_id of its response.created",
        "回答中的所有事件都带有对应 response.created 的 response_id",
    ),
    "verify.s30": (
        "Transcript deltas joined are the transcript",
        "拼接各段文字 delta 即为完整文字",
    ),
    "verify.s32": (
        "The answer's sound is headerless 16-bit PCM of whole samples, half a second or more",
        "回答的声音是无文件头的 16 位 PCM，采样完整，至少半秒",
    ),
    "verify.s33": (
        "An interrupted answer still gets audio.done and audio_transcript.done",
        "被打断的回答仍有 audio.done 和 audio_transcript.done",
    ),
    "verify.s34": (
        "Every response.created is followed by exactly one response.done",
        "每个 response.created 之后恰有一个 response.done",
    ),
    "verify.s35": (
        "The user's transcript names the committed item",
        "用户语音的文字指向已提交的条目",
    ),
    "verify.s37": (
        "Server VAD: started, stopped, committed, item, response, done, without a commit of ours",
        "服务端 VAD：开始、结束、提交、条目、回答、完成，无需客户端 commit",
    ),
    "verify.s38": (
        "Server VAD: without silence nothing stops and nothing is committed",
        "服务端 VAD：没有静音就不会判断结束，也不会提交",
    ),
    "verify.s38a": (
        "Server VAD: a burst of speech and silence is one turn with one answer",
        "服务端 VAD：一次性上传的语音加静音是一轮，得到一个回答",
    ),
    "verify.s39": (
        "Server VAD: create_response false commits, and answers only when asked",
        "服务端 VAD：create_response 为 false 时只提交，请求后才回答",
    ),
    "verify.s41": (
        "Server VAD: new speech cancels the running answer, and is answered itself",
        "服务端 VAD：新的语音会取消正在进行的回答，并得到自己的回答",
    ),
    "verify.s42": (
        "Server VAD: interrupt_response false lets the answer finish; the new speech's follows",
        "服务端 VAD：interrupt_response 为 false 时回答会说完，随后回答新的语音",
    ),
    "verify.s43": (
        "response.cancel gives response.cancelled and a cancelled response.done",
        "response.cancel 得到 response.cancelled 和状态为 cancelled 的 response.done",
    ),
    "verify.s44": (
        "Cancelling nothing, or twice, never closes the connection",
        "没有回答时取消或重复取消都不会断开连接",
    ),
    "verify.s45": (
        "clear is told by cleared, and leaves nothing to commit",
        "clear 得到 cleared，之后没有可提交的内容",
    ),
    "verify.s46": (
        "A call names a declared tool; its arguments are a JSON string with the required ones",
        "函数调用的名称是已声明的工具，参数是 JSON 字符串，必需的都在",
    ),
    "verify.s48": (
        "An output without call_id and one response.create give a second answer",
        "不带 call_id 的输出加一次 response.create 得到第二次回答",
    ),
    "verify.s49": (
        "An empty function output is an error and no item",
        "空的函数输出会报错，不产生条目",
    ),
    "verify.s50": (
        "An empty text message is an error and no item",
        "空的文本消息会报错，不产生条目",
    ),
    "verify.s51": ("A text message is answered", "文本消息会得到回答"),
    "verify.s52": (
        "modalities text alone: no audio, and text deltas that joined are the text",
        "modalities 只有 text：没有声音，拼接各段 text delta 即为完整文字",
    ),
    "verify.s53": (
        "modalities text and audio: transcript and sound",
        "modalities 为 text 和 audio：既有文字也有声音",
    ),
    "verify.s54": (
        "pcm24 is 24 kHz: the same speech is found in it, and as long",
        "pcm24 是 24 kHz：能检出同样的语音，长度相同",
    ),
    "verify.s55": ("One WAV may hold a whole turn", "一个 WAV 可以是整轮语音"),
    "verify.s56": (
        "Small WAVs at 22,050 Hz are taken at their own rate",
        "22050 Hz 的小 WAV 按自身采样率处理",
    ),
    "verify.s57": ("In video_passive the echo has fps", "video_passive 模式的回显带有 fps"),
    "verify.s58": (
        "A video answer without a picture is video_model_query_error; with one it completes",
        "视频模式下没有画面时返回 video_model_query_error；有画面则完成回答",
    ),
    "verify.s59": (
        "A picture in audio mode never closes the connection",
        "音频模式下发送画面不会断开连接",
    ),
    "verify.s60": ("After errors a good turn works", "出错之后仍能正常完成一轮"),
    "verify.s67": (
        "An unknown ?model= is error 1234 and a close with 1003",
        "未知的 ?model= 返回错误 1234 并以 1003 断开",
    ),
    "verify.s68": ("To retrieve or delete an unknown item is an error", "读取或删除未知条目会报错"),
    "verify.s69": (
        "Server VAD: speech that was heard to begin is heard to end, once silence follows",
        "服务端 VAD：听到语音开始后，随后有静音就会听到结束",
    ),
    "verify.s70": (
        "The same where tools are declared, which was reported to get stuck",
        "声明了工具时也是如此（有人报告会卡住）",
    ),
    "verify.s71": (
        "There a commit of the client's, stuck or not, leaves one turn; after a clear the next "
        "turn works",
        "此时无论是否卡住，客户端 commit 之后都只有一轮；clear 之后下一轮正常",
    ),
    "verify.s73": (
        "Messages with parts of type text and input_audio are taken without an error",
        "消息内容为 text 或 input_audio 时不会报错",
    ),
    "verify.s74": (
        "A new connection remembers nothing of the one before",
        "新的连接不记得之前的对话",
    ),
    "verify.s75": (
        "What instructions tell of an earlier conversation is known on a new connection",
        "在指令里告知此前的对话，新的连接就会知道",
    ),
    "verify.s81": (
        "A cancel after response.done, while the sound may still be playing, closes nothing",
        "response.done 之后（声音可能还在播放）再取消，不会断开连接",
    ),
    "verify.s82": (
        "An answer at its limit of tokens is incomplete, with reason max_output_tokens",
        "达到 token 上限的回答状态为 incomplete，原因为 max_output_tokens",
    ),
    "verify.s83": (
        "A failed answer says why: status_details with code and message",
        "失败的回答会说明原因：status_details 带代码和说明",
    ),
    "verify.s84": (
        "An answer that the client cancelled says so: client_cancelled",
        "客户端取消的回答会注明 client_cancelled",
    ),
    "verify.s84a": (
        "An answer that was spoken into says so: turn_detected",
        "被语音打断的回答会注明 turn_detected",
    ),
    "verify.s87": (
        "A wrong token is refused by the service itself: 401 with a code of its own, or “401”",
        "错误令牌由服务自己拒绝：401，带自己的代码或“401”",
    ),
    "verify.s90": (
        "The query may hold Bearer before the token",
        "查询参数中的令牌前可以有 Bearer",
    ),
    "verify.s91": (
        "The model glm-realtime-plus is taken in session.update",
        "session.update 接受模型 glm-realtime-plus",
    ),
    "verify.s91a": (
        "The model glm-realtime-plus in ?model= is error 1234 and a close with 1003",
        "?model= 中的 glm-realtime-plus 返回错误 1234 并以 1003 断开",
    ),
    "verify.s92": (
        "Compressed sound (M4A) is an error, and leaves nothing to commit",
        "压缩音频（M4A）会报错，且没有可提交的内容",
    ),
    # -- probes --
    "verify.d1": (
        "Headerless bytes under wav are an error",
        "wav 格式下没有文件头的数据会报错",
    ),
    "verify.d2": (
        "response.text.* comes beside the transcript",
        "除语音文字外还有 response.text.*",
    ),
    "verify.d5": (
        "A commit under server VAD ends the turn once, or is an error",
        "服务端 VAD 下的 commit 结束本轮一次，或报错",
    ),
    "verify.d10": ("mp3 output is MP3", "mp3 输出确实是 MP3"),
    "verify.d11": ("wav output is refused", "wav 输出会被拒绝"),
    "verify.d14": (
        "Raw samples are taken under pcm16",
        "pcm16 格式接受无文件头的采样",
    ),
    "verify.d15": (
        "An absent turn_detection is client VAD",
        "缺省的 turn_detection 即客户端 VAD",
    ),
    "verify.d16": (
        "silence_duration_ms is echoed as asked",
        "silence_duration_ms 按请求回显",
    ),
    "verify.d19": (
        "Server VAD finds the end without any client_timestamp",
        "服务端 VAD 不需要 client_timestamp 也能判断结束",
    ),
    "verify.d22": ("A temperature of 1.2 is refused", "temperature 1.2 会被拒绝"),
    "verify.d24": ("Function calls carry a call_id", "函数调用带有 call_id"),
    "verify.d26": (
        "usage is zero, in response.created and in response.done",
        "response.created 和 response.done 的 usage 均为零",
    ),
    "verify.d27": ("Errors carry error.type", "错误带有 error.type"),
    "verify.d28": ("Audio deltas carry an item_id", "音频 delta 带有 item_id"),
    "verify.d29": (
        "output_item.* and content_part.* come",
        "会收到 output_item.* 和 content_part.*",
    ),
    "verify.d30": (
        "greeting_config at the top level makes it greet",
        "顶层的 greeting_config 会触发问候",
    ),
    "verify.d31": (
        "A body in response.create does no harm",
        "response.create 带内容不会出错",
    ),
    "verify.d33": (
        "Known items are retrieved and deleted; a deleted one is unknown",
        "已有条目可以读取和删除；删除后即为未知",
    ),
    "verify.d36": ("An unknown session.model is refused", "未知的 session.model 会被拒绝"),
    "verify.d37": ("An unknown voice is refused", "未知的音色会被拒绝"),
    "verify.d37a": (
        "The voice default, empty instructions and null tools are taken",
        "接受音色 default、空的 instructions 和 null 的 tools",
    ),
    "verify.d40": (
        "speech_started carries audio_start_ms and item_id",
        "speech_started 带有 audio_start_ms 和 item_id",
    ),
    "verify.d43": (
        "The user's transcript comes before an answer is asked for",
        "用户语音的文字在请求回答之前就会到达",
    ),
    "verify.d44": (
        "The connection stays after flattened beta_fields",
        "beta_fields 被展平时连接保持",
    ),
    # -- the command --
    "verify.written": ("The report: {path}", "报告：{path}"),
}
