"""A server that this process started and that is gone: whoever wants to reach it is told why."""

from __future__ import annotations

from collections.abc import Callable

import psutil
import pytest

import glmkit as glm
from glmkit.emulator.launch import Emulator
from glmkit.errors import ConnectFailed
from tests.listed import check_each


def killed(emulator: Emulator) -> None:
    process = psutil.Process(emulator.pid)
    process.kill()
    process.wait(10)


@pytest.mark.slow
def test_why_a_dead_server_is_not_reached_is_said_by_whatever_opens() -> None:
    """A new session, a reset and a reset after another failure; killed, or closed here."""

    def check(end: Callable[[Emulator], None], said: str) -> None:
        with Emulator.start() as emulator:
            session = glm.connect(emulator.url, api_key=emulator.key)
            end(emulator)
            again = [session.reset, session.reset]
            if end is killed:
                again.append(lambda: glm.connect(emulator.url, api_key=emulator.key))
            for opening in again:
                with pytest.raises(ConnectFailed) as caught:
                    opening()
                assert said in str(caught.value)
                assert "Start another" in str(caught.value)
                assert "nothing listens" not in str(caught.value)

    check_each(check, [(killed, "process ended"), (Emulator.close, "was closed")])
