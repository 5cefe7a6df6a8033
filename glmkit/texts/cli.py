"""Sentences of the command line."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "cli.what": (
        "Learn, try and measure the GLM-Realtime voice API, with a key or with the emulator.",
        "学习、试用和测量 GLM-Realtime 语音 API，有密钥用真实服务，没有就用仿真器。",
    ),
    "cli.command": ("command", "命令"),
    "cli.version": ("show the version and exit", "显示版本并退出"),
    "cli.this_version": (
        "glmkit {version}, Python {python}, installed in {folder}",
        "glmkit {version}，Python {python}，安装在 {folder}",
    ),
    "cli.number": ("found {found!r}, expected a number", "收到 {found!r}，应为数字"),
    "cli.whole_number": ("found {found!r}, expected a whole number", "收到 {found!r}，应为整数"),
    "cli.to_try": ("try:", "试一试："),
    "cli.to_learn": ("learn:", "学习："),
    "cli.to_teach": ("teach:", "教学："),
    "cli.to_build": ("build:", "开发："),
    "cli.demo": (
        "run a first conversation against the emulator and leave a page, a sound and a figure",
        "与仿真器完成第一次对话，留下网页、声音和图",
    ),
    "cli.lab": ("open the notebooks in JupyterLab", "在 JupyterLab 中打开笔记本"),
    "cli.notebooks": (
        "copy the course to a folder of yours, where your changes stay, and open it",
        "把课程复制到你自己的文件夹并打开，你的改动不会被覆盖",
    ),
    "cli.pack": (
        "one folder for a room without internet: packages, voices, course, installer",
        "为没有网络的机房做一个文件夹，软件包、语音模型、课程和安装程序都在其中",
    ),
    "cli.talk": (
        "talk with your own voice, on a page in your browser or (--mic) here; or say a sound file",
        "用自己的声音对话，在浏览器页面里，或（--mic）在终端里；也可以播送一个声音文件",
    ),
    "cli.ask": ("ask in writing and print the answer", "打字提问，并打印回答"),
    "cli.token": ("make a token of the key found", "用找到的密钥生成令牌"),
    "cli.doctor": (
        "say what works here, and what to do about what doesn't",
        "检查本机环境，说明哪些可用、哪些需要处理",
    ),
    "cli.emulator": ("run the emulator by itself", "单独运行仿真器"),
    "cli.class": (
        "share one key with a class: a seat and a budget for each pupil, fair turns, a page",
        "全班共用一个密钥，每名学生有自己的座位和额度，公平排队，另有教师页面",
    ),
    "cli.relay": (
        "pass sessions on to the service, and record them",
        "把会话转发到服务端，并录制下来",
    ),
    "cli.voices": (
        "the emulator's speech models: what is there, install, remove",
        "查看、安装或删除仿真器的语音模型",
    ),
    "cli.answer": (
        "have many recordings answered: a row for each, and a recording of each session",
        "让许多录音各得到一次回答（每条一行结果，可保存每次会话的录制文件）",
    ),
    "cli.recordings": (
        "what to say: a folder, a pattern ('calls/*.wav') or files; of recordings (x.glm) each "
        "spoken turn",
        "要说的话：文件夹、通配符（'calls/*.wav'）或多个文件；录制文件（x.glm）取其中每一轮说的话",
    ),
    "cli.answer_out": (
        "a row for each, x.jsonl or x.parquet; run again, it goes on from there",
        "每条录音一行结果，x.jsonl 或 x.parquet；再次运行时从断点继续",
    ),
    "cli.answer_save": (
        "a folder for a recording (x.glm) of each session",
        "保存每次会话的录制文件（x.glm）的文件夹",
    ),
    "cli.answer_yuan": (
        "the most to spend, in yuan (5, with the emulator no bound)",
        "最多花费（元），默认 5；对模拟器不设上限",
    ),
    "cli.at_once": (
        "how many at once, as far as the account allows; a new one has 5",
        "同时进行几路，不要超过账户的并发上限（新账户为 5）",
    ),
    "cli.answered": ("{count} of {all} answered", "共 {all} 条，得到回答 {count} 条"),
    "cli.answered_wait": (
        "wait since {zero}: median {median:.2f} s, p95 {p95:.2f} s, n = {n} · {peer}",
        "从{zero}起的等待：中位数 {median:.2f} 秒，p95 {p95:.2f} 秒，n = {n} · {peer}",
    ),
    "cli.answered_more": ("… and {count} more that failed", "……另有 {count} 条失败"),
    "cli.answered_rows": ("rows: {path}", "结果：{path}"),
    "cli.collect": (
        "make one table of many recordings: turns, latency, faults, who",
        "把多个录制文件汇总成一张表（轮次、延迟、问题、作者）",
    ),
    "cli.export": (
        "a recording for Perfetto, Audacity, Praat, a spreadsheet, or as sound and subtitles",
        "把录制文件导出给 Perfetto、Audacity、Praat、表格软件，或导出为声音和字幕",
    ),
    "cli.export_out": (
        "what to write, by its suffix: x.json (Perfetto), x.txt (Audacity), x.TextGrid (Praat), "
        "x.vtt, x.wav, x.csv, x.md; several at once",
        "要写的文件，由后缀决定格式：x.json（Perfetto）、x.txt（Audacity）、x.TextGrid（Praat）、"
        "x.vtt、x.wav、x.csv、x.md，可同时给多个",
    ),
    "cli.replay": (
        "serve a recording in the service's place until interrupted; the address is printed first",
        "代替服务回放录制文件，直到被中断；首先打印地址",
    ),
    "cli.speed": ("times as fast as recorded, 0 for at once", "相对录制时的倍速，0 为立即"),
    "cli.port": ("the port to listen on, 0 for any", "监听端口，0 为任意"),
    "cli.view": (
        "see and hear a recording at once, in the browser",
        "在浏览器里边看边听一份录制文件",
    ),
    "cli.page": (
        "the page; a temporary one if not given",
        "网页文件；默认存为临时文件",
    ),
    "cli.plot": ("draw a recording's timeline as a picture", "把录制文件画成时间线图片"),
    "cli.directory": ("the folder with the recordings", "存放录制文件的文件夹"),
    "cli.csv": (
        "write the table there, too, with the columns of glm.lab.collect",
        "同时把表写到这里，列与 glm.lab.collect 相同",
    ),
    "cli.collected_file": ("file", "文件"),
    "cli.collected_who": ("who", "作者"),
    "cli.collected_peer": ("peer", "对端"),
    "cli.collected_date": ("date", "日期"),
    "cli.collected_turns": ("turns", "轮次"),
    "cli.collected_median": ("wait (s)", "等待（秒）"),
    "cli.collected_n": ("of turns", "统计轮数"),
    "cli.collected_zero": ("counted from", "从何时算起"),
    "cli.collected_errors": ("errors", "错误"),
    "cli.collected_findings": ("findings", "诊断"),
    "cli.collected_pair": ("{title}: {value}", "{title}：{value}"),
    "cli.collected_note": (
        "wait: from the moment named to the first audible sound, the median of so many turns",
        "等待时间从所示时刻算起，到听见第一个声音，按所示轮数取中位数",
    ),
    "cli.recording": ("a recording, x.glm", "录制文件 x.glm"),
    "cli.png": ("the picture; beside the recording if not given", "图片文件；默认放在录制文件旁边"),
    "cli.out": ("the folder to leave results in", "存放结果的文件夹"),
    "cli.no_open": ("don't open the page", "不打开网页"),
    "cli.jupyter": ("options of jupyter lab", "jupyter lab 的选项"),
    "cli.jupyter_how": (
        "Whatever follows goes to jupyter lab as it is: --port 8890, --no-browser, …; "
        "glmkit lab --help-all lists them.",
        "后面的内容原样交给 jupyter lab，例如 --port 8890、--no-browser；"
        "全部选项见 glmkit lab --help-all。",
    ),
    "cli.file": (
        "what to say: WAV, MP3, FLAC or OGG, or a sample's name (joke_en); without one, a page "
        "opens where you speak yourself",
        "要说的话：WAV、MP3、FLAC 或 OGG 文件，或示例录音的名字（joke_zh）；"
        "不给则打开网页，由你自己说",
    ),
    "cli.words": ("what to ask", "要问的话"),
    "cli.mic": (
        "by this machine's own microphone, in the terminal",
        "用本机的麦克风，在终端里对话",
    ),
    "cli.open": (
        "leave the microphone open, for headphones: speak whenever you like, also into an answer",
        "麦克风一直打开（请戴耳机），随时开口，也可以打断回答",
    ),
    "cli.device": (
        "a device by its number or a part of its name, or 1,2 for microphone and loudspeaker; "
        "alone: list them",
        "按编号或部分名称选择设备，或用 1,2 分别指定麦克风和扬声器；不给取值则列出设备",
    ),
    "cli.device_how": (
        "Choose one by its number or a part of its name: glmkit talk --mic --device NAME",
        "按编号或部分名称选择：glmkit talk --mic --device 名称",
    ),
    "cli.way_mic": ("with --mic", "与 --mic 同用"),
    "cli.only_mic": (
        "{option} belongs to --mic: glmkit talk --mic {option} …, or leave it out",
        "{option} 只与 --mic 同用：glmkit talk --mic {option} …，或去掉它",
    ),
    "cli.file_and_mic": (
        "found {file} and --mic, expected one of them: leave one out",
        "同时给出了 {file} 和 --mic，只能用其中之一。请去掉一个",
    ),
    # -- talking in the terminal
    "cli.talk_how": (
        "Press Enter or the space bar, speak, and press it again when you are done; or hold it "
        "down while you speak. Pressing it while an answer sounds interrupts. Ctrl+C ends.",
        "按一下回车或空格键后说话，说完再按一下；也可以按住说话。回答时按键即打断。Ctrl+C 结束。",
    ),
    "cli.talk_how_open": (
        "The microphone is open: speak whenever you like, with headphones on. Enter stops an "
        "answer; l switches hearing off while it answers (for loudspeakers). Ctrl+C ends.",
        "麦克风已打开，请戴上耳机，随时说话。回车停止回答；"
        "用扬声器时，按 l 键切换“回答时不收音”。Ctrl+C 结束。",
    ),
    "cli.talk_ready": ("Enter or space: speak", "回车或空格：说话"),
    "cli.talk_listening": ("● {meter} Enter or space: done", "● {meter} 回车或空格：说完"),
    "cli.talk_open": ("● {meter} Enter: stop the answer", "● {meter} 回车：停止回答"),
    "cli.talk_answering": (
        "… Enter or space: interrupt and speak",
        "… 回车或空格：打断并说话",
    ),
    "cli.talk_unheard": (
        "interrupted; by the seconds that sounded, about this was not heard: {words}",
        "已打断；按播放的秒数估计，这些没有播放：{words}",
    ),
    "cli.talk_closed": ("Enter: open the microphone again", "回车：重新打开麦克风"),
    "cli.talk_too_short": (
        "That was too short to be speech: press again when you have finished speaking.",
        "时间太短，不像说话。请说完再按。",
    ),
    "cli.talk_half": (
        "“Loudspeaker” is on: nothing is heard while it answers.",
        "已打开“使用扬声器”，回答时不收音。",
    ),
    "cli.talk_full": (
        "“Loudspeaker” is off: speak into an answer to interrupt it (with headphones).",
        "已关闭“使用扬声器”，开口即可打断回答（请戴耳机）。",
    ),
    "cli.talk_ending": ("Ending.", "正在结束。"),
    "cli.way_page": ("on the page", "在网页里对话时"),
    "cli.way_file": ("with a file or a sample", "给出文件或示例录音时"),
    "cli.only_page": (
        "{option} belongs to talking on the page: leave it out, or leave the file out",
        "{option} 只用于网页对话，请去掉它，或去掉文件",
    ),
    "cli.only_file": (
        "{option} belongs to a sound file, and none was named: glmkit talk FILE {option} …, or "
        "leave it out",
        "{option} 只用于声音文件，但没有给出文件：glmkit talk 声音文件 {option} …，或去掉它",
    ),
    "cli.ask_file": (
        "{file} is a file, and glmkit ask sends words: say it with glmkit talk, or give the words",
        "{file} 是文件，而 glmkit ask 发送的是文字。要说出这段声音请用 glmkit talk，或直接写出问题",
    ),
    "cli.no_sample": (
        "{found}. Nor is it one of the kit's samples: {known}",
        "{found}。自带的示例录音中也没有它：{known}",
    ),
    "cli.save": ("write the answer's sound there", "把回答的声音写到这里"),
    "cli.to": (
        "live, zai (overseas, unverified), emulator, a ws:// or wss:// address, or a recording "
        "(x.glm)",
        "live、zai（海外平台，未实测）、emulator、ws:// 或 wss:// 地址，或录制文件（x.glm）",
    ),
    "cli.vad": ("who ends the turn", "由谁判断一句话结束"),
    "cli.model": ("the model", "模型"),
    "cli.instructions": ("who the model is to be", "给模型的说明"),
    "cli.unpaced": ("send as fast as is allowed", "不按实时速度，尽快发送"),
    "cli.ttl": ("seconds until it expires, at most 7 days", "有效秒数，最长 7 天"),
    "cli.show": ("print it to a terminal, too", "在终端里也打印"),
    "cli.json": ("as JSON", "以 JSON 输出"),
    "cli.folder": ("the folder to export to", "导出到的文件夹"),
    "cli.from": ("install from this folder", "从这个文件夹安装"),
    "cli.optional": (
        "go on without them where they cannot be fetched",
        "无法获取时不报错，继续运行",
    ),
    "cli.without_voices": (
        "Going on without the speech models: {found}",
        "没有语音模型，继续运行：{found}",
    ),
    "cli.rehearse": (
        "play a talk to the emulator or the service and check what comes; 0 if all of it did",
        "把一段对话演给仿真器或真实服务，逐句检查回答；全部通过则退出码为 0",
    ),
    "cli.verify": (
        "check what a server does beside what is documented, within a budget; one check sends "
        "the key itself, as documented, not a token of it",
        "在预算之内逐条检验服务器的行为是否与文档一致；其中一项会按文档直接发送密钥，而不是令牌",
    ),
    "cli.yuan": (
        "the most to spend, in yuan, earlier runs into the same folder included",
        "最多花费（元），含同一文件夹之前的运行",
    ),
    "cli.profile": (
        "with --to emulator: the profile of a fresh one (documented, observed-2026-09, troubled)",
        "与 --to emulator 同用，指定新启动的仿真器采用的配置档（documented、observed-2026-09、"
        "troubled）",
    ),
    "cli.key_file": (
        "the file that holds the key, id.secret; of several, one a line, the first",
        "保存密钥（id.secret）的文件；每行一个，有多个时取第一个",
    ),
    "cli.verify_out": (
        "the folder of report, findings and recording; a second run goes on there",
        "报告、结果和录制文件所在的文件夹；再次运行会接着做",
    ),
    "cli.doctor_to": (
        "try the key there, too: live, zai (overseas, unverified), a ws:// or wss:// address; "
        "nothing is spent unless you agree",
        "同时检查密钥在那里能用什么：live、zai（海外平台，未实测）、ws:// 或 wss:// 地址；"
        "未经同意不会产生费用",
    ),
    "cli.doctor_yes": (
        "agree to the one paid turn that --to offers",
        "同意进行 --to 提出的那一轮付费对话",
    ),
    "cli.doctor_offline": ("leave the service alone", "不联系服务"),
    "cli.offline": ("never fetch anything", "不联网获取"),
    "cli.no_folder": (
        "{path} cannot be made ({found}): name a folder you may write to",
        "无法创建 {path}（{found}），请指定可写的文件夹",
    ),
    "cli.no_file": (
        "{path} cannot be written ({found}): name a file in a folder you may write to",
        "无法写入 {path}（{found}），请指定可写的文件夹中的文件",
    ),
    "cli.interrupted": ("interrupted", "已中断"),
    "cli.token_hidden": (
        "A token valid for {seconds} s was made. It is not printed to a terminal: pipe it, "
        "or add --show.",
        "已生成有效期 {seconds} 秒的令牌。不在终端里打印，请用管道，或加 --show。",
    ),
    "cli.token_is_token": (
        "{where} holds a token, expected a key 'id.secret': a token cannot make tokens",
        "{where} 中是令牌，应为密钥 id.secret，令牌不能再生成令牌",
    ),
    # -- names of files
    "cli.misread": (
        "this Python takes the names of files for {encoding}, so libraries cannot be loaded from "
        "a folder whose name has other letters: set the environment variable PYTHONUTF8=1 where "
        "Jupyter or Python is started, and start it again",
        "当前 Python 把文件名当作 {encoding} 编码，无法从含中文等字符的文件夹加载程序库。"
        "请在启动 Jupyter 或 Python 的地方设置环境变量 PYTHONUTF8=1，然后重新启动",
    ),
    # -- the demo
    "cli.running": ("first conversation", "第一次对话"),
    "cli.unit_cells": ("cells", "个单元格"),
    "cli.failed": (
        "{name} stopped at its code cell {cell} ({found}): `python -m glmkit doctor` says what is "
        "missing here",
        "{name} 在第 {cell} 个代码单元格停下（{found}）。`python -m glmkit doctor` 会说明缺少什么",
    ),
    "cli.no_voices": (
        "Without its speech models the emulator knows only the kit's own samples; "
        "`glmkit voices install` ({size}, once) lets it hear and speak freely.",
        "没有语音模型时，仿真器只认得自带的示例录音；`glmkit voices install`（{size}，只需一次）"
        "让它听懂并说出任意内容。",
    ),
    "cli.no_notebooks": (
        "the notebooks are not in {folder}: the kit is not completely installed; install it again",
        "{folder} 中没有笔记本，安装不完整，请重新安装",
    ),
    # -- glmkit voices
    "cli.voices_do": (
        "status (unless said otherwise): what is there and what is missing; install, remove; "
        "export: copy into a folder for another machine",
        "status（默认）：已有哪些、还缺哪些；install：安装；remove：删除；"
        "export：复制到文件夹，带到另一台机器",
    ),
    "cli.voices_unknown": (
        "there is no command {found!r}, expected one of: {expected}",
        "没有命令 {found!r}，应为其中之一：{expected}",
    ),
    "cli.voices_needs_folder": (
        "export needs the folder to write to: glmkit voices export DIR",
        "export 需要指定写入的文件夹：glmkit voices export 文件夹",
    ),
    "cli.voices_install_folder": (
        "install takes no folder of its own: to install from {folder}, say "
        "glmkit voices install --from DIR; to keep the models elsewhere, set GLMKIT_CACHE",
        "install 不直接接受文件夹。要从 {folder} 安装，请用 glmkit voices install --from 文件夹；"
        "要把模型放在别处，请设置 GLMKIT_CACHE",
    ),
    "cli.voices_no_folder": (
        "{do} takes no folder, found {folder}: leave it out",
        "{do} 不需要文件夹，收到 {folder}，请去掉",
    ),
    "cli.voices_no_source": (
        "--from belongs to install, found with {do}",
        "--from 只用于 install，却与 {do} 一起给出",
    ),
    "cli.voices_no_such_folder": (
        "there is no folder {folder}: name one that glmkit voices export wrote",
        "没有文件夹 {folder}，请指定 glmkit voices export 写出的文件夹",
    ),
    "cli.voices_no_cache": (
        "{path} cannot be written ({found}): set GLMKIT_CACHE to a folder you may write to",
        "无法写入 {path}（{found}），请用 GLMKIT_CACHE 指定可写的文件夹",
    ),
    "cli.voices_absent": ("not in place", "未就位"),
    "cli.voices_to_install": (
        "To fetch what is not in place ({size}): glmkit voices install",
        "下载缺少的模型（{size}）：glmkit voices install",
    ),
    "cli.voices_complete": (
        "Nothing is missing: the emulator recognises speech and says whatever it answers.",
        "都已就位，仿真器能识别语音，也能说出任何回答。",
    ),
    "cli.voices_placed": ("{name} is in place: {path}", "{name} 已就位：{path}"),
    "cli.voices_removed": ("removed {path}", "已删除 {path}"),
    "cli.voices_kept": (
        "{name} is left alone in a folder of your own (GLMKIT_MODELS): {path}",
        "{name} 位于你自己的文件夹（GLMKIT_MODELS），未作改动：{path}",
    ),
    "cli.voices_nothing": ("nothing was in place", "没有可删除的模型"),
    "cli.voices_exported": ("{name} copied to {path}", "{name} 已复制到 {path}"),
    "cli.voices_carry": (
        "On the other machine: glmkit voices install --from {folder}",
        "在另一台机器上：glmkit voices install --from {folder}",
    ),
    "cli.language": (
        'the language is {found}, expected "en" or "zh": glm.use_language("en")',
        '收到的语言是 {found}，应为 "en" 或 "zh"，例如 glm.use_language("zh")',
    ),
}
