"""A class with pupils in it: who may speak, what is counted, who waits, and what they are told."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.exceptions import InvalidStatus

import glmkit as glm
from glmkit.auth.tokens import make_token
from glmkit.classroom import pupil_session
from glmkit.classroom.core import ClassRules
from glmkit.classroom.limits import Limits, OpenHours
from glmkit.errors import BadArgument
from glmkit.verify.raw_client import open_socket
from tests.bare import SECONDS, Bare, of, sample, silence
from tests.classroom.taught import PASSWORD, pupil, seat, taught, until
from tests.listed import check_each
from tests.relay.test_recordings import names

CLIP = sample("joke_en")
ENDS = ("input_audio_buffer.commit", "response.done")


async def ready(bare: Bare, **session: Any) -> None:
    await bare.next("session.created")
    await bare.update(**session)


# -- the kit in a seat ------------------------------------------------------------------------


async def test_the_kit_takes_a_seat_by_one_line(tmp_path: Path) -> None:
    """As api_key, or as the address itself; peer, seat and card say whose and by what way."""
    async with taught(tmp_path) as taking:
        line = taking.line_of("seat-07").reveal()
        async with glm.aio.connect("class", api_key=line) as session:
            turn = await session.say(glm.sample("joke_en"), speed=None)
            assert turn.status == "completed"
            assert (session.peer, turn.latency.peer) == ("class → emulator",) * 2
            assert session.address.seat == session.trace.about["who"] == "07 张三"
            assert "07 张三" in session._repr_mimebundle_()["text/html"]
            shown = f"{session.address!r} {turn} {session!r} {session.trace.about}"
        async with glm.aio.connect(line) as session:
            assert session.address.seat == "07 张三"
        assert line.rpartition("@")[0].rpartition(".")[2] not in shown
        await until(taking, lambda: not seat(taking)["connected"])
        assert seat(taking)["turns"] == 1


async def test_a_seat_that_was_joined_is_kept_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """glm.join keeps it and writes nothing; without it connect says what to do."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(glm.errors.NoKey, match=r"glm\.join"):
        await glm.aio.connect("class")
    async with taught(tmp_path / "class") as taking:
        note = glm.join(f" “{taking.line_of('seat-08').reveal()}” ")
        assert "127.0.0.1" in repr(note)
        assert taking.classroom.seats["seat-08"].key.reveal().rpartition(".")[2] not in repr(note)
        async with glm.aio.connect("class") as session:
            assert session.address.seat == "08 Li Si"
    assert names(tmp_path, "*") == [tmp_path / "class"]


@pytest.mark.parametrize("line", ["", "abc", "ws://127.0.0.1:1", "ws://a.b@", "http://a.b@c:1"])
def test_what_is_no_line_of_a_slip_is_refused(line: str) -> None:
    """In words, before anything is sent."""
    with pytest.raises(glm.errors.BadKey, match=r"slip|half|key"):
        glm.join(line)


# -- limits -----------------------------------------------------------------------------------


async def test_of_two_turns_the_second_passes_and_the_third_does_not(tmp_path: Path) -> None:
    """It is refused before anything of it is sent, in words; a restart remembers, keys included."""
    rules = ClassRules(seat=Limits(turns=2))
    async with taught(tmp_path, rules) as taking:
        line = taking.line_of("seat-07").reveal()
        async with glm.aio.connect("class", api_key=line) as session:
            for _ in range(2):
                assert (await session.say(glm.sample("joke_en"), speed=None)).status == "completed"
            with pytest.raises(glm.errors.Rejected, match=r"2 turns: this one was not sent") as no:
                await session.say(glm.sample("joke_en"), speed=None)
            assert no.value.code == "class_seat_turns"
            with pytest.raises(glm.errors.Rejected, match="Ask your teacher"):
                await session.ask("hello")
        used = seat(taking)
        assert (used["turns"], used["yuan"] > 0) == (2, True)
    async with taught(tmp_path, rules) as taking:
        assert taking.classroom.key_of("seat-07") is not None
        assert taking.line_of("seat-07").reveal().split("@")[0] == line.split("@")[0]
        assert (seat(taking)["turns"], seat(taking)["yuan"]) == (used["turns"], used["yuan"])
        async with pupil(taking) as bare:
            await ready(bare)
            await bare.send("response.create")
            assert (await bare.error())["code"] == "class_seat_turns"
            await taking.classroom.limit("seat-07", turns=3)
            assert (await bare.ask(CLIP))[-1]["type"] == "response.done"


async def test_each_limit_refuses_in_the_pupils_language(tmp_path: Path) -> None:
    """Of the seat and of the class, of money, minutes and time; sound is refused once a turn."""
    cases = [
        (ClassRules(seat=Limits(yuan=0)), "class_seat_yuan"),
        (ClassRules(seat=Limits(minutes=0)), "class_seat_minutes"),
        (ClassRules(whole=Limits(yuan=0)), "class_all_yuan"),
        (ClassRules(whole=Limits(minutes=0)), "class_all_minutes"),
        (ClassRules(whole=Limits(turns=0)), "class_all_turns"),
        (ClassRules(opening=OpenHours(begins=4e9)), "class_closed"),
        (ClassRules(opening=OpenHours(ends=1.0)), "class_closed"),
    ]
    for number, (rules, code) in enumerate(cases):
        async with taught(tmp_path / str(number), rules) as taking:
            async with pupil(taking, **{"Accept-Language": "zh"}) as bare:
                await ready(bare)
                for _ in range(3):
                    await bare.append(silence(0.1))
                await bare.send("input_audio_buffer.commit")
                found = [await bare.error() for _ in range(2)]
                assert [each["code"] for each in found] == [code] * 2
                assert " / " not in found[0]["message"]
                assert await bare.fence() == []


@pytest.mark.parametrize(("minutes", "full"), [(0.2, True), (0.2001, False)])
async def test_a_budget_of_sound_is_full_at_exactly_its_limit(
    tmp_path: Path, minutes: float, full: bool
) -> None:
    """Twelve seconds are 0.2 minutes: then nothing more begins; a little more lets one more in."""
    async with taught(tmp_path, ClassRules(seat=Limits(minutes=minutes))) as taking:
        async with pupil(taking) as bare:
            await ready(bare)
            await bare.append(silence(12))
            await bare.send("input_audio_buffer.clear")
            await bare.next("input_audio_buffer.cleared")
            assert seat(taking)["minutes"] == 0.2
            await bare.append(silence(0.1))
            errors = [each["error"]["code"] for each in of(await bare.fence(), "error")]
            assert errors == ["class_seat_minutes"] * full


@pytest.mark.voices
async def test_under_server_vad_speech_is_refused_and_silence_is_not(tmp_path: Path) -> None:
    """What comes behind the last turn is no new one; who begins to speak is told."""
    server_vad = {"turn_detection": {"type": "server_vad"}}
    async with taught(tmp_path, ClassRules(seat=Limits(turns=1))) as taking, pupil(taking) as bare:
        await ready(bare, **server_vad)
        for at in range(0, len(CLIP), 3_200):
            await bare.append(CLIP[at : at + 3_200])
        for _ in range(40):
            await bare.append(silence(0.1))
        await bare.next("response.done")
        assert "error" not in bare.types()
        for at in range(0, len(CLIP), 3_200):
            await bare.append(CLIP[at : at + 3_200])
        assert (await bare.error())["code"] == "class_seat_turns"
        assert seat(taking)["turns"] == 1


# -- places -----------------------------------------------------------------------------------


async def test_who_waits_for_a_place_is_told_and_then_served(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The kit shows how many are before; the wait is no part of a latency."""
    async with taught(tmp_path, ClassRules(places=1)) as taking:
        async with pupil(taking) as first:
            await ready(first)
            async with pupil(taking, "seat-08") as second:
                told = (await second.next("heartbeat"))["glmkit"]["place"]
                assert told == {"before": 0, "seconds": None}
                line = taking.line_of("seat-09").reveal()
                connecting = asyncio.create_task(
                    glm.aio.connect("class", api_key=line, timeout=1)._open()
                )
                await until(taking, lambda: seat(taking, "seat-09")["before"] == 1)
                await asyncio.sleep(1.2)  # longer than the kit waits for any answer
                assert (await first.ask(CLIP))[-1]["type"] == "response.done"
                await first.socket.close()
                await second.next("session.created")
                assert seat(taking, "seat-08")["last_wait"] > 1
            session = await asyncio.wait_for(connecting, SECONDS)
            turn = await session.say(glm.sample("joke_en"), speed=None)
            await session.close()
        assert session.waited_for_place > 1
        assert turn.waited_for_place == 0
        assert "waiting for a place of the class: 1 before you" in capsys.readouterr().out
        await until(taking, lambda: taking.classroom.places.taken == 0)


async def test_those_served_least_come_first(tmp_path: Path) -> None:
    """Whoever had the place before stands behind whoever had none."""
    async with taught(tmp_path, ClassRules(places=1)) as taking:
        async with pupil(taking, "seat-08") as bare:
            await ready(bare)
        await until(taking, lambda: taking.classroom.seats["seat-08"].used.held > 0)
        async with pupil(taking, "seat-07") as holder:
            await ready(holder)
            async with pupil(taking, "seat-08") as again, pupil(taking, "seat-09") as fresh:
                await until(taking, lambda: taking.classroom.snapshot()["class"]["waiting"] == 2)
                await holder.socket.close()
                await fresh.next("session.created")
                assert seat(taking, "seat-08")["before"] == 0
                await fresh.socket.close()
                await again.next("session.created")


async def test_an_idle_place_is_lent_and_the_pupil_is_told(tmp_path: Path) -> None:
    """Only where somebody waits; the next words get a place again, configured as before."""
    async with taught(tmp_path, ClassRules(places=1, release_idle=1)) as taking:
        async with pupil(taking) as first, pupil(taking, "seat-08") as second:
            await ready(first, voice="xiaochen")
            await first.ask(CLIP)
            await second.next("session.created")
            assert seat(taking)["has_place"] is False
            await first.append(CLIP)
            await first.send("input_audio_buffer.commit")
            await first.send("response.create")
            await until(taking, lambda: seat(taking)["before"] == 0)
            await second.socket.close()
            mark = len(first.came)
            await first.next("response.done")
    said = [each["glmkit"] for each in first.came[mark:] if "glmkit" in each]
    assert {"forgotten": 1} in said
    assert any("waited" in each.get("place", {}) for each in said)
    assert "session.created" not in [each["type"] for each in first.came[mark:]]
    assert seat(taking)["turns"] == 2


@pytest.mark.parametrize("vad", ["client", pytest.param("server", marks=pytest.mark.voices)])
async def test_a_seat_without_a_turn_left_holds_nobody_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, vad: str
) -> None:
    """Its place goes to who waits, though nothing idle is released; more turns bring it back."""

    async def said(bare: Bare, vad: str) -> None:
        sound = CLIP + silence(1.5)
        for at in range(0, len(sound), 3_200):
            await bare.append(sound[at : at + 3_200])
        if vad == "client":
            await bare.send("input_audio_buffer.commit")
            await bare.send("response.create")

    monkeypatch.setattr(pupil_session, "_SPENT", 0.2)
    async with taught(tmp_path, ClassRules(places=1, seat=Limits(turns=1))) as taking:
        async with pupil(taking) as spent, pupil(taking, "seat-08") as second:
            await ready(spent, turn_detection={"type": f"{vad}_vad"})
            await said(spent, vad)
            await spent.next("response.done")
            await second.next("session.created")
            assert seat(taking)["has_place"] is False
            await said(spent, vad)
            assert (await spent.error())["code"] == "class_seat_turns"
            await taking.classroom.limit("seat-07", turns=2)
            await second.socket.close()
            await said(spent, vad)
            await spent.next("response.done")
            assert seat(taking)["turns"] == 2


# -- what a teacher does ----------------------------------------------------------------------


async def test_a_seat_is_stopped_in_the_middle_of_a_turn(tmp_path: Path) -> None:
    """It is told why and closed; a restart remembers; allowed again, it goes on."""
    async with taught(tmp_path, pace=1) as taking:
        async with pupil(taking) as bare:
            await ready(bare)
            await bare.append(CLIP)
            await bare.send("input_audio_buffer.commit")
            await bare.send("response.create")
            await bare.next("response.audio.delta")
            await taking.classroom.stop("seat-07")
            assert (await bare.error())["code"] == "class_stopped"
            await bare.closed()
            assert bare.socket.close_code == 1008
        assert taking.classroom.places.taken == 0
    async with taught(tmp_path) as taking:
        line = taking.line_of("seat-07").reveal()
        with pytest.raises(glm.errors.Rejected, match="your teacher has stopped this seat"):
            await glm.aio.connect("class", api_key=line, reconnect=3)
        await taking.classroom.allow("seat-07")
        async with glm.aio.connect("class", api_key=line) as session:
            assert (await session.ask("hello")).status == "completed"


async def test_a_seat_that_is_freed_in_mid_answer_ends_and_is_counted(tmp_path: Path) -> None:
    """Whoever has the old line is let out at once; what was heard counts, the place is free."""
    async with taught(tmp_path, pace=1) as taking, pupil(taking) as bare:
        await ready(bare)
        await bare.append(CLIP)
        await bare.send("input_audio_buffer.commit")
        await bare.send("response.create")
        await bare.next("response.audio.delta")
        await taking.classroom.renew_key("seat-07")
        assert (await bare.error())["code"] == "class_stopped"
        await bare.closed()
        assert bare.socket.close_code == 1008
        used = taking.classroom.seats["seat-07"].used
        assert (used.turns, used.received > 0, taking.classroom.places.taken) == (1, True, 0)


async def test_the_whole_class_is_stopped_told_and_let_go_on(tmp_path: Path) -> None:
    """Everybody hears a message; nobody who was stopped comes in; what cannot be is refused."""
    async with taught(tmp_path) as taking:
        line = taking.line_of("seat-07").reveal()
        async with glm.aio.connect("class", api_key=line) as session, pupil(taking, "seat-08") as b:
            await ready(b)
            assert await taking.classroom.message("Look <here>, 看这里") == 2
            while "glmkit" not in (notice := await b.next("heartbeat")):
                pass
            assert notice["glmkit"] == {"message": "Look <here>, 看这里"}
            await session.ask("hello")
            await taking.classroom.stop_all()
            assert (await b.error())["code"] == "class_stopped"
            with pytest.raises(glm.errors.Rejected, match="stopped the class"):
                await session.ask("hello")
        await taking.classroom.allow_all()
        async with pupil(taking) as bare:
            await bare.next("session.created")
        for wrong in ("", " ", "x" * 501, 7):
            with pytest.raises(BadArgument):
                await taking.classroom.message(wrong)  # type: ignore[arg-type]
        for unknown in ("seat-99", None):
            with pytest.raises(BadArgument, match="no seat"):
                await taking.classroom.stop(unknown)  # type: ignore[arg-type]
        for limits in ({"yuan": -1}, {"turns": 1.5}, {"turns": float("nan")}, {"euro": 1}):
            with pytest.raises(BadArgument, match="limit"):
                await taking.classroom.limit("seat-07", **limits)


async def test_a_second_tab_takes_the_seat_over(tmp_path: Path) -> None:
    """With the one place there is; the first is told, and tries no more by itself."""
    async with taught(tmp_path, ClassRules(places=1)) as taking:
        line = taking.line_of("seat-07").reveal()
        async with glm.aio.connect("class", api_key=line, reconnect=3) as first:
            async with glm.aio.connect("class", api_key=line) as second:
                assert (await second.ask("hello")).status == "completed"
                with pytest.raises(glm.errors.Rejected, match="another tab"):
                    await first.ask("hello")
                assert taking.classroom.places.taken == 1


# -- who comes in, and the teacher's page --------------------------------------------------------


async def test_wrong_keys_are_slowed_and_right_ones_are_not(tmp_path: Path) -> None:
    """Many wrong tries wait, more are sent away; a pupil beside them comes in at once."""
    async with taught(tmp_path) as taking:
        url = taking.url.replace("ws:", "http:")
        headers = {"Authorization": "Bearer seat-07.abcdefghijklmnopqr"}
        async with httpx.AsyncClient(trust_env=False, timeout=SECONDS) as http:
            tries = [http.get(url, headers=headers) for _ in range(80)]
            answering = asyncio.gather(*tries)
            await asyncio.sleep(0)
            async with pupil(taking) as bare:
                await bare.next("session.created")
                statuses = {answer.status_code for answer in await answering}
        assert statuses == {401, 429}


async def test_a_wrong_clock_is_told_as_such(tmp_path: Path) -> None:
    """A token of yesterday is refused with the service's code, and with what to look at."""
    async with taught(tmp_path) as taking:
        old = make_token(taking.classroom.seats["seat-07"].key, now=1e9).reveal()
        with pytest.raises(InvalidStatus) as refused:
            async with open_socket(taking.url, {"Authorization": f"Bearer {old}"}):
                pass
        error = json.loads(refused.value.response.body)["error"]
        assert error["code"] == "1003"
        assert "clock" in error["message"]


async def test_the_status_is_the_teachers_alone(tmp_path: Path) -> None:
    """Behind a password, for its own origin, without a secret in it."""
    async with taught(tmp_path) as taking, httpx.AsyncClient(trust_env=False) as http:
        status = f"{taking.page}status"
        assert (await http.get(status)).status_code == 401
        assert (await http.get(status, auth=("", "wrong"))).status_code == 401
        right = httpx.BasicAuth("teacher", PASSWORD)
        answer = await http.get(status, auth=right)
        assert answer.status_code == 200
        assert answer.json()["seats"][0]["name"] == "张三"
        for each in taking.classroom.seats.values():
            assert each.key.reveal().rpartition(".")[2] not in answer.text
        other = {"Origin": "http://elsewhere.example"}
        assert (await http.get(status, auth=right, headers=other)).status_code == 403
        assert (await http.get(f"{taking.page}nothing", auth=right)).status_code == 404
        assert (await http.post(status, auth=right)).status_code == 405


async def test_seats_are_written_for_their_slips(tmp_path: Path) -> None:
    """Each with its line; the file is its owner's alone."""
    async with taught(tmp_path) as taking:
        taking.write_seats(tmp_path / "seats.json")
        line = taking.line_of("seat-09").reveal()
    path = tmp_path / "seats.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    assert (found[2]["line"], found[2]["number"]) == (line, "09")
    assert path.stat().st_mode & 0o077 == 0 or path.drive


# -- latency ----------------------------------------------------------------------------------


@pytest.mark.slow
async def test_a_network_on_the_way_to_a_class_is_named(tmp_path: Path) -> None:
    """Beside the peer, in whatever shows a turn of it, its session or its file."""
    async with taught(tmp_path) as taking:
        line = taking.line_of("seat-07").reveal()
        with glm.lab.network("5g", to="class") as network:
            async with glm.aio.connect(network, api_key=line) as session:
                turn = await session.ask("hello")
                trace = glm.Trace.load(await session.save(tmp_path / "x.glm"))
    things: list[Any] = [turn, session, trace]
    shown = [(repr(thing),) for thing in (*things, turn.latency, trace.turns()[0])]
    shown += [(thing._repr_mimebundle_()["text/html"],) for thing in things]
    shown += [(str(turn),), (trace.table().columns.name,)]
    shown += [(glm.plots.timeline(thing).get_title(loc="left"),) for thing in (turn, trace)]

    def check(words: str) -> None:
        assert "class → emulator over 5g" in words

    check_each(check, shown)
    assert (turn.peer, turn.network) == ("class → emulator", "5g")


async def test_a_wait_for_a_place_is_in_no_latency(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A turn whose place was lent waits for it; that stands apart, and the pupil is told."""
    async with taught(tmp_path, ClassRules(places=1, release_idle=1)) as taking:
        line = taking.line_of("seat-07").reveal()
        async with glm.aio.connect("class", api_key=line) as session:
            await session.say(glm.sample("joke_en"), speed=None)
            async with pupil(taking, "seat-08") as other:
                await other.next("session.created")
                saying = asyncio.create_task(session.say(glm.sample("joke_en"), speed=None))
                await until(taking, lambda: seat(taking)["before"] == 0)
                await asyncio.sleep(2.0)
            turn = await saying
            assert session.turns[-1] == turn
        trace = session.trace
    assert turn.waited_for_place > 2
    assert turn.latency.done is not None
    [commit, done] = [e.at for e in turn.events if e.type in ENDS]
    assert done - commit - turn.latency.done > 2
    assert trace.turns()[-1].latency == turn.latency
    assert "the service has forgotten the 1 turns before" in capsys.readouterr().out
