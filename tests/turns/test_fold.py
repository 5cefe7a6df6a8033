"""The fold: events in whatever order become the right turns."""

from __future__ import annotations

import gc
import itertools
import random
import weakref

import pytest

from glmkit import events
from glmkit.media.clip import Clip
from glmkit.protocol.event import Event, stamped
from glmkit.protocol.event_kinds import ENDED, OPENED, PLAYED, SAID, UPLOADED
from glmkit.turns.fold import Fold, fold_turns
from glmkit.turns.turn import Turn

APPEND = events.append(Clip.tone(440, 0.1).to_pcm())


def server(type: str, **fields: object) -> Event:
    return Event(type, fields, direction="server")


def committed(item: str = "i1") -> list[Event]:
    return [
        server("input_audio_buffer.committed", item_id=item),
        server("conversation.item.created", item={"id": item, "role": "user"}),
    ]


def answer(rid: str = "r1", words: str = "Hi there", status: str = "completed") -> list[Event]:
    first, second = words[:2], words[2:]
    pcm = Clip.tone(300, 0.2, rate=24_000).to_pcm()
    said = {"response_id": rid, "item_id": "i1"}
    return [
        server("response.created", response={"id": rid, "status": "in_progress"}),
        server("response.audio_transcript.delta", delta=first, **said),
        Event("response.audio.delta", {"delta": b64(pcm[:4801]), **said}, direction="server"),
        server("response.audio_transcript.delta", delta=second, **said),
        Event("response.audio.delta", {"delta": b64(pcm[4801:]), **said}, direction="server"),
        server("response.audio.done", **said),
        server("response.audio_transcript.done", transcript=words, **said),
        server("response.done", response={"id": rid, "status": status}),
    ]


def b64(data: bytes) -> str:
    import base64

    return base64.b64encode(data).decode()


def call(rid: str, name: str, number: int) -> Event:
    return server(
        "response.function_call_arguments.done",
        response_id=rid,
        name=name,
        arguments='{"city": "Oslo"}',
        call_id=f"c{number}",
    )


def transcription(item: str = "i1", words: str = "hello") -> Event:
    type = "conversation.item.input_audio_transcription.completed"
    return server(type, item_id=item, transcript=words)


CLIENT_TURN = [
    APPEND,
    APPEND,
    events.commit(),
    events.response_create(),
    *committed(),
    *answer(),
    transcription(),
]


def timed(found: list[Event]) -> list[Event]:
    return [
        stamped(e, float(n), "pcm16" if e.direction == "client" else "pcm")
        for n, e in enumerate(found)
    ]


def test_client_vad_turn_has_everything() -> None:
    """One upload, one commit, one answer: one turn."""
    (turn,) = fold_turns(timed(CLIENT_TURN), peer="emulator")
    assert (turn.user_transcript, turn.transcript, turn.status) == (
        "hello",
        "Hi there",
        "completed",
    )
    assert turn.asked
    assert turn.vad == "client"
    assert turn.input == APPEND.clip + APPEND.clip  # type: ignore[operator]
    assert turn.audio == Clip.from_pcm(Clip.tone(300, 0.2, rate=24_000).to_pcm(), 24_000)


def test_any_order_after_the_commit_gives_the_same_turn() -> None:
    """Within one type order holds; across types the service promises none."""
    head, tail = timed(CLIENT_TURN)[:4], timed(CLIENT_TURN)[4:]
    rng = random.Random(7)
    for _ in range(200):
        (turn,) = fold_turns([*head, *shuffled(tail, rng)])
        assert (turn.user_transcript, turn.transcript) == ("hello", "Hi there")
        assert turn.audio is not None
        assert turn.audio.seconds == pytest.approx(0.2)
        assert turn.status == "completed"


def shuffled(found: list[Event], rng: random.Random) -> list[Event]:
    """A random interleaving that keeps the order inside each type, and the item before its text."""
    queues = [
        list(group)
        for _, group in itertools.groupby(sorted(found, key=lambda e: e.type), key=lambda e: e.type)
    ]
    mixed: list[Event] = []
    while queues:
        queue = rng.choice(queues)
        mixed.append(queue.pop(0))
        queues = [q for q in queues if q]
    first = next(e for e in mixed if e.type.endswith("committed"))
    return [first, *(e for e in mixed if e is not first)]


@pytest.mark.parametrize("late", [False, True])
def test_the_echo_of_a_typed_text_belongs_to_its_turn(late: bool) -> None:
    """Whether the item comes before the answer was asked for or after; another's stays out."""
    typed = events.user_message("Hello")
    echo = server("conversation.item.created", item={"id": "t1", "role": "user"})
    stray = server("conversation.item.created", item={"id": "a1", "role": "assistant"})
    asked = [events.response_create(), echo] if late else [echo, events.response_create()]
    (turn,) = fold_turns([stray, typed, *asked, *answer(), stray])
    assert echo in turn.events
    assert stray not in turn.events
    assert turn.user_transcript == "Hello"


def test_server_vad_segments_become_turns() -> None:
    """Two segments of one clip are two turns, each with its own answer."""
    spoken = server("input_audio_buffer.speech_started")
    found = [
        APPEND,
        spoken,
        APPEND,
        *committed("a"),
        *answer("r1", "One"),
        spoken,
        APPEND,
        *committed("b"),
        *answer("r2", "Two"),
        transcription("b", "second"),
        transcription("a", "first"),
    ]
    first, second = fold_turns(timed(found))
    assert [first.transcript, second.transcript] == ["One", "Two"]
    assert [first.user_transcript, second.user_transcript] == ["first", "second"]
    assert first.vad == "server"
    assert first.input is not None
    assert second.input is not None
    assert (first.input.seconds, second.input.seconds) == pytest.approx((0.2, 0.1))


@pytest.mark.parametrize(("gap", "answered"), [(0.001, 0), (2.0, 1)])
def test_which_of_two_commits_an_answer_belongs_to(gap: float, answered: int) -> None:
    """In a burst answers come in order; in real time an unanswered turn was passed over."""
    found = timed([APPEND, *committed("a"), APPEND, *committed("b"), *answer("r1", "One")])
    events_at = [stamped(e, n * gap, e.format) for n, e in enumerate(found)]
    turns = fold_turns(events_at)
    assert [bool(turn.transcript) for turn in turns] == [answered == 0, answered == 1]


def test_answers_nobody_asked_for_are_turns_of_their_own() -> None:
    """A greeting is a turn with asked=False and takes nothing from the next one."""
    greeting, turn = fold_turns(timed([*answer("g", "Welcome"), *CLIENT_TURN]))
    assert (greeting.asked, greeting.transcript) == (False, "Welcome")
    assert (turn.asked, turn.transcript) == (True, "Hi there")


def test_a_new_connection_awaits_nothing_of_the_one_before() -> None:
    """Speech, commits, questions and answers that were cut off get none of its events."""
    fold = Fold()
    cut = [
        *CLIENT_TURN[:6],
        server("response.created", response={"id": "r1"}),
        APPEND,
        server("input_audio_buffer.speech_started"),
    ]
    opened = Event(OPENED, {}, direction="local")
    for event in timed([*cut, opened]):
        fold.feed(event)
    assert fold.answering is None
    assert not fold.speaking
    assert not fold.awaiting
    for event in timed([events.user_message("hi"), events.response_create(), *answer("r2", "Yes")]):
        fold.feed(event)
    assert [turn.transcript for turn in fold.turns] == ["", "Yes"]


def test_what_was_cleared_is_not_being_spoken() -> None:
    """Not even where speech began while the clear was on its way."""
    fold = Fold()
    started, cleared = (f"input_audio_buffer.{word}" for word in ("speech_started", "cleared"))
    for event in timed([APPEND, events.clear(), server(started), server(cleared)]):
        fold.feed(event)
    assert not fold.speaking


def test_tool_calls_keep_the_turn_open_until_the_last_answer() -> None:
    """Two calls, two outputs and the second answer belong to one turn."""
    fold = Fold()
    begun = [
        *CLIENT_TURN[:6],
        server("response.created", response={"id": "r1"}),
        call("r1", "f", 1),
        call("r1", "g", 2),
        server("response.done", response={"id": "r1", "status": "completed"}),
    ]
    for event in timed(begun):
        fold.feed(event)
    assert len(fold.turns) == 0
    rest = [
        events.tool_output("1", call_id="c1"),
        events.tool_output("2", call_id="c2"),
        events.response_create(),
        *answer("r2", "Done"),
    ]
    for event in timed(rest):
        fold.feed(event)
    (turn,) = fold.turns
    assert [(c.name, c.arguments, c.output) for c in turn.tool_calls] == [
        ("f", {"city": "Oslo"}, "1"),
        ("g", {"city": "Oslo"}, "2"),
    ]
    assert turn.transcript == "Done"
    assert turn.response_ids == ("r1", "r2")


def test_what_comes_late_replaces_the_turn() -> None:
    """A transcript after the end makes a new value in turns; the old value stays as it was."""
    fold = Fold()
    for event in timed(CLIENT_TURN[:-1]):
        fold.feed(event)
    before = fold.turns[0]
    fold.feed(transcription())
    assert (before.user_transcript, fold.turns[0].user_transcript) == ("", "hello")


def test_late_sound_of_a_cancelled_answer_is_kept_as_unheard() -> None:
    """Deltas after the cancel are in audio and in unheard, never dropped."""
    body = answer(status="cancelled")
    found = [*CLIENT_TURN[:6], *body[:3], events.response_cancel(), body[-1], *body[3:5]]
    (turn,) = fold_turns(
        [
            stamped(e, n / 100, "pcm16" if e.direction == "client" else "pcm")
            for n, e in enumerate(found)
        ]
    )
    assert turn.status == "cancelled"
    assert turn.heard is not None
    assert turn.unheard is not None
    assert turn.audio is not None
    assert turn.heard.seconds == pytest.approx(0.01)
    assert turn.heard.seconds + turn.unheard.seconds == pytest.approx(turn.audio.seconds)


def test_arguments_that_are_no_json_stay_as_they_came() -> None:
    """Broken and bottomless JSON is shown, not raised."""
    for words in ("{", "[" * 100_000):
        asked = Event(
            "response.function_call_arguments.done",
            {"response_id": "r1", "name": "f", "arguments": words},
        )
        (turn,) = fold_turns(timed([*CLIENT_TURN, asked]))
        assert turn.tool_calls[0].arguments == words


def test_an_error_before_the_answer_ends_the_turn() -> None:
    """A refused commit is a failed turn, and the next turn is not confused by it."""
    error = server("error", error={"code": "1214", "message": "no"})
    failed, good = fold_turns(timed([events.commit(), error, *CLIENT_TURN]))
    assert (failed.status, len(failed.errors)) == ("failed", 1)
    assert good.transcript == "Hi there"


def test_nothing_to_cancel_is_not_the_turns_error() -> None:
    """An error that only says that nothing ran leaves the turn alone."""
    error = server("error", error={"code": "response_cancel_not_active", "message": ""})
    (turn,) = fold_turns(timed([*CLIENT_TURN[:4], error, *CLIENT_TURN[4:]]))
    assert (turn.status, turn.errors) == ("completed", ())


def test_a_local_mark_ends_the_turn_it_names() -> None:
    """A time-out is in the trace, so a trace folded again knows it too."""
    mark = Event(ENDED, {"turn": 0, "reason": "timeout"}, direction="local")
    (turn,) = fold_turns(timed([*CLIENT_TURN[:7], mark]))
    assert turn.status == "timeout"


def test_keep_decides_what_turns_hold() -> None:
    """events keeps all but the sound, nothing keeps neither."""
    held = {}
    for keep in ("all", "events", "nothing"):
        fold = Fold(keep=keep)  # type: ignore[arg-type]
        for event in timed(CLIENT_TURN):
            fold.feed(event)
        held[keep] = fold.turns[0]
    assert held["all"].audio is not None
    assert held["events"].audio is None
    assert [t.transcript for t in held.values()] == ["Hi there"] * 3
    deltas = [sum(e.type == "response.audio.delta" for e in t.events) for t in held.values()]
    assert deltas == [2, 2, 1]


def test_turns_is_a_view_that_grows() -> None:
    """The same list shows a turn that ended later."""
    fold = Fold()
    turns = fold.turns
    for event in timed(CLIENT_TURN):
        fold.feed(event)
    assert len(turns) == 1
    assert isinstance(turns[-1], Turn)
    assert turns[:] == list(turns)


@pytest.mark.parametrize("wrong", [None, 3, "x", [], [1], {}, {"id": []}, {"content": 5}, True])
def test_no_field_of_a_wrong_kind_breaks_the_fold(wrong: object) -> None:
    """A server that sends nonsense gets nonsense turns, never an exception."""
    events_in = [*timed(CLIENT_TURN), call("r1", "f", 1), events.tool_output("1")]
    for victim in range(len(events_in)):
        for name in events_in[victim].data:
            if name == "type":
                continue
            broken = Event(
                events_in[victim].type,
                {**events_in[victim].data, name: wrong},
                direction=events_in[victim].direction,
            )
            for turn in fold_turns([*events_in[:victim], broken, *events_in[victim + 1 :]]):
                _ = (turn.transcript, turn.user_transcript, turn.audio, turn.heard, turn.status)
                _ = (turn.latency, turn.tool_calls, turn.usage, turn.errors, turn.input, repr(turn))


def test_ids_belong_to_one_connection() -> None:
    """A service that numbers from the start again answers the new turn, not the old one."""
    opened = Event(OPENED, {}, direction="local")
    played = Event(PLAYED, {"turn": 0, "response_id": "r1", "seconds": 0.1}, direction="local")
    again = [APPEND, events.commit(), events.response_create(), *committed()]
    said = transcription(words="later")
    fold = Fold()
    for event in timed(
        [opened, *CLIENT_TURN, opened, *again, *answer(words="Again"), said, played]
    ):
        fold.feed(event)
    old, new = fold.turns
    assert (old.transcript, new.transcript) == ("Hi there", "Again")
    assert (old.user_transcript, new.user_transcript) == ("hello", "later")
    assert (old.heard_seconds, new.heard_seconds) == (0.1, pytest.approx(0.2, abs=0.001))


def test_silence_behind_a_turn_belongs_to_it() -> None:
    """What was sent after the server's commit is put where its time says, and not into the next."""
    voiced = server("input_audio_buffer.speech_started")
    first = [APPEND, voiced, *committed(), APPEND, *answer()]
    mark = Event(UPLOADED, {"turn": 0}, direction="local")
    second = [APPEND, voiced, *committed("i2"), *answer("r2")]
    one, two = fold_turns(timed([*first, mark, *second]))
    assert [turn.input and round(turn.input.seconds, 2) for turn in (one, two)] == [0.2, 0.1]
    assert [e.at for e in one.events] == sorted(e.at for e in one.events)
    spoken = [*first, voiced, mark, *committed("i2"), *answer("r2")]
    one, two = fold_turns(timed(spoken))
    assert two.input is not None, "somebody spoke into it"


@pytest.mark.slow
def test_nothing_kept_does_not_grow_with_the_turns() -> None:
    """The last few turns are held, under the numbers they have in the trace."""
    fold, held = Fold(keep="nothing"), []
    for number in range(200):
        item, response = f"i{number}", f"r{number}"
        confirmed = committed(item) if number % 2 else []  # not every server confirms
        for event in timed([*CLIENT_TURN[:4], *confirmed, *answer(response)]):
            fold.feed(event)
        held.append(weakref.ref(fold.opened[-1]))
    gc.collect()
    assert sum(each() is not None for each in held) < 20
    assert len(fold.turns) == len(fold.opened) < 20
    assert fold.opened[-1].number == 199
    assert (fold.of_response("r0"), fold.of_item("i0")) == (None, None)
    mark = Event(SAID, {"turn": 199, "segments": 2}, direction="local")
    assert fold.feed(mark) is fold.opened[-1]
    assert fold.received_sound == 200 * len(Clip.tone(300, 0.2, rate=24_000).to_pcm())


def test_what_was_never_committed_is_a_turn_once_a_mark_ends_it() -> None:
    """With its sound and its errors; a number that is not the next one opens nothing."""
    voiced, error = (
        server("input_audio_buffer.speech_started"),
        server("error", error={"code": "1"}),
    )
    ended = Event(ENDED, {"turn": 1, "reason": "timeout"}, direction="local")
    other = Event(ENDED, {"turn": 7, "reason": "timeout"}, direction="local")
    found = [*CLIENT_TURN, error, APPEND, voiced, error, other, ended, APPEND, events.commit()]
    _, unheard, after = fold_turns(timed(found))
    assert unheard.status == "timeout"
    assert [event.type for event in unheard.events[:3]] == [APPEND.type, voiced.type, "error"]
    assert len(unheard.errors) == 1
    assert after.input is not None
    assert after.input.seconds == pytest.approx(0.1)
