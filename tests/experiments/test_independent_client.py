"""The kit's numbers beside those of a client that imports nothing of it, on one steady emulator."""

from __future__ import annotations

import ast
import json
import math
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import glmkit as glm
from glmkit.emulator.launch import Emulator

CLIENT = Path(__file__).parents[2] / "docs" / "experiments" / "independent_client.py"
DEADLINE = 120
#: Seconds: of the least of a few runs, which is what the clocks and not the machine's load decide.
AGREED = 0.02
#: A busy machine has some more rounds until each client was on time once; a wrong clock never is.
ROUNDS = 8
WAITS = ("beside_log", "off_zero", "off_spoken")
CHUNK = 0.1  # seconds


@pytest.fixture
def steady() -> Iterator[Emulator]:
    """Without models: it knows the word by its sound, and answers it alike each time."""
    with Emulator.start(steady=True, wait=1.6, jitter=0.2, seed=1, pace=0) as emulator:
        yield emulator


def test_the_independent_client_is_small_and_imports_nothing_of_the_kit() -> None:
    """websockets, PyJWT and the standard library, in 150 lines."""
    source = CLIENT.read_text(encoding="utf-8")
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(source))
        for name in (
            [each.name for each in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported - set(sys.stdlib_module_names) == {"jwt", "websockets"}
    assert len(source.splitlines()) <= 150


def test_without_a_key_it_says_so() -> None:
    """In one line, and not in a traceback."""
    found = subprocess.run(
        [sys.executable, str(CLIENT), "question.wav"],
        env={name: value for name, value in os.environ.items() if name != "GLM_KEY"},
        capture_output=True,
        encoding="utf-8",
        timeout=DEADLINE,
    )
    assert found.returncode == 2
    assert "GLM_KEY is not set" in found.stderr
    assert "Traceback" not in found.stderr


@pytest.mark.long
@pytest.mark.parametrize("vad", ["client", "server"])
def test_the_kit_and_an_independent_client_find_the_same(
    vad: str, steady: Emulator, tmp_path: Path
) -> None:
    """Waits since sent and since spoken, beside the emulator's log; segments and sound exactly."""
    clip = glm.Clip.silence(0.13, 16_000) + glm.sample("hello_en")[:0.75]
    clip.write(tmp_path / "question.wav")
    pairs: list[tuple[Any, Any]] = []
    while len(pairs) < ROUNDS and (len(pairs) < 2 or _apart(pairs)):
        both, log = _both(vad, clip, tmp_path / "question.wav", steady)
        pairs.append((_judged(both[0], log, vad, clip), _judged(both[1], log, vad, clip)))
    assert _apart(pairs) == {}
    every = [found for pair in pairs for found in pair]
    assert {each["segments"] for each in every} == {1 if vad == "server" else 0}
    answers = [each["audio_seconds"] for each in every]
    assert max(answers) - min(answers) < 1e-4


def _apart(pairs: list[tuple[Any, Any]]) -> dict[str, list[float]]:
    """The waits of which the least of the kit's and the least of the other's don't agree."""
    least = {name: [min(each[name] for each in found) for found in zip(*pairs, strict=True)]
             for name in WAITS}  # fmt: skip
    return {name: both for name, both in least.items() if abs(both[0] - both[1]) >= AGREED}


def _both(vad: str, clip: glm.Clip, file: Path, emulator: Emulator) -> tuple[Any, list[Any]]:
    """The same question by the kit and by the other client, side by side; the emulator's log."""
    with ThreadPoolExecutor(2) as pool:
        ours = pool.submit(_by_the_kit, vad, clip, emulator)
        theirs = pool.submit(_by_the_other, file, vad, emulator)
        return (ours.result(DEADLINE), theirs.result(DEADLINE)), emulator.log()


def _by_the_kit(vad: str, clip: glm.Clip, emulator: Emulator) -> dict[str, Any]:
    with glm.connect(emulator.url, api_key=emulator.key, vad=vad) as session:  # type: ignore[arg-type]
        turn = session.say(clip)
    [row] = glm.lab.repeat(lambda: turn, 1, warm_up=0).to_dict("records")
    appends = [event.at for event in turn.events if event.type == "input_audio_buffer.append"]
    commits = [event.at for event in turn.events if event.type == "input_audio_buffer.commit"]
    zero = commits[0] if vad == "client" else appends[math.ceil(clip.seconds / CHUNK) - 1]
    return {
        "since_sent": row["first_audible"],
        "since_spoken": row["since_spoken"],
        "since_first_chunk": zero - appends[0] + row["first_audible"],
        "segments": row["segments"],
        "audio_seconds": turn.audio.seconds if turn.audio else 0.0,
        "response_id": turn.response_ids[-1],
    }


def _by_the_other(file: Path, vad: str, emulator: Emulator) -> dict[str, Any]:
    own = {"GLM_URL": emulator.url, "GLM_KEY": emulator.key.reveal()}
    done = subprocess.run(
        [sys.executable, str(CLIENT), str(file), "--vad", vad],
        env={**os.environ, **own},
        capture_output=True,
        encoding="utf-8",
        timeout=DEADLINE,
    )
    assert done.returncode == 0, done.stderr
    assert own["GLM_KEY"] not in done.stdout + done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _judged(found: dict[str, Any], log: list[Any], vad: str, clip: glm.Clip) -> dict[str, Any]:
    """What it measured, beside the emulator's log and beside the deadlines of the chunks.

    ``beside_log``: from the first chunk to the first audible sample, beyond what the log has from
    that chunk's arrival to the first sound's leaving: however late a busy machine answers, that is
    in both. ``off_zero``, ``off_spoken``: by how much the zero point is not when it is due, counted
    from the first chunk and from the last voiced sample.
    """
    rows = next(
        each["events"]
        for each in log
        if any(detail.get("response_id") == found["response_id"] for *_, detail in each["events"])
    )
    [came, *_] = [at for at, _, type, _ in rows if type == "input_audio_buffer.append"]
    [left, *_] = [at for at, way, type, _ in rows if (way, type) == ("out", "response.audio.delta")]
    due = clip.seconds if vad == "client" else math.ceil(clip.seconds / CHUNK) * CHUNK
    until_zero = found["since_first_chunk"] - found["since_sent"]
    filling = found["since_spoken"] - found["since_sent"]
    return {
        **found,
        "beside_log": found["since_first_chunk"] - (left - came),
        "off_zero": abs(until_zero - (due - CHUNK)),
        "off_spoken": abs(filling - (due - (clip.voiced_end or 0.0))),
    }
