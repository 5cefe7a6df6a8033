"""Words about a turn, and what stands beside every measurement of it."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # -- a turn
    "turns.you": ("you:     {words}", "你：  {words}"),
    "turns.answer": ("answer:  {words}", "回答：{words}"),
    "turns.seconds": ("{seconds:.2f} s", "{seconds:.2f} 秒"),
    "turns.latency_text": (
        "latency: {seconds} from {zero} to the first text · {peer} · {status}",
        "延迟：{seconds}（从{zero}到首段文字）· {peer} · {status}",
    ),
    "turns.latency_audible": (
        "latency: {seconds} from {zero} to the first audible sample · {peer} · {status}",
        "延迟：{seconds}（从{zero}到首个可听采样点）· {peer} · {status}",
    ),
    # -- turns, one a line
    "turns.in_a_line": (
        "{number}  {you} → {answer} · {wait} · {peer} · {status}",
        "{number}  {you} → {answer} · {wait} · {peer} · {status}",
    ),
    "turns.wait": ("{seconds} from {zero}", "{zero}后 {seconds}"),
    "turns.left_out": ("…  {count} turns in between", "……  中间还有 {count} 轮"),
    "turns.none_yet": (
        'No turns yet. One is made by session.say(glm.sample("joke_en")) or session.ask("Hi").',
        '还没有对话。可以说：session.say(glm.sample("joke_zh"))，也可以打字：session.ask("你好")。',
    ),
    # -- beside every measurement
    "turns.status_completed": ("completed", "已完成"),
    "turns.status_cancelled": ("cancelled", "已取消"),
    "turns.status_failed": ("failed", "失败"),
    "turns.status_incomplete": ("incomplete", "不完整"),
    "turns.status_in_progress": ("in progress", "进行中"),
    "turns.status_timeout": ("timed out", "已超时"),
    "turns.status_disconnected": ("connection lost", "连接断开"),
    "turns.status_too_large": ("too much came", "内容过多"),
    "turns.status_no_speech": ("no speech heard", "未检测到语音"),
    "turns.status_vad_never_ended": ("end of speech missed", "未检测到语音结束"),
    "turns.status_busy": ("other side busy", "对端繁忙"),
    "turns.status_rounds": ("too many rounds of calls", "函数调用轮数过多"),
    "turns.status_unanswered": ("not answered", "没有回答"),
    "turns.status_interrupted": ("interrupted", "已中断"),
    "turns.zero_commit": ("the commit", "提交（commit）"),
    "turns.zero_end_of_speech": ("the end of speech", "说话结束"),
    "turns.zero_speech_stopped": ("speech_stopped", "判定说完（speech_stopped）"),
    "turns.zero_request": ("the request", "发出请求"),
    "turns.zero_response_created": ("response.created", "开始回答（response.created）"),
    "turns.peer_live": ("live service", "真实服务"),
    "turns.peer_emulator": ("emulator", "仿真器"),
    "turns.peer_replay": ("replay", "回放"),
    "turns.peer_file": ("file", "录制文件"),
    "turns.via_class": ("class", "班级"),
    "turns.via_relay": ("relay", "中继"),
    "turns.peer_through": ("{via} → {peer}", "{via} → {peer}"),
    "turns.peer_over": ("{peer} over {network}", "{peer}（经 {network} 网络）"),
    "turns.no_model": ("no model", "“未指定”"),
    "turns.live_times": ("{model}, measured against the {peer}", "{model}，对端：{peer}"),
    "turns.not_live": (
        "Measured against: {peer} ({model} was asked for). These are not the live service's times.",
        "对端：{peer}（请求的模型为 {model}）。这些时间不是真实服务的时间。",
    ),
    "turns.recorded_times": (
        "Measured against: {peer} ({model} was asked for). The waits are the recording's, played "
        "again: these are not the live service's times.",
        "对端：{peer}（请求的模型为 {model}）。等待时间来自录制文件的回放，不是真实服务的时间。",
    ),
    # -- what was said so far, for the model of a new connection
    "turns.history_begin": (
        "What follows was said in this conversation so far. It is for you to remember, and not to "
        "be read out.",
        "以下是这次对话到目前为止的内容，供你记住，不要念出来。",
    ),
    "turns.history_heard": ("the caller said “{words}”", "对方说“{words}”"),
    "turns.history_unknown": (
        "the caller said something whose words are not known",
        "对方说了一句话，内容未知",
    ),
    "turns.history_said": ("you said “{words}”", "你说“{words}”"),
    "turns.history_cut": (
        "you said “{words}” and were interrupted there",
        "你刚说到“{words}”就被打断了",
    ),
    "turns.history_unheard": (
        "you were interrupted before anything of your answer was heard",
        "你还没说出口就被打断了",
    ),
    "turns.history_unanswered": ("this was not answered", "这句话还没有得到回答"),
    "turns.history_call": (
        "you used the function {name} with {arguments}",
        "你使用了函数 {name}，参数为 {arguments}",
    ),
    "turns.history_output": (
        "you used the function {name} with {arguments}, which gave “{output}”",
        "你使用了函数 {name}，参数为 {arguments}，得到“{output}”",
    ),
    "turns.history_end": (
        "Go on from there, in the language of the caller.",
        "请接着往下谈，用对方所用的语言。",
    ),
}
