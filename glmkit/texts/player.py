"""Words of the player: its buttons, what it tells, and the page it is handed on as."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # on the page; it fills in the fields itself
    "player.ui_fold": ("See and hear at once", "边看边听"),
    "player.ui_controls": ("Player", "播放器"),
    "player.ui_play": ("Play", "播放"),
    "player.ui_pause": ("Pause", "暂停"),
    "player.ui_playhead": ("Playhead", "播放位置"),
    "player.ui_voice": ("Whether this voice is heard", "是否播放这一方的声音"),
    "player.ui_rate": ("Speed", "播放速度"),
    "player.ui_loop": ("Loop", "循环"),
    "player.ui_skip": ("Skip silence", "跳过静音"),
    "player.ui_out": ("Zoom out", "缩小"),
    "player.ui_in": ("Zoom in", "放大"),
    "player.ui_fit": ("Show all", "显示全部"),
    "player.ui_sent": ("→ sent", "→ 发出"),
    "player.ui_came": ("← came", "← 收到"),
    "player.ui_here": ("• here", "• 本端"),
    "player.ui_way_client": ("sent", "发出"),
    "player.ui_way_server": ("received", "收到"),
    "player.ui_way_local": ("local mark", "本端标记"),
    "player.ui_seconds": ("{seconds} s", "{seconds} 秒"),
    "player.ui_wait": ("Wait {seconds} s", "等待 {seconds} 秒"),
    "player.ui_clock": ("{second} / {end} s", "{second} / {end} 秒"),
    "player.ui_place": ("{second} s of {end} s", "第 {second} 秒，共 {end} 秒"),
    "player.ui_place_waiting": (
        "{second} s of {end} s, waiting for {seconds} s since {since}",
        "第 {second} 秒，共 {end} 秒；从{since}起已等待 {seconds} 秒",
    ),
    "player.ui_place_waited": (
        "{second} s of {end} s, the wait was {seconds} s",
        "第 {second} 秒，共 {end} 秒；等待了 {seconds} 秒",
    ),
    "player.ui_selected": (
        "{from} s to {to} s selected ({seconds} s): L loops it, Escape clears it",
        "选中了 {from} 到 {to} 秒，长 {seconds} 秒。按 L 循环播放，按 Esc 取消",
    ),
    "player.ui_hint": (
        "Space plays, a click seeks, a drag selects; point at a mark to read it.",
        "空格键播放，单击定位，拖动选择；把指针移到标记上可查看内容。",
    ),
    "player.ui_failed": (
        "The sound cannot be played: {why}. The figures stay as they are.",
        "声音无法播放（{why}），图形不受影响。",
    ),
    "player.ui_events": ("Events in view", "当前范围内的事件"),
    "player.ui_events_all": ("{count} events", "共 {count} 个事件"),
    "player.ui_events_first": (
        "The first {shown} of {count} events; zoom in to see the others.",
        "共 {count} 个事件，这里是前 {shown} 个；放大后可查看其余事件。",
    ),
    "player.ui_time": ("time (s)", "时间（秒）"),
    "player.ui_way": ("direction", "方向"),
    "player.ui_type": ("type", "类型"),
    "player.ui_size": ("size", "大小"),
    "player.ui_keys": ("Keys", "快捷键"),
    "player.ui_keys_told": (
        "Space: play, pause · ← →: 1 s · Shift+← →: event by event · Home, End · "
        "+ −: zoom, 0: all · L: loop · [ ]: slower, faster · Escape: clear the selection · "
        "Ctrl+wheel or pinch: zoom · Shift+drag: pan",
        "空格键：播放、暂停 · ← →：移动 1 秒 · Shift+← →：逐个事件 · Home、End：开头、结尾 · "
        "+ −：缩放，0：显示全部 · L：循环 · [ ]：减速、加速 · Esc：取消选择 · "
        "Ctrl+滚轮或双指：缩放 · Shift+拖动：平移",
    ),
    "player.ui_no_words": ("(no words)", "（没有文字）"),
    "player.ui_turns": ("Turns", "各轮对话"),
    # marks
    "player.zero": ("{zero}: the wait begins", "{zero}，开始等待"),
    "player.stage": ("{stage}: {seconds} s after {zero}", "{stage}，{zero}后 {seconds} 秒"),
    "player.uncommitted": ("(sent, never committed)", "（已发出，未提交）"),
    "player.interrupted": ("interrupted", "被打断"),
    "player.finding": ("⚠ stands out", "⚠ 值得注意"),
    # where there is no page to show it, and the page of a recording
    "player.turn_elsewhere": (
        "Player of a turn with {peer}: a notebook shows it; elsewhere save the session "
        "and run glmkit view FILE.glm",
        "一轮对话的播放器（对端：{peer}），在 Notebook 中显示；"
        "其他环境请先保存会话，再运行 glmkit view FILE.glm",
    ),
    "player.trace_elsewhere": (
        "Player of a session with {peer}: a notebook shows it; elsewhere trace.page('x.html') "
        "writes it as a page for any browser",
        "会话播放器（对端：{peer}），在 Notebook 中显示；"
        "其他环境可用 trace.page('x.html') 存成网页，用浏览器打开",
    ),
    "player.title": (
        "GLM-Realtime session · {peer} · {date} UTC",
        "GLM-Realtime 会话 · {peer} · {date} UTC",
    ),
    "player.suffix": (
        "a page is written as .html, found {found}: choose a name that ends in .html",
        "网页文件名应以 .html 结尾，收到 {found}。请换一个以 .html 结尾的名称",
    ),
    "player.title_is": (
        "a title is words, found {found}: write title='…', or leave it out",
        "标题应为文字，收到 {found}。请写成 title='…'，或者省略",
    ),
}
