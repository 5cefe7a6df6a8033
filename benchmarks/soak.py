"""A class for an hour: a hundred seats, a relay that records, an emulator; does anything grow?

Pupils come to their seats one after the other, all the time: each connects, says something, hears
the answer to its end and leaves; every seventh is cut off before it says anything. Their sessions
go through a class and a relay that records them. Watched are both processes: resident memory
whenever one comes, and open files before and after.

    python -m benchmarks.soak [--minutes 60] [--seats 100] [--sessions 90]      # make soak

Rules
- Memory is judged by a slope with its interval, once it is warm: see ``growth``.
- Open files are counted where nobody is connected: before the first and after the last.
- The ledger is right if it has the turns and the seconds of sound that the pupils themselves sent
  and received, to the second.

It takes about a sixth of a core, so other tests can go on beside it.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import json
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from websockets.exceptions import WebSocketException

import glmkit as glm
from benchmarks.callers import KEY, Server, appends, started
from benchmarks.growth import Watched
from glmkit.verify.raw_client import RawClient, open_socket

PLACES: Final = 10
_SECONDS: Final = 120.0  # for one pupil's visit
_WARM: Final = {"class": 150, "relay": 1_000}
"""Sessions until each is: seats are used for the first time, and what packs a recording takes room
that the allocator keeps (``benchmarks.recordings``: 11 MB after 100, 31 after 400, 41 after 1000)
"""
_SETTLING: Final = 15.0  # seconds
_EVERY: Final = 7  # the visit that is cut off
_CLIP: Final = "hello_en"
_SENT: Final = 16_000 * 2  # bytes a second
_RECEIVED: Final = 24_000 * 2


class Times(NamedTuple):
    """For how long, with how many seats, and at most how many sessions begin in a minute."""

    minutes: float
    seats: int = 100
    a_minute: float = 90
    least: int = 0
    """Sessions that have to come, however long that takes."""


@dataclass(slots=True)
class Visits:
    """What the pupils did and had, by their own count."""

    sessions: int = 0
    turns: int = 0
    sent: float = 0.0
    received: float = 0.0
    broken: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Soaked:
    """What was found."""

    visits: Visits
    watched: dict[str, Watched]
    files: dict[str, tuple[int, int]]
    ledger: tuple[int, float, float]
    recordings: int
    unfinished: int
    cpu: float
    """Of one core, all processes of it together."""

    def faults(self) -> list[str]:
        """What is not as it must be."""
        found = [f"{count} ×: {what}" for what, count in Counter(self.visits.broken).items()]
        for name, each in self.watched.items():
            if (grown := each.growth()) is not None and grown.told:
                found.append(f"the {name} grows by {grown}")
        for name, (first, last) in self.files.items():
            if last > first:
                found.append(f"the {name} had {first} files open before, {last} after")
        own = self.visits.turns, self.visits.sent, self.visits.received
        if any(abs(a - b) >= 1 for a, b in zip(own, self.ledger, strict=True)):
            found.append(f"the ledger has {self.ledger}, the pupils {own}")
        if (self.recordings, self.unfinished) != (self.visits.sessions, 0):
            found.append(
                f"{self.recordings} recordings of {self.visits.sessions} sessions, "
                f"{self.unfinished} unfinished"
            )
        return found

    def __str__(self) -> str:
        lines = [
            f"{self.visits.sessions} sessions, {self.visits.turns} turns, "
            f"{self.visits.sent / 60:.1f} min sent, {self.visits.received / 60:.1f} min received; "
            f"{self.cpu:.0%} of a core"
        ]
        for name, each in self.watched.items():
            now = each.samples[-1][1] / 1000
            lines.append(
                f"{name}: {now:.0f} MB, {each.growth() or 'too short to judge'}; "
                f"{each.warmed_by:.1f} MB while it got warm; {self.files[name][1]} files open"
            )
        return "\n".join(lines)


async def visit(url: str, key: str, sound: list[bytes], done: Visits, *, cut: bool) -> None:
    """One pupil's, from connecting to leaving."""
    done.sessions += 1
    async with (
        asyncio.timeout(_SECONDS),
        open_socket(url, {"Authorization": f"Bearer {key}"}) as it,
    ):
        client = RawClient(it, patience=_SECONDS)
        await client.next("session.created")
        await client.update()
        if cut:
            it.transport.abort()
            return
        for message in sound:
            await client.put(message)
        await client.send("input_audio_buffer.commit")
        await client.send("response.create")
        received = 0
        while (event := json.loads(await client.receive()))["type"] != "response.done":
            if event["type"] == "response.audio.delta":
                received += len(base64.b64decode(event["delta"]))
    done.turns += 1
    done.sent += sum(len(base64.b64decode(json.loads(each)["audio"])) for each in sound) / _SENT
    done.received += received / _RECEIVED


@contextmanager
def served(folder: Path, seats: int) -> Iterator[tuple[str, list[str], dict[str, Server]]]:
    """A class before a relay that records, before an emulator without models."""
    key, roster = folder / "key", folder / "roster.csv"
    key.write_text(KEY, encoding="utf-8")
    roster.write_text("".join(f"{n},Pupil {n}\n" for n in range(seats)), encoding="utf-8")
    few = {"MALLOC_ARENA_MAX": "2"}  # glibc would give each thread room of its own, and keep it
    empty = {"GLMKIT_CACHE": str(folder / "no models"), "GLMKIT_LAZY": "1", "GLMKIT_MODELS": ""}
    passing = ["--key-file", str(key), "--port", "0", "--host", "127.0.0.1"]
    with ExitStack() as stack:
        far = stack.enter_context(started("glmkit", "emulator", "--quiet", **empty))
        words = ["glmkit", "relay", "--to", far.url, *passing, "--client-keys", str(key)]
        relay = stack.enter_context(started(*words, "--save", str(folder / "kept"), **few))
        words = ["glmkit", "class", str(roster), "--to", relay.url, *passing]
        words += ["--places", str(PLACES), "--seats-json", str(folder / "seats.json")]
        near = stack.enter_context(started(*words, **few))
        while not (folder / "seats.json").exists():
            time.sleep(0.05)
        found = json.loads((folder / "seats.json").read_text(encoding="utf-8"))
        servers = {"class": near, "relay": relay, "emulator": far}
        yield near.url, [each["key"] for each in found], servers


class Recordings:
    """Recordings as they come; each is counted and deleted, for an hour's would fill a disk."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.count = folder, 0

    def clear(self) -> None:
        """Count and delete those that are whole."""
        for path in self._folder.glob("*.glm"):
            with suppress(OSError):  # Windows: it is being closed
                path.unlink()
                self.count += 1

    def unfinished(self) -> int:
        """How many are still written to."""
        return len(list(self._folder.glob("*.part")))


async def visited(
    url: str, keys: list[str], done: Visits, times: Times, look: Callable[[], None]
) -> None:
    """Visits, one after the other and beside each other; over when all have left."""
    sound = appends(glm.sample(_CLIP).to_pcm())
    under_way, number, until = set[asyncio.Task[None]](), 0, time.monotonic() + 60 * times.minutes
    while time.monotonic() < until or number < times.least:
        await asyncio.sleep(60 / times.a_minute)
        while len(under_way) >= PLACES:  # on a machine that is busy otherwise fewer come
            await asyncio.wait(under_way, return_when="FIRST_COMPLETED")
        cut = number % _EVERY == _EVERY - 1
        coming = visit(url, keys[number % len(keys)], sound, done, cut=cut)
        task = asyncio.create_task(_noted(coming, done))
        under_way.add(task)
        task.add_done_callback(under_way.discard)
        number += 1
        look()
    await asyncio.gather(*under_way)


async def _noted(coming: Coroutine[Any, Any, None], done: Visits) -> None:
    try:
        await coming
    except (WebSocketException, OSError, ValueError, KeyError) as error:  # TimeoutError, too
        done.broken.append(f"a pupil: {type(error).__name__}: {error}")


def soaked(times: Times) -> Soaked:
    """All of it."""
    with (
        tempfile.TemporaryDirectory() as name,
        served(Path(name), times.seats) as (url, keys, all_),
    ):
        done, kept = Visits(), Recordings(Path(name) / "kept")
        asyncio.run(visit(url, keys[0], appends(glm.sample(_CLIP).to_pcm()), done, cut=False))
        watched = {each: Watched(all_[each].process, warm) for each, warm in _WARM.items()}
        first = {each: _settled(found, kept) for each, found in watched.items()}
        own, before, begun = time.process_time(), _cpu(all_), time.perf_counter()

        def look() -> None:
            kept.clear()
            for each in watched.values():
                each.look(done.sessions)

        asyncio.run(visited(url, keys, done, times, look))
        cpu = (time.process_time() - own + _cpu(all_) - before) / (time.perf_counter() - begun)
        files = {each: (first[each], _settled(found, kept)) for each, found in watched.items()}
        kept.clear()
        ledger = _ledger(Path(name) / "roster.class" / "ledger.sqlite")
        return Soaked(done, watched, files, ledger, kept.count, kept.unfinished(), cpu)


def _settled(watched: Watched, kept: Recordings) -> int:
    """Open files once everybody has left, and what they said is packed."""
    until, least = time.monotonic() + _SETTLING, watched.files()
    while time.monotonic() < until:
        time.sleep(0.2)
        least = min(least, watched.files())
        if not kept.unfinished() and time.monotonic() > until - _SETTLING + 1:
            break
    return least


def _cpu(servers: Mapping[str, Server]) -> float:
    return sum(each.cpu() for each in servers.values())


def _ledger(path: Path) -> tuple[int, float, float]:
    """Turns, seconds sent and seconds received, of all seats."""
    with closing(sqlite3.connect(path)) as database:
        row = database.execute("SELECT TOTAL(turns), TOTAL(sent), TOTAL(received) FROM used")
        turns, sent, received = row.fetchone()
    return int(turns), float(sent), float(received)


def main() -> None:
    """Soak, print, and end with status 1 where something grew or was wrong."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seats", type=int, default=100)
    parser.add_argument("--sessions", type=float, default=90, help="a minute, at most")
    given = parser.parse_args()
    found = soaked(Times(given.minutes, given.seats, given.sessions))
    sys.stdout.write(f"{found}\n")
    faults = found.faults()
    sys.stdout.writelines(f"WRONG: {each}\n" for each in faults)
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
