"""What the recorder and live talk say, in the page (``ui_``) and in Python."""

TEXTS: dict[str, tuple[str, str]] = {
    # -- Python: the recorder
    "widgets.rate": (
        "rate={found}: expected 8000 to 48000 Hz; the service takes 16000",
        "rate={found}：应在 8000 到 48000 Hz 之间；服务使用 16000",
    ),
    "widgets.no_session": (
        "a Talk is a view of a session, found {found}: give what glm.connect() returned",
        "收到 {found}，应为会话（Talk 是会话的界面），请传入 glm.connect() 的返回值",
    ),
    "widgets.limit": (
        "limit={found}: expected more than 0 and at most 3600 seconds",
        "limit={found}：应大于 0 秒，最多 3600 秒",
    ),
    "widgets.exported_recorder": (
        "In Jupyter there is a recorder here, with buttons. It needs a kernel and a microphone: "
        "open the notebook to use it.",
        "在 Jupyter 里，这里是带按钮的录音控件。它需要内核和麦克风，请打开笔记本使用。",
    ),
    "widgets.exported_talk": (
        "In Jupyter you talk here, by a button or with an open microphone. That needs a kernel: "
        "open the notebook to use it.",
        "在 Jupyter 里，可以在这里按住说话，也可以开着麦克风直接说。这需要内核，请打开笔记本使用。",
    ),
    "widgets.a_clip": ("the given clip", "给定的声音"),
    "widgets.still_recording": (
        "The recording is still going on: press Stop in the recorder, then run this cell again.",
        "录音还没结束，请在录音器里按“停止”，再重新运行这个单元格。",
    ),
    "widgets.nothing_recorded": (
        "Nothing has been recorded yet: press Record in the recorder above, speak, press Stop, "
        'then run this cell again. Without a microphone: Upload, or Recorder(file="…").',
        "还没有录音，请在上面的录音器里按“录音”，说话，再按“停止”，然后重新运行这个单元格。"
        '没有麦克风的话，可以上传文件，或用 Recorder(file="…")。',
    ),
    "widgets.stands_in": (
        "Nothing was recorded: {file} ({seconds:.1f} s) stands in for it.",
        "没有录音，改用：{file}（{seconds:.1f} 秒）。",
    ),
    "widgets.nobody_recorded": (
        "No browser shows this recorder: the sample {file} ({seconds:.1f} s) stands in for "
        "your voice.",
        "没有浏览器显示这个录音器，因此用示例录音 {file}（{seconds:.1f} 秒）代替你的声音。",
    ),
    "widgets.wait_blocks": (
        "ipykernel 6 delivers nothing from the recorder while a cell runs, so waiting for it "
        "would never end. Use rec.clip in the next cell, or update ipykernel to 7, or "
        "Recorder(page=True).",
        "ipykernel 6 在单元格运行期间收不到录音器的任何数据，等待将永远不会结束。"
        "请在下一个单元格里使用 rec.clip，或把 ipykernel 升级到 7，或使用 Recorder(page=True)。",
    ),
    "widgets.wait_timeout": (
        "Nothing was recorded within {seconds:g} s. Record, then run the cell again; or give "
        "wait(timeout=…) more time.",
        "{seconds:g} 秒内没有录音。请录音后重新运行单元格，或给 wait(timeout=…) 更长的时间。",
    ),
    "widgets.loop_stalled": (
        "The kit's background loop did not answer within {seconds:g} s. Restart the kernel.",
        "后台事件循环在 {seconds:g} 秒内没有响应。请重启内核。",
    ),
    "widgets.forked": (
        "This was opened in another process: connect here and open one of this process's own, or "
        "take the clip there and hand it on.",
        "这是在另一个进程中打开的。请在当前进程里另行连接并打开，或在原进程里取出片段再传过来。",
    ),
    # -- Python: live talk
    "widgets.needs_server_vad": (
        'An open microphone needs server VAD: session.update(vad="server") first.',
        '开放麦克风需要服务端 VAD，请先执行 session.update(vad="server")。',
    ),
    "widgets.too_short": (
        "That was too short to be speech: hold the button (or the space bar) while you speak.",
        "时间太短，不像说话。请按住按钮（或空格键）说话。",
    ),
    "widgets.picture_queued": (
        "The picture goes with the next thing you say or write.",
        "图片会和你接下来说的话或打的字一起发送。",
    ),
    "widgets.moved": (
        "This conversation moved to another cell, where talk() was run again.",
        "对话已移到另一个单元格（那里重新运行了 talk()）。",
    ),
    "widgets.session_over": (
        "The session is closed. session.reset(), or connect again, then talk() once more.",
        "会话已关闭。请执行 session.reset() 或重新连接，再运行 talk()。",
    ),
    "widgets.echo": (
        "The answer interrupted itself: “{words}” is its own voice, which the microphone picked "
        "up from the loudspeaker. {advice}",
        "回答被自己打断了，“{words}”是它自己的声音，麦克风从扬声器里录了进去。{advice}",
    ),
    "widgets.echo_wordless": (
        "The answer interrupted itself: the microphone picked its voice up from the "
        "loudspeaker. {advice}",
        "回答被自己打断了，麦克风从扬声器里录到了它自己的声音。{advice}",
    ),
    "widgets.echo_halved": (
        "So “loudspeaker” is on from now, and nothing is heard while it answers. With "
        "headphones, switch it off to interrupt by speaking.",
        "因此已打开“使用扬声器”，回答时不再收音。戴上耳机后可以关掉它，就能开口打断。",
    ),
    "widgets.echo_again": (
        "Use headphones, or switch “loudspeaker” on.",
        "请戴耳机，或打开“使用扬声器”。",
    ),
    "widgets.page_how": (
        "Open this address in a browser on this computer, hold the button and speak.",
        "请在这台电脑的浏览器里打开这个地址，按住按钮说话。",
    ),
    "widgets.page_end": (
        "Close the page, or press Ctrl+C here, to end.",
        "关闭页面或在这里按 Ctrl+C 结束。",
    ),
    # -- Python: how to reach the page
    "widgets.reach_here": (
        "It opens in your own browser, which may use the microphone; come back here when you "
        "are done.",
        "它会在你自己的浏览器里打开，那里可以使用麦克风；用完再回到这里。",
    ),
    "widgets.reach_hub": (
        "Python runs on another machine, so this address does not lead to it from yours. "
        "Forward port {port} (ssh -L {port}:127.0.0.1:{port} …) and then open it, or {instead}.",
        "Python 运行在另一台机器上，你的电脑打不开这个地址。请先转发端口 {port}"
        "（ssh -L {port}:127.0.0.1:{port} …）再打开，或者{instead}。",
    ),
    "widgets.reach_ssh": (
        "Python runs at the other end of an SSH connection. Forward port {port} "
        "(ssh -L {port}:127.0.0.1:{port} …; VS Code does it under Ports) and then open the "
        "address, or {instead}.",
        "Python 运行在 SSH 连接的另一端。请先转发端口 {port}"
        "（ssh -L {port}:127.0.0.1:{port} …；VS Code 在“端口”面板里设置）再打开这个地址，"
        "或者{instead}。",
    ),
    "widgets.reach_colab": (
        "Colab's kernel runs in a data centre and its ports (this one is {port}) cannot be "
        "reached from your browser: {instead}.",
        "Colab 的内核运行在数据中心，你的浏览器连不上它的端口（这里是 {port}）。请{instead}。",
    ),
    "widgets.instead_recorder": ("use Upload", "使用“上传”"),
    "widgets.instead_talk": ("write instead of speaking", "用打字代替说话"),
    # -- the page: controls of both
    "widgets.ui_settings": ("Microphone settings", "麦克风设置"),
    "widgets.ui_microphone": ("Microphone", "麦克风"),
    "widgets.ui_default_device": ("the browser's default", "浏览器默认设备"),
    "widgets.ui_device": ("microphone {number}", "麦克风 {number}"),
    "widgets.ui_echo": ("echo cancellation", "回声消除"),
    "widgets.ui_noise": ("noise suppression", "降噪"),
    "widgets.ui_gain": ("automatic gain", "自动增益"),
    "widgets.ui_level": ("microphone level", "麦克风音量"),
    "widgets.ui_decibels": ("{level} decibels", "{level} 分贝"),
    "widgets.ui_clipping": (
        "too loud: it is being cut off. Move away a little.",
        "声音过大，已经削波。请离麦克风远一点。",
    ),
    "widgets.ui_too_quiet": (
        "too quiet: come closer, or choose another microphone.",
        "声音太小。请靠近一些，或换一个麦克风。",
    ),
    "widgets.ui_kernel_busy": (
        "The kernel is busy. Recording goes on; nothing is lost.",
        "内核正忙。录音仍在继续，不会丢失。",
    ),
    "widgets.ui_open_page": ("Open a page of its own", "在单独的页面中打开"),
    "widgets.ui_page_link": ("Open the page", "打开页面"),
    "widgets.ui_enable_sound": ("Enable sound", "启用声音"),
    # -- the page: an answer as it comes
    "widgets.ui_answer_player": ("Answer", "回答"),
    "widgets.ui_answer_awaited": ("The answer will sound here.", "回答会在这里播放。"),
    "widgets.ui_answer_sounds": ("♪ The answer, as it comes", "♪ 正在边收边放回答"),
    # -- the page: the recorder
    "widgets.ui_recorder": ("Recorder", "录音器"),
    "widgets.ui_record": ("Record", "录音"),
    "widgets.ui_recording": ("Recording", "录音中"),
    "widgets.ui_resume": ("Resume", "继续"),
    "widgets.ui_pause": ("Pause", "暂停"),
    "widgets.ui_stop": ("Stop", "停止"),
    "widgets.ui_play": ("Play", "播放"),
    "widgets.ui_stop_playing": ("Stop playing", "停止播放"),
    "widgets.ui_clear": ("Clear", "清除"),
    "widgets.ui_upload": ("Upload…", "上传…"),
    "widgets.ui_left": ("{elapsed} · {left} left", "{elapsed} · 还剩 {left}"),
    "widgets.ui_wave": ("Waveform of {seconds} seconds", "{seconds} 秒的波形"),
    "widgets.ui_no_sound": ("No recording yet", "还没有录音"),
    "widgets.ui_state_ready": (
        "Ready. Press Record, or hold the space bar on it.",
        "就绪。按“录音”，或选中它后按住空格键。",
    ),
    "widgets.ui_state_opening": ("Asking for the microphone …", "正在请求麦克风……"),
    "widgets.ui_state_recording": ("Recording. Speak.", "正在录音，请说话。"),
    "widgets.ui_state_paused": ("Paused.", "已暂停。"),
    "widgets.ui_state_finishing": ("Finishing …", "正在结束……"),
    "widgets.ui_state_recorded": (
        "Recorded {seconds} s. Use rec.clip in the next cell.",
        "已录 {seconds} 秒。请在下一个单元格使用 rec.clip。",
    ),
    "widgets.ui_clipped": (
        "Parts of it are clipped: too loud for the microphone, the tops are cut off (marked in the "
        "waveform). Better record it again, from a little farther away.",
        "有些地方声音过大，已经削波（波形中已标出）。最好离麦克风远一点，重录一遍。",
    ),
    "widgets.ui_state_failed": ("No recording.", "没有录音。"),
    "widgets.ui_sample_loaded": (
        "Nothing recorded yet: {file} stands in.",
        "还没有录音，暂用 {file}。",
    ),
    "widgets.ui_file_loaded": ("{file} is loaded.", "已载入 {file}。"),
    "widgets.ui_recorder_privacy": (
        "What you record goes to your notebook's kernel as you speak, and nowhere else until "
        "you send it yourself. The microphone is off before you record and after you stop.",
        "录音在你说话时传到Jupyter 内核；在你自己发送之前，不会传到别处。开始录音之前和停止之后，"
        "麦克风都是关闭的。",
    ),
    # -- the page: live talk
    "widgets.ui_talk": ("Live talk", "实时对话"),
    "widgets.ui_hold": ("Hold to talk", "按住说话"),
    "widgets.ui_let_go": ("Let go to send", "松开发送"),
    "widgets.ui_interrupt": ("Interrupt", "打断"),
    "widgets.ui_halt": ("Stop", "停止"),
    "widgets.ui_answer_now": ("Answer now", "马上回答"),
    "widgets.ui_open_mic": ("open microphone", "开放麦克风"),
    "widgets.ui_open_hint": (
        "The microphone stays open and the service hears when you have finished; where it does "
        "not, press Answer now. Use headphones, or it hears itself.",
        "麦克风保持打开，由服务判断你何时说完；如果它一直没有反应，请按“马上回答”。"
        "请戴耳机，否则它会听到自己的声音。",
    ),
    "widgets.ui_half": ("loudspeaker (silent while it answers)", "使用扬声器（回答时不收音）"),
    "widgets.ui_type": ("Write instead", "也可以打字"),
    "widgets.ui_send": ("Send", "发送"),
    "widgets.ui_say_file": ("Say a file…", "发送录音文件…"),
    "widgets.ui_picture": ("Picture…", "图片…"),
    "widgets.ui_thumbnails": ("Pictures that wait", "等待发送的图片"),
    "widgets.ui_thumbnail": ("Picture {number}", "图片 {number}"),
    "widgets.ui_picture_waiting": ("goes with what you say next", "随下一句话发送"),
    "widgets.ui_picture_going": ("is being sent", "正在发送"),
    "widgets.ui_take_back": ("Take picture {number} back", "撤回图片 {number}"),
    "widgets.ui_camera": ("Camera", "摄像头"),
    "widgets.ui_screen": ("Screen", "屏幕"),
    "widgets.ui_camera_off": ("Camera off", "关闭摄像头"),
    "widgets.ui_screen_off": ("Screen off", "停止共享屏幕"),
    "widgets.ui_seen_camera": ("What the camera sees", "摄像头画面"),
    "widgets.ui_seen_screen": ("What the screen shows", "屏幕画面"),
    "widgets.ui_seen_hint": (
        "Pictures go along while you speak, and one with what you write.",
        "你说话时，画面会一起发送；打字时带上当时的一帧。",
    ),
    "widgets.ui_rate": ("pictures a second: {rate}", "每秒 {rate} 张"),
    "widgets.ui_you": ("You", "你"),
    "widgets.ui_answer": ("Answer", "回答"),
    "widgets.ui_tool": ("Tool", "工具"),
    "widgets.ui_note": ("Note", "提示"),
    "widgets.ui_log": ("Conversation", "对话"),
    "widgets.ui_turn": ("Turn {number}", "第 {number} 轮"),
    "widgets.ui_unheard": (
        "not heard (where the words are cut is estimated from the seconds that were heard)",
        "未播放（文字断在哪里，是按已播放的秒数估计的）",
    ),
    "widgets.ui_turn_hint": ("Show or hide all about this turn", "显示或收起这一轮的详情"),
    "widgets.ui_turn_drawn": ("Drawing the card …", "正在绘制卡片……"),
    "widgets.ui_turn_let_go": (
        'This turn is no longer kept; keep="all" in glm.connect keeps every one.',
        '这一轮已不再保留；在 glm.connect 中设 keep="all" 可保留全部轮次。',
    ),
    "widgets.ui_close": ("Close", "关闭"),
    "widgets.ui_timeline": ("The last twenty seconds", "最近二十秒"),
    "widgets.ui_events": ("Events", "事件"),
    "widgets.ui_counts": (
        "Events: {up} sent, {down} received · gaps in playing: {underruns}",
        "事件：发出 {up}，收到 {down} · 播放断流：{underruns}",
    ),
    "widgets.ui_peer": ("{model} · {peer}", "{model} · {peer}"),
    "widgets.ui_talk_ready": (
        "Ready. Hold the button or its space bar and speak.",
        "就绪。按住按钮（或选中后按住空格键）说话。",
    ),
    "widgets.ui_talk_opening": ("Asking for the microphone …", "正在请求麦克风……"),
    "widgets.ui_talk_listening": (
        "Listening. Let go when you have finished.",
        "正在听，说完请松开。",
    ),
    "widgets.ui_talk_saying": (
        "The file is being said, as if you spoke it. Press Stop to end it.",
        "正在按实时速度发送录音文件，就像你在说话。按“停止”可以结束。",
    ),
    "widgets.ui_talk_answering": ("Waiting for the answer.", "等待回答。"),
    "widgets.ui_talk_playing": (
        "Answering. Hold the button or press Interrupt to stop it.",
        "正在回答。按住按钮说话或按“打断”可以停下。",
    ),
    "widgets.ui_talk_playing_open": (
        "Answering. Speak or press Interrupt to stop it.",
        "正在回答。直接说话或按“打断”可以停下。",
    ),
    "widgets.ui_talk_playing_half": (
        "Answering. Press Interrupt to stop it; the microphone is silent meanwhile.",
        "正在回答，此时不收音。按“打断”可以停下。",
    ),
    "widgets.ui_talk_open": ("The microphone is open. Just speak.", "麦克风已打开，直接说话即可。"),
    "widgets.ui_talk_closed": ("Closed.", "已关闭。"),
    "widgets.ui_talk_privacy": (
        "What you say while you hold the button or the microphone is open goes through Python to "
        "the peer named above, as you speak; so do files, pictures and what you write, and "
        "nothing else. The microphone goes off 20 seconds after you let go.",
        "按住按钮或开放麦克风时说的话，会经 Python 随说随传到上面写明的对端；录音文件、"
        "图片和打的字也一样，此外什么都不发送。松开按钮 20 秒后，麦克风自动关闭。",
    ),
    # -- the page: what may go wrong
    "widgets.ui_problem_no_picture": (
        "The camera or the screen could not be opened. Allow it in the browser, or send a file.",
        "无法打开摄像头或屏幕。请在浏览器中允许使用，或发送文件。",
    ),
    "widgets.ui_problem_no_camera": (
        "No camera was found. Plug one in and try again, show the screen, or send a file.",
        "没有找到摄像头。请插上摄像头再试，或共享屏幕，或发送文件。",
    ),
    "widgets.ui_problem_camera_in_use": (
        "The camera could not be started: another program may be using it. Close that program "
        "and try again, or send a file.",
        "摄像头无法启动，可能正被别的程序占用。请关闭那个程序再试，或发送文件。",
    ),
    "widgets.ui_problem_denied": (
        "The browser may not use the microphone. Click the microphone or lock symbol left of "
        "the address, allow it, and try again. Without it: upload a file, or write.",
        "浏览器没有使用麦克风的权限。请点击地址栏左侧的麦克风或锁形图标，允许使用后再试。"
        "不用麦克风的话，可以上传文件或打字。",
    ),
    "widgets.ui_problem_no_device": (
        "No microphone was found. Plug one in and try again. Without one: upload a file, or write.",
        "没有找到麦克风。请插上麦克风再试。没有麦克风的话，可以上传文件或打字。",
    ),
    "widgets.ui_problem_in_use": (
        "The microphone could not be started: another program may be using it, or it was just "
        "unplugged. Close that program, or choose another microphone below.",
        "麦克风无法启动，可能正被别的程序占用，或刚被拔出。请关闭那个程序，或在下面换一个麦克风。",
    ),
    "widgets.ui_problem_unplugged": (
        "The microphone went away in mid-recording: it was unplugged, or taken back in the "
        "browser. What came before is kept. Plug it in, or choose another one below.",
        "麦克风在录音中途断开了，可能被拔出，或在浏览器里被收回。之前录到的都已保留。请重新插上，"
        "或在下面换一个麦克风。",
    ),
    "widgets.ui_problem_insecure": (
        "This page was loaded over plain http from another machine, and browsers give such "
        "pages no microphone. Use https or localhost, open a page of its own, or upload a file.",
        "这个页面是用普通 http 从另一台机器加载的，浏览器不会给它麦克风。"
        "请使用 https 或 localhost，或在单独的页面中打开，或上传文件。",
    ),
    "widgets.ui_problem_no_microphones": (
        "This browser or this frame offers no microphone at all. Open a page of its own, or "
        "upload a file.",
        "这个浏览器或框架不提供麦克风。请在单独的页面中打开，或上传文件。",
    ),
    "widgets.ui_problem_vscode": (
        "VS Code gives notebooks no microphone. Open a page of its own in your browser, or "
        "upload a file.",
        "VS Code 的笔记本不能使用麦克风。请在浏览器里打开单独的页面，或上传文件。",
    ),
    "widgets.ui_problem_no_worklet": (
        "This browser cannot run the recorder's audio code (AudioWorklet). Use a current "
        "Chrome, Edge, Firefox or Safari, open a page of its own, or upload a file.",
        "这个浏览器无法运行录音器的音频代码（AudioWorklet）。"
        "请使用新版 Chrome、Edge、Firefox 或 Safari，或在单独的页面中打开，或上传文件。",
    ),
    "widgets.ui_problem_suspended": (
        "The browser holds sound back on this page until you click in it or press a key.",
        "在你点击页面或按下按键之前，浏览器不让这个页面使用声音。",
    ),
    "widgets.ui_problem_kernel_gone": (
        "The kernel was restarted or is gone; the microphone is off. Run the cell again.",
        "内核已重启或断开，麦克风已关闭。请重新运行这个单元格。",
    ),
    "widgets.ui_problem_closed": (
        "This one is closed; the microphone is off. Run the cell (or glmkit talk) again for a "
        "new one.",
        "已关闭，麦克风也已关闭。要新的一个，请重新运行单元格（或 glmkit talk）。",
    ),
    "widgets.ui_problem_page_gone": (
        "This page is no longer connected: it was opened once more elsewhere, or the program "
        "behind it has ended. The microphone is off.",
        "这个页面已断开，可能它在别处又被打开，或背后的程序已结束。麦克风已关闭。",
    ),
    "widgets.ui_problem_too_large": (
        "This file is larger than 64 MB, as it is or once decoded. Cut out what you want to say, "
        "and choose that.",
        "这个文件超过 64 MB，或解码后超过 64 MB。请截取要说的那一段，再选择它。",
    ),
    "widgets.ui_problem_bad_file": (
        "This file is not a recording that can be read. Choose a WAV, FLAC, OGG or MP3 file.",
        "无法读取这个文件中的录音。请选择 WAV、FLAC、OGG 或 MP3 文件。",
    ),
    "widgets.ui_problem_file_gone": (
        "This file cannot be read any more. Choose it again, or another one.",
        "无法再读取这个文件。请重新选择它，或选择另一个文件。",
    ),
    "widgets.ui_problem_unknown": (
        "The browser could not start the microphone. Reload the page, or upload a file.",
        "浏览器无法启动麦克风。请刷新页面，或上传文件。",
    ),
}
