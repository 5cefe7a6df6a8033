"""Sentences about handing in: to the pupil, and by the class's server."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # to the pupil
    "hand_in.lesson": (
        'found {found}, expected a lesson such as "03": letters a to z, digits and _',
        '收到 {found}，应为课的编号，例如 "03"（只能用字母 a 到 z、数字和 _）',
    ),
    "hand_in.no_lesson": (
        "found lesson {found}, expected one of the course: {known}. Work of your own takes a name "
        'with a letter, such as "project_1"',
        '收到第 {found} 课，课程里只有 {known}。交自己的作品时，请用带字母的名字，例如 "project_1"',
    ),
    "hand_in.no_class": (
        "this session talks to {peer}, and only a class takes hand-ins. Either connect to one "
        '(glm.connect("class")), or save the session and send the file to your teacher: '
        'session.save("{lesson}.glm", who="your name")',
        "这个会话连接的是 {peer}，只有课堂才收作业。可以连接课堂后再交"
        '（glm.connect("class")），也可以先保存，再把文件发给老师：'
        'session.save("{lesson}.glm", who="你的姓名")',
    ),
    "hand_in.nothing_kept": (
        'this session kept nothing (keep="nothing"), so there is nothing to hand in: connect '
        "without keep and do it again",
        '这个会话什么都没有保留（keep="nothing"），没有可交的内容。请去掉 keep 重新连接，再做一遍',
    ),
    "hand_in.consent": (
        "{name} is {found}, expected True, False or nothing",
        "{name} 收到 {found}，应为 True 或 False，也可以不写",
    ),
    "hand_in.ask_show": (
        "Only your teacher sees it. May the class see and hear a turn of it on the big screen, "
        "with or without your name? If so, add show=True; show=False says no, for this lesson's "
        "earlier hand-ins, too.",
        "现在只有老师能看到。愿意让老师在大屏幕上给全班放其中一轮吗（可以不显示姓名）？愿意就加上 "
        "show=True；不愿意就写 show=False，这一课以前交的也不再展示。",
    ),
    "hand_in.ask_voice": (
        "This goes without your voice and pictures. May your teacher hear and see them? If so, "
        "hand in again with voice=True; that holds until the kernel ends. voice=False says no.",
        "这次交的文件里没有你的声音和图片。愿意让老师听到、看到吗？愿意就加上 voice=True "
        "再交一次，在内核重启前一直有效；不愿意就写 voice=False。",
    ),
    "hand_in.sending": (
        "handing in: {done:.1f} of {size:.1f} MB",
        "正在交作业：{done:.1f} / {size:.1f} MB",
    ),
    "hand_in.done": (
        "Lesson {lesson} is handed in, number {number}, at {time}, by {seat}: {turns} turns, "
        "{right} of {of} exercises right, {voice}, {show}, {size}. "
        'session.withdraw("{lesson}") takes it back.',
        "第 {lesson} 课的作业已交（第 {number} 份，{time}，{seat}）：对话 {turns} 轮，练习答对 "
        '{right}/{of}，{voice}，{show}，{size}。想收回，可运行 session.withdraw("{lesson}")。',
    ),
    "hand_in.with_voice": ("with your voice", "含你的声音"),
    "hand_in.without_voice": ("without your voice", "不含你的声音"),
    "hand_in.for_class": ("the class may see it", "可以给全班看"),
    "hand_in.not_for_class": ("for your teacher only", "只给老师看"),
    "hand_in.broke": (
        "{percent}% of lesson {lesson} has arrived, then it broke off: {why}. Call "
        'session.hand_in("{lesson}") again, and it goes on from there',
        "第 {lesson} 课的作业已传到 {percent}%，随后中断：{why}。"
        '再调用一次 session.hand_in("{lesson}")，会从断开的地方接着传',
    ),
    "hand_in.refused": (
        "the class did not take it (HTTP {status}): {words}",
        "课堂没有收下（HTTP {status}）：{words}",
    ),
    "hand_in.no_class_there": (
        "what answers at {url} is no class: ask your teacher whether the class still runs there",
        "{url} 的应答不像课堂。请询问老师，课堂是否还在这个地址",
    ),
    # what the teacher reads of it
    "hand_in.exercise_right": (
        "{exercise} right (try {number})",
        "{exercise} 答对（第 {number} 次）",
    ),
    "hand_in.exercise_not_yet": (
        "{exercise} not yet right (tries: {number})",
        "{exercise} 尚未答对（试了 {number} 次）",
    ),
    "hand_in.exercise_untried": ("{exercise} not tried", "{exercise} 没有作答"),
    "hand_in.exercise_hints": (", hints: {hints}", "，看了 {hints} 条提示"),
    "hand_in.exercise_opened": (", model answer read", "，看过参考答案"),
    "hand_in.between": ("; ", "；"),
    "hand_in.collected_lesson": ("lesson", "课"),
    "hand_in.collected_number": ("hand-in", "第几份"),
    "hand_in.collected_score": ("right", "答对"),
    "hand_in.collected_first_try": ("at once", "一次答对"),
    "hand_in.collected_tries": ("tries", "作答次数"),
    "hand_in.collected_hints": ("hints", "提示"),
    "hand_in.collected_note": (
        "a line a pupil and lesson: the last hand-in. at once: right at the first try, without "
        "hints. Waits and zero points: --csv",
        "每名学生每课一行，以最后一份为准。“一次答对”指第一次就答对，且没看提示。"
        "等待时间和零点见 --csv",
    ),
    # by the class's server
    "hand_in.too_long": (
        "more came than the {most} bytes that were announced: hand in anew",
        "收到的内容超过了事先声明的 {most} 字节，请重新交",
    ),
    "hand_in.too_large": (
        "the file has {found}, expected at most {most}: hand in from a session of fewer turns, or "
        "without your voice (voice=False)",
        "文件有 {found}，应不超过 {most}。请用轮次少一些的会话来交，"
        "或者不带自己的声音（voice=False）",
    ),
    "hand_in.too_many": (
        "this seat has handed in {most} times, which is all it may: withdraw what is no longer "
        'meant, with session.withdraw("03")',
        '这个座位已经交了 {most} 份，达到上限。请先用 session.withdraw("03") 收回不要的',
    ),
    "hand_in.seat_full": (
        "with this file the seat would have more than {most}: withdraw what is no longer meant, "
        'with session.withdraw("03")',
        '加上这个文件，这个座位就超过 {most} 了。请先用 session.withdraw("03") 收回不要的',
    ),
    "hand_in.disk_full": (
        "the teacher's computer has no room left for it: tell your teacher, and hand in again then",
        "老师的电脑空间不足。请告诉老师，腾出空间后再交",
    ),
    "hand_in.no_recording": (
        'the file is no recording: hand in with session.hand_in("03")',
        '这个文件不是录制文件，请用 session.hand_in("03") 来交',
    ),
    "hand_in.method": (
        "found {found}, expected GET, PUT or DELETE",
        "收到 {found}，应为 GET、PUT 或 DELETE",
    ),
    "hand_in.query": (
        "{name} is {found}, expected bytes and offset as numbers and sha256 as 64 hex digits",
        "{name} 收到 {found}，bytes 和 offset 应为数字，sha256 应为 64 位十六进制数",
    ),
    "hand_in.disk": (
        "{path} cannot be written ({why}): the teacher has to look after it",
        "无法写入 {path}（{why}），请老师处理",
    ),
}
