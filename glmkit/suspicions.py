"""The findings about one turn. Each function is one; see ``explain`` for the rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from glmkit.audio import Clip, level_in_words
from glmkit.event import Event
from glmkit.explain import Values, busiest_second, turn_finding
from glmkit.settings import answers_itself, differences
from glmkit.signs import SAID, TRANSCRIPTION, is_tool_output, is_user_message
from glmkit.specs import INPUT_FORMATS
from glmkit.turn import Turn
from glmkit.wav import is_wav

LATE_AUDIO = 5.0  # seconds: the service was seen to need 1.6 to 1.7
QUIET = -45.0  # dBFS: peaks below this are hard to tell from a room
SHORTEST = 0.1  # seconds of sound a commit needs
_GIVING_UP = ("response.cancel", "input_audio_buffer.clear")
LARGEST_RATE = 50  # appends a second (documented cap)


# -- what was sent -------------------------------------------------------------------------


@turn_finding
def nothing_committed(turn: Turn) -> Iterator[Values]:
    """A commit with no sound before it."""
    if _sent(turn, "input_audio_buffer.commit") and not _appends(turn):
        yield {}


@turn_finding
def too_short(turn: Turn) -> Iterator[Values]:
    """Less sound than a commit needs."""
    sound = turn.input
    if turn.vad == "client" and sound is not None and sound.seconds < SHORTEST:
        yield {"ms": f"{sound.seconds * 1000:.0f}"}


@turn_finding
def too_quiet(turn: Turn) -> Iterator[Values]:
    """Sound that never gets louder than a quiet room."""
    sound = turn.input
    if sound is not None and len(sound) and sound.peak < QUIET:
        yield {"peak": level_in_words(sound.peak)}


@turn_finding
def clipped(turn: Turn) -> Iterator[Values]:
    """Samples at full scale, more than a few."""
    sound = turn.input
    if sound is not None and len(sound):
        share = float((abs(sound.samples) > 0.999).mean())
        if share > 0.001:
            yield {"percent": f"{share * 100:.1f}"}


@turn_finding
def wrong_rate(turn: Turn) -> Iterator[Values]:
    """A WAV chunk whose header names another rate than the format's suffix."""
    for event in _appends(turn)[:1]:
        expected = INPUT_FORMATS.get(event.format or "")
        if event.format in {"wav24", "wav48"} and event.payload and is_wav(event.payload):
            found = Clip.from_wav(event.payload).rate
            if found != expected:
                yield {"format": event.format, "expected": expected, "found": found}


@turn_finding
def pcm16_as_bit_depth(turn: Turn) -> Iterator[Values]:
    """Sound that, sent as it was spoken, lasts half as long again as it took: 24 kHz as 16."""
    ratio = _seconds_ratio(turn)
    if ratio is not None and 1.4 < ratio < 1.6 and _format(turn) in {"pcm16", "pcm"}:
        yield {"format": _format(turn), "ratio": f"{ratio:.2f}"}


@turn_finding
def headerless_wav(turn: Turn) -> Iterator[Values]:
    """Raw samples where the format promises whole WAV files."""
    bare = [e for e in _appends(turn) if e.payload and not is_wav(e.payload)]
    if bare and _format(turn).startswith("wav"):
        yield {"format": _format(turn), "count": len(bare)}


@turn_finding
def wav_under_pcm(turn: Turn) -> Iterator[Values]:
    """Whole WAV files where the format promises raw samples."""
    wrapped = [e for e in _appends(turn) if e.payload and is_wav(e.payload)]
    if wrapped and _format(turn).startswith("pcm"):
        yield {"format": _format(turn), "count": len(wrapped)}


@turn_finding
def upload_drift(turn: Turn) -> Iterator[Values]:
    """Chunks that left later and later than their sound: sleeping a chunk's length each time."""
    ratio = _seconds_ratio(turn)
    appends = _appends(turn)
    if ratio is not None and 0.3 < ratio < 0.97:
        took = appends[-1].at - appends[0].at
        yield {"late": f"{took * (1 - ratio):.2f}", "seconds": f"{took * ratio:.1f}"}


@turn_finding
def too_many_appends(turn: Turn) -> Iterator[Values]:
    """More appends in a second than the documented cap."""
    most = busiest_second([event.at for event in _appends(turn)])
    if most > LARGEST_RATE:
        yield {"count": most}


# -- what the client did -------------------------------------------------------------------


@turn_finding
def create_under_server_vad(turn: Turn) -> Iterator[Values]:
    """A response.create, though the service answers by itself."""
    asked = _sent(turn, "response.create") and _server_vad(turn) and _creates(turn)
    if asked and not any(is_tool_output(e) or is_user_message(e) for e in turn.events):
        yield {}


@turn_finding
def commit_under_server_vad(turn: Turn) -> Iterator[Values]:
    """A commit, though the service ends the turn."""
    if _server_vad(turn) and _sent(turn, "input_audio_buffer.commit"):
        yield {}


@turn_finding
def response_body(turn: Turn) -> Iterator[Values]:
    """A response.create with fields in it, which were seen to be ignored."""
    for event in turn.events:
        if event.type == "response.create" and event.get("response") is not None:
            yield {"fields": ", ".join(event.inner("response")) or "{}"}


@turn_finding
def video_without_frame(turn: Turn) -> Iterator[Values]:
    """Sound in video mode without a picture."""
    mode = _beta(turn).get("chat_mode")
    frames = any(e.type == "input_audio_buffer.append_video_frame" for e in turn.events)
    if mode == "video_passive" and _appends(turn) and not frames:
        yield {}


@turn_finding
def several_segments(turn: Turn) -> Iterator[Values]:
    """One clip that became several turns, because of its pauses."""
    for event in turn.events:
        if event.type == SAID and event.get("segments", 1) > 1:
            yield {"count": event.get("segments")}


@turn_finding
def unknown_tool(turn: Turn) -> Iterator[Values]:
    """A call of a function this side does not have."""
    for event in turn.events:
        if event.type == SAID and event.get("unknown_tool"):
            yield {"name": event.get("unknown_tool"), "known": event.get("known") or "–"}


@turn_finding
def rejected_tool_schema(turn: Turn) -> Iterator[Values]:
    """A function's schema with an empty part, over which answers fail (observed)."""
    tools = turn.requested.get("tools")
    for tool in tools if isinstance(tools, list) else ():
        parameters = tool.get("parameters") if isinstance(tool, dict) else None
        for part in ("properties", "required"):
            if isinstance(parameters, dict) and parameters.get(part) in ({}, []):
                yield {"name": tool.get("name"), "part": part}


# -- what came back ------------------------------------------------------------------------


@turn_finding
def no_first_audio(turn: Turn) -> Iterator[Values]:
    """An answer that began, and whose sound came late or not at all."""
    latency = turn.latency
    if latency.created is None or "audio" not in turn.requested.get("modalities", ["audio"]):
        return
    if latency.first_audio is None and (turn.tool_calls or turn.status == "completed"):
        return  # empty_answer says so
    waited = latency.first_audio if latency.first_audio is not None else _waited(turn)
    if waited > LATE_AUDIO:
        yield {"seconds": f"{waited:.1f}", "peer": turn.peer}


@turn_finding
def empty_answer(turn: Turn) -> Iterator[Values]:
    """An answer that ended well and holds nothing."""
    nothing = not turn.transcript and turn.audio is None and not turn.tool_calls
    bytes_came = any(event.size for event in turn.events if event.direction == "server")
    if turn.status == "completed" and nothing and not bytes_came:
        yield {}


@turn_finding
def interrupted(turn: Turn) -> Iterator[Values]:
    """An answer that was broken off while it could still be heard."""
    if turn.interrupted_at is not None and turn.pieces:
        total = sum(piece.seconds for piece in turn.pieces)
        unheard = max(total - turn.heard_seconds, 0.0)
        yield {"at": f"{turn.heard_seconds:.2f}", "unheard": f"{unheard:.2f}"}


@turn_finding
def timed_out(turn: Turn) -> Iterator[Values]:
    """A turn that this side gave up waiting for."""
    if turn.status == "timeout":
        yield {"last": _last_before_giving_up(turn)}


@turn_finding
def connection_lost(turn: Turn) -> Iterator[Values]:
    """A turn in the middle of which the connection ended."""
    if turn.status == "disconnected":
        yield {"last": _last_that_came(turn.events)}


@turn_finding
def failed_answer(turn: Turn) -> Iterator[Values]:
    """An answer that ended badly, without an error that says why."""
    if turn.status in {"failed", "incomplete"} and not turn.errors:
        yield {"status": turn.status}


@turn_finding
def too_many_rounds(turn: Turn) -> Iterator[Values]:
    """Calls and outputs that came to no end."""
    if turn.status == "rounds":
        yield {"count": len(turn.tool_calls)}


@turn_finding
def not_recognised(turn: Turn) -> Iterator[Values]:
    """Speech of which the recogniser made nothing."""
    for event in turn.events:
        failed = event.type == TRANSCRIPTION.replace("completed", "failed")
        if failed or (event.type == TRANSCRIPTION and not event.get("transcript")):
            yield {}


@turn_finding
def nobody_asked(turn: Turn) -> Iterator[Values]:
    """An answer nobody asked for, and no greeting either."""
    if not turn.asked and not turn.requested.get("greeting_config"):
        yield {}


@turn_finding
def other_configuration(turn: Turn) -> Iterator[Values]:
    """A setting the service echoed otherwise than it was asked for."""
    for path, asked, echoed in differences(turn.requested, turn.config) if turn.config else ():
        yield {"path": path, "asked": asked, "echoed": echoed}


# -- reading a turn ------------------------------------------------------------------------


def _appends(turn: Turn) -> list[Event]:
    return [event for event in turn.events if event.type == "input_audio_buffer.append"]


def _sent(turn: Turn, type: str) -> bool:
    return any(event.type == type and event.direction == "client" for event in turn.events)


def _format(turn: Turn) -> str:
    return str(turn.requested.get("input_audio_format", ""))


def _beta(turn: Turn) -> Mapping[str, Any]:
    found = turn.requested.get("beta_fields")
    return found if isinstance(found, Mapping) else {}


def _server_vad(turn: Turn) -> bool:
    detection = turn.requested.get("turn_detection")
    return isinstance(detection, Mapping) and detection.get("type") == "server_vad"


def _creates(turn: Turn) -> bool:
    return answers_itself(turn.requested.get("turn_detection"))


def _seconds_ratio(turn: Turn) -> float | None:
    """Seconds of sound over seconds it took to send, where that was a real-time upload."""
    appends = [event for event in _appends(turn) if event.size]
    meant = any(event.type == SAID and event.get("speed") != 1 for event in turn.events)
    if meant or len(appends) < 10 or _format(turn).startswith("wav"):
        return None
    took = appends[-1].at - appends[0].at
    rate = INPUT_FORMATS.get(_format(turn), 16_000)
    sound = sum(event.size for event in appends[1:]) / 2 / rate
    return sound / took if took > 0.5 else None


def _last_before_giving_up(turn: Turn) -> str:
    """What came last before this side cancelled: what came after that is an answer to it."""
    ours = [
        n for n, e in enumerate(turn.events) if e.type in _GIVING_UP and e.direction == "client"
    ]
    return _last_that_came(turn.events[: ours[-1]] if ours else turn.events)


def _last_that_came(events: Sequence[Event]) -> str:
    return next((e.type for e in reversed(events) if e.direction == "server"), "–")


def _waited(turn: Turn) -> float:
    created = next(e.at for e in turn.events if e.type == "response.created")
    return turn.events[-1].at - created
