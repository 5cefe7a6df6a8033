"""A class's process that is killed while it is handed something: nothing is lost, nothing twice."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import glmkit as glm
from glmkit.auth.seat_line import SeatLine
from glmkit.session.address import Address
from glmkit.session.hand_in_bundle import HandInBundle
from glmkit.session.hand_in_upload import PATH, PIECE, HandInPost
from tests.bare import KEY, SECONDS
from tests.classroom.test_hand_in import SEAT, bundle, stored
from tests.cli.processes import command, free_port, line

pytestmark = pytest.mark.slow


def class_words(folder: Path) -> list[str]:
    """A class before a service that nobody asks for anything here."""
    (folder / "class.csv").write_text("07,张三\n", encoding="utf-8")
    (folder / "service.key").write_text(KEY, encoding="utf-8")
    words = ["class", str(folder / "class.csv"), "--to", "ws://127.0.0.1:9/"]
    words += ["--key-file", str(folder / "service.key"), "--host", "127.0.0.1"]
    return [*words, "--port", str(free_port()), "--seats-json", str(folder / "seats.json")]


async def seat_address(folder: Path) -> Address:
    """That of the one seat, once the class has written it down."""
    path = folder / "seats.json"
    async with asyncio.timeout(SECONDS):
        while not path.exists():
            await asyncio.sleep(0.05)
    [seat] = json.loads(path.read_text(encoding="utf-8"))
    url, key = SeatLine(seat["line"]).place()
    return Address(url, "class → live", key, seat=SEAT)


def arrived(folder: Path) -> int:
    """Bytes of hand-ins that are on the disk, whatever they are called."""
    with suppress(FileNotFoundError):  # one that gets its name just now
        return sum((folder / name).stat().st_size for name in stored(folder.parent))
    return 0


async def send_and_hear_nothing(address: Address, sent: HandInBundle, folder: Path) -> None:
    """Send all of it; over when the last byte is on the disk, and nothing was read of it."""
    parts = urlsplit(address.url)
    about = f"{PATH}{sent.lesson}?sha256={sent.sha256}&bytes={len(sent.content)}"
    [head] = address.header(None).items()
    for offset in range(0, len(sent.content), PIECE):
        piece = sent.content[offset : offset + PIECE]
        begun = f"PUT {about}&offset={offset} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
        begun += f"{head[0]}: {head[1]}\r\nContent-Length: {len(piece)}\r\n\r\n"
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        writer.write(begun.encode("ascii") + piece)
        await writer.drain()
        if offset + PIECE < len(sent.content):
            assert b"200" in await reader.readline()
            writer.close()
    async with asyncio.timeout(SECONDS):
        while arrived(folder) < len(sent.content):
            await asyncio.sleep(0)
    writer.close()


async def test_a_kill_before_the_acknowledgement_loses_nothing_and_counts_once(
    tmp_path: Path,
) -> None:
    """The kit tries again after a restart, is told so, and there is one file and one row of it."""
    sent, words = bundle(), class_words(tmp_path)
    with command(*words) as process:
        address = await seat_address(tmp_path)
        await send_and_hear_nothing(address, sent, tmp_path / "class.class" / "hand_ins")
        process.kill()
        process.wait(10)
    with pytest.raises(glm.errors.ConnectFailed, match="again"):
        await HandInPost(address).send(sent, within=1.0)
    with command(*words) as process:
        assert line(process)
        again = HandInPost(address)
        done = await again.send(sent, within=SECONDS)
        assert again.arrived == 0  # no byte was sent twice
        process.kill()
    assert (done["number"], done["sha256"]) == (1, sent.sha256)
    assert stored(tmp_path / "class.class") == [f"{SEAT}/03-1.glm"]
    with closing(sqlite3.connect(tmp_path / "class.class" / "ledger.sqlite")) as ledger:
        rows = ledger.execute("SELECT seat, name, sha256 FROM hand_ins").fetchall()
    assert rows == [(SEAT, "03-1", sent.sha256)]
