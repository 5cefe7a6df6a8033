"""Sentences as a shell says them: ``shell.`` and the id of the one for Python that they replace."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "shell.session.emulator": (
        "No key found: talking to the local emulator (not the model). --key-file FILE names a key.",
        "没有找到密钥，正在与本地仿真器对话（不是真正的模型）。可用 --key-file 文件 指定密钥。",
    ),
    "shell.lab.places_taken": (
        "All {limit} places that this account has on this machine are taken: recordings wait for "
        "one (--at-once)",
        "这个账户在本机的 {limit} 个并发名额都已占用，录音会等到有空位再开始（--at-once）",
    ),
    "shell.lab.no_place": (
        "found no free place of {limit} within {minutes:g} minutes: another command runs with this "
        "account on this machine; wait for it, or raise --at-once as far as the account allows",
        "{minutes:g} 分钟内没有等到空位（共 {limit} 个）：本机上还有同一账户的其他命令在运行。"
        "请等它结束，或在账户允许的范围内调大 --at-once",
    ),
    "shell.lab.places_folder": (
        "cannot keep count of an account's sessions in {folder} ({why}): set GLMKIT_CACHE to a "
        "folder you may write to",
        "无法在 {folder} 记录账户的并发名额（{why}），请用 GLMKIT_CACHE 指定可写的文件夹",
    ),
    "shell.lab.bad_row": (
        "line {number} of {path} is no row of a measurement: give another --out, or mend the line",
        "{path} 第 {number} 行不是测量结果，请换一个 --out，或修复该行",
    ),
    "shell.lab.bad_table": (
        "{path} holds no rows of a measurement as a Parquet table: give another --out",
        "{path} 不是测量结果的 Parquet 表，请换一个 --out",
    ),
    "shell.lab.not_tabled": (
        "the table could not be written to {path} ({why}): every row is in {lines}, and the same "
        "command tries again",
        "无法把表写入 {path}（{why}）。所有行都在 {lines} 里，再运行一次同样的命令会重试",
    ),
    "shell.session.connect_timeout": (
        "{url} did not answer within {seconds:g} s: check the address and the network, then run "
        "the command again",
        "{url} 在 {seconds:g} 秒内没有应答，请检查地址和网络，然后重新运行该命令",
    ),
    "shell.session.kept_turn": (
        "whatever had arrived stands above",
        "若有已收到的内容，见上方",
    ),
    "shell.session.kept_trace": (
        "no turn was under way, and what passed before stands above",
        "当时没有进行中的一轮，此前的内容见上方",
    ),
    "shell.session.then_reset": (
        "run the command again for a new connection",
        "请重新运行该命令以再次连接",
    ),
    "shell.session.never_ended": (
        "the service heard you begin and never said that you stopped; this side committed in its "
        "place, and no answer began within {seconds:g} s: hold the button while you speak, or "
        "leave the end of the turn to this side: --vad client",
        "服务听到你开始说话，却一直没有说你已停止；本机已代为提交，"
        "但 {seconds:g} 秒内没有开始回答。请改为按住按钮说话，或由本机决定何时结束：--vad client",
    ),
    "shell.session.timeout": (
        "the turn was not over after {seconds:g} s, {awaited}: whatever had arrived stands above; "
        "try again, and if it stays so, look at glmkit doctor",
        "{seconds:g} 秒后本轮仍未结束，{awaited}。若有已收到的内容，见上方；请重试，"
        "若仍如此请运行 glmkit doctor",
    ),
    "shell.session.timeout_of_upload": (
        "the turn was not over {seconds:g} s after the last chunk was sent (the upload took "
        "{upload:.1f} s more), {awaited}: whatever had arrived stands above; try again, and if it "
        "stays so, look at glmkit doctor",
        "最后一块发出 {seconds:g} 秒后本轮仍未结束（上传另用了 {upload:.1f} 秒），{awaited}。"
        "若有已收到的内容，见上方；请重试，若仍如此请运行 glmkit doctor",
    ),
    "shell.session.flooded": (
        "the other side sent more in one turn than {found} allow, so the connection was closed: "
        "whatever had arrived stands above; run the command again for a new connection",
        "对端在一轮中发送的内容超出上限（{found}），连接已断开。若有已收到的内容，见上方；"
        "请重新运行该命令以再次连接",
    ),
    "shell.explain.no_trailing_silence_cure": (
        "leave the end of the turn to this side: --vad client",
        "请由本机决定何时结束：--vad client",
    ),
    "shell.explain.vad_never_ended_cure": (
        "leave the end of the turn to this side: --vad client (not tried on the live service)",
        "请由本机决定何时结束：--vad client（未在真实服务上试过）",
    ),
    "shell.explain.too_large_cure": (
        "run the command again: it connects anew",
        "请重新运行该命令以再次连接",
    ),
    "shell.session.no_speech_quiet": (
        "server VAD found no speech in {seconds:.1f} s of sound at {level} dBFS: speak louder, or "
        "leave the end of the turn to this side: --vad client",
        "服务端 VAD 在 {seconds:.1f} 秒、{level} dBFS 的声音里没有检测到语音。请提高音量，"
        "或由本机决定何时结束：--vad client",
    ),
    "shell.session.no_speech_loud": (
        "server VAD found no speech in {seconds:.1f} s of sound at {level} dBFS, which is loud "
        "enough: listen to the file, is it speech, at the right speed? Or leave the end of the "
        "turn to this side: --vad client",
        "服务端 VAD 在 {seconds:.1f} 秒、{level} dBFS 的声音里没有检测到语音，音量是够的。"
        "请听一听这个文件，是语音吗？语速正常吗？也可由本机决定何时结束：--vad client",
    ),
    "shell.session.no_speech_unknown": (
        "server VAD found no speech in {seconds:.1f} s of sound: listen to the file, is it speech, "
        "loud enough, at the right speed? Or leave the end of the turn to this side: --vad client",
        "服务端 VAD 在 {seconds:.1f} 秒的声音里没有检测到语音。请听一听这个文件，"
        "是语音吗？够响吗？语速正常吗？也可由本机决定何时结束：--vad client",
    ),
    "shell.session.too_long": (
        "the file lasts {seconds:.1f} s, and a turn under client VAD may last 30 s: let the "
        "service end the turns (--vad server), or cut the file",
        "文件长 {seconds:.1f} 秒，而客户端 VAD 下一轮最长 30 秒。"
        "请由服务端判断何时结束（--vad server），或把文件剪短",
    ),
    "shell.session.needs_key": (
        "connecting to {url} needs a key: name the file that holds it with --key-file FILE. A key "
        "found on this computer is never sent to an address that is not the service's own",
        "连接 {url} 需要密钥，请用 --key-file 文件 指定保存密钥的文件。"
        "本机找到的密钥不会发送到非官方地址",
    ),
    "shell.features.meanwhile_devices": (
        ". The page in your browser needs none: glmkit talk",
        "。浏览器页面不需要它：glmkit talk",
    ),
    "shell.media.no_portaudio": (
        "PortAudio, which plays and records in a terminal, is not installed: on Debian and Ubuntu, "
        "sudo apt install libportaudio2; on Fedora, sudo dnf install portaudio. The page in your "
        "browser needs none: glmkit talk",
        "没有安装在终端里放音和录音所需的 PortAudio：Debian、Ubuntu 请运行 "
        "sudo apt install libportaudio2，Fedora 请运行 sudo dnf install portaudio。"
        "浏览器页面不需要它：glmkit talk",
    ),
    "shell.media.absent_output": (
        "no loudspeaker was found on this machine: plug one in, or switch one on. The page plays "
        "in your browser: glmkit talk",
        "本机没有找到扬声器，请插上或打开扬声器。也可以用浏览器页面播放：glmkit talk",
    ),
    "shell.media.failed_output": (
        "the loudspeaker cannot be opened ({found}): close what else uses it, or choose another: "
        "glmkit talk --mic --device lists them",
        "无法打开扬声器（{found}），请关闭正在使用它的程序，或换一个设备："
        "glmkit talk --mic --device 会列出设备",
    ),
    "shell.auth.none": (
        "no key was found: name the file that holds it with --key-file FILE, or set one of {names} "
        "in the environment or in a .env file here or in a parent folder; make a key at {page} (it "
        "works once your real name is verified and the account has a balance). The emulator needs "
        "none: glmkit talk --to emulator",
        "没有找到密钥，请用 --key-file 文件 指定保存密钥的文件，或在环境变量、"
        "当前或上级文件夹的 .env 中设置 {names} 之一；"
        "在 {page} 创建密钥（账号需完成实名认证并有余额才能使用）。仿真器不需要密钥："
        "glmkit talk --to emulator",
    ),
    "shell.auth.unofficial": (
        "the key found in {where} is not sent to {host}: a found key goes only over wss (on this "
        "computer over ws, too) to the official service or to the address in {own}; to send one "
        "there on purpose, name its file: --key-file FILE",
        "不会把在 {where} 中找到的密钥发往 {host}。"
        "找到的密钥只会通过 wss 发往官方服务或 {own} 指定的地址（本机可用 ws）；确实要发往那里时，"
        "请用 --key-file 文件 指定",
    ),
    "shell.doctor.key_none": (
        "none found, and none needed for the emulator; for the live service, set ZHIPU_API_KEY or "
        "write it into .env",
        "没有找到；使用仿真器不需要它，要用真实服务请设置 ZHIPU_API_KEY 或写入 .env",
    ),
    "shell.doctor.key_todo": (
        "set {name}, write it into .env, or name a file with --key-file; a key is made at {page}; "
        "to use the emulator, unset GLMKIT_TO",
        "请设置 {name}，或把它写入 .env，或用 --key-file 指定文件，密钥在 {page} 创建；"
        "要使用仿真器，请取消 GLMKIT_TO",
    ),
    "shell.doctor.service_todo": (
        "do that, then run the doctor once more; meanwhile the emulator serves: --to emulator",
        "请先处理上述问题，再运行一次检查；暂时可用仿真器：--to emulator",
    ),
    "shell.doctor.balance_how": (
        "{offer}: glmkit doctor --to {to} asks first in a terminal, --yes does it at once",
        "{offer}。在终端运行 glmkit doctor --to {to} 会先询问，加 --yes 则直接进行",
    ),
    "shell.recordings.foreign": (
        "{path} is no recording of this kit: found {found}, expected one that a session saved or "
        "recorded (x.glm), or an .Input file of JSON lines",
        "{path} 不是本工具的录制文件。收到{found}，应为会话保存或录制的文件（x.glm），"
        "或每行一个 JSON 的 .Input 文件",
    ),
    "shell.recordings.damaged": (
        "{path} is damaged: {why}. {events} events could be read, which a notebook can still show "
        "(05_events, exercise 3); for a command, copy the file again",
        "{path} 已损坏：{why}。读出了 {events} 个事件，"
        "在 Jupyter 笔记本里仍可查看（05_events 练习 3）；要用于命令行，请重新复制该文件",
    ),
    "shell.recordings.silent": (
        "the recording holds no sound, so there are no voices to write; .json, .txt, .TextGrid, "
        ".vtt, .csv and .md need none",
        "录制文件中没有声音，无法写出双方的声音；"
        ".json、.txt、.TextGrid、.vtt、.csv 和 .md 不需要声音",
    ),
    "shell.recordings.no_events": (
        "the recording holds no events, so there is nothing to export: record a session that "
        "holds a turn",
        "录制文件中没有任何事件，无法导出，请先录制一个至少有一轮对话的会话",
    ),
    "shell.explain.too_many_appends_cure": (
        "leave out --unpaced: the file then goes up at the pace of speech",
        "请去掉 --unpaced：文件会按实时语速发送",
    ),
    "shell.explain.upload_drift_cure": (
        "this computer could not keep the pace: close what else is running, and try again",
        "本机跟不上发送节奏，请关闭其他程序后重试",
    ),
    "shell.explain.several_segments_cure": (
        "the turns before it stand above; to have one turn of the whole file: --vad client",
        "之前的各轮见上方；要让整个文件成为一轮，请用 --vad client",
    ),
    "shell.explain.unknown_tool_cure": (
        "this command has no tools: say so in --instructions",
        "该命令没有工具，请在 --instructions 里说明",
    ),
    "shell.explain.late_first_audio_cure": (
        "try again, and compare; the service was seen to need 1.7 s",
        "请重试并比较；实测真实服务约需 1.7 秒",
    ),
    "shell.explain.undecodable_cure": (
        "try again; the file that --save writes has them as they came",
        "请重试；--save 写出的文件保留了原样",
    ),
    "shell.explain.interrupted_cure": (
        "the file that --save writes holds both parts; the service may remember all of it, too",
        "--save 写出的文件包含两个部分；服务也可能记得全部内容",
    ),
    "shell.explain.timed_out_cure": (
        "run the command again; if it stays so, look at glmkit doctor",
        "请重新运行该命令；若仍如此，请运行 glmkit doctor",
    ),
    "shell.explain.connection_lost_cure": (
        "run the command again to connect again; the service has forgotten the conversation",
        "请重新运行该命令以再次连接；服务已忘记之前的对话",
    ),
    "shell.explain.no_first_audio_cure": (
        "try again; the service was seen to need 1.7 s",
        "请重试；实测真实服务约需 1.7 秒",
    ),
    "shell.explain.empty_answer_spoken": (
        "listen to the file: does it hold speech? If so, try again",
        "请听一听这个文件，里面有语音吗？如果有，请重试",
    ),
    "shell.explain.failed_answer_max_output_tokens": (
        "it came to its limit of tokens: ask for a shorter answer in --instructions",
        "回答达到 token 上限，请在 --instructions 里要求回答短一些",
    ),
    "shell.explain.vad_never_began_quiet": (
        "speak louder or closer to the microphone, or use --vad client",
        "请提高音量或靠近麦克风，或使用 --vad client",
    ),
    "shell.explain.vad_never_began_loud": (
        "it is loud enough: listen to the file, is it speech, at the right speed? Or use --vad "
        "client",
        "音量是够的，请听一听这个文件，是语音吗？语速正常吗？也可使用 --vad client",
    ),
    "shell.explain.vad_never_began_unknown": (
        "listen to the file: is it speech, and loud enough? Or use --vad client",
        "请听一听这个文件：是语音吗？够响吗？也可使用 --vad client",
    ),
    "shell.explain.not_recognised_cure": (
        "listen to the file: is it speech, and loud enough?",
        "请听一听这个文件：是语音吗？够响吗？",
    ),
    "shell.explain.other_configuration_cure": (
        "the service's own value counts",
        "以服务端的值为准",
    ),
    "shell.codes.1261": (
        "the conversation is too long (8K tokens): run the command again for a new one",
        "对话过长（8K tokens），请重新运行该命令以重新开始",
    ),
}
