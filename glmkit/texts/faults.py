"""Sentences about what goes wrong on purpose: what each fault does, and how it is set."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "faults.unknown": (
        "unknown fault {found!r}, expected one of: {known}",
        "未知的故障 {found!r}，应为：{known}",
    ),
    "faults.setting": (
        "fault {name!r} has no setting {found}, expected {known}",
        "故障 {name!r} 没有 {found} 这项设置，可用的有：{known}",
    ),
    "faults.bare": (
        "fault {name!r} takes no settings, found {found}: leave it out",
        "故障 {name!r} 没有任何设置，收到 {found}，请去掉",
    ),
    "faults.value": (
        "{found!r} cannot be a setting of fault {name!r}: expected a number that makes sense",
        "{found!r} 不能作为故障 {name!r} 的设置：应为合理的数字",
    ),
    "faults.title": (
        "What can go wrong on purpose at {url}: begin with set(name, …), end with clear(name).",
        "{url} 上可以故意制造的故障：用 set(名称, …) 开始，用 clear(名称) 结束。",
    ),
    "faults.legend": (
        "● is set now. after: the piece of sound it waits for; times: how often it strikes, None "
        "for as long as it is set.",
        "● 表示已设置。after：在第几段声音之后发生；times：发生几次，None 表示一直有效。",
    ),
    "faults.does_unauthorized": (
        "connecting is refused: HTTP 401 with this code",
        "拒绝连接：HTTP 401，错误码为 value",
    ),
    "faults.does_busy": (
        "connecting is refused: HTTP 429 with this code",
        "拒绝连接：HTTP 429，错误码为 value",
    ),
    "faults.does_gateway": (
        "connecting is refused: a gateway's page with this HTTP status, not the service's words",
        "拒绝连接：以该 HTTP 状态返回网关页面，没有服务自己的任何内容",
    ),
    "faults.does_bad_model": (
        "after connecting: an error with this code, then close 1003",
        "连接后立即收到该错误码的 error，随后以 1003 关闭",
    ),
    "faults.does_arrears": (
        "session.update and response.create get an error with this code",
        "session.update 和 response.create 得到该错误码的 error",
    ),
    "faults.does_reconnect_exceeded": (
        "session.update gets an error, then close 1011",
        "session.update 得到 error，随后以 1011 关闭",
    ),
    "faults.does_no_heartbeat": (
        "no heartbeat comes",
        "不再发送 heartbeat",
    ),
    "faults.does_late_hearing": (
        "what was said is heard so many seconds late, as by a busy machine",
        "晚这么多秒才听到说的话，如同机器繁忙时",
    ),
    "faults.does_rate_limit": (
        "more appends in a second than this get an error",
        "每秒追加超过此次数即得到 error",
    ),
    "faults.does_empty_reply": (
        "an answer with nothing in it",
        "回答为空",
    ),
    "faults.does_failed_reply": (
        "an error with this code instead of an answer, status failed",
        "没有回答，只有该错误码的 error，状态为 failed",
    ),
    "faults.does_close_1011": (
        "in the middle of an answer: close 1011",
        "回答中途以 1011 关闭",
    ),
    "faults.does_cut": (
        "in the middle of an answer: the line is dead, without a close",
        "回答中途断线，没有关闭帧",
    ),
    "faults.does_stall": (
        "in the middle of an answer: nothing more comes of it",
        "回答中途停住，不再继续",
    ),
    "faults.does_vad_deaf": (
        "under server VAD: hears speech begin and never end, where tools are declared, or always",
        "服务端 VAD 听到语音开始却听不到结束：声明了工具时（tools），或总是如此（always）",
    ),
    "faults.does_malformed": (
        "in the middle of an answer: a message that is not JSON",
        "回答中途收到一条不是 JSON 的消息",
    ),
    "faults.does_unknown_event": (
        "in the middle of an answer: an event nobody knows",
        "回答中途收到一个未知类型的事件",
    ),
    "faults.does_split_samples": (
        "pieces of sound end in the middle of a sample",
        "声音在一个采样的中间被切开",
    ),
    "faults.does_latency": (
        "every event comes so many seconds later",
        "每个事件都晚到这么多秒",
    ),
    "faults.does_jitter": (
        "every event comes up to so many seconds later, by chance",
        "每个事件随机晚到，最多这么多秒",
    ),
    "faults.does_slow_link": (
        "the line carries only so many bytes a second",
        "线路每秒只能传这么多字节",
    ),
    "faults.does_duplicate": (
        "some events come twice: those that change nothing when they do",
        "有些事件会来两次（重复也不影响结果的那些）",
    ),
    "faults.does_reorder": (
        "events of an answer come in another order, within a type in theirs",
        "一次回答的事件顺序被打乱（同一类型内保持顺序）",
    ),
}
