"""Sentences of the page of hand-ins, and of a turn that is projected; pages fill in ``ui_``."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "hand_in_page.title": ("Hand-ins · glmkit", "作业 · glmkit"),
    # why something is not shown
    "hand_in_page.gone": (
        "this was withdrawn, or is not there: the table shows what is",
        "这份作业已被收回或不存在，请以表格为准",
    ),
    "hand_in_page.not_for_class": (
        "the pupil has not allowed this to be shown to the class: ask for a hand-in with show=True",
        "学生没有同意在全班面前展示。请让学生加上 show=True 再交一次",
    ),
    "hand_in_page.turn": (
        "turn is {found!r}, expected a number from 1",
        "轮次收到 {found!r}，应为从 1 起的整数",
    ),
    "hand_in_page.no_turn": (
        "found turn {found}, expected one from 1 to {most}: open the hand-in again",
        "收到第 {found} 轮，应为 1 到 {most}。请重新打开这份作业",
    ),
    "hand_in_page.long_turn": (
        "the turn sounds for {found} s, and at most {most} s are projected: choose another one",
        "这一轮的声音有 {found} 秒，最多能放映 {most} 秒，请另选一轮",
    ),
    "hand_in_page.slow": (
        "it took longer than {seconds} s to open this hand-in: is this computer busy? Try again",
        "打开这份作业超过了 {seconds} 秒，电脑是否太忙？请稍后再试",
    ),
    "hand_in_page.busy": (
        "others are being opened before this one: try again in a minute",
        "前面还有别的作业正在打开，请过一分钟再试",
    ),
    "hand_in_page.unread": (
        "this hand-in cannot be read: ask the pupil to hand in again",
        "这份作业读不出来，请让学生再交一次",
    ),
    # the CSV file
    "hand_in_page.csv_id": ("seat", "座位"),
    "hand_in_page.csv_number": ("number", "学号"),
    "hand_in_page.csv_name": ("name", "姓名"),
    "hand_in_page.csv_lesson": ("lesson", "课"),
    "hand_in_page.csv_count": ("hand-ins", "交了几份"),
    "hand_in_page.csv_at": ("last one at", "最后一份的时间"),
    "hand_in_page.csv_right": ("right", "答对"),
    "hand_in_page.csv_of": ("exercises", "练习数"),
    "hand_in_page.csv_first_try": ("right at once", "一次答对"),
    "hand_in_page.csv_tries": ("tries", "作答次数"),
    "hand_in_page.csv_hints": ("hints", "提示"),
    "hand_in_page.csv_answers": ("model answers read", "看过的参考答案"),
    "hand_in_page.csv_voice": ("with voice", "含声音"),
    "hand_in_page.csv_show": ("the class may see it", "可以给全班看"),
    "hand_in_page.csv_broken": ("cannot be read", "读不出来"),
    "hand_in_page.csv_peer": ("answered by", "由谁回答"),
    "hand_in_page.csv_yes": ("yes", "是"),
    # the page: the table
    "hand_in_page.ui_hand_ins_caption": (
        "Hand-ins: a row for each pupil, a column for each lesson",
        "作业表：每行一名学生，每列一课",
    ),
    "hand_in_page.ui_legend": (
        "{score} is right/all · tries · model answers read. {show}: may be shown to the class.",
        "{score} 依次是答对/总数、作答次数、看过的参考答案；带 {show} 的可以给全班看。",
    ),
    "hand_in_page.ui_move_how": (
        "Tab goes to the table, the arrow keys from one hand-in to the next, Enter opens one.",
        "按 Tab 进入表格，用方向键移动，按 Enter 打开。",
    ),
    "hand_in_page.ui_lesson": ("Lesson {lesson}", "第 {lesson} 课"),
    "hand_in_page.ui_cell": (
        "{name}, lesson {lesson}: {right} of {of} right, tries: {tries}, model answers read: "
        "{answers}, handed in {count} ×, last at {time}",
        "{name}，第 {lesson} 课：答对 {right}/{of}，作答 {tries} 次，看过 {answers} 个参考答案，"
        "交了 {count} 份，最后一份在 {time}",
    ),
    "hand_in_page.ui_cell_broken": (
        "{name}, lesson {lesson}: cannot be read, handed in {count} ×, last at {time}",
        "{name}，第 {lesson} 课：读不出来，交了 {count} 份，最后一份在 {time}",
    ),
    "hand_in_page.ui_cell_shows": (", may be shown to the class", "，可以给全班看"),
    "hand_in_page.ui_unreadable": ("unreadable", "读不出"),
    "hand_in_page.ui_counted": (
        "{there} of {all} pupils have handed something in",
        "{there}/{all} 名学生交过作业",
    ),
    "hand_in_page.ui_needs_login": ("Log in on the class's page", "请先在课堂页登录"),
    # the page: one hand-in
    "hand_in_page.ui_of": ("{name} · lesson {lesson}", "{name} · 第 {lesson} 课"),
    "hand_in_page.ui_which": ("Hand-in", "第几份"),
    "hand_in_page.ui_handed_at": (
        "Number {number}, {time}, {size} kB, {voice}",
        "第 {number} 份，{time}，{size} kB，{voice}",
    ),
    "hand_in_page.ui_with_voice": ("with the pupil's voice", "含学生的声音"),
    "hand_in_page.ui_without_voice": ("without the pupil's voice", "不含学生的声音"),
    "hand_in_page.ui_recorded_with": ("recorded with: {peer}", "对端：{peer}"),
    "hand_in_page.ui_exercises": ("Exercises", "练习"),
    "hand_in_page.ui_no_exercises": ("none tried", "没有作答"),
    "hand_in_page.ui_findings": ("Findings", "诊断"),
    "hand_in_page.ui_no_findings": ("nothing odd", "没有异常"),
    "hand_in_page.ui_turns": ("Turns", "对话"),
    "hand_in_page.ui_no_turns": ("no turn", "没有对话"),
    "hand_in_page.ui_more": ("and {count} more", "还有 {count} 项"),
    "hand_in_page.ui_said": ("Pupil", "学生"),
    "hand_in_page.ui_answered": ("Answer", "回答"),
    "hand_in_page.ui_no_text": ("(no text)", "（没有文字）"),
    "hand_in_page.ui_reading": ("It is being opened …", "正在打开……"),
    "hand_in_page.ui_project": ("Show to the class", "给全班放"),
    "hand_in_page.ui_project_turn": ("Show turn {turn} to the class", "给全班放第 {turn} 轮"),
    "hand_in_page.ui_asked_not": (
        "The pupil has not allowed this to be shown to the class.",
        "学生没有同意在全班面前展示。",
    ),
    "hand_in_page.ui_close": ("Close", "关闭"),
    # a turn on the big screen
    "hand_in_page.ui_a_pupil": ("A pupil", "一名同学"),
    "hand_in_page.ui_show_name": ("Show the name", "显示姓名"),
    "hand_in_page.ui_which_turn": (
        "lesson {lesson}, turn {turn} of {of}",
        "第 {lesson} 课，第 {turn}/{of} 轮",
    ),
    "hand_in_page.ui_not_heard": (
        "The pupil's voice is not in it.",
        "不含学生的声音。",
    ),
    "hand_in_page.ui_back_esc": ("Back (Esc)", "返回（Esc）"),
    "hand_in_page.ui_projection": ("A turn for the class", "给全班放的一轮对话"),
    "hand_in_page.ui_withdrawn": (
        "This hand-in was withdrawn, or may no longer be shown.",
        "这份作业已被收回，或不再同意展示。",
    ),
    "hand_in_page.ui_no_player": (
        "This browser is too old to play it: use a current one.",
        "这个浏览器版本太旧，无法播放，请换用新版。",
    ),
}
