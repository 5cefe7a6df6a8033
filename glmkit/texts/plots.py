"""Sentences on figures: titles, labels, legends."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "plots.theme": (
        "theme is {found!r}, expected one of: {known}",
        "theme 是 {found!r}，应为其中之一：{known}",
    ),
    "plots.look": (
        "{source} is {found!r}, expected one of: {known}; of several, one theme and one size, "
        "as in glm.look('projector', 'dark') or GLMKIT_LOOK=projector,dark",
        "{source} 是 {found!r}，应为其中之一：{known}；也可以一种主题加一种大小，"
        "如 glm.look('projector', 'dark') 或 GLMKIT_LOOK=projector,dark",
    ),
    "plots.looks": (
        "{source} is {found}, which exclude each other: keep one of them",
        "{source} 是 {found}，两者不能同时使用，请只留一个",
    ),
    "plots.kind": (
        "kind is {found!r}, expected one of: {known}",
        "kind 是 {found!r}，应为其中之一：{known}",
    ),
    "plots.number": (
        "{name} is {found!r}, expected a number from {low} to {high}",
        "{name} 是 {found!r}，应为 {low} 到 {high} 之间的数",
    ),
    "plots.small": (
        "ax is {wide:.1f} by {high:.1f} inches, and the words of this figure need at least "
        "{least_wide:.1f} by {least_high:.1f}: make the whole figure larger (figsize=…), put fewer "
        "axes into it, or leave ax out",
        "ax 只有 {wide:.1f} × {high:.1f} 英寸，而这幅图的文字至少需要 {least_wide:.1f} × "
        "{least_high:.1f} 英寸。请增大整幅图（figsize=…）、减少其中的子图，或不传 ax",
    ),
    "plots.axes": (
        "ax is {found}, expected matplotlib axes: pass one of a figure's, figure.add_subplot(), "
        "or leave ax out",
        "ax 是 {found}，应为 matplotlib 的坐标轴。请传 figure.add_subplot() 的结果，或不传 ax",
    ),
    # what cannot be drawn
    "plots.wrong": (
        "found {found}, expected {expected}: {todo}",
        "收到 {found}，应为{expected}。{todo}",
    ),
    "plots.list_of": ("a list of {kinds}", "由 {kinds} 组成的列表"),
    "plots.expected_a_clip": ("a clip", "一段音频（Clip）"),
    "plots.expected_a_clip_or_turn": ("a clip or a turn", "一段音频（Clip）或一轮对话（Turn）"),
    "plots.expected_clips": (
        "a turn, a clip or a list of either",
        "一轮对话（Turn）、一段音频（Clip），或其中一种的列表",
    ),
    "plots.expected_turns": (
        "a turn, a list of turns or a trace",
        "一轮对话（Turn）、轮次的列表或一份会话记录（Trace）",
    ),
    "plots.expected_latencies": (
        "turns, a trace, or rows of numbers with columns such as first_audible, zero and peer",
        "若干轮次（Turn）、一份会话记录（Trace），或含有 first_audible、zero、peer 等列的数值表格",
    ),
    "plots.todo_read_clip": (
        "glm.Clip.read(path) reads a file",
        "可用 glm.Clip.read(path) 读取文件",
    ),
    "plots.todo_none": (
        "a turn without sound has none; look at turn.status and turn.explain()",
        "没有声音的轮次里它是空的，请看 turn.status 和 turn.explain()",
    ),
    "plots.todo_of_trace": (
        "pass a turn's sound, such as turns[-1].input or turns[-1].audio",
        "请传某一轮的声音，例如 turns[-1].input 或 turns[-1].audio",
    ),
    "plots.todo_of_turn": (
        "pass turn.input (what was said) or turn.audio (the answer)",
        "请传 turn.input（你说的话）或 turn.audio（回答）",
    ),
    "plots.todo_samples": (
        "glm.Clip(samples, rate) makes one of samples",
        "可用 glm.Clip(samples, rate) 把采样变成音频",
    ),
    "plots.todo_one_each": ("pass one clip at a time", "请一次只传一段音频"),
    "plots.todo_clip": (
        "glm.sample(name), glm.Clip.read(path), turn.input and turn.audio are clips",
        "glm.sample(name)、glm.Clip.read(path)、turn.input 和 turn.audio 都可以",
    ),
    "plots.todo_load": (
        "glm.Trace.load(path) reads a recording",
        "可用 glm.Trace.load(path) 读取会话记录",
    ),
    "plots.todo_session": (
        "pass session.turns or session.trace",
        "请传 session.turns 或 session.trace",
    ),
    "plots.todo_waveform": (
        "glm.plots.waveform(clip) draws a clip",
        "画一段音频请用 glm.plots.waveform(clip)",
    ),
    "plots.todo_turn": (
        "session.say(clip) returns a turn, session.turns holds all of them",
        "session.say(clip) 返回一轮对话，session.turns 里是全部轮次",
    ),
    "plots.time": ("time (s)", "时间（秒）"),
    "plots.time_ms": ("time (ms)", "时间（毫秒）"),
    "plots.amplitude": ("amplitude (full scale ±1)", "幅度（满幅为 ±1）"),
    "plots.value": ("16-bit sample value", "16 位采样值"),
    "plots.dbfs": ("level (dBFS)", "电平（dBFS）"),
    "plots.seconds": ("{seconds:.2f} s", "{seconds:.2f} 秒"),
    "plots.pause": ("{seconds:.1f} s", "{seconds:.1f} 秒"),
    "plots.you": ("You", "你"),
    "plots.model": ("Answer", "回答"),
    "plots.clip": ("Clip {number}", "片段 {number}"),
    "plots.beside": (
        "(no font here has these letters; the turn's card shows them)",
        "（此处字体缺少这些字，请看对话卡片）",
    ),
    "plots.level": ("level {level:.1f} dBFS", "电平 {level:.1f} dBFS"),
    "plots.peak": ("peak {peak:.1f}", "峰值 {peak:.1f}"),
    "plots.no_sound": ("no sound", "没有声音"),
    "plots.silent": ("{seconds:.2f} s of silence", "{seconds:.2f} 秒静音"),
    "plots.pace": ("sent at {pace:,.0f}× real time", "以 {pace:,.0f} 倍速发送"),
    "plots.speech": ("speech (by energy)", "语音（按能量判断）"),
    "plots.silence": ("silence", "静音"),
    "plots.unheard": ("not heard", "未播放"),
    "plots.clipped": ("clipped", "削波"),
    "plots.interrupted": ("interrupted", "打断"),
    "plots.cut_in": ("what cut in", "打断的话"),
    "plots.cut_in_at": ("you cut in", "你开口打断"),
    "plots.unnamed": ("others", "其他"),
    "plots.clips_found": ("{count} clips on one time axis", "同一时间轴上的 {count} 段声音"),
    "plots.speech_found": (
        "{speech:.2f} s of speech in {seconds:.2f} s",
        "{seconds:.2f} 秒中有 {speech:.2f} 秒语音",
    ),
    "plots.no_speech": ("No speech in {seconds:.2f} s", "{seconds:.2f} 秒中没有语音"),
    "plots.hertz": ("frequency (Hz)", "频率（Hz）"),
    "plots.below_loudest": ("dB below the loudest", "相对最响处（dB）"),
    "plots.spectrum_found": (
        "95 % of the energy lies below {hertz:,.0f} Hz",
        "95% 的能量低于 {hertz:,.0f} Hz",
    ),
    "plots.spectrum_silent": ("Silence: no frequency sounds", "静音，没有任何频率"),
    "plots.rate_note": (
        "At {rate:,} samples a second nothing above {top:,} Hz can be kept.",
        "采样率 {rate:,} Hz，最高只能保留 {top:,} Hz。",
    ),
    # single samples
    "plots.no_samples": (
        "the clip holds no samples, expected at least one: look at clip.seconds",
        "这段 clip 里没有采样点，至少应有一个，请看 clip.seconds",
    ),
    "plots.nothing_sent": (
        "no sound of this turn was sent, or it was not kept: say(clip) sends some, and "
        "connect(keep='all') keeps it; turn.audio is the answer's",
        "这一轮没有发送声音，或者没有保留：say(clip) 会发送声音，connect(keep='all') 会保留；"
        "回答的声音在 turn.audio",
    ),
    "plots.chunks_sent": (
        "chunk_ms is {found!r}, but a turn's chunks are drawn as they were sent: leave chunk_ms "
        "out, or pass turn.input to cut that sound otherwise",
        "chunk_ms 是 {found!r}，但一轮的音频块按实际发送的样子画出，请不传 chunk_ms；"
        "想换一种切法，请传 turn.input",
    ),
    "plots.chunk": ("chunk {number}", "第 {number} 块"),
    "plots.zoom_found": (
        "{count} samples in {ms} ms at {khz} kHz: one each {each} ms",
        "{ms} 毫秒内有 {count} 个采样点（采样率 {khz} kHz），每 {each} 毫秒一个",
    ),
    "plots.zoom_found_one": (
        "One sample: at {khz} kHz there is one each {each} ms",
        "一个采样点：采样率 {khz} kHz，每 {each} 毫秒一个",
    ),
    "plots.zoom_scale": (
        "The largest here is {amplitude} of full scale, as a 16-bit number {value}. ",
        "此处最大的采样点是满幅的 {amplitude}，写成 16 位整数是 {value}。",
    ),
    "plots.zoom_edges": ("Dashed: a chunk begins; ", "虚线处开始新的一块；"),
    "plots.zoom_no_edge": ("No chunk begins here; ", "此处没有新的一块开始；"),
    "plots.zoom_sent": (
        "{count} were sent, most of {ms} ms.",
        "实际共发送 {count} 块，多为 {ms} 毫秒。",
    ),
    "plots.zoom_cut": (
        "chunks of {ms} ms are {count} in all.",
        "按每块 {ms} 毫秒，整段共 {count} 块。",
    ),
    # tone of voice
    "plots.pitch_axis": ("pitch (Hz)", "音高（Hz）"),
    "plots.pitch_found": (
        "Median pitch {median:.0f} Hz; nine tenths from {low:.0f} to {high:.0f} Hz",
        "音高中位数 {median:.0f} Hz，九成在 {low:.0f} 到 {high:.0f} Hz 之间",
    ),
    "plots.pitch_none": ("No pitch found", "没有找到音高"),
    "plots.pitch_note": (
        "Found by pyin between {low:.0f} and {high:.0f} Hz; the larger a dot, the surer.",
        "用 pyin 在 {low:.0f} 到 {high:.0f} Hz 之间检测；点越大越可靠。",
    ),
    "plots.pitch_syllables": (
        " Syllables: as said, at the times that the synthetic voice gave them.",
        "拼音为实际读音，时间由合成语音的模型给出。",
    ),
    "plots.pitch_cut": (
        " Only the first {seconds:.0f} s were looked at.",
        "只分析了前 {seconds:.0f} 秒。",
    ),
    "plots.loudness_found": (
        "Speech at {speech:.0f} dBFS, {above:.0f} dB above the rest",
        "语音约 {speech:.0f} dBFS，比其余部分高 {above:.0f} dB",
    ),
    "plots.loudness_clean": (
        "Speech at {speech:.0f} dBFS, the rest is digital silence",
        "语音约 {speech:.0f} dBFS，其余部分是数字静音",
    ),
    "plots.loudness_flat": ("{level:.0f} dBFS throughout", "全程约 {level:.0f} dBFS"),
    "plots.loudness_none": ("Silence throughout", "全程静音"),
    "plots.loudness_note": (
        "Root mean square of 20 ms, every 10 ms; speech is shaded.",
        "每 10 毫秒计算一次 20 毫秒的均方根；语音部分加底色。",
    ),
    "plots.compared": (
        "Beside {first}, {second} is {longer} and {louder}",
        "与{first}相比，{second}{longer}，{louder}",
    ),
    "plots.compared_pitch": (
        "Beside {first}, {second} is {higher}: medians of {one:.0f} and {other:.0f} Hz",
        "与{first}相比，{second}{higher}（音高中位数 {one:.0f} 和 {other:.0f} Hz）",
    ),
    "plots.the_first": ("the first", "第一段"),
    "plots.the_second": ("the second", "第二段"),
    "plots.your_voice": ("your voice", "你的声音"),
    "plots.the_answer": ("the answer", "回答"),
    "plots.higher": ("{semitones:.1f} semitones higher", "高 {semitones:.1f} 个半音"),
    "plots.lower": ("{semitones:.1f} semitones lower", "低 {semitones:.1f} 个半音"),
    "plots.as_high": ("as high", "一样高"),
    "plots.longer": ("{seconds:.2f} s longer", "长 {seconds:.2f} 秒"),
    "plots.shorter": ("{seconds:.2f} s shorter", "短 {seconds:.2f} 秒"),
    "plots.as_long": ("as long", "一样长"),
    "plots.louder": ("{decibels:.1f} dB louder", "响 {decibels:.1f} dB"),
    "plots.softer": ("{decibels:.1f} dB softer", "轻 {decibels:.1f} dB"),
    "plots.as_loud": ("as loud", "一样响"),
    "plots.not_comparable": (
        "not comparable in loudness (one is silent)",
        "响度无法比较（有一段静音）",
    ),
    "plots.profile_found": (
        "About {rate:.1f} syllables a second, median pitch {pitch:.0f} Hz",
        "每秒约 {rate:.1f} 个音节，音高中位数 {pitch:.0f} Hz",
    ),
    "plots.profile_no_pitch": (
        "About {rate:.1f} syllables a second, no pitch found",
        "每秒约 {rate:.1f} 个音节，没有找到音高",
    ),
    "plots.profile_rate": ("speaking rate (estimated)", "语速（估计）"),
    "plots.profile_per_second": ("{rate:.1f} syllables/s", "{rate:.1f} 音节/秒"),
    "plots.profile_speech": ("speech", "语音时长"),
    "plots.profile_of": ("{speech:.2f} of {seconds:.2f} s", "{seconds:.2f} 秒中 {speech:.2f} 秒"),
    "plots.profile_pauses": ("pauses", "停顿"),
    "plots.profile_pause_list": (
        "{count}, {seconds:.1f} s in all",
        "{count} 次，共 {seconds:.1f} 秒",
    ),
    "plots.profile_lead": ("silence at the start", "开头静音"),
    "plots.profile_pitch": ("pitch (5 % to 95 %)", "音高（5%–95%）"),
    "plots.profile_range": (
        "{low:.0f}–{high:.0f} Hz, {semitones:.0f} semitones",
        "{low:.0f}–{high:.0f} Hz，{semitones:.0f} 个半音",
    ),
    "plots.profile_level": ("level, peak", "电平、峰值"),
    "plots.profile_levels": ("{level:.1f}, {peak:.1f} dBFS", "{level:.1f}、{peak:.1f} dBFS"),
    "plots.none": ("none", "无"),
    "plots.syllables": (
        "▼ a syllable (estimated); the larger a pitch dot, the surer; speech is shaded",
        "▼ 音节（估计）；音高点越大越可靠；语音部分加底色",
    ),
    # timelines
    "plots.lane_ruler": ("latency", "延迟"),
    "plots.lane_you": ("your sound", "你的声音"),
    "plots.lane_client": ("client events", "客户端事件"),
    "plots.lane_server": ("server events", "服务端事件"),
    "plots.lane_arrives": ("answer arrives", "回答到达"),
    "plots.lane_heard": ("answer's playback", "回答播放"),
    "plots.lane_tools": ("function calls", "函数调用"),
    "plots.late": ("+{seconds:.2f} s", "+{seconds:.2f} 秒"),
    "plots.late_from": ("from +{seconds:.2f} s", "自 +{seconds:.2f} 秒起"),
    "plots.idle": ("{seconds:.0f} s idle", "空闲 {seconds:.0f} 秒"),
    "plots.unheard_seconds": ("{seconds:.2f} s not heard", "{seconds:.2f} 秒未播放"),
    "plots.arrived": (
        "{count} pieces: {seconds:.2f} s of sound within {within:.2f} s",
        "{count} 块：{within:.2f} 秒内收到 {seconds:.2f} 秒的声音",
    ),
    "plots.arrived_short": (
        "{count} pieces, {seconds:.2f} s",
        "{count} 块，{seconds:.2f} 秒",
    ),
    "plots.turn_number": ("turn {number}", "第 {number} 轮"),
    "plots.at_once": ("several answers at once", "多个回答同时播放"),
    "plots.turns_heard": (
        "{count} turns: the answer could be heard {median:.2f} s after {zero} (median of {n})",
        "{count} 轮对话：{zero}后 {median:.2f} 秒可听到回答（{n} 轮的中位数）",
    ),
    "plots.turns_read": (
        "{count} turns: the first text came {median:.2f} s after {zero} (median of {n}), no sound",
        "{count} 轮对话：{zero}后 {median:.2f} 秒出现首段文字（{n} 轮的中位数），没有声音",
    ),
    "plots.turns_silent": (
        "{count} turns, no answer could be heard",
        "{count} 轮对话，没有可听到的回答",
    ),
    # latencies
    "plots.since": ("seconds since {zero}", "从{zero}起的秒数"),
    "plots.stage_commit": ("committed", "已提交"),
    "plots.stage_created": ("created", "开始回答"),
    "plots.stage_first_text": ("first text", "首段文字"),
    "plots.stage_first_audio": ("first byte of audio", "首个音频字节"),
    "plots.stage_first_audible": ("first audible sample", "首个可听采样点"),
    "plots.stage_done": ("done", "完成"),
    "plots.until_commit": ("until committed", "到提交确认"),
    "plots.until_created": ("until created", "到开始回答"),
    "plots.until_first_audio": ("until first byte", "到首个音频字节"),
    "plots.until_first_audible": ("until audible", "到可听见"),
    "plots.until_done": ("until done", "到完成"),
    "plots.quantiles": (
        "{median} · p95 {p95} · n {count}",
        "{median} · p95 {p95} · n {count}",
    ),
    "plots.median": ("median", "中位数"),
    "plots.p95": ("95th percentile", "第 95 百分位"),
    "plots.turn_axis": ("turn", "轮次"),
    "plots.last_turns": ("The last {shown} of {count} turns.", "{count} 轮中的最后 {shown} 轮。"),
    "plots.interval": ("95% interval of the median", "中位数的 95% 区间"),
    "plots.quartiles": ("middle half", "中间一半"),
    "plots.failed": ("{count} that failed are left out.", "失败的 {count} 次未计入。"),
    "plots.heard_median": (
        "{stage}: median {median}, p95 {p95}, n = {count}",
        "{stage}：中位数 {median}，p95 {p95}，n = {count}",
    ),
    "plots.heard_once": ("{name} after {value}", "{name}：{value}"),
    "plots.measured_once": ("{name}: {value}", "{name}：{value}"),
    "plots.medians": ("{stage}, median: {each}", "{stage}的中位数：{each}"),
    "plots.medians_between": (
        "{stage}: {count} medians, from {least} to {most}",
        "{stage}：{count} 个中位数，从 {least} 到 {most}",
    ),
    "plots.median_of": (
        "{name} {median} (n = {count})",
        "{name} {median}（n = {count}）",
    ),
    "plots.none_heard": (
        "{stage}: in none of {count} turns",
        "{stage}：{count} 轮中都没有",
    ),
    "plots.stage": (
        "of is {found!r}, expected one of: {known}",
        "of 是 {found!r}，应为其中之一：{known}",
    ),
    "plots.by": (
        "by is {found!r}, expected names of columns: {known}",
        "by 是 {found!r}，应为列名：{known}",
    ),
    "plots.none_live": (
        "Measured against: {peer}. These are not the live service's times.",
        "对端：{peer}。这些时间不是真实服务的时间。",
    ),
    "plots.some_live": (
        "Measured against: {peer}. Only those marked so are the live service's times.",
        "对端：{peer}。只有标明的才是真实服务的时间。",
    ),
    "plots.none_live_numbers": (
        "Measured against: {peer}. These are not the live service's numbers.",
        "对端：{peer}。这些数值不是真实服务的。",
    ),
    "plots.some_live_numbers": (
        "Measured against: {peer}. Only those marked so are the live service's numbers.",
        "对端：{peer}。只有标明的才是真实服务的数值。",
    ),
    "plots.left_out": (
        "{count} more with another zero point are left out.",
        "另有 {count} 轮的计时起点不同，未计入。",
    ),
    # other columns of a table
    "plots.axis_unit": ("{name} ({unit})", "{name}（{unit}）"),
    "plots.unit_seconds": ("s", "秒"),
    "plots.unit_milliseconds": ("ms", "毫秒"),
    "plots.unit_hertz": ("Hz", "Hz"),
    "plots.unit_decibels": ("dB", "dB"),
    "plots.unit_percent": ("%", "%"),
    "plots.unit_yuan": ("¥", "元"),
    "plots.in_seconds": ("{value} s", "{value} 秒"),
    "plots.in_milliseconds": ("{value} ms", "{value} 毫秒"),
    "plots.in_hertz": ("{value} Hz", "{value} Hz"),
    "plots.in_decibels": ("{value} dB", "{value} dB"),
    "plots.in_percent": ("{value}%", "{value}%"),
    "plots.in_words": ("{value} words", "{value} 词"),
    "plots.in_yuan": ("¥{value}", "{value} 元"),
    "plots.of_since_spoken": ("wait since the last word was spoken", "从说完最后一个字起的等待"),
    "plots.of_round_trip": ("round trip of a ping", "ping 往返时间"),
    "plots.of_took": ("whole run", "整次运行用时"),
    "plots.of_waited": ("wait before the run", "运行之前的等待"),
    "plots.of_tries": ("tries", "尝试次数"),
    "plots.of_segments": ("segments of speech that were heard", "听到的语段数"),
    "plots.of_repetition": ("repetition", "重复序号"),
    "plots.of_input_seconds": ("length of what was said", "提问的长度"),
    "plots.of_audio_seconds": ("length of the answer", "回答的长度"),
    "plots.of_words": ("words", "词数"),
    "plots.of_yuan": ("cost at the live service's price", "按真实服务价格的费用"),
    "plots.of_cer": ("character error rate", "字错误率"),
    "plots.of_wer": ("word error rate", "词错误率"),
    "plots.first_bars": ("Bars: the first {count}.", "条形只画前 {count} 轮。"),
    # two tables of runs
    "plots.tables_above": ("{of}: {b} is {by} above {a}", "{of}：{b} 比 {a} 高 {by}"),
    "plots.tables_below": ("{of}: {b} is {by} below {a}", "{of}：{b} 比 {a} 低 {by}"),
    "plots.tables_open": (
        "{of}: not decided whether {b} differs from {a}",
        "{of}：{b} 与 {a} 是否有差别，还不能下结论",
    ),
    "plots.tables_note": (
        "{statistic} {difference} ({low} to {high} at {percent:g}%, seed {seed}), {pairs}, effect "
        "{effect:.2g}. {verdict}",
        "{statistic} {difference}（{percent:g}% 区间 {low} 到 {high}，种子 {seed}），{pairs}，"
        "效应量 {effect:.2g}。{verdict}",
    ),
    "plots.tables_median": ("Median difference", "差的中位数"),
    "plots.tables_mean": ("Difference of means", "均值之差"),
    "plots.tables_share": ("Difference of shares", "占比之差"),
    "plots.drawn_from": ("Intervals from seed {seed}.", "区间的种子为 {seed}。"),
    "plots.interval_mean": ("95% interval of the mean", "均值的 95% 区间"),
    "plots.interval_share": ("95% interval of the share", "占比的 95% 区间"),
    "plots.mean": ("mean", "均值"),
    "plots.share": ("share", "占比"),
    "plots.averages": ("{statistic} {value} · n {count}", "{statistic} {value} · n {count}"),
    "plots.difference_axis": ("difference: {axis}", "差：{axis}"),
    "plots.difference_row": ("difference", "差"),
    "plots.pair": ("a pair", "一对"),
    "plots.no_difference": ("no difference", "没有差别"),
    # voice activity
    "plots.chance": ("probability of speech", "语音概率"),
    "plots.speech_above": ("speech from {level:.2f}", "≥ {level:.2f} 为语音"),
    "plots.silence_below": ("silence up to {level:.2f}", "≤ {level:.2f} 为静音"),
    "plots.vad_none": (
        "No segment: server VAD would hear nobody",
        "没有语段，服务端 VAD 听不到有人说话",
    ),
    "plots.vad_one": ("One segment: {spans} s", "一个语段：{spans} 秒"),
    "plots.vad_found": ("{count} segments: {spans} s", "{count} 个语段：{spans} 秒"),
    "plots.vad_note": (
        "The emulator's detector (Silero). A segment needs {threshold:.2f} to begin; after "
        "{ms:.0f} ms at {quiet:.2f} or less (grey) the turn is over.",
        "仿真器的检测器（Silero）。概率达到 {threshold:.2f} 时语段开始；"
        "连续 {ms:.0f} 毫秒不高于 {quiet:.2f}（灰色）后，这一轮结束。",
    ),
    "plots.turn_ends": ("the turn ends here", "这一轮到此结束"),
    # sequence diagrams
    "plots.empty_trace": (
        "the trace holds no events, expected at least the session's opening",
        "trace 中没有任何事件，至少应有会话的开场",
    ),
    "plots.opening": ("the session opens", "会话开始"),
    "plots.outside": ("outside of the turns", "不属于任何一轮"),
    "plots.flow_client": (
        "turn {number}: client VAD (the client commits and asks)",
        "第 {number} 轮：客户端 VAD（由客户端提交并请求回答）",
    ),
    "plots.flow_server": (
        "turn {number}: server VAD (the service commits and answers)",
        "第 {number} 轮：服务端 VAD（由服务端提交并回答）",
    ),
    "plots.flow_asked": (
        "turn {number}: server VAD without create_response (the service commits, the client asks)",
        "第 {number} 轮：服务端 VAD，create_response 关闭（由服务端提交，由客户端请求回答）",
    ),
    "plots.flow_unanswered": (
        "turn {number}: server VAD without create_response (nobody asked for an answer)",
        "第 {number} 轮：服务端 VAD，create_response 关闭（没有请求回答）",
    ),
    "plots.flow_text": ("turn {number}: in writing", "第 {number} 轮：文字"),
    "plots.flow_greeting": (
        "turn {number}: an answer nobody asked for",
        "第 {number} 轮：未经请求的回答",
    ),
    "plots.real_run": ("this run", "实际过程"),
    "plots.documented": ("documented order", "文档规定的顺序"),
    "plots.client": ("client", "客户端"),
    "plots.service": ("service", "服务端"),
    "plots.any_time": ("{name} (at any time)", "{name}（随时）"),
    "plots.at": ("{seconds:.2f} s", "{seconds:.2f} 秒"),
    "plots.more_turns": ("Turns not drawn: {count}.", "未画出的轮数：{count}。"),
    "plots.verdict_late": ("out of order", "顺序不对"),
    "plots.verdict_unexpected": ("not in this flow", "此流程中没有"),
    "plots.verdict_unknown": ("not documented", "文档中没有"),
    "plots.verdict_error": ("an error", "错误"),
    "plots.verdict_missing": ("did not come", "没有出现"),
    "plots.deviations": (
        "{count} deviations from the documented order",
        "与文档规定的顺序有 {count} 处不同",
    ),
    "plots.one_deviation": (
        "One deviation from the documented order",
        "与文档规定的顺序有一处不同",
    ),
    "plots.in_order": ("Everything came in the documented order", "全部符合文档规定的顺序"),
    # what a setting does
    "plots.effect": ("{of}: from {least} to {most}", "{of}：最小 {least}，最大 {most}"),
    "plots.effect_at": ("{value} ({where})", "{value}（{where}）"),
    "plots.effect_note": (
        "Each point: {middle} of n = {n}, with its 95% interval (seed {seed}).",
        "每个点：n = {n} 的{middle}及其 95% 区间（seed {seed}）。",
    ),
    "plots.effect_median": ("the median", "中位数"),
    "plots.effect_share": ("the share", "占比"),
    "plots.effect_network": ("Network: {found}.", "网络：{found}。"),
    "plots.effect_unset": ("none set", "未设置"),
    "plots.effect_switches": ("Emulator: {found}.", "仿真器：{found}。"),
    "plots.many_groups": (
        "found {found} groups to draw, expected at most {most}: name fewer columns in by",
        "要画的组有 {found} 个，最多 {most} 个。请在 by 中少写几列",
    ),
    "plots.names": (
        "names is of type {found}, expected a mapping such as {{'split': 'cut in two'}}",
        "names 的类型是 {found}，应为映射，例如 {{'split': '被截断'}}",
    ),
    "plots.seed": (
        "seed is {found!r}, expected a whole number from 0",
        "seed 收到 {found!r}，应为不小于 0 的整数",
    ),
    "plots.caption": (
        "the caption is {found!r}, expected a line of words",
        "图注收到 {found!r}，应为一行文字",
    ),
    # what a turn shows
    "plots.heard_after": (
        "The answer could be heard {seconds:.2f} s after {zero}",
        "{zero}后 {seconds:.2f} 秒可听到回答",
    ),
    "plots.read_after": (
        "The first text came {seconds:.2f} s after {zero}, no sound",
        "{zero}后 {seconds:.2f} 秒出现首段文字，没有声音",
    ),
    "plots.answer_silent": ("The answer came, but is silent", "收到了回答，但全是静音"),
    "plots.answer_written": ("The answer came in writing only", "回答只有文字，没有声音"),
    "plots.no_answer": ("No answer came ({status})", "没有收到回答（{status}）"),
    "plots.unheard_part": (
        "; {seconds:.2f} s of it were not heard",
        "，其中 {seconds:.2f} 秒未播放",
    ),
}
