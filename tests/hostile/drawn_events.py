"""What a hostile server or client says: drawn from a seed, and the same for the same seed.

A seed names a whole sequence. Only ``random.Random`` decides, over tuples: neither the hash of a
string nor the order of a set has a say.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Any, TypeVar

import pytest

from glmkit.media.formats import INPUT_FORMATS
from glmkit.protocol.table import CHAT_MODES, MODELS, PAYLOADS, SESSION, SPECS, VOICES, Field, Spec
from glmkit.verify.raw_client import configuration
from tests.bare import jpeg, sample

T = TypeVar("T")
Message = str | bytes
Object = dict[str, Any]
Draw = Callable[[Random], Any]

SEEDS = 10_000
ONLY = os.environ.get("GLMKIT_SEED")  # run this one seed again, and no other
SERVER = tuple(spec for spec in SPECS.values() if spec.direction == "server")
CLIENT = tuple(spec for spec in SPECS.values() if spec.direction == "client")
ANSWERS = tuple(spec for spec in SERVER if spec.type.startswith("response."))
ERRORS = (SPECS["error"],)
IDS = ("r0", "r1", "r2", "i0", "i1", "")
ITEM = "@ITEM@"  # stands for the id of an item that the other side has made
SECRETS = ("@KEY@", "@TOKEN@")  # stand for what nobody may be shown
LEAKS = 4  # to 4 other errors: those that say the key and the token back
SPOKEN, PICTURE = sample("joke_zh"), base64.b64encode(jpeg()).decode("ascii")


# -- seeds ---------------------------------------------------------------------------------


def batches(size: int = 50, *, ordinary: int = 500, further: int = 250) -> list[Any]:
    """Parameters for a test: seeds by the batch; those past the ordinary ones are marked ``long``,
    and come by larger ones, since what a batch begins with costs as much as ten seeds."""
    if ONLY:
        return [pytest.param(range(int(ONLY), int(ONLY) + 1), id=ONLY)]
    usual = range(0, ordinary, size), size, []
    more = range(ordinary, SEEDS, further), further, [pytest.mark.long]
    return [
        pytest.param(range(first, first + count), id=f"{first}-{first + count - 1}", marks=marks)
        for firsts, count, marks in (usual, more)
        for first in firsts
    ]


def random_of(direction: str, seed: int) -> Random:
    """The source of a sequence: a direction and a seed say it all."""
    return Random(f"{direction} {seed}")


def failing(failures: Mapping[int, str], test: str) -> str:
    """What to read of the seeds that failed, and how to run one of them again."""
    again = "GLMKIT_SEED={} python -m pytest tests/hostile -k {}"
    told = [f"seed {seed}: {found}" for seed, found in sorted(failures.items())]
    return "\n\n".join([*told, *(again.format(seed, test) for seed in sorted(failures))])


def shown(step: object) -> str:
    """A step of a sequence for people to read; long messages are cut."""
    words = repr(step)
    return words if len(words) <= 200 else f"{words[:150]} … {words[-30:]} ({len(words)})"


# -- values --------------------------------------------------------------------------------


_JUNK: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 2**63, 10**30, 1e308, -0.5, "", "x", "\ud83d", "\0", "好" * 500),
    *([], {}, [[]], [None], {"id": []}, {"type": 3}, {"a": {"b": [1]}}, "{", "null"),
)


def chance(random: Random, share: float) -> bool:
    """True this often."""
    return random.random() < share


def one(random: Random, *choices: tuple[float, T]) -> T:
    """One of several, each with its weight."""
    return random.choices([each for _, each in choices], [weight for weight, _ in choices])[0]


def junk(random: Random) -> Any:
    """A value that belongs nowhere."""
    return random.choice(_JUNK)


def b64(data: bytes) -> str:
    """Bytes as base64."""
    return base64.b64encode(data).decode("ascii")


def _sound(random: Random) -> str:
    size = one(random, (6, random.randrange(400, 4_000)), (2, random.randrange(4)), (1, 60_000))
    return b64(random.randbytes(size))


def _broken_base64(random: Random) -> str:
    return random.choice(
        ("A", "AAA", "====", "AA=A", "A\nAA", "data:audio/wav;base64,AAAA", "声音")
    )


def _string(random: Random) -> str:
    said = ("hello", "", "讲个笑话", "a" * 300, "\ud83d")
    return one(random, (8, random.choice(IDS)), (2, random.choice(said)))


_VALUES: dict[str, Draw] = {
    "string": _string,
    "base64": _sound,
    "json": lambda random: random.choice(('{"city": "Oslo"}', "{}", "[]", "{", "", '{"x": NaN}')),
    "integer": lambda random: random.choice((0, 1, -1, 800, 2**40)),
    "number": lambda random: random.choice((0, 0.5, 1, -3.5)),
    "boolean": lambda random: chance(random, 0.5),
    "array": lambda random: random.choice(([], [{}], ["text"], [{"name": "x", "limit": 3}])),
    "null": lambda random: None,
    "object": lambda random: random.choice(({}, {"id": random.choice(IDS)})),
}


def _response(random: Random) -> Object:
    status = ("in_progress", "completed", "cancelled", "failed", "incomplete", "", 3)
    return {
        "id": random.choice(IDS),
        "object": "realtime.response",
        "status": random.choice(status),
        "usage": random.choice(({}, None, {"total_tokens": 3}, {"total_tokens": "x"}, [3], "x")),
    }


def _item(random: Random) -> Object:
    part = {"type": random.choice(("input_text", "input_audio", "text")), "text": _string(random)}
    return {
        "id": random.choice((*IDS, ITEM)),
        "type": random.choice(("message", "function_call", "function_call_output", "x")),
        "role": random.choice(("user", "assistant", "system", "robot")),
        "content": random.choice(([], [part], [part, part])),
        "output": random.choice(("1", "", '{"a": 2}', r'"\ud83d"')),
        "call_id": random.choice(("c0", "c1", "")),
    }


def _error(random: Random) -> Object:
    codes = ("1210", "1214", "1001", "1113", "1234", 1305, "audio_buffer_size_exceeded")
    leak = f"your key {SECRETS[0]} and token {SECRETS[1]}"
    said = one(random, (3, _string(random)), (LEAKS, leak), (1, junk(random)))
    found = {"message": said, "type": "invalid_request_error"}
    harmless = (3, "response_cancel_not_active")
    code = one(random, (6, random.choice(codes)), harmless, (2, None), (1, junk(random)))
    return found if code is None else {**found, "code": code}


def session(random: Random) -> Object:
    """A configuration: right, with some fields at random, or hardly one."""
    if chance(random, 0.1):
        return {"tools": junk(random)}
    some = {field.name: _setting(random, field) for field in SESSION if chance(random, 0.15)}
    return configuration(**some)


def _setting(random: Random, field: Field) -> Any:
    if chance(random, 0.2):
        return junk(random)
    known = _SETTINGS.get(field.name)
    return random.choice(known) if known else value(random, field)


_TOOL = {"type": "function", "name": "weather", "description": "", "parameters": {}}
_SETTINGS: dict[str, tuple[Any, ...]] = {
    "model": MODELS,
    "voice": VOICES,
    "modalities": (["text"], ["text", "audio"], ["audio"], []),
    "input_audio_format": (*INPUT_FORMATS, "mp3", "opus"),
    "output_audio_format": ("pcm", "mp3", "wav"),
    "turn_detection": ({"type": "server_vad"}, {"type": "client_vad"}, None, {"type": "none"}),
    "tools": ([], [_TOOL], [_TOOL, _TOOL], [{}], [{"type": "function"}]),
    "beta_fields": tuple({"chat_mode": mode} for mode in (*CHAT_MODES, "video_proactive", "")),
    "greeting_config": ({"enable": True, "content": "hi"}, {"enable": False}, {"content": ""}),
    "max_response_output_tokens": ("1", "inf", "1024", "0", 5),
    "temperature": (0, 0.5, 1, 1.5, -1),
    "instructions": ("be brief", "", "好" * 3_000),
}
_OBJECTS: dict[str, Draw] = {
    "response": _response,
    "item": _item,
    "error": _error,
    "session": session,
    "part": lambda random: {"type": "audio", "transcript": _string(random)},
}


def value(random: Random, field: Field) -> Any:
    """A value of a kind that the table allows."""
    known = _OBJECTS.get(field.name)
    return known(random) if known else _VALUES[random.choice(field.kinds)](random)


# -- events --------------------------------------------------------------------------------


def event(random: Random, specs: tuple[Spec, ...], *, wrong: float = 0.3) -> Object:
    """An event of one of these types, this often with something wrong in it."""
    spec = random.choice(specs)
    whole = {field.name: value(random, field) for field in spec.fields if _given(random, field)}
    drawn = {"type": spec.type, **whole}
    if chance(random, 0.2):
        drawn["event_id"] = _string(random)
    return _spoilt(random, drawn) if chance(random, wrong) else drawn


def _given(random: Random, field: Field) -> bool:
    return field.required or chance(random, 0.5)


def _spoilt(random: Random, right: Object) -> Object:
    """The same event with one field missing, of a wrong kind, too many, or of no known type."""
    name = random.choice(tuple(right))
    inner = right[name] if isinstance(right[name], dict) and right[name] else None
    how = random.choice(("missing", "junk", "inner", "more", "type"))
    if how == "missing":
        return {each: right[each] for each in right if each != name}
    if how == "inner" and inner:
        return {**right, name: {**inner, random.choice(tuple(inner)): junk(random)}}
    if how == "more":
        return {**right, random.choice(("response_id", "item_id", "turn", "x")): junk(random)}
    if how == "type":
        return {**right, "type": random.choice(("response.unheard_of", "", "glmkit.opened", "错"))}
    payload = PAYLOADS.get(right["type"])
    broken = _broken_base64(random) if name == payload and chance(random, 0.5) else junk(random)
    return {**right, name: broken}


def message(random: Random, drawn: Object) -> Message:
    """An event as it crosses the wire: mostly JSON, else half of it, bytes, or no event at all."""
    whole = json.dumps(drawn)
    how = one(random, (40, "json"), (2, "half"), (2, "bytes"), (1, "broken"), (2, "none"))
    if how == "half":
        return whole[: random.randrange(len(whole))]
    if how == "bytes":
        return whole.encode("ascii")
    if how == "broken":
        return random.randbytes(random.randrange(40))
    none = ("", "null", "[]", "3", '"type"', '{"type": null}', "[" * 3_000, '{"a":' * 3_000, "{}x")
    return random.choice(none) if how == "none" else whole


# -- what a server says --------------------------------------------------------------------


def answer(random: Random, id: str) -> Iterator[Object]:
    """A whole answer as the service gives it."""
    said = {"response_id": id, "item_id": f"of {id}"}
    yield {"type": "response.created", "response": {"id": id, "status": "in_progress"}}
    if chance(random, 0.15):
        call = {"name": random.choice(("weather", "x")), "arguments": _VALUES["json"](random)}
        yield {"type": "response.function_call_arguments.done", **said, **call, "call_id": "c0"}
    for number in range(random.randrange(4)):
        yield {"type": "response.audio_transcript.delta", "delta": f"word{number} ", **said}
        yield {"type": "response.audio.delta", "delta": _sound(random), **said}
    yield {"type": "response.audio.done", **said}
    yield {"type": "response.audio_transcript.done", "transcript": "words", **said}
    status = one(random, (6, "completed"), (1, "failed"), (1, "cancelled"))
    yield {"type": "response.done", "response": {"id": id, "status": status}}


def interleaved(random: Random) -> list[Object]:
    """Two answers at once, each in its own order."""
    left = [list(answer(random, random.choice(IDS))) for _ in range(2)]
    mixed = []
    while any(left):
        mixed.append(random.choice([each for each in left if each]).pop(0))
    return mixed
