"""Sentences of measurements and of tables of many recordings."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "lab.running": ("measuring", "测量中"),
    "lab.unit_runs": ("runs", "次"),
    "lab.interrupted": (
        "interrupted: the table holds the {done} of {runs} runs that were done",
        "已中断：表中是已完成的 {done} 次（共 {runs} 次）",
    ),
    "lab.task": (
        "found a {found}, expected a function to call: lambda: session.say(clip)",
        "给的是 {found}，应为可调用的函数：lambda: session.say(clip)",
    ),
    "lab.no_grid": (
        "the grid is a {found}, expected names with their values: {{'chunk_ms': [20, 100]}}",
        "grid 是 {found}，应为名称及其取值：{{'chunk_ms': [20, 100]}}",
    ),
    "lab.count": (
        "{name} is {found!r}, expected a whole number",
        "{name} 是 {found!r}，应为整数",
    ),
    "lab.no_table": (
        "found a {found}, expected the table that glm.lab.repeat or glm.lab.sweep gives",
        "给的是 {found}，应为 glm.lab.repeat 或 glm.lab.sweep 得到的表",
    ),
    "lab.not_numbers": (
        "the column {name} holds no numbers: choose another with of=",
        "{name} 列中不是数字：请用 of= 另选一列",
    ),
    "lab.grid": (
        "the grid cannot have {names}: a setting needs at least one value, and a name that is "
        "no column of the table",
        "grid 中的 {names} 不可用：每个设置至少要有一个值，且不能与表中的列同名",
    ),
    "lab.runs": (
        "{found} runs were asked for, expected 1 to {most}",
        "要求运行 {found} 次，应为 1 到 {most} 次",
    ),
    "lab.result": (
        "the task returned {found}, expected a turn (session.say(…)) or a mapping of numbers; "
        "an async task does not fit: use the blocking session",
        "任务返回了 {found}，应返回一轮对话（session.say(…)）或由数字组成的映射；"
        "不支持异步任务，请用阻塞式会话",
    ),
    "lab.bad_row": (
        "line {number} of {path} is no row of a measurement: give another out=, or mend the line",
        "{path} 第 {number} 行不是测量结果：请换一个 out=，或修复该行",
    ),
    "lab.summary": (
        "no summary by {names}: expected columns of the table ({known}), and a confidence "
        "between 0 and 1",
        "无法按 {names} 汇总：应为表中的列（{known}），置信水平在 0 与 1 之间",
    ),
    "lab.nothing_to_collect": (
        "found no recording (*.glm) below {folder}: check the folder",
        "{folder} 下没有录制文件（*.glm）：请检查文件夹",
    ),
    # -- the measurements of the notebooks
    "lab.drift": (
        "Drift({late:+.0f} ms at the end of {seconds:.1f} s in {chunks} chunks)",
        "Drift（共 {seconds:.1f} 秒、{chunks} 块，最后一块偏差 {late:+.0f} 毫秒）",
    ),
    "lab.no_appends": (
        "found {found} chunks of sound among these events, expected at least 2: give a turn's "
        "events or a trace of a session that keeps its sound (keep='all')",
        "这些事件中有 {found} 块声音，至少需要 2 块：请传入一轮对话的 events，"
        "或保留了声音（keep='all'）的会话的 trace",
    ),
    "lab.by_sleep": ("sleep after each chunk", "每块之后 sleep"),
    "lab.by_deadline": ("absolute deadlines", "绝对时刻"),
    "lab.ms_late": ("{ms:+d} ms", "{ms:+d} 毫秒"),
    "lab.sent": ("sound sent (s)", "已发送的声音（秒）"),
    "lab.late": ("behind schedule (ms)", "落后于计划（毫秒）"),
    "lab.drift_found": (
        "Sleeping after each chunk drifts to {sleep} ms; absolute deadlines end at {deadline} ms",
        "每块之后 sleep，累计偏差 {sleep} 毫秒；按绝对时刻发送，结束时偏差 {deadline} 毫秒",
    ),
    "lab.drift_note": (
        "{seconds:.1f} s of sound in chunks of {ms:.0f} ms, timed as they left this computer",
        "{seconds:.1f} 秒声音，每块 {ms:.0f} 毫秒；时间取自数据离开本机的一刻",
    ),
    "lab.envelope": ("JSON around it", "外层 JSON"),
    "lab.base64": ("base64", "base64"),
    "lab.a_second": ("{rate:g} a second", "每秒 {rate:g} 条"),
    "lab.chunk_ms": ("chunk (ms)", "每块长度（毫秒）"),
    "lab.extra": ("bytes above the bare samples (%)", "比裸采样多出的字节（%）"),
    "lab.overhead_found": (
        "Chunks of {small:g} ms cost {much:.0f}% extra bytes, of {large:g} ms {little:.0f}%",
        "每块 {small:g} 毫秒多花 {much:.0f}% 的字节，每块 {large:g} 毫秒多花 {little:.0f}%",
    ),
    "lab.cap_note": (
        "✗ more than {cap} messages a second: the service refuses them",
        "✗ 每秒超过 {cap} 条消息：服务会拒绝",
    ),
}
