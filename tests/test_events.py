"""Events: what goes in comes out, and nothing is dropped."""

from __future__ import annotations

import base64
import copy
import json
import pickle
from collections.abc import Callable
from typing import Any

import pytest

import glmkit as glm
from glmkit import events
from glmkit.errors import BadArgument
from glmkit.events import append, commit, problems
from glmkit.media.clip import Clip
from glmkit.media.formats import INPUT_FORMATS
from glmkit.protocol.event import UNREADABLE, Event, stamped
from glmkit.protocol.table import PAYLOADS, SESSION, SPECS
from tests.listed import check_each

PCM = bytes(range(256)) * 10
DELTA, APPEND = "response.audio.delta", "input_audio_buffer.append"


def delta(audio: bytes = PCM, **more: object) -> bytes:
    text = base64.b64encode(audio).decode()
    return json.dumps(
        {"type": "response.audio.delta", "response_id": "r1", "delta": text, **more}
    ).encode()


def test_every_event_of_the_table_comes_out_as_it_went_in() -> None:
    """An event of each type survives JSON."""
    check_each(_comes_out_as_it_went_in, [(type,) for type in SPECS])


def _comes_out_as_it_went_in(type: str) -> None:
    fields = {field.name: sample_of(field.kinds[0]) for field in SPECS[type].fields}
    event = Event(type, fields)
    assert Event.from_json(event.to_json()) == event
    assert event.data == {"type": type, **fields}


def sample_of(kind: str) -> object:
    return {
        "string": "词 x",
        "base64": base64.b64encode(PCM).decode(),
        "json": '{"a": 1}',
        "integer": 3,
        "number": 0.5,
        "boolean": True,
        "object": {"a": None},
        "array": [1, "b"],
    }[kind]


def test_unknown_types_and_fields_are_kept() -> None:
    """An event nobody documented passes through whole."""
    message = b'{"type":"response.singing.delta","note":440,"deep":{"x":[1,null]}}'
    event = Event.from_json(message)
    assert event.direction == "server"
    assert event.data == json.loads(message)
    assert Event.from_json(delta(surprise=1)).data["surprise"] == 1


@pytest.mark.parametrize(
    "message", [b"{", b"[1]", b'"x"', b'{"a":1}', b'{"type":5}', b"\xff\xfe", "{\ud800", b""]
)
def test_a_message_that_is_no_event_is_kept_as_unreadable(message: bytes | str) -> None:
    """What can't be read is shown, never raised."""
    event = Event.from_json(message)
    assert event.type == UNREADABLE
    assert isinstance(event.data["text"], str)


def test_json_that_only_the_tolerant_path_reads_is_read() -> None:
    """NaN, which strict JSON refuses, does not lose an event."""
    assert Event.from_json(b'{"type":"heartbeat","load":NaN}').type == "heartbeat"


def test_half_a_character_goes_out_as_it_came_in() -> None:
    """JSON can spell half a surrogate pair; UTF-8 cannot."""
    event = Event.from_json(b'{"type":"heartbeat","half":"\\ud83d"}')
    assert event.get("half") == "\ud83d"
    assert Event.from_json(event.to_json()) == event


@pytest.mark.parametrize("value", [object(), {(1, 2): 3}, 3j], ids=["object", "key", "complex"])
def test_what_json_cannot_hold_is_refused(value: object) -> None:
    """In words, with what can be sent."""
    with pytest.raises(BadArgument, match="give text, numbers, lists and dicts"):
        Event("heartbeat", {"value": value}).to_json()


def test_bytes_are_kept_once_and_rebuilt() -> None:
    """The payload is decoded, and data gives the same base64 back."""
    event = Event.from_json(delta())
    assert event.payload == PCM
    assert event.size == len(PCM)
    assert event.data["delta"] == base64.b64encode(PCM).decode()


def test_base64_that_does_not_decode_stays_as_it_came() -> None:
    """A broken payload is neither lost nor guessed; what is sent goes out as it was given."""

    def check(type: str, name: str, bad: Any) -> None:
        for event in (
            Event(type, {name: bad}),
            Event.from_json(json.dumps({"type": type, name: bad})),
        ):
            assert event.payload is None
            assert event.data[name] == bad
            assert event.undecodable is (bad is not None)

    check_each(
        check, [(DELTA, "delta", bad) for bad in ("!!!!", "A", "AAAAA", "A=AA", 5, [], None)]
    )
    check_each(
        check, [(APPEND, "audio", bad) for bad in ("AAA", "AAAB=", "AB==", "AA\nAA", "-_-_")]
    )


def test_a_servers_base64_is_taken_as_others_write_it() -> None:
    """Line breaks, no padding, the URL alphabet; written anew it is as always."""
    audio = bytes(range(256)) * 5 + b"\xfb\xff"
    usual, url = base64.b64encode(audio).decode(), base64.urlsafe_b64encode(audio).decode()
    assert usual != url != url.rstrip("=")

    def check(written: str) -> None:
        event = Event.from_json(json.dumps({"type": DELTA, "delta": written}))
        assert event.payload == audio
        assert event.data["delta"] == usual
        assert Event.from_json(event.to_json()) == event
        assert not event.undecodable

    lines = (base64.encodebytes(audio).decode(), f" {usual[:9]}\r\n{usual[9:]}\t")
    check_each(
        check,
        [(each,) for each in (usual, usual.rstrip("="), usual + "=", url, url.rstrip("="), *lines)],
    )


def test_a_stream_of_base64_cut_amid_its_letters_is_no_sound() -> None:
    """Bits that are left over belong to the next piece: what is cut there is said, not played."""
    written = base64.b64encode(b"\xb7" * 960).decode()  # with ones wherever it is cut

    def check(cut: int) -> None:
        for piece in (written[:cut], written[cut:]):
            event = Event.from_json(json.dumps({"type": DELTA, "delta": piece}))
            assert event.undecodable
            assert event.data["delta"] == piece

    check_each(check, [(cut,) for cut in (1002, 6)])


def test_repr_shows_what_the_base64_is() -> None:
    """A long payload is described, not printed."""
    shown = repr(Event.from_json(delta(bytes(4800))))
    assert "<4.8 kB audio, 0.10 s>" in shown
    assert len(shown) < 200


@pytest.mark.parametrize("format", sorted(INPUT_FORMATS))
def test_seconds_are_those_of_the_format(format: str) -> None:
    """A tenth of a second is one at any rate, with a header around it or not, and in a repr."""
    [chunk] = Clip.tone(440, 0.1).chunks(100, format)
    event = stamped(append(chunk), 0.0, format)
    assert event.sound_seconds == pytest.approx(0.1)
    assert ", 0.10 s>" in repr(event)
    assert stamped(commit(), 0.0, format).sound_seconds is None


def test_an_event_does_not_change() -> None:
    """Setting a field raises, and data is a copy."""
    event = Event("heartbeat")
    with pytest.raises(AttributeError, match="does not change"):
        event.type = "x"  # type: ignore[misc]
    event.data["type"] = "x"
    assert event.type == "heartbeat"


def test_clip_is_the_payload_as_sound() -> None:
    """An answer's delta sounds at 24 kHz, an append at 16 kHz, a WAV append at its own rate."""
    assert Event.from_json(delta()).clip == glm.Clip.from_pcm(PCM, 24_000)
    assert events.append(PCM).clip == glm.Clip.from_pcm(PCM, 16_000)
    clip = glm.Clip.tone(440, 0.1, rate=22_050)
    wav = events.append(clip.to_wav(), format="wav").clip
    assert wav is not None
    assert wav.rate == 22_050
    assert events.append_video_frame(b"\xff\xd8").clip is None


def test_without_payload_keeps_the_size() -> None:
    """Dropping the bytes keeps how many there were."""
    event = Event.from_json(delta()).without_payload()
    assert (event.payload, event.size) == (None, len(PCM))


BUILT = [
    events.session_update({"voice": "tongtong", **{f.name: None for f in SESSION}}),
    events.append(PCM),
    events.append_video_frame(b"\xff\xd8\xff"),
    events.commit(),
    events.pre_commit(),
    events.clear(),
    events.user_message("hello"),
    events.tool_output("{}", call_id="c"),
    events.item_delete("i"),
    events.item_retrieve("i"),
    events.response_create(),
    events.response_cancel(),
]


def test_builders_agree_with_the_table() -> None:
    """Each builder makes a client event that the table allows."""
    check_each(_agrees_with_the_table, [(event.type, event) for event in BUILT])


def _agrees_with_the_table(type: str, event: Event) -> None:
    assert event.direction == "client"
    assert list(problems(event.data, SPECS[type].fields)) == []
    assert Event.from_json(event.to_json()) == event


def test_there_is_a_builder_for_every_client_event() -> None:
    """The builders and the table name the same client events."""
    clients = {spec.type for spec in SPECS.values() if spec.direction == "client"}
    assert {event.type for event in BUILT} == clients


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Event([]), "found list and NoneType"),  # type: ignore[arg-type]
        (lambda: Event("x", True), "found str and bool"),  # type: ignore[arg-type]
        (lambda: events.append("AAAA"), "got str: clip.to_pcm"),  # type: ignore[arg-type]
        (lambda: events.append(Clip.silence(1)), "got Clip"),  # type: ignore[arg-type]
        (lambda: events.append_video_frame(None), "got NoneType"),  # type: ignore[arg-type]
        (lambda: events.user_message(5), "made of words, got int"),  # type: ignore[arg-type]
        (lambda: events.item_create("hi"), "item is str"),  # type: ignore[arg-type]
        (lambda: events.session_update(None), "session is NoneType"),  # type: ignore[arg-type]
    ],
)
def test_what_no_event_is_made_of_is_refused(make: Callable[[], Event], said: str) -> None:
    """When it is made, not when it is sent."""
    with pytest.raises(BadArgument, match=said):
        make()


@pytest.mark.parametrize("event", [Event("heartbeat", {"n": 1}), append(PCM, format="pcm")])
def test_an_event_can_be_copied_and_pickled(event: Event) -> None:
    """So can a turn, which is made of events: another process may have it."""
    for other in (copy.copy(event), copy.deepcopy(event), pickle.loads(pickle.dumps(event))):
        assert other == event
        assert (other.at, other.format, other.size) == (event.at, event.format, event.size)


def test_empty_outputs_and_texts_are_never_sent() -> None:
    """An empty output becomes null; an empty text is refused here."""
    assert events.tool_output("").data["item"]["output"] == "null"
    with pytest.raises(BadArgument, match="empty"):
        events.user_message("  ")


def test_problems_names_missing_and_wrong_fields() -> None:
    """The table says what is missing and what is of the wrong kind."""
    fields = SPECS["conversation.item.create"].fields
    assert [(f.name, p) for f, p in problems({}, fields)] == [("item", "missing")]
    found = problems({"item": 3, "previous_item_id": None}, fields)
    assert [(f.name, p) for f, p in found] == [("item", "integer"), ("previous_item_id", "null")]


def test_the_reference_shows_every_event_in_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    """glm.events() reads the table: each type, its fields, and whose word it is."""
    for lang, word in (("en", "documented"), ("zh", "文档")):
        monkeypatch.setenv("GLMKIT_LANG", lang)
        shown, page = repr(glm.events()), glm.events()._repr_html_()  # type: ignore[operator]
        page = page.replace("<wbr>", "")  # where a type may break
        assert all(type in shown and type in page for type in SPECS)
        assert word in shown
        assert "input_audio_format" in page
        one = repr(glm.events("session.update"))  # type: ignore[operator]
        assert ("(" in one) is (lang == "en")  # brackets are the language's own
    with pytest.raises(BadArgument):
        glm.events("no.such.event")  # type: ignore[operator]


def test_payload_fields_are_the_three_that_carry_bytes() -> None:
    """Sound up, pictures up, sound down."""
    assert PAYLOADS == {
        "input_audio_buffer.append": "audio",
        "input_audio_buffer.append_video_frame": "video_frame",
        "response.audio.delta": "delta",
    }
