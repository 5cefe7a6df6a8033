"""Sentences about starting, finding and ending the emulator."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "launch.running": ("running", "运行中"),
    "launch.ended": ("ended", "已结束"),
    "launch.problems": (
        "the emulator met {count} problem(s):\n{problems}",
        "仿真器内部出现了 {count} 个问题：\n{problems}",
    ),
    "launch.ignored": (
        "{event}: {field} was ignored, nothing reads it",
        "{event}：{field} 被忽略，没有任何功能读取它",
    ),
    "launch.ignored_instead": (
        "{event}: {field} was ignored, expected here: {instead}",
        "{event}：{field} 被忽略，这里应写 {instead}",
    ),
    "launch.missing": (
        "{count} of {times} {type} came within {seconds} s; clients sent: {came}",
        "{seconds} 秒内只收到 {count} 个 {type}，应为 {times} 个；客户端发送过：{came}",
    ),
    "launch.closed": (
        "this emulator was closed, expected a running one: start another with Emulator.start()",
        "这个仿真器已关闭，请用 Emulator.start() 再启动一个",
    ),
    "launch.forked": (
        "this emulator was opened in another process: connect here with its url and key, or start "
        "one of this forked worker's own with Emulator.start()",
        "这个仿真器是由另一个进程启动的。在当前 fork 出的子进程里，"
        "请用它的 url 和 key 另行连接，或用 Emulator.start() 自己启动一个",
    ),
    "launch.died": (
        "the emulator's process ended (status {status}{perhaps}); the end of its log:\n{tail}",
        "仿真器进程已结束（状态 {status}{perhaps}）；日志末尾：\n{tail}",
    ),
    "launch.killed": (
        ": killed from outside, perhaps for want of memory",
        "，被外部终止，可能是内存不足",
    ),
    "launch.restarted": (
        "the emulator had ended by itself and a new one was started at another address; "
        "sessions with the old one are gone.\n{reason}",
        "原来的仿真器自己结束了，已在另一个地址启动了新的；与旧仿真器的会话已失效。\n{reason}",
    ),
    "launch.late": (
        "the emulator gave no address within {seconds} s: is the machine very busy, or does a "
        "virus scanner hold Python back? The end of its log:\n{tail}",
        "仿真器在 {seconds} 秒内没有给出地址。机器是否太忙，或杀毒软件拖住了 Python？日志末尾：\n"
        "{tail}",
    ),
    "launch.no_answer": (
        "the emulator did not answer {do!r} within {seconds} s; the end of its log:\n{tail}",
        "仿真器在 {seconds} 秒内没有回应 {do!r}；日志末尾：\n{tail}",
    ),
    "launch.empty_log": ("(the log is empty)", "（日志为空）"),
    "launch.stuck": (
        "the emulator's event loop did not come round within {seconds} s: something blocks it",
        "仿真器的事件循环在 {seconds} 秒内没有响应，有东西阻塞了它",
    ),
    "launch.unknown_command": (
        "unknown command {do!r}, expected log, answers, problems, ignored, fault, clear_faults, "
        "faults, let_in, shut_out or reset",
        "未知命令 {do!r}，应为 log、answers、problems、ignored、fault、clear_faults、faults、"
        "let_in、shut_out 或 reset",
    ),
    "launch.unknown_switch": (
        "the emulator has no switch {names}, expected some of: {known}",
        "仿真器没有开关 {names}；可用的有：{known}",
    ),
    "launch.about": (
        "A local server that speaks GLM-Realtime's wire protocol. It is not the model. "
        "The first line it prints is its address.",
        "本地服务器，使用与 GLM-Realtime 相同的通信协议；它不是模型本身。打印的第一行是它的地址。",
    ),
    "launch.made_key": (
        "No key was given, so this one was made, for this run: {key}\n"
        "Use it in Python: glm.connect(to={url!r}, api_key={key!r})",
        "没有指定密钥，已为本次运行生成一个：{key}\n"
        "在 Python 中使用：glm.connect(to={url!r}, api_key={key!r})",
    ),
    "launch.reach": (
        "Others on this network reach it at {url}",
        "同一网络中的其他人可通过 {url} 访问",
    ),
    "launch.cannot_serve": (
        "cannot serve on {host}:{port} ({reason}): choose another --port, or 0 for any; "
        "or another --host",
        "无法在 {host}:{port} 上提供服务（{reason}），请换一个 --port，或用 0 自动选择；"
        "或换一个 --host",
    ),
    "launch.default": (" (default: {value})", "（默认：{value}）"),
    "launch.help_key": (
        "a key to accept, id.secret, may be repeated; visible to everyone on this machine in the "
        "process list, so only for throw-away keys",
        "接受的密钥 id.secret，可重复；本机所有人都能在进程列表里看到它，只适合临时密钥",
    ),
    "launch.help_key_file": (
        "a file that holds the keys to accept, one a line; the environment variable "
        "GLMKIT_EMULATOR_KEY holds one",
        "存放密钥的文件，每行一个；也可用环境变量 GLMKIT_EMULATOR_KEY 指定一个",
    ),
    "launch.help_verbose": (
        "a line on stderr for every message, too, and every step inside",
        "在 stderr 上逐条显示消息和内部的每一步",
    ),
    "launch.help_quiet": (
        "say nothing of who comes and what happens",
        "不显示谁连进来、发生了什么",
    ),
    "launch.help_roster": (
        "whose key is whose: a file with a key (or its part before the dot) and a name a line; "
        "names may also stand behind # in the file of keys",
        "密钥与姓名的对应表，每行一个密钥（或它点号前的部分）和一个姓名；"
        "姓名也可以写在密钥文件里 # 的后面",
    ),
    "launch.help_sessions_per_key": (
        "how many sessions a key may have open at once, 0 for any number; one more gets HTTP 429 "
        "with 1302",
        "每个密钥最多同时打开几个会话，0 为不限；超出时得到 HTTP 429 和错误码 1302",
    ),
    "launch.help_host": (
        "the address to bind to; any but loopback needs a key",
        "绑定的地址；非本机回环地址必须设置密钥",
    ),
    "launch.help_port": ("the port, 0 for any free one", "端口，0 表示任选一个空闲端口"),
    "launch.help_any_key": (
        "accept any well-formed raw key, but no token whose key is unknown",
        "接受任何格式正确的密钥，但不接受密钥未知的令牌",
    ),
    "launch.help_allow_origins": (
        "a web page's origin that may connect, may be repeated",
        "允许连接的网页来源（Origin），可重复",
    ),
    "launch.help_allow_hosts": (
        "a Host name to accept besides its own, may be repeated",
        "除自身外接受的 Host 名，可重复",
    ),
    "launch.help_lenient_ms": (
        "accept tokens whose exp is in milliseconds",
        "接受 exp 以毫秒为单位的令牌",
    ),
    "launch.help_heartbeat": ("seconds between heartbeats, 0 for none", "心跳间隔秒数，0 为不发"),
    "launch.help_connections": ("how many sessions at once", "最多同时的会话数"),
    "launch.help_idle_close": (
        "close a session whose client sends nothing for so many seconds, 0 for never",
        "客户端多少秒没有发送任何内容就关闭会话，0 为从不",
    ),
    "launch.help_ping_timeout": (
        "seconds to wait for a client's pong",
        "等待客户端 pong 的秒数",
    ),
    "launch.help_pace": (
        "speed of the answer's sound as a multiple of real time, 0 for as fast as possible",
        "回答声音的发送速度，为实时的倍数，0 为尽快发送",
    ),
    "launch.help_lenient_wav": (
        "take headerless bytes under wav formats for raw samples",
        "wav 格式下把无文件头的数据当作裸采样",
    ),
    "launch.help_offline": ("never fetch anything", "绝不下载任何东西"),
    "launch.help_dialogue": (
        "who answers: rules, or openai:URL#MODEL for an OpenAI-compatible chat endpoint "
        "(its key: GLMKIT_DIALOGUE_KEY or GLMKIT_DIALOGUE_KEY_FILE)",
        "由谁回答：rules，或 openai:URL#MODEL（兼容 OpenAI 的聊天接口，"
        "密钥用 GLMKIT_DIALOGUE_KEY 或 GLMKIT_DIALOGUE_KEY_FILE）",
    ),
    "launch.help_scripts": (
        "a script to answer from before the kit's own (YAML: a persona, what it hears and says); "
        "may be repeated",
        "先按这个剧本回答，再用自带的（YAML：角色、听到什么、怎么回答）；可重复",
    ),
    "launch.help_replay": ("a recorded bundle to play back", "要回放的录制文件"),
    "launch.help_replay_speed": ("speed of the replay", "回放速度"),
    "launch.help_strict": (
        "close a replay at the first unexpected event",
        "回放时遇到意外事件即关闭",
    ),
    "launch.help_steady": (
        "begin every answer after the same wait, in stock or synthesised; forget each session "
        "at its end: for experiments",
        "无论回答是预录的还是现合成的，都等同样长的时间再开始；会话之间不留任何记忆，适合做实验",
    ),
    "launch.help_wait": (
        "with --steady: seconds from the end of what was said to the answer's first sound",
        "配合 --steady：从说完到回答第一段声音的秒数",
    ),
    "launch.help_jitter": (
        "with --steady: up to so many seconds are added to the wait, drawn evenly",
        "配合 --steady：在等待时间上随机增加的秒数上限（均匀分布）",
    ),
    "launch.help_seed": (
        "with --steady: what is drawn depends on it; the same seed, the same run",
        "配合 --steady：随机数种子，种子相同则每次运行相同",
    ),
    "launch.help_profile": (
        "what to behave like: the documentation, what was last observed, or that with the troubles "
        "that were reported of it: once a gateway's page instead of a connection, once an answer "
        "that fails, and server VAD that misses the end of speech where tools are declared",
        "按文档的行为、最近观察到的行为，还是再加上有人报告过的故障（troubled）：一次返回网关页面而连不上，"
        "一次回答失败，声明了工具时服务端 VAD 听不到语音结束",
    ),
    "launch.help_text_events": ("send response.text.*", "发送 response.text.*"),
    "launch.help_part_events": (
        "send response.output_item.* and response.content_part.*",
        "发送 response.output_item.* 和 response.content_part.*",
    ),
    "launch.help_conversation_created": ("send conversation.created", "发送 conversation.created"),
    "launch.help_call_id": ("put call_id into function calls", "函数调用带 call_id"),
    "launch.help_error_type": ("put error.type into errors", "错误事件带 error.type"),
    "launch.help_speech_fields": (
        "put item_id and times into speech_started and speech_stopped",
        "speech_started 和 speech_stopped 带 item_id 和时间",
    ),
    "launch.help_status_details": (
        "say in response.done why an answer did not complete (status_details)",
        "回答没有完成时，response.done 带原因（status_details）",
    ),
    "launch.help_rate_limits": ("send rate_limits.updated", "发送 rate_limits.updated"),
    "launch.help_simple_browser": (
        "send response.function_call.simple_browser in video calls",
        "视频通话中发送 response.function_call.simple_browser",
    ),
    "launch.help_text_turns": (
        "what a text message gets: an answer, or an empty one",
        "文字消息得到回答，还是空回答",
    ),
    "launch.help_transcription": (
        "when the user's words come, or that they do not",
        "用户转写何时到达，或不到达",
    ),
    "launch.help_commit_under_server_vad": (
        "what a needless commit does under server VAD",
        "服务端 VAD 下多余的 commit 有何结果",
    ),
    "launch.help_flattened": (
        "what a configuration without nested chat_mode does",
        "配置没有嵌套 chat_mode 时有何结果",
    ),
    "launch.help_empty_schemas": (
        "what empty properties or required in a tool's schema do",
        "工具 schema 中空的 properties 或 required 有何结果",
    ),
    "launch.help_usage": ("token counts of an answer", "回答的 token 用量"),
    "launch.help_default_model": (
        "the model that is named where a client asks for none",
        "客户端没有指定模型时，回显的模型名",
    ),
    "launch.help_faults": (
        "something to go wrong: NAME, NAME=VALUE or NAME,after=2,times=1; may be repeated. "
        "NAME is one of {names}",
        "故意制造的故障：NAME、NAME=VALUE 或 NAME,after=2,times=1；可重复。NAME 可为 {names}",
    ),
}
