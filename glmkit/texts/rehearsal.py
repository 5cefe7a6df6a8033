"""Sentences of rehearsals: what a talk was to bring, and what it brought."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "rehearsal.playing": ("rehearsing", "排练中"),
    "rehearsal.language": (
        "lang is {found!r}, expected 'zh' or 'en'",
        "lang 收到 {found!r}，应为 'zh' 或 'en'",
    ),
    "rehearsal.none": (
        "no script was given: name a YAML file, or one of the kit's: {known}",
        "没有给剧本。请给出 YAML 文件，或自带剧本的名称：{known}",
    ),
    "rehearsal.unknown": (
        "found the script {found!r}, expected a YAML file that is there, or one of the kit's: "
        "{known}",
        "收到剧本 {found!r}，应为已有的 YAML 文件，或自带剧本之一：{known}",
    ),
    "rehearsal.script": ("{name}: {title}, {lines} lines", "{name}：{title}，{lines} 句"),
    "rehearsal.says_nothing": (
        "{name} has no lines to say: write them under says",
        "{name} 里没有要说的话，请写在 says 下面",
    ),
    "rehearsal.finding": (
        "{name}, line {number} of says: there is no finding {found!r}, expected one of {known}",
        "{name} 的 says 第 {number} 句：没有名为 {found!r} 的诊断，应为以下之一：{known}",
    ),
    "rehearsal.empty_word": (
        "an empty word is expected, which says nothing of an answer: write the word, or leave it "
        "out",
        "期望里有一个空的词，无法用来检查回答。请写上这个词，或删去",
    ),
    "rehearsal.line": (
        "{name}, line {number} of says: {why}",
        "{name} 的 says 第 {number} 句：{why}",
    ),
    "rehearsal.soundless": (
        "found {found!r}, in which nothing can be spoken: write words",
        "收到 {found!r}，里面没有能念出来的内容，请写成文字",
    ),
    "rehearsal.count": (
        "{name} is {found!r}, expected a whole number from 1 to {most}",
        "{name} 收到 {found!r}，应为 1 到 {most} 的整数",
    ),
    "rehearsal.both": (
        "at_least and pass_rate were both given: leave out one",
        "同时给了 at_least 和 pass_rate，请去掉一个",
    ),
    "rehearsal.rate": (
        "pass_rate is {found!r}, expected a share above 0, at most 1, such as 0.8",
        "pass_rate 收到 {found!r}，应为大于 0、不超过 1 的比例，例如 0.8",
    ),
    "rehearsal.emulator": (
        "emulator is of type {found}, expected switches with their values: {{'pace': 4}}",
        "emulator 收到 {found}，应为开关及其取值：{{'pace': 4}}",
    ),
    "rehearsal.switches": (
        "found switches of an emulator ({names}), and {to} is whom it is played to: "
        "leave them out, or play to the emulator",
        "给了仿真器的开关（{names}），排练的对端却是 {to}。请去掉开关，或改为与仿真器排练",
    ),
    "rehearsal.link": (
        "{name} has replies of its own, which the emulator behind that network does not know: "
        "start one with them, Emulator.start(script=…), and lead the network to its url",
        "{name} 里有自己写的回答，那段网络后面的仿真器并不知道。"
        "请用 Emulator.start(script=…) 启动一个，再让网络通向它的 url",
    ),
    "rehearsal.no_output": (
        "the script declares the function {name}, and has no output for it: write one under "
        "outputs, or give the Python function with tools=",
        "剧本声明了函数 {name}，却没有写它返回什么。请写在 outputs 下面，"
        "或用 tools= 给出 Python 函数",
    ),
    "rehearsal.foretold": (
        "{runs} × {lines} lines, about {minutes:.1f} minutes of sound and ¥{yuan:.2f}; "
        "it stops at ¥{limit}",
        "共 {lines} 句、{runs} 遍，估计约 {minutes:.1f} 分钟声音、{yuan:.2f} 元；"
        "花到 {limit} 元即停止",
    ),
    "rehearsal.interrupted": (
        "interrupted: there are the {done} lines that were said",
        "已中断，结果中是已经说过的 {done} 句",
    ),
    "rehearsal.failed_run": ("another run failed", "另一遍排练出错了"),
    "rehearsal.not_said": (
        "not said, the connection is gone: {why}",
        "没有说，连接已断开（{why}）",
    ),
    # -- what was expected
    "rehearsal.failed_met": ("{key}: as expected", "{key}：符合预期"),
    "rehearsal.failed_answer": (
        "there was no answer ({found})",
        "没有收到回答（{found}）",
    ),
    "rehearsal.failed_kind": (
        "the answer is of {found}, expected {wanted}",
        "回答属于 {found}，应为 {wanted}",
    ),
    "rehearsal.failed_words": (
        "the answer is {found!r}, expected in it {wanted}",
        "回答是“{found}”，其中应有“{wanted}”",
    ),
    "rehearsal.failed_any": (
        "the answer is {found!r}, expected in it one of {wanted}",
        "回答是“{found}”，其中应有以下之一：{wanted}",
    ),
    "rehearsal.failed_not": (
        "the answer is {found!r}, and must not say {wanted}",
        "回答是“{found}”，其中不应有“{wanted}”",
    ),
    "rehearsal.failed_heard": (
        "heard was {found!r}, expected in it {wanted}",
        "听成了“{found}”，其中应有“{wanted}”",
    ),
    "rehearsal.failed_tool": (
        "called was {found}, expected {wanted}",
        "调用的函数是 {found}，应为 {wanted}",
    ),
    "rehearsal.failed_arguments": (
        "called with {found}, expected {wanted}",
        "调用参数是 {found}，应为 {wanted}",
    ),
    "rehearsal.failed_within": (
        "the answer took {found} s, expected at most {wanted} s",
        "等了 {found} 秒才有回答，应不超过 {wanted} 秒",
    ),
    "rehearsal.failed_cer": (
        "the character error rate is {found}, expected at most {wanted}",
        "字错误率是 {found}，应不超过 {wanted}",
    ),
    "rehearsal.failed_wer": (
        "the word error rate is {found}, expected at most {wanted}",
        "词错误率是 {found}，应不超过 {wanted}",
    ),
    "rehearsal.failed_no_finding": (
        "found was {found}, which there must not be",
        "诊断里有 {found}，本不应有",
    ),
    "rehearsal.failed_language": (
        "the answer is in {found}, expected {wanted}",
        "回答的语言是 {found}，应为 {wanted}",
    ),
    # -- results
    "rehearsal.summary": ("{passed} of {lines} lines passed", "{lines} 句中 {passed} 句通过"),
    "rehearsal.summary_runs": (
        "{passed} of {lines} lines passed, in at least {at_least} of {runs} runs",
        "{lines} 句中 {passed} 句通过（排练 {runs} 遍，至少通过 {at_least} 遍）",
    ),
    "rehearsal.between": ("; ", "；"),
    "rehearsal.often": ("{passes}/{runs}", "{passes}/{runs}"),
    "rehearsal.passes": ("passed in {passes} of {runs} runs", "{runs} 遍中 {passes} 遍通过"),
    "rehearsal.in_run": ("run {run}: {what}", "第 {run} 遍：{what}"),
    "rehearsal.flaky": ("Not the same in every run: {lines}", "各遍结果不一致：{lines}"),
    "rehearsal.flaky_line": (
        "{script} {line}, {passes} of {runs}",
        "{script} 第 {line} 句，{runs} 遍中通过 {passes} 遍",
    ),
    "rehearsal.told": (
        "run {run}: said {said!r}; heard {heard!r}; answered {answered!r}; waited {wait} s",
        "第 {run} 遍：说“{said}”；听成“{heard}”；回答“{answered}”；等待 {wait} 秒",
    ),
    # -- card and figure
    "rehearsal.card": ("Rehearsal", "排练"),
    "rehearsal.column_line": ("line", "句"),
    "rehearsal.column_said": ("said", "说"),
    "rehearsal.column_heard": ("heard", "听成"),
    "rehearsal.column_answered": ("answered", "回答"),
    "rehearsal.column_wait": ("wait (s)", "等待（秒）"),
    "rehearsal.column_result": ("result", "结果"),
    "rehearsal.passed": ("passed", "通过"),
    "rehearsal.failed": ("failed", "未通过"),
    "rehearsal.unsteady": ("{passes} of {runs}", "{runs} 遍中 {passes} 遍"),
    "rehearsal.cut": ("cut off after {seconds:.1f} s", "说到 {seconds:.1f} 秒时被打断"),
    "rehearsal.more": ("{count} more lines are in .table()", "另有 {count} 句，见 .table()"),
    "rehearsal.run_axis": ("run", "第几遍"),
    "rehearsal.mark_passed": ("passed", "通过"),
    "rehearsal.mark_waited": ("passed, with the wait in seconds", "通过，数字是等待的秒数"),
    "rehearsal.mark_failed": ("failed", "未通过"),
    "rehearsal.mark_unsaid": ("no answer", "没有回答"),
    "rehearsal.figure_more": (
        "The first {shown} of {lines} lines are drawn.",
        "只画出 {lines} 句中的前 {shown} 句。",
    ),
    "rehearsal.what": (
        "found a value of type {found}, expected what glm.lab.rehearse gives",
        "收到 {found}，应为 glm.lab.rehearse 的结果",
    ),
    # -- the command
    "rehearsal.files": (
        "scripts: YAML files, or names of the kit's; none lists those",
        "剧本：YAML 文件，或自带剧本的名称；不写则列出自带剧本",
    ),
    "rehearsal.help_runs": ("how often each is played (default: 1)", "每个剧本排练几遍（默认 1）"),
    "rehearsal.help_at_least": (
        "in how many runs a line must pass (default: in all)",
        "一句话至少要通过几遍（默认每遍都要通过）",
    ),
    "rehearsal.help_pass_rate": (
        "the same as a share, such as 0.8",
        "同上，写成比例，例如 0.8",
    ),
    "rehearsal.help_at_once": ("how many runs side by side (default: 1)", "同时进行几遍（默认 1）"),
    "rehearsal.help_written": (
        "send the words in writing; nothing is spoken",
        "以文字发送，不出声",
    ),
    "rehearsal.help_unpaced": (
        "send sound as fast as it goes, not in real time",
        "尽快发送声音，不按实时速度",
    ),
    "rehearsal.help_junit": ("write JUnit XML here, for CI", "把结果写成 JUnit XML，供 CI 读取"),
    "rehearsal.help_out": (
        "append a JSON line a row to this file as it comes",
        "每得到一行结果，就在这个文件后面追加一行 JSON",
    ),
    "rehearsal.help_yuan": (
        "stop at so many ¥, by estimate (live: 5 unless given)",
        "按估算花到多少元即停止（真实服务默认 5 元）",
    ),
    "rehearsal.help_minutes": (
        "stop at so many minutes of sound, both ways together",
        "双方声音合计到多少分钟即停止",
    ),
    "rehearsal.help_emulator": (
        "a switch of an emulator of its own, such as pace=4; may be repeated",
        "所用仿真器的开关，例如 pace=4，可重复",
    ),
    "rehearsal.switch": (
        "found the switch {found!r}, expected a name with its value, such as pace=4",
        "收到开关 {found!r}，应为名称和取值，例如 pace=4",
    ),
    "rehearsal.help_steady": (
        "the emulator's waits are the same each time, so that they compare",
        "仿真器每次等待的时间一样，便于比较",
    ),
    "rehearsal.help_lang": ("the language of the kit's scripts", "自带剧本的语言"),
    "rehearsal.help_png": ("draw the result into this file", "把结果画成图，写入这个文件"),
}
