"""``glmkit verify``: what a server keeps to is found to hold, and where it strays is told."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.datastructures import Headers
from websockets.http11 import Request, Response

from glmkit.auth import Key, make_token
from glmkit.errors import BadArgument, Refused
from glmkit.protocol.event import Event
from glmkit.session.address import Address
from glmkit.turns.trace import Clock, Trace
from glmkit.verify import checks
from glmkit.verify.all_checks import SCENES, STATEMENTS, find_statement
from glmkit.verify.evidence import Differs, Evidence, Untestable
from glmkit.verify.record import FINDINGS, Record, Verdict
from glmkit.verify.run import judged, verify_service
from glmkit.verify.scene import Scene
from glmkit.verify.scene_client import Stage
from glmkit.verify.statement import Statement
from tests.bare import KEY, SECONDS, running

PREFIX = f"{checks.__name__}."

#: What published runs saw otherwise than documented, as statements and probes.
OBSERVED = {"9", "19", "51", "D2", "D27", "D40", "D43", "D44"}


async def findings(folder: Path, *, yuan: float = 100, **switches: Any) -> list[Verdict]:
    """What a run against a server with these switches finds."""
    found: list[Verdict] = []
    async with running(**{"heartbeat": 0.3, "pace": 12, **switches}) as server:
        address = Address(server.url, "emulator", Key.parse(KEY))
        model = "glm-realtime-flash"
        await verify_service(
            address, folder, model=model, yuan=yuan, quiet=0.2, patience=SECONDS, tell=found.append
        )
    return found


def differing(found: list[Verdict], *, untestable: frozenset[str] = frozenset()) -> set[str]:
    assert {each.id for each in found} == {each.id for each in STATEMENTS}
    assert {each.id for each in found if each.outcome == "untestable"} == untestable
    return {each.id for each in found if each.outcome == "differed"}


@pytest.mark.long
async def test_the_documented_profile_keeps_every_statement(tmp_path: Path) -> None:
    """Everything that can be tested from outside holds; report and recording say so."""
    found = await findings(tmp_path)
    assert differing(found) == set(), [each for each in found if each.outcome == "differed"]
    report = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert f"{len(STATEMENTS)} held, 0 differed, 4 not testable" in report
    recording = Trace.load(tmp_path / "verify-1.glm")
    assert len(recording.turns()) > 10
    for name in (FINDINGS, "report.md", "verify-1.glm"):
        assert KEY.partition(".")[2].encode() not in (tmp_path / name).read_bytes()


@pytest.mark.long
@pytest.mark.parametrize("profile", ["observed-2026-09", "troubled"])
async def test_an_observed_profile_differs_where_it_is_reported_to(
    tmp_path: Path, profile: str
) -> None:
    """Exactly the known differences are found: the first door, too, and the stuck server VAD."""
    found = await findings(tmp_path, profile=profile)
    troubles = {"1", "70"} if profile == "troubled" else set()
    unread = frozenset({"74"})  # asked in writing, which nobody reads; there the first answer fails
    assert differing(found, untestable=unread) == OBSERVED | troubles


#: Id → a server that differs there; and one more that it holds with, but for the plain one.
TROUBLED: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "69": ({"faults": ["vad_deaf=always"]}, {"faults": ["vad_deaf=tools"]}),
    "70": ({"faults": ["vad_deaf"]}, {}),
    "71": (
        {"faults": ["vad_deaf"], "commit_under_server_vad": "ignore"},
        {"faults": ["vad_deaf"]},
    ),
    "73": ({"faults": ["failed_reply"]}, {"text_turns": "silent"}),
    "81": ({"faults": ["arrears"]}, {}),
    "82": ({"status_details": False}, {"profile": "observed-2026-09"}),
    "83": ({"status_details": False}, {"faults": ["failed_reply=500"]}),
    "84": ({"status_details": False}, {}),
    "84a": ({"status_details": False}, {}),
    "87": ({"faults": ["gateway"]}, {"faults": ["unauthorized=401"]}),
    "90": ({"faults": ["unauthorized"]}, {}),
    "91": ({"faults": ["arrears"]}, {}),
    "91a": ({"faults": ["bad_model=1211"]}, {}),
}


@pytest.mark.slow
@pytest.mark.parametrize("id", TROUBLED)
async def test_observed_troubles_are_found_where_they_are_and_nowhere_else(id: str) -> None:
    """Each has a server on which its statement differs, and one on which it holds."""
    found = [await outcome(id, **switches) for switches in TROUBLED[id]]
    assert [each.outcome for each in found] == ["differed", "held"], found


def test_what_no_server_of_ours_does_would_be_found() -> None:
    """A memory that outlasts its connection, or is not told; and compressed sound that is taken."""
    said = Event("response.text.done", {"text": "你叫安娜。"}, direction="server")
    asked = Evidence([said], {"我叫什么名字？": 0})
    came = Event("input_audio_buffer.committed", direction="server")
    taken = Evidence([came], {"appended": 0, "commit": 0})
    found = {"74": Evidence(facts={"same": asked, "next": asked}), "75": asked, "92": taken}
    for id, evidence in found.items():
        assert judged(find_statement(id), evidence).outcome == "differed"


@pytest.mark.slow
async def test_what_instructions_tell_is_known() -> None:
    """The emulator reads them, whatever it is made to do with messages."""
    for profile in ("documented", "observed-2026-09"):
        assert (await outcome("75", profile=profile)).outcome == "held"


async def outcome(id: str, **switches: Any) -> Verdict:
    """What becomes of one statement, of whose scene alone a server with these switches hears."""
    statement = find_statement(id)
    async with running(pace=12, **switches) as server:
        address = Address(server.url, "emulator", Key.parse(KEY))
        clock = Clock(time.time(), time.perf_counter())
        trace = Trace(clock, peer="emulator", model="glm-realtime-flash")
        stage = Stage(address, trace, model=trace.model, quiet=0.2, patience=5)
        return judged(statement, await SCENES[statement.scene].play(stage))


@pytest.mark.slow
async def test_a_run_never_begins_what_it_may_not_afford(tmp_path: Path) -> None:
    """With next to nothing to spend only silent scenes are played; the report counts the rest."""
    found = await findings(tmp_path, yuan=0.001)
    silent = {each.id for each in STATEMENTS if SCENES[each.scene].seconds == 0}
    assert {each.id for each in found} == silent
    left = len(STATEMENTS) - len(silent)
    assert f"{left} were left out" in (tmp_path / "report.md").read_text(encoding="utf-8")


@pytest.mark.slow
async def test_a_second_run_goes_on_where_the_first_one_stopped(tmp_path: Path) -> None:
    """What is known is not asked again, nor paid again, though the last line was cut."""
    first = await findings(tmp_path, yuan=0.11)
    lines = (tmp_path / FINDINGS).read_text(encoding="utf-8")
    spent = sum(json.loads(line).get("yuan", 0) for line in lines.splitlines())
    assert 0 < spent < 0.11
    with (tmp_path / FINDINGS).open("a", encoding="utf-8") as file:
        file.write('{"id": "24", "outc')
    again = await findings(tmp_path, yuan=0.11)
    assert {each.id for each in first}.isdisjoint(each.id for each in again)
    report = (tmp_path / "report.md").read_text(encoding="utf-8")
    held = len([each for each in (*first, *again) if each.outcome == "held"])
    assert f"{held} held" in report


async def test_findings_about_another_model_are_not_mixed(tmp_path: Path) -> None:
    """A folder is about one server and one model."""
    Record.opened(tmp_path, peer="live", url="wss://example.org/x", model="glm-realtime-air")
    with pytest.raises(BadArgument, match="glm-realtime-air"):
        await findings(tmp_path)


@pytest.mark.slow
async def test_with_a_token_what_needs_the_key_is_not_testable(tmp_path: Path) -> None:
    """A token cannot make tokens, but everything else can be asked."""
    async with running(heartbeat=0.3) as server:
        address = Address(server.url, "emulator", make_token(KEY))
        await verify_service(
            address, tmp_path, model="glm-realtime", yuan=0.001, quiet=0.2, patience=9
        )
    report = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert "| 1 | not testable |" in report
    assert "| 2 | held |" in report


async def test_what_fails_behind_a_redirect_is_said_of_where_it_led(tmp_path: Path) -> None:
    """As connecting says it: the first address did answer."""

    def answer(_: ServerConnection, request: Request) -> Response:
        moved = Headers(Location="/other") if request.path == "/" else Headers()
        return Response(307 if moved else 503, "No", moved)

    async def nothing(_: ServerConnection) -> None: ...

    async with serve(nothing, "127.0.0.1", 0, process_request=answer) as server:
        url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        with pytest.raises(Refused, match=f"{url} redirects to {url}other.*{url}other answered"):
            await verify_service(Address(url, "x", KEY), tmp_path, model="m", yuan=1)


def test_a_connection_that_ends_leaves_the_rest_untestable() -> None:
    """A step that was never reached shows nothing; one that was cut says how it ended."""
    evidence = Evidence(parts={"sent": 0}, closed=1011)
    with pytest.raises(Differs, match="no error; closed 1011"):
        evidence.part("sent").error()
    with pytest.raises(Untestable, match="1011"):
        evidence.part("later")


@pytest.mark.long
def test_the_command_writes_a_report(tmp_path: Path) -> None:
    """``glmkit verify --to emulator --profile …``: a line a finding, and where the report is."""
    words = ("--to", "emulator", "--profile", "observed-2026-09", "--yuan", "0.001")
    done = subprocess.run(
        [sys.executable, "-m", "glmkit", "verify", *words, "--out", str(tmp_path / "v")],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "differed" in done.stdout
    assert str(tmp_path / "v" / "report.md") in done.stdout


def test_every_check_is_listed() -> None:
    """What a file of checks defines, a scene or a named statement, is in the list of all."""
    files = [import_module(each.name) for each in walk_packages(checks.__path__, PREFIX)]
    defined = [value for file in files for value in vars(file).values()]
    scenes = {id(each) for each in defined if isinstance(each, Scene)}
    assert scenes == set(map(id, SCENES.values()))
    assert {id(each) for each in defined if isinstance(each, Statement)} <= set(map(id, STATEMENTS))
    assert len({each.id for each in STATEMENTS}) == len(STATEMENTS)
    assert {each.scene for each in STATEMENTS} <= set(SCENES)
