"""Sentences on figures: titles, labels, legends."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "plots.theme": (
        "theme is {found!r}, expected one of: {known}",
        "theme 是 {found!r}，应为其中之一：{known}",
    ),
    "plots.what": (
        "found {found}, expected a turn, a clip or a list of clips",
        "得到 {found}，应为一个 turn、一段 clip 或 clip 的列表",
    ),
    "plots.time": ("time (s)", "时间（秒）"),
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
    "plots.pace": ("sent at {pace:.3g}× real time", "以 {pace:.3g} 倍速发送"),
    "plots.speech": ("speech (by energy)", "语音（按能量判断）"),
    "plots.silence": ("silence", "静音"),
    "plots.unheard": ("not heard", "未播放"),
    "plots.clipped": ("clipped", "削波"),
    "plots.clips_found": ("{count} clips on one time axis", "同一时间轴上的 {count} 段声音"),
    "plots.speech_found": (
        "{speech:.2f} s of speech in {seconds:.2f} s",
        "{seconds:.2f} 秒中有 {speech:.2f} 秒语音",
    ),
    "plots.no_speech": ("No speech in {seconds:.2f} s", "{seconds:.2f} 秒中没有语音"),
    "plots.hertz": ("frequency (Hz)", "频率（Hz）"),
    "plots.below_loudest": ("dB below the loudest", "相对最响处（dB）"),
    "plots.kind": (
        "kind is {found!r}, expected one of: {known}",
        "kind 是 {found!r}，应为其中之一：{known}",
    ),
    "plots.spectrum_found": (
        "95 % of the energy lies below {hertz:,.0f} Hz",
        "95% 的能量低于 {hertz:,.0f} Hz",
    ),
    "plots.spectrum_silent": ("Silence: no frequency sounds", "静音：没有任何频率"),
    "plots.rate_note": (
        "At {rate:,} samples a second nothing above {top:,} Hz can be kept.",
        "采样率 {rate:,} Hz，最高只能保留 {top:,} Hz。",
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
    "plots.pitch_cut": (
        " Only the first {seconds:.0f} s were looked at.",
        "只分析了前 {seconds:.0f} 秒。",
    ),
    "plots.loudness_found": (
        "Speech at {speech:.0f} dBFS, {above:.0f} dB above the rest",
        "语音约 {speech:.0f} dBFS，比其余部分高 {above:.0f} dB",
    ),
    "plots.loudness_flat": ("{level:.0f} dBFS throughout", "全程约 {level:.0f} dBFS"),
    "plots.loudness_none": ("Silence throughout", "全程静音"),
    "plots.loudness_note": (
        "Root mean square of 20 ms, every 10 ms; speech is shaded.",
        "每 10 毫秒计算一次 20 毫秒的均方根；语音部分加底色。",
    ),
    "plots.compared": (
        "The second is {longer} and {louder}",
        "第二段{longer}，{louder}",
    ),
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
    "plots.syllables": ("▾ a syllable (estimated)", "▾ 音节（估计）"),
    "plots.two": ("two clips", "两段 clip"),
    "plots.one": (
        "found {found}, expected a clip",
        "得到 {found}，应为一段 clip",
    ),
    # what a turn shows
    "plots.heard_after": (
        "The answer could be heard {seconds:.2f} s after {zero}",
        "{zero}后 {seconds:.2f} 秒可听到回答",
    ),
    "plots.answer_silent": ("The answer came, but is silent", "收到了回答，但全是静音"),
    "plots.answer_written": ("The answer came in writing only", "回答只有文字，没有声音"),
    "plots.no_answer": ("No answer came ({status})", "没有收到回答（{status}）"),
    "plots.unheard_part": (
        "; {seconds:.2f} s of it were not heard",
        "，其中 {seconds:.2f} 秒未播放",
    ),
    "plots.zero_commit": ("the commit", "提交（commit）"),
    "plots.zero_end_of_speech": ("the end of speech", "说话结束"),
    "plots.zero_speech_stopped": ("speech_stopped", "收到 speech_stopped "),
    "plots.zero_request": ("the request", "发出请求"),
    "plots.zero_response_created": ("response.created", "收到 response.created "),
    "plots.peer_live": ("live service", "真实服务"),
    "plots.peer_emulator": ("emulator", "模拟器"),
    "plots.peer_replay": ("replay", "回放"),
    "plots.live_times": ("{model}, measured against the {peer}", "{model}，测量对象：{peer}"),
    "plots.not_live": (
        "measured against: {peer} ({model} was asked for). These are not the live service's times.",
        "测量对象：{peer}（请求的模型为 {model}）。这些时间不是真实服务的时间。",
    ),
}
