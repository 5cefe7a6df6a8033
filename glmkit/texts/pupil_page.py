"""Sentences of a pupil's page; the page fills in those that begin with ``ui_`` itself."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "pupil_page.title": ("Your seat · glmkit", "你的座位 · glmkit"),
    # who is let in
    "pupil_page.nobody": (
        "this browser has no seat here, or its seat was given a new key: take your seat, or paste "
        "the line of your slip",
        "这个浏览器还没有座位，或座位的密钥已更换。请领取座位，或粘贴纸条上的连接行",
    ),
    "pupil_page.no_line": (
        "this is no line of this class, and no key of a seat here: type the last line of your slip "
        "(seat-…), or paste the whole line that begins with ws:// or wss://",
        "这既不是本班的连接行，也不是本班座位的密钥。请输入纸条上的最后一行（seat-…），"
        "或粘贴以 ws:// 或 wss:// 开头的完整一行",
    ),
    "pupil_page.word": (
        "this page is older than its seat's key: load it again",
        "这个页面已过期，请重新载入",
    ),
    "pupil_page.other_tab": (
        "your seat is open in another tab or browser, which goes on with the conversation; this "
        "one has stopped",
        "你的座位已在另一个标签页或浏览器中打开，对话在那边继续，这里已停止",
    ),
    # what cannot be done
    "pupil_page.no_act": (
        "found {found!r}, expected one of: {known}",
        "收到 {found!r}，应为其中之一：{known}",
    ),
    "pupil_page.number": (
        "found {name}={found!r}, expected a whole number: load the page again",
        "收到 {name}={found!r}，应为整数，请重新载入页面",
    ),
    "pupil_page.busy": (
        "too much waits to be said: press Stop, then say it again",
        "等着要说的内容太多，请先按“停止”再说一遍",
    ),
    "pupil_page.words": (
        "found {found} letters, expected 1 to {most}: shorten the sentence",
        "收到 {found} 个字符，应为 1 到 {most} 个，请缩短这句话",
    ),
    "pupil_page.no_sample": (
        "the kit has no recording {found!r}: choose one from the list",
        "没有名为 {found!r} 的示例录音，请从列表中选择",
    ),
    "pupil_page.length": (
        "found {found} s of sound, expected more than 0 and at most {most} s at once: cut out what "
        "you want to say",
        "录音有 {found} 秒，每次应大于 0 秒、不超过 {most} 秒，请截取要说的一段",
    ),
    "pupil_page.unread_file": (
        "neither the class nor this browser finds sound in this file: choose a recording (WAV, "
        "MP3, M4A), no text and no picture; if it is one, record it again",
        "课堂服务器和浏览器都没有在这个文件里读到声音。请选择录音文件（WAV、MP3、M4A），"
        "不要选文字或图片；如果确实是录音，请重新录制",
    ),
    "pupil_page.large": (
        "found {found} MB, expected at most {most} MB: choose a shorter recording, or one in a "
        "smaller format (MP3, OGG)",
        "文件有 {found} MB，应不超过 {most} MB。请选更短的录音，或 MP3、OGG 等更小的格式",
    ),
    "pupil_page.piece": (
        "the pieces of the recording do not fit together: choose it once more",
        "录音文件的分段对不上，请重新选择一次",
    ),
    "pupil_page.no_turn": (
        "this turn is no longer kept here: the class was started anew after it",
        "这一轮已不在这里，课堂在那之后重新启动过",
    ),
    "pupil_page.consent": (
        "say whether your voice goes along, and whether the class may see it: load the page again",
        "请说明是否附上声音、是否同意给全班看，重新载入页面后再交",
    ),
    "pupil_page.nothing_to_hand_in": (
        "there is no turn to hand in yet: say something first",
        "还没有可以交的对话，请先说点什么",
    ),
    "pupil_page.failed": (
        "this did not work ({what}): try once more. If it fails again, tell your teacher, whose "
        "terminal says more",
        "没有成功（{what}），请再试一次；仍不行就告诉老师，老师的终端里有详情",
    ),
    # what was done
    "pupil_page.spoken": (
        "The kit says it in its own voice: {words}",
        "由工具包用合成音说出：{words}",
    ),
    "pupil_page.written": (
        "Sent in writing: the class's machine has no voice for it.",
        "课堂的电脑没有安装语音，已作为文字发送。",
    ),
    "pupil_page.over": (
        "This session is over. What you say next, where you may, begins a new one.",
        "本次会话已结束。可以对话时，再说话就会开始新的会话。",
    ),
    "pupil_page.handed_in": (
        "Lesson {lesson} is handed in, number {number}, at {time}: turns {turns}, {voice}, {show}.",
        "第 {lesson} 课已交第 {number} 份（{time}），对话 {turns} 轮，{voice}，{show}。",
    ),
    "pupil_page.withdrawn": (
        "Deleted on the teacher's machine, hand-ins of this lesson: {count}",
        "已从老师的电脑上删除本课的作业 {count} 份",
    ),
    # the page
    "pupil_page.ui_heading": ("Your seat: {name}", "座位：{name}"),
    "pupil_page.ui_behind": (
        "Here {answers}. What you say goes through the class, and is kept on the teacher's machine "
        "until the class ends.",
        "这里{answers}。你说的话经课堂转发，内容保存在老师的电脑上，课堂结束即清除。",
    ),
    "pupil_page.ui_other_language": ("中文", "English"),
    "pupil_page.ui_leave": ("Leave this browser", "退出此浏览器"),
    "pupil_page.ui_used": ("Turns: {turns}, minutes: {minutes}", "已用 {turns} 轮、{minutes} 分钟"),
    "pupil_page.ui_used_of": (
        "Turns: {turns}, minutes: {minutes}; at most: {most}",
        "已用 {turns} 轮、{minutes} 分钟，上限：{most}",
    ),
    "pupil_page.ui_most_turns": ("{most} turns", "{most} 轮"),
    "pupil_page.ui_most_minutes": ("{most} min", "{most} 分钟"),
    "pupil_page.ui_most_yuan": ("¥{most}", "{most} 元"),
    # how it stands
    "pupil_page.ui_state_ready": ("Ready", "可以说话"),
    "pupil_page.ui_state_opening": ("Connecting …", "正在连接……"),
    "pupil_page.ui_state_preparing": ("Is being prepared …", "正在准备……"),
    "pupil_page.ui_state_listening": ("Speak now", "请讲"),
    "pupil_page.ui_sending": ("What you said is being sent …", "正在发送你说的话……"),
    "pupil_page.ui_state_saying": ("Is being said …", "正在说……"),
    "pupil_page.ui_state_answering": ("Answer is coming …", "正在等回答……"),
    "pupil_page.ui_state_sounding": ("You hear the answer", "正在播放回答"),
    "pupil_page.ui_state_closed": (
        "Not connected: say something to begin anew",
        "未连接，说点什么就会重新开始",
    ),
    "pupil_page.ui_state_stopped": (
        "Your teacher has stopped this: ask",
        "老师已停用，请询问老师",
    ),
    "pupil_page.ui_state_denied": (
        "No more turns: your teacher's limit is reached. Ask for more.",
        "已达到老师设定的上限，需要更多请告诉老师。",
    ),
    "pupil_page.ui_state_shut": ("It is not time for this class", "现在不是上课时间"),
    "pupil_page.ui_queue": ("{before} before you", "前面还有 {before} 人"),
    "pupil_page.ui_queue_about": (
        "{before} before you, about {seconds} s",
        "前面还有 {before} 人，约 {seconds} 秒",
    ),
    # what a pupil does
    "pupil_page.ui_say": ("Say something", "说点什么"),
    "pupil_page.ui_words": ("Type a sentence", "打一句话"),
    "pupil_page.ui_send": ("Say it", "说出来"),
    "pupil_page.ui_hold": ("Hold to speak", "按住说话"),
    "pupil_page.ui_hold_how": (
        "Hold the button, or the space bar on it, and let go when you are done. By keyboard, Enter "
        "begins and ends, too.",
        "按住按钮（或在按钮上按住空格键）说话，说完松开；也可以按回车开始，再按一次结束。",
    ),
    "pupil_page.ui_release": ("Let go to send", "松开发送"),
    "pupil_page.ui_sample": ("A recording of the kit", "示例录音"),
    "pupil_page.ui_play_sample": ("Say this one", "说这一句"),
    "pupil_page.ui_file": ("Upload a recording", "上传录音"),
    "pupil_page.ui_file_how": (
        "At most {seconds} s and {megabytes} MB, in any format this browser plays.",
        "最长 {seconds} 秒、最大 {megabytes} MB，浏览器能播放的格式都可以。",
    ),
    "pupil_page.ui_stop": ("Stop", "停止"),
    "pupil_page.ui_insecure": (
        "No microphone here: browsers give none to pages over plain http. Type, upload or choose a "
        "recording; with glmkit class --certfile (https) your teacher lets you speak.",
        "这里不能用麦克风，浏览器不给普通 http 页面录音权限。可以打字、上传或选择录音；"
        "老师用 glmkit class --certfile（https）启动后就能直接说话。",
    ),
    "pupil_page.ui_enable_sound": ("Let it be heard", "允许出声"),
    "pupil_page.ui_no_sound": (
        "The browser holds sound back until you click here.",
        "点击这里之前，浏览器不让页面出声。",
    ),
    # what may go wrong in the browser
    "pupil_page.ui_problem_denied": (
        "The browser may not use the microphone: allow it by the symbol beside the address, then "
        "hold again. Or type.",
        "浏览器没有麦克风权限，请点击地址栏旁的图标允许后再按住说话，也可以打字。",
    ),
    "pupil_page.ui_problem_no_device": (
        "No microphone was found: plug one in, or type.",
        "没有找到麦克风，请插上一个，或者打字。",
    ),
    "pupil_page.ui_problem_in_use": (
        "The microphone could not be started: another program may be using it. Close that, and "
        "hold again.",
        "麦克风无法启动，可能正被别的程序占用。请关闭那个程序后再试。",
    ),
    "pupil_page.ui_problem_unknown": (
        "The microphone could not be started: load the page again, or type.",
        "麦克风无法启动，请重新载入页面，或者打字。",
    ),
    "pupil_page.ui_problem_file_gone": (
        "This file cannot be read any more: choose it again.",
        "无法再读取这个文件，请重新选择。",
    ),
    "pupil_page.ui_problem_empty": (
        "This file is empty: choose another one.",
        "这个文件是空的，请另选一个。",
    ),
    "pupil_page.ui_problem_long": (
        "This recording is too long: at most {seconds} s can be said at once. Choose a shorter "
        "one.",
        "这段录音太长，一次最多说 {seconds} 秒，请选更短的。",
    ),
    "pupil_page.ui_problem_large": (
        "This file has {found} MB, the most is {most} MB: choose a shorter recording, or one in a "
        "smaller format (MP3, OGG).",
        "文件有 {found} MB，上限为 {most} MB。请选更短的录音，或 MP3、OGG 等更小的格式。",
    ),
    "pupil_page.ui_lost": (
        "The class does not answer. Is the network there, is glmkit class still running? This page "
        "tries again by itself.",
        "课堂没有响应。请检查网络，并问老师 glmkit class 是否仍在运行；本页会自动重试。",
    ),
    "pupil_page.ui_back": ("The class answers again.", "课堂已恢复响应。"),
    "pupil_page.ui_run_anew": (
        "The class was started anew: go on speaking. Timelines of what was said before are gone.",
        "课堂已重新启动，可以继续说话。之前各轮的时间线已不可用。",
    ),
    "pupil_page.ui_use_here": ("Go on here", "在这里继续"),
    "pupil_page.ui_take_seat": ("Take your seat", "领取座位"),
    # the conversation
    "pupil_page.ui_conversation": ("The conversation", "对话"),
    "pupil_page.ui_nothing_yet": (
        "Nothing was said yet.",
        "还没有对话。",
    ),
    "pupil_page.ui_you": ("You", "你"),
    "pupil_page.ui_answer": ("Answer", "回答"),
    "pupil_page.ui_tool": ("Function", "函数"),
    "pupil_page.ui_note": ("Notice", "提示"),
    "pupil_page.ui_turn": ("Turn {number}", "第 {number} 轮"),
    "pupil_page.ui_timeline": ("Timeline and findings", "时间线与诊断"),
    "pupil_page.ui_making": ("Is being drawn …", "正在绘制……"),
    "pupil_page.ui_no_findings": ("Nothing looks odd in this turn.", "这一轮没有发现异常。"),
    "pupil_page.ui_old_browser": (
        "This browser is too old to draw the timeline: use a current Chrome, Edge, Firefox or "
        "Safari.",
        "浏览器版本太旧，无法绘制时间线，请使用新版 Chrome、Edge、Firefox 或 Safari。",
    ),
    # handing in
    "pupil_page.ui_hand_in": ("Hand in this conversation", "交作业"),
    "pupil_page.ui_lesson": ("Lesson", "课次"),
    "pupil_page.ui_consent": (
        "May your teacher hear your voice? Without it your teacher gets the words and the times.",
        "可以让老师听到你的声音吗？不附上时，老师仍会收到文字和时间。",
    ),
    "pupil_page.ui_show": (
        "The class may see and hear a turn of it on the big screen, with or without my name.",
        "同意在大屏幕上给全班放其中一轮，是否显示姓名由老师决定。",
    ),
    "pupil_page.ui_no_lesson": ("choose one", "请选择"),
    "pupil_page.ui_choose_lesson": (
        "Choose the lesson first, then hand in.",
        "请先选择是第几课，再交作业。",
    ),
    "pupil_page.ui_with_voice": ("Hand in with my voice", "附上我的声音"),
    "pupil_page.ui_without_voice": ("Hand in without it", "不附声音"),
    "pupil_page.ui_withdraw": ("Take back this lesson's", "撤回本课的"),
}
