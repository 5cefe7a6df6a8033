"""Sentences of the exercises: checks, hints, words of the course."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # -- what came of a check
    "lessons.right": ("{exercise}: right", "{exercise} 答对了"),
    "lessons.not_yet": ("{exercise}: not yet", "{exercise} 还不对"),
    "lessons.empty": ("{exercise}: your turn", "{exercise} 该你了"),
    "lessons.unread": ("{exercise}: cannot be read", "{exercise} 看不懂这个答案"),
    "lessons.unknown": ("{exercise}: no such exercise", "没有 {exercise} 这道练习"),
    "lessons.known": (
        "Found {found}, expected one of {known}: copy the name from the heading of the exercise.",
        "收到 {found}，应为 {known} 之一。请照练习标题上的编号填写。",
    ),
    "lessons.no_answer": (
        "Found {found}. {takes}",
        "收到的是 {found}。{takes}",
    ),
    "lessons.no_none": (
        "Found None: that is what a call without a result leaves, `print(…)` for one. {takes}",
        "收到的是 None。没有返回值的调用（例如 `print(…)`）就会得到 None。{takes}",
    ),
    "lessons.no_function": (
        "Found the function `{found}` and not its result: call it, with parentheses behind its "
        "name. {takes}",
        "收到的是函数 `{found}` 本身，不是它的结果。请在名字后面加上括号来调用它。{takes}",
    ),
    "lessons.several": (
        "Found {found}, expected one answer. A decimal is written with a point, 0.8; of several "
        "things give one.",
        "收到 {found}，应为一个答案。小数请用点，写成 0.8；有几样东西时，请只填其中一个。",
    ),
    "lessons.nothing_yet": (
        "Found {found}, and no turn in it. Read what the cell above wrote, mend that, and run "
        "it once more.",
        "收到 {found}，里面还没有一轮对话。请看上面那一格的输出，改好后再运行一次。",
    ),
    "lessons.nothing_ran": (
        "No turn came of this run. Read what the cell above wrote, mend that, and run it "
        "once more.",
        "这次运行没有得到一轮对话。请看上面那一格的输出，改好后再运行一次。",
    ),
    "lessons.broke": (
        "Looking at it gave {found}. Run the cells above once more, then this one.",
        "检查时出错：{found}。请把上面的单元格重新运行一遍，再运行这一格。",
    ),
    "lessons.unit_s": ("s", "秒"),
    "lessons.unit_ms": ("ms", "毫秒"),
    "lessons.unit_min": ("min", "分钟"),
    "lessons.unit_yuan": ("yuan", "元"),
    "lessons.takes_number": (
        "Put a number in place of the three dots, in {unit}, such as 12, or with the unit, as in "
        "{example}.",
        "请把三个点换成一个数（单位：{unit}），例如 12；也可以带上单位，写成 {example}。",
    ),
    "lessons.takes_count": (
        "Put a number in place of the three dots.",
        "请把三个点换成一个数。",
    ),
    "lessons.takes_choice": (
        "Put one of {letters} in place of the three dots, quotation marks included.",
        "请把三个点换成 {letters} 中的一个，引号也要写上。",
    ),
    "lessons.takes_words": (
        "Put a word in place of the three dots, between quotation marks.",
        "请把三个点换成一个词，写在引号里。",
    ),
    "lessons.takes_turn": (
        "Put your turn in place of the three dots: the name under which you kept it, without "
        "quotation marks.",
        "请把三个点换成你的那一轮，写保存它的变量名，不加引号。",
    ),
    "lessons.takes_run": (
        "Put your run in place of the three dots: the name under which you kept what "
        "`run_script` returned, without quotation marks.",
        "请把三个点换成你的那次运行，也就是保存 `run_script` 返回值的变量名，不加引号。",
    ),
    "lessons.takes_clip": (
        "Put your clip in place of the three dots: its name, without quotation marks.",
        "请把三个点换成你的那段声音，写变量名，不加引号。",
    ),
    "lessons.takes_table": (
        "Put your table in place of the three dots: its name, without quotation marks.",
        "请把三个点换成你的那张表，写变量名，不加引号。",
    ),
    "lessons.takes_rehearsal": (
        "Put your rehearsal in place of the three dots: the name of what rehearse returned.",
        "请把三个点换成你的排练结果，也就是保存 rehearse 返回值的变量名。",
    ),
    # -- how far off
    "lessons.too_small_near": ("{found} is close, but too small.", "{found} 已经接近，但偏小。"),
    "lessons.too_large_near": ("{found} is close, but too large.", "{found} 已经接近，但偏大。"),
    "lessons.too_small_off": ("{found} is too small.", "{found} 太小了。"),
    "lessons.too_large_off": ("{found} is too large.", "{found} 太大了。"),
    "lessons.far_too_small": (
        "{found} is far too small. Is it in another unit than {unit}? Then write the unit, too.",
        "{found} 小了几百倍。单位不是“{unit}”吗？那就把单位一起写上。",
    ),
    "lessons.far_too_large": (
        "{found} is far too large. Is it in another unit than {unit}? Then write the unit, too.",
        "{found} 大了几百倍。单位不是“{unit}”吗？那就把单位一起写上。",
    ),
    "lessons.not_among": (
        "{found} is not it: it is one of {numbers}.",
        "不是 {found}，应为 {numbers} 之一。",
    ),
    "lessons.other_letter": ("It is not {found}.", "不是 {found}。"),
    "lessons.other_words": ("It is not {found}.", "不是 {found}。"),
    "lessons.fact": (
        "Looked at {name}: found {found}, expected {wanted}.",
        "检查了 {name}，实际是 {found}，应为 {wanted}。",
    ),
    "lessons.fact_lacks": (
        "Looked at {name}: found {found}, expected {wanted} among them.",
        "检查了 {name}，实际有 {found}，其中应有 {wanted}。",
    ),
    "lessons.at_least": ("at least {least}", "至少 {least}"),
    "lessons.at_most": ("at most {most}", "至多 {most}"),
    "lessons.within": ("{least} to {most}", "{least} 到 {most}"),
    "lessons.either": (", ", "、"),
    "lessons.yes": ("yes", "是"),
    "lessons.no": ("no", "否"),
    "lessons.none": ("none", "无"),
    # -- what is looked at
    "lessons.fact_vad": ("who ended the turn (VAD)", "由谁结束这一轮（VAD）"),
    "lessons.fact_status": ("how the turn ended", "这一轮的结果"),
    "lessons.fact_chunk_ms": ("the length of a chunk in ms", "每块的毫秒数"),
    "lessons.fact_silence_ms": ("the silence that ends a turn, in ms", "判断说完的静音毫秒数"),
    "lessons.fact_voice": ("the voice", "音色"),
    "lessons.fact_said_in": ("the language of the question", "提问的语言"),
    "lessons.fact_answered_in": ("the language of the answer", "回答的语言"),
    "lessons.fact_answer_letters": ("the letters of the answer", "回答的字数"),
    "lessons.fact_input_seconds": ("the seconds that were sent", "发送的秒数"),
    "lessons.fact_audio_seconds": ("the seconds of the answer", "回答的秒数"),
    "lessons.fact_interrupted": ("whether the answer was interrupted", "回答有没有被打断"),
    "lessons.fact_tools": ("the functions that were called", "调用的函数"),
    "lessons.fact_tool_calls": ("how many calls there were", "函数调用的次数"),
    "lessons.fact_pictures": ("the pictures that were sent", "发送的图片数"),
    "lessons.fact_replayed": ("whether it comes from a recording", "是不是回放"),
    "lessons.fact_network": ("the network", "网络条件"),
    "lessons.fact_errors": ("the errors that came", "收到的错误数"),
    "lessons.fact_findings": ("what explain() finds", "诊断（explain()）"),
    "lessons.fact_seconds": ("its length in seconds", "时长（秒）"),
    "lessons.fact_rate": ("its rate in Hz", "采样率（Hz）"),
    "lessons.fact_level": ("its level in dBFS", "电平（dBFS）"),
    "lessons.fact_rows": ("the rows", "行数"),
    "lessons.fact_columns": ("the columns", "列"),
    "lessons.fact_lines": ("the lines of the script", "剧本的句数"),
    "lessons.fact_expected": ("the keys under expects", "expects 里用到的键"),
    "lessons.fact_forbidden": ("the words behind not", "not 后面的词"),
    "lessons.fact_passed": ("whether every line passed", "是否每一句都通过"),
    "lessons.fact_runs": ("the runs", "运行次数"),
    "lessons.fact_own": ("whether the script is your own", "是不是你自己的剧本"),
    "lessons.fact_failed": ("the runs that failed", "失败的次数"),
    # -- hints
    "lessons.help_hint": (
        'A hint: `glm.hint("{exercise}")`.',
        '要提示，请运行 `glm.hint("{exercise}")`。',
    ),
    "lessons.help_model": (
        'An answer to compare with: `glm.hint("{exercise}")`.',
        '要看参考答案，请运行 `glm.hint("{exercise}")`。',
    ),
    "lessons.title_hint": ("{exercise}: hint {step} of 2", "{exercise} 提示 {step}/2"),
    "lessons.title_model": ("{exercise}: an answer", "{exercise} 参考答案"),
    "lessons.title_early": ("{exercise}: try first", "{exercise} 先试一试"),
    "lessons.title_unknown": ("{exercise}: no such exercise", "没有 {exercise} 这道练习"),
    "lessons.after_hint_1": (
        "Not enough? Run the cell again for a second hint.",
        "还不够？再运行一次，有第二个提示。",
    ),
    "lessons.after_hint_2": (
        "After two tries the same cell shows an answer.",
        "试过两次以后，这一格会给出参考答案。",
    ),
    "lessons.model_early": (
        'Both hints are given. Check your own answer with `glm.check("{exercise}", …)` first; '
        "tries to go: {left}.",
        '两个提示都看过了。请先用 `glm.check("{exercise}", …)` 检查你的答案，'
        "再试 {left} 次就能看参考答案。",
    ),
    # -- words of the course
    "lessons.all_words": ("The words of the course", "课程词汇"),
    "lessons.also": ("Also: {names}", "又叫 {names}"),
    "lessons.near_words": (
        "No word of the course is spelt like that. Did you mean {names}?",
        "课程里没有这个词。是不是想查 {names}？",
    ),
    "lessons.no_word": (
        "It is no word of the course. `glm.what()` lists them all.",
        "课程里没有这个词。`glm.what()` 会列出全部词汇。",
    ),
    # -- what a WebSocket is
    "lessons.no_turn": (
        "found a value of type {found}, expected a turn, or a session's trace",
        "收到 {found}，应为一个轮次，或会话记录（session.trace）",
    ),
    "lessons.nothing_said": (
        "found {found} chunks of sound that were sent, expected at least 2: take a turn whose "
        "question was spoken",
        "只找到 {found} 个发出的音频块，应至少有 2 个。请换成开口提问的轮次",
    ),
    "lessons.line_you": ("you", "你"),
    "lessons.line_request": ("request and answer (HTTP)", "一问一答（HTTP）"),
    "lessons.line_open": ("an open line (WebSocket)", "一直连着（WebSocket）"),
    "lessons.line_nothing": (
        "you speak,\nand nothing can come",
        "你还在说，\n什么也收不到",
    ),
    "lessons.line_asked": ("one request", "一次请求"),
    "lessons.line_answered": ("one answer, closed", "一次回答，随即断开"),
    "lessons.line_seconds": ("time (s)", "时间（秒）"),
    "lessons.line_found": (
        "Messages up: {up}, down: {down}, all on one line that stays open",
        "上行 {up} 条、下行 {down} 条消息，共用一条不断开的连接",
    ),
    "lessons.line_note": (
        "Came down while the sound was still going up (grey): {meanwhile}. Peer: {peer}. The left "
        "side is drawn, not measured.",
        "声音还在上传时（灰底）已收到 {meanwhile} 条。对端：{peer}。左边是示意图，不是实测。",
    ),
    # -- at the door
    "lessons.knock_opened": (
        "{status}: let in, the WebSocket was opened",
        "{status}，放行，WebSocket 已打开",
    ),
    "lessons.knock_refused": ("{status}: refused, code {code}", "{status}，被拒绝，错误码 {code}"),
    "lessons.knock_unsent": (
        "nothing was sent: this cannot be a key",
        "没有发送，这不可能是密钥",
    ),
    # -- noise against recognition
    "lessons.interact": (
        "no control can be made of this: {reason}. Give the function first, then for each of its "
        "parameters (least, most, step), a list or a widget: interact(hear, silence=(0, 100, 10))",
        "无法据此生成控件：{reason}。请先传入函数，再为它的每个参数给出（最小值，最大值，步长）、"
        "列表或控件，例如 interact(hear, silence=(0, 100, 10))",
    ),
    "lessons.interact_unknown": (
        "found a control for {unknown}, and the function takes {known}: name each control as the "
        "parameter that it moves",
        "收到 {unknown} 的控件，而函数的参数是 {known}。控件要和它改变的参数同名",
    ),
    "lessons.noise_levels": (
        "found {found} for {turns} turns, expected a list of at most {most} numbers of decibels, "
        "one for each turn: give the same list that the noise was made with",
        "收到 {found}，共有 {turns} 轮对话，应为每轮一个分贝数的列表，最多 {most} 个。"
        "请传入加噪声时用的那个列表",
    ),
    "lessons.noise_mark": (
        "found mark={found}, expected one of {known}: mark a step that was measured",
        "收到 mark={found}，应为 {known} 之一。请选一个测过的信噪比",
    ),
    "lessons.noise_step": ("{snr} dB", "{snr} dB"),
    "lessons.wrong_characters": ("characters misheard (%)", "听错的字符（%）"),
    "lessons.nothing_heard": ("(nothing was understood)", "（什么也没听出来）"),
    "lessons.noise_found": (
        "Understood while the voice is {snr} dB above the noise or more",
        "人声比噪声高 {snr} dB 以上时，都听得懂",
    ),
    "lessons.noise_never": (
        "Not understood at any of these levels of noise",
        "这几种噪声下都没听懂",
    ),
    "lessons.noise_note": (
        "Said: {said} · measured against: {peer}",
        "原话：{said} · 测量对端：{peer}",
    ),
    # -- prebuffer against gaps
    "lessons.no_deltas": (
        "found {found} without pieces of sound, expected a turn with a spoken answer: "
        "give what say or ask returned",
        "收到 {found}，其中没有回答的声音，应为一轮有语音回答的对话。请传入 say 或 ask 返回的结果",
    ),
    "lessons.gaps_none": (
        "With {ms:.0f} ms of prebuffer nothing stutters",
        "预缓冲 {ms:.0f} 毫秒，播放不卡顿",
    ),
    "lessons.gaps_found": (
        "With {ms:.0f} ms of prebuffer it stutters: {gaps} gaps, {lost:.0f} ms in all",
        "预缓冲 {ms:.0f} 毫秒，卡顿 {gaps} 次，共 {lost:.0f} 毫秒",
    ),
    "lessons.gaps_note": (
        "Computed from when each delta came · measured against: {peer}",
        "按每个增量的到达时刻推算 · 测量对端：{peer}",
    ),
    "lessons.came": ("had come", "已到达"),
    "lessons.sounded": ("had sounded", "已播放"),
    "lessons.since_delta": ("time since the first delta (s)", "距第一个增量的时间（秒）"),
    "lessons.sound": ("sound (s)", "声音（秒）"),
    "lessons.prebuffer": ("prebuffer (ms)", "预缓冲（毫秒）"),
    "lessons.silence_ms": ("gaps (ms)", "卡顿（毫秒）"),
    # -- a chunk's size, moved by hand
    "lessons.chunk_option": ("{ms} ms", "{ms} 毫秒"),
    "lessons.chunk_found": (
        "Chunks of {ms:g} ms: {extra:.0f}% more bytes, {rate:g} messages a second, "
        "a wait of {ms:g} ms",
        "每块 {ms:g} 毫秒，字节多 {extra:.0f}%，每秒 {rate:g} 条消息，等待 {ms:g} 毫秒",
    ),
    "lessons.chunk_note": (
        "Bytes: counted in the messages of this recording. Wait: computed; the network's own comes "
        "on top. The service takes {cap} messages a second (documented).",
        "字节数按这段录音的完整消息统计；等待时间是推算的，网络的耗时另算。"
        "服务每秒最多接受 {cap} 条消息（文档）。",
    ),
    "lessons.chunk_extra": ("extra bytes (%)", "多出的字节（%）"),
    "lessons.chunk_first_waits": ("first sample waits (ms)", "首个采样点等待（毫秒）"),
    "lessons.chunk_waits": ("{ms:g} ms", "{ms:g} 毫秒"),
    "lessons.chunk_guess": ("guessed: {percent:g}%", "你猜的：{percent:g}%"),
    "lessons.chunk_too_many": (
        "more than {cap}\nmessages\na second",
        "每秒超过\n{cap} 条",
    ),
    # -- a network, moved by hand
    "lessons.networks_most": (
        "found {found} turns, expected at most {most}: leave some out",
        "收到 {found} 轮对话，应为最多 {most} 轮。请去掉一些",
    ),
    "lessons.networks_silent": (
        "found a turn whose question or answer has no sound, expected a question that was spoken "
        "and an answer that can be heard: take what say returned",
        "收到的轮次里，提问或回答没有声音，应为开口提问、有语音回答的轮次。请传入 say 返回的结果",
    ),
    "lessons.networks_none": ("no network in between", "中间没有加网络"),
    "lessons.networks_seconds": (
        "since you stopped speaking (s)",
        "说完之后的时间（秒）",
    ),
    "lessons.networks_you": ("your question", "你的提问"),
    "lessons.networks_wait": ("you wait", "等待"),
    "lessons.networks_sounds": ("the answer sounds", "回答在播放"),
    "lessons.networks_gap": ("it stutters", "卡顿"),
    "lessons.networks_smooth": ("wait {wait:.2f} s, no gap", "等 {wait:.2f} 秒，不卡顿"),
    "lessons.networks_gaps": (
        "wait {wait:.2f} s, gaps {gaps}, together {lost:.2f} s",
        "等 {wait:.2f} 秒，卡顿 {gaps} 次，共 {lost:.2f} 秒",
    ),
    "lessons.networks_gaps_short": (
        "wait {wait:.2f} s, gaps {gaps}",
        "等 {wait:.2f} 秒，卡顿 {gaps} 次",
    ),
    "lessons.networks_found": ("{network}: {outcome}", "{network}：{outcome}"),
    "lessons.networks_note": (
        "Played without a prebuffer, as each piece came · measured against: {peer}",
        "不预缓冲、收到即播 · 测量对端：{peer}",
    ),
    "lessons.network_brief": ("Answer in one short sentence.", "请用一句简短的话回答。"),
    "lessons.network_greeting": ("Hello!", "你好！"),
    "lessons.network_of": ("network", "网络"),
    "lessons.network_up": ("up, from you (kbit/s)", "上行，从你发出（kbit/s）"),
    "lessons.network_down": ("down, to you (kbit/s)", "下行，发给你（kbit/s）"),
    "lessons.network_as_is": ("as it is", "不另限"),
    "lessons.network_measuring": (
        "One turn over {network}: {sent:.1f} of {seconds:.1f} s of your question are on their way; "
        "then the answer comes …",
        "正在通过 {network} 对话一轮，提问已发出 {sent:.1f} / {seconds:.1f} 秒，随后等回答……",
    ),
    "lessons.network_peer": (
        "found {found}, expected an emulator, as glm.Emulator.start() or glm.emulator() gives it: "
        "each move is a turn, which the live service would charge",
        "收到 {found}，应为 glm.Emulator.start() 或 glm.emulator() 给出的仿真器。"
        "每动一次就对话一轮，对真实服务要收费",
    ),
    "lessons.network_rate": (
        "found {name}={found}, expected a number of kbit/s from {low:g} to {high:g}, or None for "
        "what the network itself has",
        "收到 {name}={found}，应为 {low:g} 到 {high:g} 之间的 kbit/s 数值，"
        "或 None（用该网络自己的带宽）",
    ),
    # -- a report of runs
    "lessons.report_name": (
        "found {found!r} as the report's name, expected at most 60 letters, digits, _ or -: "
        "name it without folder and suffix",
        "报告名收到 {found!r}，应为字母、汉字、数字、_ 或 -，最多 60 个。"
        "请只写名字，不带文件夹和后缀",
    ),
    "lessons.report_runs": (
        "Table {label}: {n} runs, {failed} failed, {dates}; {conditions}",
        "表 {label}：{n} 次，失败 {failed} 次，{dates}；{conditions}",
    ),
    "lessons.report_and": ("; ", "；"),
    "lessons.report_peer": ("peer {value}", "对端 {value}"),
    "lessons.report_network": ("network {value}", "网络 {value}"),
    "lessons.report_switches": ("switches {value}", "仿真器设置 {value}"),
    "lessons.report_model": ("model {value}", "模型 {value}"),
    "lessons.report_zero": ("zero {value}", "零点 {value}"),
    "lessons.report_numbers": (
        "Interval: bootstrap at {percent:g}%, seed {seed}",
        "区间由自助法得出，置信度 {percent:g}%，种子 {seed}",
    ),
    "lessons.report_shares": (
        "Interval: Newcombe's, of two shares, at {percent:g}%",
        "区间由 Newcombe 法得出（两个占比之差），置信度 {percent:g}%",
    ),
    "lessons.report_made": ("Made with {versions} on {system}", "由 {versions} 在 {system} 上生成"),
    # -- a watch's day, made up
    "lessons.day": (
        "a watch's day, made up: heart rate {low} to {high} beats a minute, {steps} steps",
        "手表的一天，数据是编的：心率每分钟 {low} 到 {high} 次，共 {steps} 步",
    ),
    "lessons.day_seed": (
        "seed is {found!r}, expected a whole number from 0 to 4294967295",
        "seed 收到 {found!r}，应为 0 到 4294967295 的整数",
    ),
    "lessons.day_clock": (
        "found {found!r} as the time of day, expected one such as '18:30'",
        "时刻收到 {found!r}，应写成 '18:30' 这样",
    ),
    "lessons.day_what": (
        "found {found}, expected a day: give what glm.lessons.watch_day() returned",
        "收到 {found}，应为一天的数据。请传入 glm.lessons.watch_day() 的结果",
    ),
    "lessons.day_rate": ("heart rate (beats/min)", "心率（次/分）"),
    "lessons.day_steps": ("steps in 30 min", "每 30 分钟步数"),
    "lessons.day_hours": ("time of day (h)", "时刻（时）"),
    "lessons.day_found": (
        "The heart is fastest at {clock}, {rate} beats a minute; {steps} steps in all",
        "心跳最快在 {clock}，每分钟 {rate} 次；全天 {steps} 步",
    ),
    "lessons.day_impossible": (
        "A reading of {rate} beats a minute: no heart does that",
        "有一个读数是每分钟 {rate} 次，心脏跳不了这么快",
    ),
    "lessons.day_note": (
        "Made up: nobody wore this watch",
        "数据是编的，没有人戴过这块表",
    ),
    # -- what a talk would take
    "lessons.talk_spoken": (
        "{lines} lines live: about {minutes:.1f} minutes of sound, ¥{yuan:.2f} ({model}, prices of "
        "{date}; the emulator is free)",
        "连真实服务说 {lines} 句：音频约 {minutes:.1f} 分钟，{yuan:.2f} 元"
        "（{model}，{date} 的价格；仿真器不收费）",
    ),
    "lessons.talk_seen": (
        "{lines} lines live, with pictures: about {minutes:.1f} minutes of sound, ¥{yuan:.2f} "
        "({model}, prices of {date}; the emulator is free)",
        "连真实服务说 {lines} 句，带图片：音频约 {minutes:.1f} 分钟，{yuan:.2f} 元"
        "（{model}，{date} 的价格；仿真器不收费）",
    ),
}
