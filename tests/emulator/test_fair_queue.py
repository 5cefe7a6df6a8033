"""Whose turn it is, of those who wait for recognition."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor

import pytest

from glmkit.emulator.hear.fair_queue import FairQueue, Owner, Steps

DEADLINE = 10


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as threads:
        yield threads


def utterance(name: str, steps: int, done: list[str]) -> Steps[str]:
    for _ in range(steps):
        done.append(name)
        yield
    return name


def order(threads: ThreadPoolExecutor, waiting: list[tuple[str, Owner, int]]) -> str:
    """Who was served, step by step, where all of them waited before the first step."""
    open_doors, done = threading.Event(), list[str]()
    threads.submit(open_doors.wait, DEADLINE)
    queue = FairQueue(threads)
    results = [queue.put(utterance(name, steps, done), owner) for name, owner, steps in waiting]
    open_doors.set()
    assert [result.result(DEADLINE) for result in results] == [name for name, _, _ in waiting]
    return "".join(done)


def test_accounts_take_turns_and_so_do_their_sessions(threads: ThreadPoolExecutor) -> None:
    """Who sends much delays another account, and a classmate, by one step each."""
    crowd = [(name, Owner("class", "first"), 1) for name in "abc"]
    mate = ("m", Owner("class", "second"), 1)
    guest = ("g", Owner("guest", "third"), 1)
    assert order(threads, [*crowd, mate, guest]) == "agmbc"


def test_something_long_delays_others_by_a_step(threads: ThreadPoolExecutor) -> None:
    """A long utterance goes on behind a short one that came later."""
    long, short = ("l", Owner("a", "1"), 4), ("s", Owner("b", "2"), 1)
    assert order(threads, [long, short]) == "lslll"


def test_what_is_given_up_takes_no_turn(threads: ThreadPoolExecutor) -> None:
    """Cancelled before its turn, or closed with the queue, it is never begun."""
    open_doors, done = threading.Event(), list[str]()
    threads.submit(open_doors.wait, DEADLINE)
    queue = FairQueue(threads)
    void, last = (queue.put(utterance(name, 2, done), Owner(name, "")) for name in "vl")
    void.cancel()
    assert queue.expected_wait(Owner("me", "")) > 0
    queue.close()
    open_doors.set()
    with pytest.raises(CancelledError):
        last.result(DEADLINE)
    threads.submit(int).result(DEADLINE)
    assert not done


def test_an_error_is_told_and_the_next_has_its_turn(threads: ThreadPoolExecutor) -> None:
    """What fails fails for whoever waits for it, not for others."""

    def failing() -> Steps[str]:
        yield
        raise LookupError("no weights")

    queue = FairQueue(threads)
    wrong, right = queue.put(failing()), queue.put(utterance("next", 1, []))
    with pytest.raises(LookupError):
        wrong.result(DEADLINE)
    assert right.result(DEADLINE) == "next"


def test_the_wait_is_what_goes_before(threads: ThreadPoolExecutor) -> None:
    """Another's crowd counts once for whoever has nothing waiting, the own in full."""
    open_doors = threading.Event()
    threads.submit(open_doors.wait, DEADLINE)
    queue, crowd, guest = FairQueue(threads), Owner("class", "1"), Owner("guest", "2")
    assert queue.expected_wait(guest) == 0
    for _ in range(6):
        queue.put(utterance("a", 1, []), crowd)
    assert queue.expected_wait(crowd) == pytest.approx(6 * queue.expected_wait(guest))
    open_doors.set()
