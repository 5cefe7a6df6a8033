"""Sentences of lesson 13's scripts: to read, to run, and the figure of their runs."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # -- to read
    "stages.lines": ("{name}: {count} lines", "{name}，共 {count} 行"),
    "stages.change": (
        "{before} → {after}: {count} lines come (+) or go (-)",
        "{before} → {after}，增加（+）和删去（-）共 {count} 行",
    ),
    "stages.no_script": (
        "found {found}, expected a script: one of {known}, or the path of a file that ends in .py",
        "收到 {found}，应为一个脚本，可以是 {known} 之一，也可以是以 .py 结尾的文件路径",
    ),
    "stages.too_long": (
        "found a file of more than {most:,} bytes in {path}, expected a script: check the path",
        "{path} 超过 {most:,} 字节，不像一个脚本。请检查路径",
    ),
    "stages.unreadable": (
        "found {path}, which cannot be read ({why}), expected a script in UTF-8: check the file",
        "{path} 读不出来（{why}），应为 UTF-8 编码的脚本。请检查这个文件",
    ),
    "stages.not_written": (
        "found no way to write {path} ({why}), expected a place for the copy: choose another one",
        "{path} 写不进去（{why}），应为可以保存副本的位置。请换一个位置",
    ),
    # -- in the scripts themselves: what they begin with, and their comments
    "stages.about_blog_like": (
        "A first script, faults and all: "
        "ZHIPU_API_KEY=… python blog_like.py QUESTION.wav ANSWER.wav",
        "入门脚本，毛病都在。运行：ZHIPU_API_KEY=… python blog_like.py 问题.wav 回答.wav",
    ),
    "stages.about_1_token": (
        "Stage 1: the token's time of expiry is in seconds.",
        "第 1 步，令牌的失效时间用秒。",
    ),
    "stages.about_2_reads": (
        "Stage 2: it reads while it sends, begins when the server is ready, and heeds errors.",
        "第 2 步，边发边读，服务端准备好了才开始发，收到错误就结束。",
    ),
    "stages.about_3_ends": (
        "Stage 3: it ends when the answer has, and every wait has its end.",
        "第 3 步，回答完就结束，每次等待都有期限。",
    ),
    "stages.about_4_samples": (
        "Stage 4: samples without the file's header, under the format's own name.",
        "第 4 步，只发采样点，不带文件头，格式也写采样点的名字。",
    ),
    "stages.about_5_pace": (
        "Stage 5: ten messages a second, each at a moment fixed beforehand.",
        "第 5 步，每秒十条消息，都在事先定好的时刻发出。",
    ),
    "stages.about_6_silence": (
        "Stage 6: a second of silence ends the turn under server VAD, and no commit.",
        "第 6 步，服务端 VAD 下靠一秒静音结束这一轮，不再提交。",
    ),
    "stages.about_7_sound": (
        "Stage 7: the answer is decoded and saved, and what was heard is shown.",
        "第 7 步，解码并保存回答，显示听到的话。",
    ),
    "stages.about_bare": (
        "Say a WAV file to GLM-Realtime: ZHIPU_API_KEY=… python bare.py QUESTION.wav ANSWER.wav",
        "把 WAV 文件说给 GLM-Realtime 听。运行：ZHIPU_API_KEY=… python bare.py 问题.wav 回答.wav",
    ),
    "stages.about_with_kit": (
        "The same with the kit: python with_kit.py QUESTION.wav ANSWER.wav",
        "用工具包做同样的事。运行：python with_kit.py 问题.wav 回答.wav",
    ),
    "stages.comment_nested": ("nested, or the service hangs up", "要嵌在里面，否则服务会断开连接"),
    "stages.comment_units": ("exp: seconds, timestamp: milliseconds", "exp 用秒，timestamp 用毫秒"),
    "stages.comment_reads": (
        "reads while it sends: an error is seen at once",
        "边发边读，出错马上看得见",
    ),
    "stages.comment_wait": ("seconds without a word from the server", "服务端一声不响时最多等几秒"),
    "stages.comment_rate": ("Hz sent (16 bits, mono)", "发送的采样率，单位 Hz（16 位，单声道）"),
    "stages.comment_rate_piece": (
        "Hz sent (16 bits, mono), s in a message",
        "发送的采样率，单位 Hz（16 位，单声道）；每条消息几秒",
    ),
    "stages.comment_rates": (
        "Hz sent and received (16 bits, mono), s in a message",
        "发送和接收的采样率，单位 Hz（16 位，单声道）；每条消息几秒",
    ),
    "stages.comment_samples": (
        "samples without a header; 16 stands for kHz",
        "采样点，不带文件头；16 指 16 kHz",
    ),
    "stages.comment_moment": ("a moment fixed beforehand", "事先定好的时刻"),
    "stages.comment_silence": (
        "server VAD hears the end of speech in the silence behind it",
        "服务端 VAD 靠后面的静音听出说完了",
    ),
    "stages.comment_finished": ("we say when we have finished", "由我们自己说“说完了”"),
    "stages.comment_secrets": ("the service's secrets are short", "服务发的 secret 比较短"),
    "stages.comment_player": ("whatever plays a WAV here", "用这台电脑上播放 WAV 的程序打开"),
    # -- to run
    "stages.no_scripts": (
        "found {found}, expected a mapping of 1 to {most} scripts to whom each talks to: "
        'write {{"3_ends": emulator}}',
        '收到 {found}，应为脚本到对端的映射，1 到 {most} 个。请写成 {{"3_ends": emulator}} 的形式',
    ),
    "stages.no_clip": (
        'found {found}, expected a clip with sound in it: give glm.sample("joke"), or a part of it',
        '收到 {found}，应为一段有声音的 Clip。请传入 glm.sample("joke") 或它的一部分',
    ),
    "stages.no_seconds": (
        "found {name}={found}, expected a number of seconds above 0 and at most {most:g}: "
        "a script that hangs is stopped then",
        "收到 {name}={found}，应为大于 0、不超过 {most:g} 的秒数。脚本卡住时，到这个时间就会停掉",
    ),
    "stages.no_peer": (
        'found {found}, expected an emulator, "emulator", or an address as connect takes it: '
        "give glm.Emulator.start()",
        '收到 {found}，应为仿真器、"emulator"，或 connect 接受的地址。请传入 glm.Emulator.start()',
    ),
    "stages.running": (
        "running {scripts}; stopped after {seconds:g} s at the latest",
        "正在运行 {scripts}，最多 {seconds:g} 秒，到时停掉",
    ),
    "stages.still": (
        "{seconds:.1f} s: still running, and nothing was said: {scripts}",
        "第 {seconds:.1f} 秒，{scripts} 还在运行，没有输出",
    ),
    "stages.wrote": (
        "{script} │ {seconds:.1f} s │ {words}",
        "{script} │ 第 {seconds:.1f} 秒 │ {words}",
    ),
    "stages.now_ended": (
        "{script} │ {seconds:.1f} s │ ended by itself, status {status}",
        "{script} │ 第 {seconds:.1f} 秒 │ 自己结束，退出码 {status}",
    ),
    "stages.now_stopped": (
        "{script} │ {seconds:.1f} s │ had not ended, was stopped",
        "{script} │ 第 {seconds:.1f} 秒 │ 没有结束，被停掉",
    ),
    # -- what came of it
    "stages.ended": (
        "{script} ended by itself after {seconds:.1f} s with status {status}.",
        "{script} 用了 {seconds:.1f} 秒，自己结束，退出码 {status}。",
    ),
    "stages.stopped": (
        "{script} had not ended after {seconds:.1f} s and was stopped.",
        "{script} 过了 {seconds:.1f} 秒还没有结束，被停掉。",
    ),
    "stages.not_let_in": (
        "It was not let in. Peer: {peer}.",
        "没有连上，被拒之门外。对端：{peer}。",
    ),
    "stages.crossed": (
        "Messages up: {up}, down: {down}, errors among them: {errors}. Peer: {peer}.",
        "上行 {up} 条、下行 {down} 条消息，其中错误 {errors} 条。对端：{peer}。",
    ),
    "stages.saved": ("Sound saved: {seconds:.1f} s.", "保存的声音：{seconds:.1f} 秒。"),
    "stages.nothing_crossed": (
        "found a run of {script} that was not let in, expected one with a connection: mend its "
        "token first",
        "{script} 这次运行没有连上，没有消息可以诊断。请先把令牌改对",
    ),
    # -- drawn
    "stages.no_runs": (
        "found {found}, expected one run or a list of 1 to {most}: give what run_script returned",
        "收到 {found}，应为一次运行，或 1 到 {most} 次运行的列表。请传入 run_script 的返回值",
    ),
    "stages.found": (
        "Ended by itself: {ended} of {count}",
        "{count} 次运行中，自己结束的有 {ended} 次",
    ),
    "stages.note": (
        "Seconds from the start of the process, events seen at the relay · Peer: {peer}",
        "从进程启动起计时，消息时刻在中继处记录 · 对端：{peer}",
    ),
    "stages.since": ("time since the start (s)", "启动后的时间（秒）"),
    "stages.sending": ("sending", "发送"),
    "stages.answer": ("answer", "回答"),
    "stages.error": ("error", "错误"),
    "stages.end": ("ended by itself", "自己结束"),
    "stages.cut": ("was stopped", "被停掉"),
    "stages.strict": ("strict", "严格"),
    "stages.lenient": ("lenient", "宽容"),
    "stages.refused": ("not let in", "没连上"),
    "stages.failed": ("status {status}", "退出码 {status}"),
}
