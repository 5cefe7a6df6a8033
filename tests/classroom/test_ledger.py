"""The ledger: what was acknowledged is there after any end, and counted once."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from glmkit.classroom.ledger import FILE, Ledger
from glmkit.classroom.limits import Limits, Used
from glmkit.errors import BadFile

ROOT = Path(__file__).parents[2]
WRITER = """
import asyncio, sys
from pathlib import Path
from glmkit.classroom.ledger import Ledger
from glmkit.classroom.limits import Used

async def main():
    ledger = Ledger(Path(sys.argv[1]))
    for number in range(1, 100_000):
        await asyncio.gather(*(ledger.add(seat, Used(turns=1, yuan=0.1)) for seat in "abc"))
        print(number, flush=True)

asyncio.run(main())
"""


async def test_what_is_added_is_summed_by_seat(tmp_path: Path) -> None:
    """Of all sessions, also where many add at once; decisions are kept, too."""
    used = Used(turns=1, sent=2.5, received=1.5, yuan=0.25, errors=1, waited=3.0, held=4.0)
    with Ledger(tmp_path) as ledger:
        number = await ledger.open_session("a", "live")
        await asyncio.gather(*(ledger.add("a", used, session=number) for _ in range(50)))
        await ledger.add("b", Used(yuan=1.0))
        await ledger.close_session(number)
        await ledger.decide("b", stopped=True, limits=Limits(turns=3))
    with Ledger(tmp_path) as ledger:
        found = ledger.used()
        assert (found["a"].turns, found["a"].sent, found["a"].held) == (50, 125.0, 200.0)
        assert found["b"] == Used(yuan=1.0)
        assert ledger.decisions() == {"b": (True, Limits(turns=3))}


def test_a_ledger_holds_few_of_its_pages_in_memory(tmp_path: Path) -> None:
    """At most a quarter of a MB: rows are added and never looked for; usual are two MB."""
    with Ledger(tmp_path) as ledger:
        [kibibytes] = ledger._database.execute("PRAGMA cache_size").fetchone()
    assert -256 <= kibibytes < 0


async def test_a_ledger_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    """No database, another version's, or one that is closed under a writer."""
    (tmp_path / FILE).write_bytes(b"no database" * 1_000)
    with pytest.raises(BadFile, match="ledger"):
        Ledger(tmp_path)
    with Ledger(tmp_path / "newer") as ledger:
        ledger._database.execute("PRAGMA user_version=99")
    with pytest.raises(BadFile, match="another version"):
        Ledger(tmp_path / "newer")
    with Ledger(tmp_path / "mine") as ledger:
        ledger._database.execute("DROP TABLE used")
        with pytest.raises(BadFile, match="ledger"):
            await ledger.add("a", Used(turns=1))


async def test_what_cannot_be_written_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    """Words that no file holds, and nobody who writes any more: whoever waits is told so."""
    with Ledger(tmp_path, patience=0.2) as ledger:
        with pytest.raises(BadFile, match="surrogates"):
            await ledger.trouble("a", "half a letter: \ud83d")
        await ledger.add("a", Used(turns=1))
    with pytest.raises(BadFile, match=r"within 0\.2 s"):
        await ledger.add("a", Used(turns=1))
    with Ledger(tmp_path) as ledger:
        assert ledger.used()["a"].turns == 1


@pytest.mark.slow
@pytest.mark.parametrize("acknowledged", [1, 7])
def test_a_kill_loses_nothing_that_was_acknowledged(tmp_path: Path, acknowledged: int) -> None:
    """Whenever the process is killed outright, all that it was told was written is there."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    told = [int(process.stdout.readline()) for _ in range(acknowledged)]
    process.kill()
    told += [int(line) for line in process.stdout]  # what is read ahead, too; it ends by the kill
    process.communicate(timeout=30)
    with Ledger(tmp_path) as ledger:
        found = ledger.used()
    for seat in "abc":
        assert found[seat].turns in (told[-1], told[-1] + 1)
