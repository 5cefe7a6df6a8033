"""An account's places on this machine: across threads and processes, and whose they are."""

from __future__ import annotations

import _thread
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import glmkit as glm
from glmkit.auth.credentials import Key
from glmkit.emulator.launch import Emulator
from glmkit.errors import BadArgument, BadFile, GlmWarning
from glmkit.lab.account_places import account_at, free_place
from tests.listed import check_each

DEADLINE = 30
HOLDER = """
import sys
from glmkit.lab.account_places import free_place
held = [free_place(sys.argv[1], 2) for _ in range(2)]
print(all(held), flush=True)
sys.stdin.read()
"""


class Crowd:
    """A task that counts how many of it run at the same time."""

    def __init__(self) -> None:
        self.now, self.most, self._lock = 0, 0, threading.Lock()

    def __call__(self, session: glm.Session, number: int) -> glm.Turn:
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)
        try:
            return session.ask("hi")
        finally:
            with self._lock:
                self.now -= 1


def elsewhere(emulator: Emulator) -> dict[str, Any]:
    """Settings for an emulator that this process does not know for its own."""
    url = emulator.url.replace("127.0.0.1", "localhost")
    return {"to": url, "api_key": emulator.key, "modalities": ["text"]}


@pytest.mark.slow
def test_no_more_sessions_at_once_than_the_account_has_places(glm_emulator: Emulator) -> None:
    """Six want to run, two do; the others' wait is in ``waited``, and in no other time."""
    crowd = Crowd()
    table = glm.lab.sweep(
        crowd,
        grid={"number": range(6)},
        warm_up=0,
        at_once=6,
        connect=elsewhere(glm_emulator),
        account_limit=2,
    )
    assert (table["error"] == "").all()
    assert crowd.most <= 2
    assert (table["waited"] > 0).sum() >= 4 - 2  # the third and fourth, at least
    assert table["waited"].max() > table["took"].min() / 2


def test_the_kits_own_emulator_needs_no_place(glm_emulator: Emulator) -> None:
    """Four meet in a barrier, though the account is said to have one place."""
    four = threading.Barrier(4)

    def task(session: glm.Session, number: int) -> glm.Turn:
        four.wait(DEADLINE)
        return session.ask("hi")

    own = {**elsewhere(glm_emulator), "to": glm_emulator.url}
    table = glm.lab.sweep(
        task, grid={"number": range(4)}, warm_up=0, at_once=4, connect=own, account_limit=1
    )
    assert (table["error"] == "").all()
    assert table["waited"].max() < 1


@contextmanager
def holder(account: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that has both places of an account."""
    command = [sys.executable, "-c", HOLDER, account]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, encoding="utf-8", **pipes) as process:  # type: ignore[call-overload]
        try:
            assert process.stdout.readline().strip() == "True"
            yield process
        finally:
            process.kill()


@pytest.mark.slow
def test_another_process_counts_and_one_that_is_killed_frees_its_places() -> None:
    """The system takes its locks back."""
    account = uuid.uuid4().hex
    with holder(account) as process:
        assert free_place(account, 2) is None
        third = free_place(account, 3)
        assert third is not None
        process.kill()
        process.wait(DEADLINE)
        found = free_place(account, 2)
        assert found is not None
        found.release()
        third.release()


def test_a_run_waits_until_a_place_is_free(
    glm_emulator: Emulator, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says once what it waits for; a limit of None waits for nothing."""
    settings = elsewhere(glm_emulator)
    account = account_at(settings["to"], settings["api_key"])
    place = free_place(account, 1)
    assert place is not None
    options: dict[str, Any] = {"warm_up": 0, "connect": settings}
    assert len(glm.lab.repeat(ask, 1, account_limit=None, **options)) == 1
    freed = threading.Timer(0.3, place.release)
    freed.start()
    table = glm.lab.repeat(ask, 2, account_limit=1, **options)
    freed.join()
    assert table.loc[0, "waited"] > 0.2
    assert table.loc[1, "waited"] < 0.2
    assert capsys.readouterr().out.count("All 1 places") == 1


def ask(session: glm.Session) -> glm.Turn:
    return session.ask("hi")


def test_an_interrupt_frees_the_place_it_waits_for_or_has(glm_emulator: Emulator) -> None:
    """In the run itself, and while another holds the place."""

    def interrupted(session: glm.Session) -> glm.Turn:
        raise KeyboardInterrupt

    settings = elsewhere(glm_emulator)
    options: dict[str, Any] = {"warm_up": 0, "connect": settings, "account_limit": 1}
    with pytest.warns(GlmWarning, match="0 of 2"):
        glm.lab.repeat(interrupted, 2, **options)
    place = free_place(account_at(settings["to"], settings["api_key"]), 1)
    assert place is not None
    interrupt = threading.Timer(0.3, _thread.interrupt_main)
    interrupt.start()
    with pytest.warns(GlmWarning, match="0 of 2"):
        glm.lab.repeat(ask, 2, **options)
    interrupt.join()
    place.release()


def test_whose_places_a_session_takes(
    glm_emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key's, at whom it is for; none for the kit's emulator, and none where nobody knows."""
    key, other = Key.random(), Key.random()
    far = "wss://class.example/api/paas/v4/realtime"
    assert account_at(far, key) == account_at(far, key.reveal()) != ""
    assert len({account_at(to, k) for to in (far, "live") for k in (key, other)}) == 4
    assert key.id not in account_at("live", key)
    none = [("emulator", key), (glm_emulator.url, glm_emulator.key), ("talk.glm", key),
            (None, None), (far, None), ("live", "no key"), ("live", None)]  # fmt: skip
    check_each(_takes_none, none)
    monkeypatch.setenv("ZHIPU_API_KEY", key.reveal())
    monkeypatch.delenv("GLMKIT_TO")
    assert account_at(None, None) == account_at("live", key)


def _takes_none(to: Any, key: Any) -> None:
    assert account_at(to, key) == ""


def test_a_folder_that_cannot_be_written_is_named(
    glm_emulator: Emulator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With what to do; and a limit is a whole number from 1."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("GLMKIT_CACHE", str(tmp_path / "file"))
    with pytest.raises(BadFile, match="GLMKIT_CACHE"):
        glm.lab.repeat(ask, 1, connect=elsewhere(glm_emulator))
    for wrong in (0, -1, "5", 2.5, True, 10_000):
        with pytest.raises(BadArgument, match="account_limit"):
            glm.lab.repeat(ask, 1, account_limit=wrong)  # type: ignore[arg-type]
