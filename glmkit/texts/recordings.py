"""Sentences about recordings: on disk, exported, compared, played back."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # -- on disk
    "recordings.missing": (
        "there is no file {path}: check the name, or give the whole path",
        "没有文件 {path}，请检查文件名，或写出完整路径",
    ),
    "recordings.foreign": (
        "{path} is no recording of this kit: found {found}, expected a file written by "
        "session.save('x.glm') or session.record('x.glm'), or an .Input file of JSON lines",
        "{path} 不是本工具的录制文件。收到{found}，"
        "应为 session.save('x.glm') 或 session.record('x.glm') 写出的文件，"
        "或每行一个 JSON 的 .Input 文件",
    ),
    "recordings.found_zip": ("a zip file without {name}", "没有 {name} 的 zip 文件"),
    "recordings.found_bytes": ("a file that begins with {start}", "以 {start} 开头的文件"),
    "recordings.found_broken": ("a file that cannot be read ({why})", "无法读取的文件（{why}）"),
    "recordings.found_folder": ("a folder without {name}", "没有 {name} 的文件夹"),
    "recordings.damaged": (
        "{path} is damaged: {why}. {events} events could be read: they are in error.trace, and "
        "glm.Trace.load(path, damaged=True) gives them",
        "{path} 已损坏：{why}。读出了 {events} 个事件，在 error.trace 中；"
        "也可用 glm.Trace.load(path, damaged=True) 取得",
    ),
    "recordings.cut": ("it is cut off", "文件不完整"),
    "recordings.bad_lines": (
        "{count} of its {lines} lines hold no event and were left out, the first is line {first} "
        "({why})",
        "{lines} 行中有 {count} 行不是事件，已跳过；第一处在第 {first} 行（{why}）",
    ),
    "recordings.bad_input": (
        "{count} of its {lines} lines hold no event and were left out: line {which}; the first of "
        "them begins with {begins!r}",
        "{lines} 行中有 {count} 行不是事件，已跳过。它们是第 {which} 行；"
        "其中第一处的开头是 {begins!r}",
    ),
    "recordings.too_big": (
        "it holds more than a recording can, {found}: such a file is made to fill a computer's "
        "memory, or is not a recording. Trace.load(path, damaged=True) reads its beginning",
        "内容超过录制文件的上限（{found}）：它可能是用来占满内存的，或不是录制文件。"
        "Trace.load(path, damaged=True) 可读取开头部分",
    ),
    "recordings.many_lines": ("more than {most:,} lines", "超过 {most:,} 行"),
    "recordings.many_bytes": (
        "more than the {most:,} MB that a file of this size may unpack to",
        "解压后超过这个大小的文件允许的 {most:,} MB",
    ),
    "recordings.long_line": (
        "line {number} has more than {most} MB",
        "第 {number} 行超过 {most} MB",
    ),
    "recordings.packed": (
        "its part {name} is packed by method {method}, and recordings are packed by deflate only: "
        "unpack it and pack it again, as a plain zip",
        "其中的 {name} 使用了压缩方法 {method}，而录制文件只用 deflate。请解压后重新打包为普通 zip",
    ),
    "recordings.found_device": (
        "it is no file but a pipe, a socket or a device",
        "它不是文件，而是管道、套接字或设备",
    ),
    "recordings.hostile": (
        "it holds a part called {name}, which would be written outside of its folder; a "
        "recording never does. Nothing was written",
        "其中有名为 {name} 的部分，会写到文件夹之外；录制文件不会这样。没有写入任何内容",
    ),
    "recordings.manifest": (
        "the manifest of {path} is unreadable ({why}): date, model and address are not known; "
        "its events are read all the same",
        "{path} 的清单无法读取（{why}），因此不知道日期、模型和地址；事件仍照常读取",
    ),
    "recordings.newer": (
        "it has format {found}, this kit reads up to {known}: update glmkit",
        "它的格式版本是 {found}，本工具最高支持 {known}。请升级 glmkit",
    ),
    "recordings.read_part": (
        "{path} is damaged and was read in part, {events} events: {why}",
        "{path} 已损坏，只读出一部分（{events} 个事件）：{why}",
    ),
    "recordings.unfinished": (
        "{part} holds a recording that was not finished: glm.Trace.recover({part!r}) makes a "
        "whole file of it; or record under another name",
        "{part} 是未完成的录制：glm.Trace.recover({part!r}) 可把它变成完整的文件；"
        "或换一个文件名录制",
    ),
    "recordings.no_file": (
        "{path} is a folder or a device, which a recording must not replace: choose another name",
        "{path} 是文件夹或设备，不能被录制文件替换。请换一个名称",
    ),
    "recordings.not_written": (
        "{path} could not be written: {why}. Choose another folder, or make room",
        "无法写入 {path}：{why}。请换一个文件夹，或腾出空间",
    ),
    "recordings.stopped": (
        "recording to {path} stopped: {why}. {part} holds the {events} events before that; make "
        "room, and session.save('other.glm') writes all that the session has kept",
        "录制 {path} 已中止：{why}。此前的 {events} 个事件在 {part} 中；"
        "腾出空间后，可用 session.save('other.glm') 保存会话保留的全部内容",
    ),
    "recordings.forked": (
        "this recording was opened in another process: connect here, and record that session",
        "这个录制是在另一个进程中开始的，请在当前进程里另行连接并录制",
    ),
    "recordings.recording": (
        "<Recording {path}, {events} events, {state}>",
        "<Recording {path}，{events} 个事件，{state}>",
    ),
    "recordings.going_on": ("going on", "录制中"),
    "recordings.finished": ("finished", "已完成"),
    "recordings.already": (
        "this session is being recorded to {path}: close that recording first",
        "这个会话正在录制到 {path}，请先关闭那个录制",
    ),
    # -- exports
    "recordings.kind": (
        "nothing is exported as {found}: expected a name that ends in one of {known}",
        "无法导出为 {found}。文件名应以 {known} 之一结尾",
    ),
    "recordings.as_json": (".json (for Perfetto)", ".json（用于 Perfetto）"),
    "recordings.as_txt": (".txt (labels for Audacity)", ".txt（Audacity 标签）"),
    "recordings.as_textgrid": (".TextGrid (for Praat)", ".TextGrid（用于 Praat）"),
    "recordings.as_vtt": (".vtt (subtitles)", ".vtt（字幕）"),
    "recordings.no_events": (
        "the trace holds no events, so there is nothing to export: hold a turn first, and connect "
        "with keep='all', which is the default",
        "记录中没有任何事件，无法导出，请先对话一轮，并在连接时用 keep='all'（默认值）",
    ),
    "recordings.note": ("{peer} Second 0: {zero}", "{peer}第 0 秒：{zero}"),
    "recordings.zero_sound": (
        "the first sample of both.wav, {date}.",
        "both.wav 的第一个采样点，{date}。",
    ),
    "recordings.zero_event": (
        "the first event, as there is no sound, {date}.",
        "第一个事件（没有声音），{date}。",
    ),
    "recordings.before": (
        " Left out, since they were before it: {count}.",
        "在此之前的未列出：{count} 项。",
    ),
    "recordings.stage": (
        "{stage}: {seconds:.3f} s after {zero}",
        "{stage}：{zero}后 {seconds:.3f} 秒",
    ),
    "recordings.speech": ("{name}: speech (by energy)", "{name}：语音（按能量判断）"),
    "recordings.said": ("{name}: {words}", "{name}：{words}"),
    "recordings.finding": ("finding: {words}", "诊断：{words}"),
    "recordings.no_words": ("(no transcript)", "（没有转写文字）"),
    "recordings.turn_slice": ("turn {number}, {status}", "第 {number} 轮，{status}"),
    "recordings.piece": ("piece {number}", "第 {number} 块"),
    "recordings.arrow": ("zero point to first audible sample", "从零点到首个可听采样点"),
    "recordings.bytes": ("bytes of sound and pictures", "声音和图片的字节数"),
    "recordings.lane_turns": ("turns and latency", "轮次与延迟"),
    "recordings.lane_local": ("marks of this side", "本端的标记"),
    "recordings.lane_pieces": ("the answer's pieces as played", "回答各块的播放"),
    "recordings.lane_findings": ("findings", "诊断"),
    "recordings.silent": (
        "the trace holds no sound: connect with keep='all' to have it recorded",
        "会话记录中没有声音。连接时请用 keep='all'",
    ),
    "recordings.too_long": (
        "the trace lasts {seconds:.0f} s, expected at most {most}: export its turns one by one",
        "会话记录长达 {seconds:.0f} 秒，最多 {most} 秒。请逐轮导出",
    ),
    "recordings.title": (
        "# A conversation with {peer} ({model}), {date}",
        "# 与 {peer}（{model}）的对话，{date}",
    ),
    "recordings.turn": ("## Turn {number}", "## 第 {number} 轮"),
    "recordings.call": ("- called {name}: {arguments}", "- 调用 {name}：{arguments}"),
    # -- two traces compared
    "recordings.diff_shown": (
        "{here} · {there}: {same} of {turns} answers say the same, {differ} rows differ",
        "{here} · {there}：{turns} 个回答中 {same} 个文字相同，{differ} 行不同",
    ),
    "recordings.diff_shown_one": (
        "{here} · {there}: {same} of {turns} answers say the same, one row differs",
        "{here} · {there}：{turns} 个回答中 {same} 个文字相同，1 行不同",
    ),
    "recordings.diff_no_trace": (
        "found a value of type {found}, expected another trace: session.trace, or Trace.load(path)",
        "收到 {found}，应为另一份会话记录，即 session.trace，或 Trace.load(路径)",
    ),
    "recordings.diff_here": ("here: {peer}", "此处：{peer}"),
    "recordings.diff_there": ("there: {peer}", "另一处：{peer}"),
    "recordings.diff_seconds": ("since each turn's zero point (s)", "距各轮零点的时间（秒）"),
    "recordings.diff_found": (
        "{same} of {turns} answers say the same; {later}",
        "{turns} 个回答中 {same} 个文字相同；{later}",
    ),
    "recordings.diff_later": (
        "first sound {seconds:+.2f} s there (median)",
        "另一处的首个声音 {seconds:+.2f} 秒（中位数）",
    ),
    "recordings.diff_silent": ("nothing was heard in both", "没有两边都听到的回答"),
    "recordings.diff_note": (
        "Each line: one stage of one turn, here and there.",
        "每条线：某一轮的一个阶段，此处与另一处。",
    ),
    # -- played back
    "recordings.unexpected": (
        "the recording has {expected} here, found {found}; nothing was answered, and the replay "
        "still waits for {expected}",
        "录制文件在此处是 {expected}，收到 {found}；未作应答，回放仍在等待 {expected}",
    ),
    "recordings.over": (
        "the recording has come to its end, found {found}: connect again to play it once more",
        "录制文件已播放完，又收到 {found}。重新连接可再次播放",
    ),
    "recordings.too_much": (
        "the recording holds {recorded:.1f} s of sound here and then {expected}, found more sound",
        "录制文件在此处只有 {recorded:.1f} 秒声音，之后是 {expected}；收到了更多声音",
    ),
    "recordings.end": ("nothing more", "没有更多内容"),
    "recordings.nothing": (
        "{path} holds no event of a server, so there is nothing to play back: expected a "
        "recording of a session; an .Input file can only be sent",
        "{path} 中没有服务器事件，无法回放，应为一次会话的录制；.Input 文件只能用来发送",
    ),
}
