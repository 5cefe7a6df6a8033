"""Sentences of the teacher's page of a class; the page fills in those that begin with ``ui_``."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "teacher_page.title": ("The class · glmkit", "课堂 · glmkit"),
    "teacher_page.loading": (
        "Loading … If this stays, the network to the class is slow or gone: load the page again.",
        "正在载入……如果一直停在这里，说明到课堂的网络很慢或已断开，请重新载入本页。",
    ),
    "teacher_page.needs_script": (
        "This page needs JavaScript: allow it for this address, and load the page again.",
        "本页需要 JavaScript，请为这个地址启用后重新载入。",
    ),
    # who is let in
    "teacher_page.wrong_password": (
        "this is not the password: type the one that glmkit class has shown in its terminal",
        "口令不对，请输入 glmkit class 在终端中显示的口令",
    ),
    "teacher_page.visit_over": (
        "this browser is no longer logged in: give the password again; a class that was started "
        "anew may have a new one, in its terminal",
        "登录已失效，请重新输入口令；课堂重新启动后口令可能已换，以终端中显示的为准",
    ),
    "teacher_page.token": (
        "this page is older than its login: load it again",
        "这个页面已过期，请重新载入",
    ),
    "teacher_page.host": (
        "this machine has no such name: open the page by the address that glmkit class has shown",
        "这台机器没有这个名字，请用 glmkit class 显示的地址打开本页",
    ),
    # what was decided
    "teacher_page.did_stop": ("{name} is stopped", "已停用 {name}"),
    "teacher_page.did_allow": ("{name} may go on", "已恢复 {name}"),
    "teacher_page.did_limit": ("the limits of {name} are set", "已设置 {name} 的限额"),
    "teacher_page.did_stop_all": ("the whole class is stopped", "已暂停全班"),
    "teacher_page.did_allow_all": ("the class goes on", "全班已恢复"),
    "teacher_page.did_message": (
        "the message went to the pupils who are connected: {count}",
        "消息已发给在线的 {count} 人",
    ),
    "teacher_page.no_act": (
        "found {found!r}, expected one of: {known}",
        "收到 {found!r}，应为其中之一：{known}",
    ),
    "teacher_page.limit_yuan": (
        "found ¥{found}, expected a number from 0 to {most}; leave it empty for no limit",
        "金额为 {found}，应为 0 到 {most} 的数；不限请留空",
    ),
    "teacher_page.limit_minutes": (
        "found {found} minutes, expected a number from 0 to {most}; leave it empty for no limit",
        "分钟数为 {found}，应为 0 到 {most} 的数；不限请留空",
    ),
    "teacher_page.limit_turns": (
        "found {found} turns, expected a whole number from 0 to {most}; leave it empty for no "
        "limit",
        "轮数为 {found}，应为 0 到 {most} 的整数；不限请留空",
    ),
    "teacher_page.did_open_claims": ("pupils may take their seats", "学生现在可以领取座位"),
    "teacher_page.did_close_claims": ("no more seats are given out", "已停止领取座位"),
    "teacher_page.did_free": (
        "{name} may be taken once more and has a new line; the one of before, also on paper, opens "
        "nothing any more",
        "{name} 可以重新领取，连接行已更换；原来的连接行（包括纸条上的）已失效",
    ),
    # pupils who take their seats
    "teacher_page.claims_unread": (
        "who has taken a seat cannot be read in {path} ({why}): put back a copy, or delete the "
        "file, and every seat can be taken once more",
        "无法读取 {path} 中的座位领取记录（{why}）。"
        "请恢复备份，或删除该文件，之后每个座位可重新领取",
    ),
    "teacher_page.claims_closed": (
        "no seats are given out now: ask your teacher to open it, then try again",
        "现在不能领取座位，请让老师开放领取后再试",
    ),
    "teacher_page.claim_of_nobody": (
        "the roster has nobody with this number and this name: type both as your teacher's list "
        "has them",
        "名单里没有这个学号和姓名，请按老师名单上的写法输入",
    ),
    "teacher_page.claimed_before": (
        "this seat was taken before, so its line is not shown again: use the line you have, or "
        "ask your teacher, who sees this",
        "这个座位已被领取，连接行不再显示。请使用已有的连接行，或询问老师（老师会看到这次领取）",
    ),
    # what went wrong, by code
    "teacher_page.code_class_seat_taken": (
        "a seat was to be taken a second time",
        "有人重复领取座位",
    ),
    # why nobody may begin a turn
    "teacher_page.not_yet": (
        "Turns begin at {time}; here it is {now}.",
        "{time} 才开始上课，现在是 {now}。",
    ),
    "teacher_page.over": (
        "The class is over since {time}: no turn begins.",
        "课堂已于 {time} 结束，不能再开始新的一轮。",
    ),
    "teacher_page.used_yuan": (
        "The class has used its ¥: no turn begins.",
        "全班的金额已用完，不能再开始新的一轮。",
    ),
    "teacher_page.used_minutes": (
        "The class has used its minutes: no turn begins.",
        "全班的时长已用完，不能再开始新的一轮。",
    ),
    "teacher_page.used_turns": (
        "The class has had its turns: no turn begins.",
        "全班的轮数已用完，不能再开始新的一轮。",
    ),
    "teacher_page.code_class_stopped": ("stopped by you", "已被你停用"),
    "teacher_page.code_class_closed": ("before or after class", "不在上课时间"),
    "teacher_page.code_class_no_place": ("no place came free in time", "没有等到空出的名额"),
    "teacher_page.code_class_ledger": (
        "the ledger cannot be written: is the disk full?",
        "无法记账，磁盘是否已满？",
    ),
    "teacher_page.code_class_seat_yuan": ("the seat's ¥ are used up", "座位的金额已用完"),
    "teacher_page.code_class_seat_minutes": ("the seat's minutes are used up", "座位的时长已用完"),
    "teacher_page.code_class_seat_turns": ("the seat's turns are used up", "座位的轮数已用完"),
    "teacher_page.code_class_all_yuan": ("the class's ¥ are used up", "全班的金额已用完"),
    "teacher_page.code_class_all_minutes": ("the class's minutes are used up", "全班的时长已用完"),
    "teacher_page.code_class_all_turns": ("the class's turns are used up", "全班的轮数已用完"),
    "teacher_page.code_upstream_unreachable": (
        "the service could not be reached: look at this machine's network and key",
        "无法连接服务，请检查本机的网络和密钥",
    ),
    "teacher_page.code_upstream_lost": (
        "the connection to the service broke off",
        "与服务的连接中断",
    ),
    # the CSV file
    "teacher_page.csv_id": ("seat", "座位"),
    "teacher_page.csv_number": ("number", "学号"),
    "teacher_page.csv_name": ("name", "姓名"),
    "teacher_page.csv_turns": ("turns", "轮数"),
    "teacher_page.csv_minutes": ("minutes of sound", "语音分钟数"),
    "teacher_page.csv_yuan": ("¥ (estimate)", "金额（元，估算）"),
    "teacher_page.csv_errors": ("errors since the start", "本次启动以来的错误数"),
    "teacher_page.csv_most_turns": ("most turns", "轮数上限"),
    "teacher_page.csv_most_minutes": ("most minutes", "分钟上限"),
    "teacher_page.csv_most_yuan": ("most ¥", "金额上限（元）"),
    "teacher_page.csv_stopped": ("stopped", "已停用"),
    "teacher_page.csv_yes": ("yes", "是"),
    "teacher_page.csv_peer": ("answered by", "由谁回答"),
    "teacher_page.csv_at": ("written at", "导出时间"),
    # the page: login
    "teacher_page.ui_heading": ("The class", "课堂"),
    "teacher_page.ui_password": ("Password", "口令"),
    "teacher_page.ui_password_how": (
        "The one you gave to glmkit class; without one, its terminal shows it.",
        "启动 glmkit class 时设定的口令；没有设定时，终端里会显示一个。",
    ),
    "teacher_page.ui_enter": ("Enter", "进入"),
    "teacher_page.ui_unencrypted": (
        "This address is not encrypted: whoever shares the network can read the password. "
        "glmkit class --certfile encrypts it.",
        "这个地址没有加密，同一网络里的人能看到口令。启动时加上 --certfile 即可加密。",
    ),
    "teacher_page.ui_leave": ("Log out", "退出"),
    "teacher_page.ui_hand_ins": ("Hand-ins", "作业"),
    "teacher_page.ui_other_language": ("中文", "English"),
    # the page: the table
    "teacher_page.ui_caption": ("Seats of the class", "全班座位"),
    "teacher_page.ui_col_number": ("No.", "学号"),
    "teacher_page.ui_col_name": ("Name", "姓名"),
    "teacher_page.ui_col_state": ("Connected", "连接"),
    "teacher_page.ui_col_voice": ("Speaking", "说话"),
    "teacher_page.ui_col_turns": ("Turns", "轮数"),
    "teacher_page.ui_col_minutes": ("Min.", "分钟"),
    "teacher_page.ui_col_wait": ("Wait", "等待"),
    "teacher_page.ui_col_errors": ("Errors", "错误"),
    "teacher_page.ui_col_yuan": ("¥", "¥"),
    "teacher_page.ui_col_acts": ("Limits, stop", "限额、停用"),
    "teacher_page.ui_connected": ("connected", "在线"),
    "teacher_page.ui_away": ("not connected", "未连接"),
    "teacher_page.ui_stopped": ("stopped", "已停用"),
    "teacher_page.ui_speaking": ("speaking", "正在说"),
    "teacher_page.ui_answering": ("is answered", "在听回答"),
    "teacher_page.ui_next": ("next", "下一个"),
    "teacher_page.ui_next_about": ("next, ~{seconds} s", "下一个，约 {seconds} 秒"),
    "teacher_page.ui_waits": ("{before} before", "前面 {before} 人"),
    "teacher_page.ui_waits_about": (
        "{before} before, ~{seconds} s",
        "前面 {before} 人，约 {seconds} 秒",
    ),
    "teacher_page.ui_waited": ("{seconds} s last", "上次 {seconds} 秒"),
    "teacher_page.ui_of": ("{used} of {most}", "{used}/{most}"),
    "teacher_page.ui_stop": ("Stop", "停用"),
    "teacher_page.ui_allow": ("Allow", "恢复"),
    "teacher_page.ui_limit": ("Limits", "限额"),
    "teacher_page.ui_act_on": ("{act}: {name}", "{act}：{name}"),
    # the page: a seat's limits
    "teacher_page.ui_limits_of": ("Limits of {name}", "{name} 的限额"),
    "teacher_page.ui_limits_how": (
        "At most so much in all, what was used so far included. Empty: no limit.",
        "累计上限，已用的也算在内。留空表示不限。",
    ),
    "teacher_page.ui_most_yuan": ("¥ (estimate)", "金额（元，估算）"),
    "teacher_page.ui_most_minutes": ("Minutes of sound", "语音分钟数"),
    "teacher_page.ui_most_turns": ("Turns", "轮数"),
    "teacher_page.ui_save": ("Set", "设置"),
    "teacher_page.ui_cancel": ("Cancel", "取消"),
    # the page: beside the table
    "teacher_page.ui_totals": ("In all", "合计"),
    "teacher_page.ui_total_connected": ("Connected", "在线"),
    "teacher_page.ui_total_places": ("Places taken", "占用名额"),
    "teacher_page.ui_total_waiting": ("Waiting", "排队"),
    "teacher_page.ui_total_turns": ("Turns", "轮数"),
    "teacher_page.ui_total_minutes": ("Minutes of sound", "语音分钟数"),
    "teacher_page.ui_total_yuan": ("¥ (estimate)", "金额（元，估算）"),
    "teacher_page.ui_uncharged": (
        "The ¥ are what the service would charge; nothing is charged here.",
        "金额按服务的价格估算，这里并不收费。",
    ),
    "teacher_page.ui_stop_all": ("Stop the class", "暂停全班"),
    "teacher_page.ui_allow_all": ("Let the class go on", "恢复全班"),
    "teacher_page.ui_class_stopped": ("The class is stopped.", "全班已暂停。"),
    "teacher_page.ui_message": ("Message to all", "给全班的消息"),
    "teacher_page.ui_send": ("Send", "发送"),
    "teacher_page.ui_troubles": ("What went wrong", "出现的问题"),
    "teacher_page.ui_no_troubles": ("nothing so far", "目前没有"),
    "teacher_page.ui_times": ("{count} ×", "{count} 次"),
    "teacher_page.ui_csv": ("Download as CSV", "下载 CSV"),
    # the page: pupils who take their seats
    "teacher_page.ui_claims": ("Pupils take their seats", "领取座位"),
    "teacher_page.ui_open_claims": ("Let pupils take their seats", "开放领取座位"),
    "teacher_page.ui_close_claims": ("Give out no more seats", "停止领取座位"),
    "teacher_page.ui_claims_at": (
        "Pupils open {where}. Taken: {taken} of {all}",
        "学生打开 {where}，已领取 {taken}/{all}",
    ),
    "teacher_page.ui_claimed_twice": (
        "{name}: taken, and asked for again {count} ×",
        "{name} 已被领取，又有 {count} 次领取",
    ),
    "teacher_page.ui_free": ("Free it", "重新开放"),
    "teacher_page.ui_slips": ("Slips to print", "打印座位纸条"),
    "teacher_page.ui_slips_how": (
        "Each line and each code is a key of its seat: print, cut, and hand out.",
        "每一行、每个二维码都是该座位的密钥，打印后裁开分发。",
    ),
    "teacher_page.ui_slips_no_codes": (
        "For QR codes run: {command} and load this page again.",
        "要印二维码，请运行 {command}，再重新载入本页。",
    ),
    "teacher_page.ui_code_of": (
        "QR code: the address at which {name} takes the seat",
        "二维码：{name} 领取座位的地址",
    ),
    "teacher_page.ui_slip_notebook": (
        'In a notebook run glm.join(), paste this, then glm.connect("class"):',
        '用 Jupyter：运行 glm.join()，粘贴下面这一行，再运行 glm.connect("class")',
    ),
    "teacher_page.ui_slip_browser": (
        "Without a notebook open in a browser:",
        "没有 Jupyter：在浏览器中打开",
    ),
    "teacher_page.ui_slip_browser_or_scan": (
        "Without a notebook scan the code, or open in a browser:",
        "没有 Jupyter：扫码，或在浏览器中打开",
    ),
    "teacher_page.ui_slip_type": ("and type in the lower field there:", "在页面下方的输入框中输入"),
    "teacher_page.ui_print": ("Print", "打印"),
    "teacher_page.ui_claim_heading": ("Take your seat", "领取座位"),
    "teacher_page.ui_claim_how": (
        "A seat can be taken once: only take your own.",
        "每个座位只能领取一次，请只领自己的。",
    ),
    "teacher_page.ui_claim_closed": (
        "Your teacher gives out no seats at the moment. As soon as that begins, this page asks for "
        "your number and name.",
        "老师还没有开放领取座位。一旦开放，这里会让你填学号和姓名，不用刷新。",
    ),
    "teacher_page.ui_claim_number": ("Number", "学号"),
    "teacher_page.ui_claim_name": ("Name", "姓名"),
    "teacher_page.ui_claim": ("Take it", "领取"),
    "teacher_page.ui_claim_line": (
        "Your line. It is a key: show it to nobody.",
        "你的连接行。它就是密钥，不要给别人看。",
    ),
    "teacher_page.ui_claim_copy": ("Copy", "复制"),
    "teacher_page.ui_claim_copied": ("copied", "已复制"),
    "teacher_page.ui_claim_first": (
        "In your notebook run glm.join() and paste it.",
        "在 Jupyter 里运行 glm.join()，粘贴这一行。",
    ),
    "teacher_page.ui_claim_then": (
        'Then connect: glm.connect("class")',
        '然后连接：glm.connect("class")',
    ),
    "teacher_page.ui_claim_page": (
        "No notebook here? Speak on your seat's own page",
        "没有 Jupyter？在座位页面上直接对话",
    ),
    "teacher_page.ui_claim_by_line": (
        "Or speak in this browser: type what your slip says, or paste its line",
        "或者输入纸条上的字母，也可粘贴连接行，在这个浏览器里对话",
    ),
    "teacher_page.ui_claim_shown": ("Show what I type", "显示输入的内容"),
    "teacher_page.ui_claim_enter": ("Go to my seat", "进入座位"),
    "teacher_page.ui_claim_once": (
        "It is not shown again: keep it until the end of the lesson.",
        "这一行不会再次显示，请保留到下课。",
    ),
    # the page: what it says of itself
    "teacher_page.ui_lost": (
        "The class does not answer; what you see is from {time}. Is glmkit class still running? "
        "This page tries again by itself.",
        "课堂服务器没有响应，显示的是 {time} 的情况。"
        "请查看 glmkit class 是否仍在运行；本页会自动重试。",
    ),
    "teacher_page.ui_back": ("The class answers again.", "课堂服务器已恢复响应。"),
}
