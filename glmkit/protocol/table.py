"""The whole protocol in one table: every client and server event of GLM-Realtime.

Rules of the table
- A field is written ``name kind [required] [observed]``: optional and documented unless it
  says otherwise. Kinds are JSON's, joined by ``|``; ``base64`` and ``json`` are strings.
- *documented*: the service's own documentation, schema or SDK has it. *observed*: only seen on
  the wire in published runs of others. Nothing here was verified live by this project.
- Every event may carry ``event_id`` (string) and ``client_timestamp`` (integer, epoch ms);
  those two are not repeated.
- Client, emulator, plots, tests and ``glm.events()`` read this table and nothing else. What a
  sound format is, is said in ``media/formats``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Direction = Literal["client", "server", "local"]
Source = Literal["documented", "observed"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an event: its JSON kinds, whether it must be there, and who says so."""

    name: str
    kinds: tuple[str, ...]
    required: bool
    source: Source
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Spec:
    """One event: which way it goes, its fields, who says so, and what it does in a sentence."""

    type: str
    direction: Direction
    source: Source
    en: str
    zh: str
    fields: tuple[Field, ...]


FieldRow = tuple[str, str, str]


def _field(row: FieldRow) -> Field:
    name, kinds, *marks = row[0].split()
    source: Source = "observed" if "observed" in marks else "documented"
    return Field(name, tuple(kinds.split("|")), "required" in marks, source, row[1], row[2])


def _client(type: str, en: str, zh: str, *fields: FieldRow, source: Source = "documented") -> Spec:
    return Spec(type, "client", source, en, zh, tuple(map(_field, fields)))


def _server(type: str, en: str, zh: str, *fields: FieldRow, source: Source = "documented") -> Spec:
    return Spec(type, "server", source, en, zh, tuple(map(_field, fields)))


_SAID: Final = (
    ("response_id string required", "the answer it belongs to", "所属的回答"),
    ("item_id string", "the item it belongs to; never a key", "所属的条目；不可当作键"),
    ("output_index integer", "always 0 so far", "目前总是 0"),
    ("content_index integer", "always 0 so far", "目前总是 0"),
)
_ITEM_ID: Final = ("item_id string required", "the item's id", "条目的编号")
_ITEM: Final = ("item object required", "the item as the service keeps it", "服务端保存的条目")
_RESPONSE: Final = (
    "response object required",
    "id, status, usage: in_progress, completed, cancelled, failed or incomplete",
    "编号、状态和用量：in_progress、completed、cancelled、failed 或 incomplete",
)
_AT_START: Final = ("audio_start_ms integer", "where speech starts in the stream", "语音起点")
_AT_END: Final = ("audio_end_ms integer", "where speech ends in the stream", "语音终点")

SESSION: Final = tuple(
    _field(row)
    for row in (
        ("model string", "glm-realtime-flash, glm-realtime-air, …", "模型名"),
        ("modalities array", 'subset of ["text", "audio"]', '["text", "audio"] 的子集'),
        (
            "input_audio_format string required",
            "wav, wav24, wav48, pcm, pcm16, pcm24: the suffix is kHz, never bit depth",
            "wav、wav24、wav48、pcm、pcm16、pcm24：后缀是 kHz，不是位深",
        ),
        (
            "output_audio_format string required",
            "pcm (24 kHz, 16 bit, mono, no header) or mp3",
            "pcm（24 kHz、16 位、单声道、无文件头）或 mp3",
        ),
        ("instructions string", "who the model is to be", "给模型的说明"),
        ("voice string", "tongtong unless said otherwise", "音色，默认 tongtong"),
        ("temperature number", "0 to 1", "0 到 1"),
        (
            "max_response_output_tokens string|integer",
            '"1" to "1024", or "inf": a string',
            "“1”到“1024”或“inf”：字符串",
        ),
        (
            "turn_detection object|null required",
            "who ends a turn: client_vad (also null) or server_vad",
            "由谁判断一句话结束：client_vad（等同 null）或 server_vad",
        ),
        ("tools array|null", "functions, flat; audio mode only", "函数，扁平写法；仅音频模式"),
        (
            "input_audio_noise_reduction object",
            "{type: near_field or far_field}",
            "{type: near_field 或 far_field}",
        ),
        (
            "input_audio_transcription object|null observed",
            "a leftover of another protocol; transcripts come anyway",
            "另一协议的遗留；转写总会返回",
        ),
        (
            "beta_fields object required",
            "chat_mode (audio, video_passive), tts_source, auto_search: nested, never flat",
            "chat_mode（audio、video_passive）、tts_source、auto_search：必须嵌套",
        ),
        ("greeting_config object", "{enable, content}", "问候语 {enable, content}"),
    )
)

VOICES: Final = (
    "tongtong",
    "xiaochen",
    "female-tianmei",
    "male-qn-daxuesheng",
    "male-qn-jingying",
    "lovely_girl",
    "female-shaonv",
)
MODELS: Final = ("glm-realtime-flash", "glm-realtime-air", "glm-realtime", "glm-realtime-plus")
CHAT_MODES: Final = ("audio", "video_passive")
_TABLE: Final = (
    _client(
        "session.update",
        "Replaces the whole configuration; what is left out returns to its default.",
        "整体替换配置；未写的字段恢复默认值。",
        ("session object required", "the configuration: its fields follow", "配置：各字段如下"),
    ),
    _client(
        "input_audio_buffer.append",
        "Adds sound to the input buffer; nothing answers it.",
        "把一段声音加入输入缓冲区；没有应答。",
        (
            "audio base64 required",
            "raw samples under pcm formats, a complete WAV file under wav formats",
            "pcm 格式下是裸采样，wav 格式下每段是一个完整的 WAV 文件",
        ),
    ),
    _client(
        "input_audio_buffer.append_video_frame",
        "Adds one picture to the input; video_passive only.",
        "加入一帧画面；仅 video_passive 模式。",
        ("video_frame base64 required", "a JPEG, no data: prefix", "JPEG，不带 data: 前缀"),
    ),
    _client(
        "input_audio_buffer.commit",
        "Ends the user's turn under client VAD; server VAD commits by itself.",
        "客户端 VAD 下结束用户的一句话；服务端 VAD 会自动提交。",
    ),
    _client(
        "input_audio_buffer.pre_commit",
        "Lets the model start early on a partial sentence.",
        "让模型提前处理未说完的句子。",
        source="observed",
    ),
    _client(
        "input_audio_buffer.clear",
        "Drops the sound that is not committed yet.",
        "丢弃尚未提交的声音。",
    ),
    _client(
        "conversation.item.create",
        "Adds a text message or a function's output to the conversation.",
        "向对话加入一条文字消息或函数的输出。",
        ("item object required", "a message or a function_call_output", "消息或函数输出"),
        ("previous_item_id string observed", "where to put it", "插入位置"),
    ),
    _client(
        "conversation.item.delete",
        "Takes an item out of the conversation.",
        "从对话中删除一个条目。",
        _ITEM_ID,
    ),
    _client(
        "conversation.item.retrieve",
        "Asks for an item of the conversation.",
        "取回对话中的一个条目。",
        _ITEM_ID,
    ),
    _client(
        "response.create",
        "Asks for an answer: needed under client VAD and after a function's output.",
        "请求回答：客户端 VAD 下、以及提交函数输出之后都需要。",
        ("response object observed", "not in the documentation; ignored", "文档没有；会被忽略"),
    ),
    _client(
        "response.cancel",
        "Stops the running answer; send it once.",
        "停止正在进行的回答；只发一次。",
    ),
    _server(
        "heartbeat",
        "Says that the session lives, every 30 s; a client must never send one.",
        "每 30 秒一次的心跳；客户端绝不可发送。",
    ),
    _server(
        "session.created",
        "The session exists; the configuration is still the default one.",
        "会话已建立；配置仍是默认值。",
        ("session object required", "id, model and defaults", "编号、模型和默认值"),
    ),
    _server(
        "session.updated",
        "The configuration now in force, whole.",
        "当前生效的完整配置。",
        ("session object required", "the effective configuration", "生效的配置"),
    ),
    _server(
        "conversation.created",
        "The conversation exists; may never come.",
        "对话已建立；可能不出现。",
        ("conversation object required", "id, object", "编号和类型"),
    ),
    _server(
        "conversation.item.created",
        "An item is part of the conversation now.",
        "一个条目进入了对话。",
        _ITEM,
        ("previous_item_id string|null", "the item before it", "前一个条目"),
    ),
    _server(
        "conversation.item.deleted",
        "The item is gone.",
        "条目已删除。",
        _ITEM_ID,
        source="observed",
    ),
    _server(
        "conversation.item.retrieved",
        "The item that was asked for.",
        "所请求的条目。",
        _ITEM,
        source="observed",
    ),
    _server(
        "conversation.item.input_audio_transcription.completed",
        "What a separate recogniser understood; may come early, late or empty.",
        "独立识别器听到的文字；可能提前、迟到或为空。",
        _ITEM_ID,
        ("transcript string required", "what was understood", "识别出的文字"),
        ("content_index integer", "always 0 so far", "目前总是 0"),
        ("response_id string observed", "the answer beside it", "对应的回答"),
    ),
    _server(
        "conversation.item.input_audio_transcription.failed",
        "The separate recogniser understood nothing; the answer goes on.",
        "独立识别器没有听懂；回答照常进行。",
        _ITEM_ID,
        ("content_index integer", "always 0 so far", "目前总是 0"),
        ("error object required", "type, code, message", "类型、代码、说明"),
    ),
    _server(
        "input_audio_buffer.committed",
        "The buffered sound is now an item.",
        "缓冲的声音已成为一个条目。",
        _ITEM_ID,
        ("previous_item_id string|null", "the item before it", "前一个条目"),
    ),
    _server(
        "input_audio_buffer.cleared",
        "The uncommitted sound is gone.",
        "未提交的声音已清空。",
        ("item_id string", "in one table of the documentation only", "仅见于文档的一张表"),
    ),
    _server(
        "input_audio_buffer.speech_started",
        "Server VAD hears speech; a running answer should fall silent.",
        "服务端 VAD 听到语音；正在播放的回答应停下。",
        _AT_START,
        ("item_id string", "the item it will become", "将成为的条目"),
    ),
    _server(
        "input_audio_buffer.speech_stopped",
        "Server VAD heard enough silence; it commits by itself.",
        "服务端 VAD 听到足够的静音；它会自动提交。",
        _AT_END,
        ("item_id string", "the item it becomes", "将成为的条目"),
    ),
    _server(
        "response.created",
        "An answer begins.",
        "一个回答开始了。",
        _RESPONSE,
    ),
    _server(
        "response.output_item.added",
        "The answer has a new part.",
        "回答有了新的部分。",
        ("response_id string required", "the answer", "所属的回答"),
        ("output_index integer", "always 0 so far", "目前总是 0"),
        ("item object required", "the part", "该部分"),
        source="observed",
    ),
    _server(
        "response.output_item.done",
        "That part of the answer is complete.",
        "回答的该部分已完成。",
        ("response_id string required", "the answer", "所属的回答"),
        ("output_index integer", "always 0 so far", "目前总是 0"),
        ("item object required", "the part", "该部分"),
        source="observed",
    ),
    _server(
        "response.content_part.added",
        "The part has new content.",
        "该部分有了新内容。",
        *_SAID,
        ("part object required", "the content", "内容"),
        source="observed",
    ),
    _server(
        "response.content_part.done",
        "That content is complete.",
        "该内容已完成。",
        *_SAID,
        ("part object required", "the content", "内容"),
        source="observed",
    ),
    _server(
        "response.text.delta",
        "A piece of the answer's text.",
        "回答文字的一段。",
        *_SAID,
        ("delta string required", "the piece", "该段文字"),
    ),
    _server(
        "response.text.done",
        "The answer's text, whole; depends on the model.",
        "回答的完整文字；是否出现取决于模型。",
        *_SAID,
        ("text string", "the text", "全文"),
    ),
    _server(
        "response.audio_transcript.delta",
        "A piece of what the answer says, ahead of its sound.",
        "回答所说文字的一段，比声音先到。",
        *_SAID,
        ("delta string required", "the piece", "该段文字"),
    ),
    _server(
        "response.audio_transcript.done",
        "What the answer says, whole.",
        "回答所说的全文。",
        *_SAID,
        ("transcript string required", "the text", "全文"),
    ),
    _server(
        "response.audio.delta",
        "A piece of the answer's sound; pieces are large, irregular and may split a sample.",
        "回答声音的一段；大小不一，可能把一个采样切成两半。",
        *_SAID,
        ("delta base64 required", "pcm or mp3, as configured", "按配置为 pcm 或 mp3"),
    ),
    _server("response.audio.done", "No more sound in this answer.", "该回答不再有声音。", *_SAID),
    _server(
        "response.function_call_arguments.done",
        "The model calls a function: one event a call, complete.",
        "模型调用一个函数：每次调用一个完整事件。",
        ("response_id string required", "the answer", "所属的回答"),
        ("name string required", "the function", "函数名"),
        ("arguments json required", "a string that holds a JSON object", "JSON 对象的字符串"),
        ("call_id string observed", "give it back with the output", "随输出一并返回"),
        ("output_index integer", "which call of several", "第几次调用"),
        ("item_id string", "the item", "条目"),
    ),
    _server(
        "response.function_call.inner_tool",
        "A tool of the service's own runs; ignore it.",
        "服务自带的工具在运行；可忽略。",
        ("response_id string", "the answer", "所属的回答"),
        ("name string", "the tool", "工具名"),
        ("arguments json", "what it was asked", "参数"),
        source="observed",
    ),
    _server(
        "response.function_call.inner_tool.result",
        "What that tool found; ignore it.",
        "自带工具的结果；可忽略。",
        ("response_id string", "the answer", "所属的回答"),
        ("name string", "the tool", "工具名"),
        ("result string", "what it found", "结果"),
        source="observed",
    ),
    _server(
        "response.function_call.simple_browser",
        "The service looks something up in a video call.",
        "视频通话中服务在查资料。",
        ("response_id string", "the answer", "所属的回答"),
        ("name string", "simple_browser", "simple_browser"),
        ("session object", "beta_fields.simple_browser.description", "说明所在"),
    ),
    _server(
        "response.function_call.simple_browser.result",
        "What it found.",
        "查到的内容。",
        ("response_id string", "the answer", "所属的回答"),
        ("name string", "simple_browser", "simple_browser"),
        ("session object", "beta_fields.simple_browser.meta", "结果所在"),
    ),
    _server(
        "response.cancelled",
        "The answer was stopped; response.done follows.",
        "回答被停止；随后会有 response.done。",
        _RESPONSE,
    ),
    _server(
        "response.done",
        "The answer is over, however it ended: always comes, and comes last.",
        "回答结束，无论如何结束：一定出现，且最后出现。",
        _RESPONSE,
    ),
    _server(
        "rate_limits.updated",
        "How much may still be asked.",
        "剩余的限额。",
        ("rate_limits array required", "name, limit, remaining, reset_seconds", "各项限额"),
        source="observed",
    ),
    _server(
        "error",
        "Something was refused; the session usually goes on.",
        "有内容被拒绝；会话通常继续。",
        ("error object required", "message, and mostly code; type may be missing", "说明、代码"),
    ),
)

#: Event type → Spec, client events first, in the order of a conversation.
SPECS: Final[dict[str, Spec]] = {spec.type: spec for spec in _TABLE}

#: Event type → the field that holds base64, for the three events that carry bytes.
PAYLOADS: Final[dict[str, str]] = {
    spec.type: field.name for spec in _TABLE for field in spec.fields if "base64" in field.kinds
}
