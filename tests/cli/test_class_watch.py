"""What ``glmkit emulator`` says of a class: who came, what happened, and how many may come."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import glmkit as glm
from glmkit.cli.class_watch import ClassWatch
from glmkit.cli.emulator import main
from glmkit.cli.roster import names_noted, read_roster
from glmkit.emulator.launch import Emulator
from glmkit.emulator.log import Log
from glmkit.errors import BadArgument, BadFile, Refused
from tests.cli.processes import line
from tests.cli.test_emulator import KEY, OTHER, emulator


@contextmanager
def class_of(tmp_path: Path, *switches: str, lang: str = "en") -> Iterator[tuple[str, list[str]]]:
    """An emulator for two keys, the first noted as 张三's; the lines it has said in the end."""
    keys, said = tmp_path / "keys.txt", list[str]()
    keys.write_text(f"{KEY}  # 张三\n{OTHER}\n", encoding="utf-8")
    with emulator("--key-file", str(keys), *switches, GLMKIT_LANG=lang) as process:
        yield line(process), said
        process.terminate()
        out, errors = process.communicate(timeout=10)
        assert out == ""  # nothing but the address is on stdout
        said += errors.splitlines()


def say_and_leave(url: str, key: str) -> None:
    with glm.connect(url, api_key=key, modalities=["text"]) as session:
        session.ask("Hello")


@pytest.mark.slow
def test_who_came_and_what_happened_is_a_line_each(tmp_path: Path) -> None:
    """Names by the notes and the roster; a stranger by the address; no key is in any line."""
    roster = tmp_path / "roster.csv"
    roster.write_bytes(f"密钥,姓名\n{OTHER.partition('.')[0]},李四\n".encode("gb18030"))
    with class_of(tmp_path, "--roster", str(roster), lang="zh") as (url, said):
        say_and_leave(url, KEY)
        say_and_leave(url, OTHER)
        with pytest.raises(Refused):
            glm.connect(url, api_key=KEY[::-1].replace(".", "x") + ".ABCDEFGHIJKLMNOP")
    rows = [line.split(maxsplit=2)[1:] for line in said]
    told = {who: [words for name, words in rows if name == who] for who, _ in rows}
    assert told["张三"][0].startswith("已连接")
    assert told["李四"][1:3] == ["发来文字或函数结果", "得到文字回答"]
    assert told["127.0.0.1"] == ["连接被拒绝，HTTP 401，错误码 1002"]
    assert not any(secret in line for line in said for secret in (KEY, OTHER, KEY[:20]))


@pytest.mark.slow
def test_verbose_shows_every_frame_and_quiet_nothing(tmp_path: Path) -> None:
    """Either way the address is the first line, and all there is on stdout."""
    with class_of(tmp_path, "--verbose") as (url, said):
        say_and_leave(url, KEY)
    frames = [line for line in said if " > " in line or " < " in line]
    assert any("> response.create" in line for line in frames)
    assert any("< response.done" in line for line in frames)
    with class_of(tmp_path, "--quiet") as (url, said):
        say_and_leave(url, KEY)
    assert said == []


@pytest.mark.slow
def test_a_key_may_have_only_so_many_sessions() -> None:
    """One more is refused with 1302; another key, and the same once one has left, are not."""
    switches = {"key": KEY, "keys": (OTHER,), "sessions_per_key": 1}
    with Emulator.start(**switches) as emulator:
        first = glm.connect(emulator.url, api_key=KEY)
        token = glm.auth.make_token(glm.auth.Key.parse(KEY))
        for credential in (KEY, token):  # a token is of its key
            with pytest.raises(Refused) as caught:
                glm.connect(emulator.url, api_key=credential)
            assert (caught.value.status, caught.value.code) == (429, "1302")
        glm.connect(emulator.url, api_key=OTHER).close()
        first.close()
        deadline_of_leaving(emulator)
        glm.connect(emulator.url, api_key=KEY).close()


def deadline_of_leaving(emulator: Emulator) -> None:
    """Wait until the server has seen that everybody left."""
    until = time.monotonic() + 5
    while any(each["ended"] is None for each in emulator.log()):
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.mark.parametrize("limit", [-1, 1.5, "2", True, 10**9])
def test_a_limit_that_is_none_is_refused(limit: object) -> None:
    """It names the switch and what it may be."""
    with pytest.raises(BadArgument, match="sessions_per_key"):
        Emulator.start(sessions_per_key=limit)


def test_lines_nobody_reads_hold_nobody_up() -> None:
    """A reader that has gone, or never reads, costs the lines and nothing else."""
    closed = io.StringIO()
    closed.close()
    watch = ClassWatch(closed)
    log = Log(watch)
    session = log.session("s", "127.0.0.1:1", "a")
    for _ in range(5_000):
        session.went("response.cancelled", {})
    session.end()
    watch.close()


def test_nothing_a_client_says_obeys_the_terminal() -> None:
    """Escapes are gone, keys are masked, and what is long is cut."""
    out = io.StringIO()
    watch = ClassWatch(out, names={"a": "Ann\u4e00"}, frames=True)
    session = Log(watch).session("s", "10.0.0.2:99", "a")
    session.went("error", {"error": {"code": "1210", "message": f"\x1b[2J{KEY}\n{'x' * 500}"}})
    session.came("evil\x1b[31m", 3)
    watch.close()
    assert "\x1b" not in out.getvalue()
    assert KEY not in out.getvalue()
    assert all(len(line) < 600 for line in out.getvalue().splitlines())
    assert "got the error 1210" in out.getvalue()


@pytest.mark.parametrize("between", [",", ", ", "\t", " ", ";", "，", " # "])
def test_a_roster_is_read_as_people_write_it(tmp_path: Path, between: str) -> None:
    """A whole key or its id, in any encoding an editor saves; the secret is not kept."""
    path = tmp_path / "名单.txt"
    words = f"{KEY}{between}Ann Lee\n\nbbb{between}“张三”\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "gb18030"):
        path.write_bytes(words.encode(encoding))
        found = read_roster(path)
        assert found == {KEY.partition(".")[0]: ("Ann Lee", 1), "bbb": ("“张三”", 3)}


def test_a_roster_that_is_none_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line without a name, what is no text, and a key that is not let in, each by its line."""
    path = tmp_path / "roster.txt"
    path.write_text("aaa\n", encoding="utf-8")
    with pytest.raises(BadFile, match="line 1"):
        read_roster(path)
    path.write_bytes(b"\xff\x00\xff")
    with pytest.raises(BadFile, match="UTF-8"):
        read_roster(path)
    with pytest.raises(BadFile):
        read_roster(tmp_path / "nowhere.txt")
    assert main(["--key", KEY, "--roster", str(tmp_path / "nowhere.txt")]) == 2
    assert "nowhere.txt" in capsys.readouterr().err


def test_names_are_notes_in_a_file_of_keys(tmp_path: Path) -> None:
    """Behind #; several keys in one line have no name."""
    path = tmp_path / "keys.txt"
    path.write_text(f"# everybody\n{KEY} # 3.5班 张三\n{OTHER}\na.b c.d # two\n", encoding="utf-8")
    assert names_noted(path) == {KEY.partition(".")[0]: "3.5班 张三"}
