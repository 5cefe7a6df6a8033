"""``glmkit emulator`` in a terminal: its first line, its keys, its switches, its end."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

import glmkit as glm
from glmkit.cli.emulator import main, options_from, parser
from glmkit.emulator.faults import TABLE
from glmkit.emulator.options import Options
from glmkit.environment.loopback import own_address
from tests.cli.processes import command, line

KEY = "0123456789abcdef0123456789abcdef.ABCDEFGHIJKLMNOP"
OTHER = "fedcba9876543210fedcba9876543210.PONMLKJIHGFEDCBA"


def emulator(*switches: str, **environment: str) -> AbstractContextManager[subprocess.Popen[str]]:
    """``python -m glmkit.emulator`` in a process of its own."""
    return command(*switches, module="glmkit.emulator", **environment)


def parsed(*switches: str) -> tuple[Options, bool]:
    return options_from(parser().parse_args(switches))


@pytest.mark.slow
def test_first_line_is_the_address() -> None:
    """The first line of stdout is the URL, though stdin is at its end already."""
    with emulator("--key", KEY) as process:
        assert line(process).startswith("ws://127.0.0.1:")
        assert process.poll() is None


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to catch")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_ends_cleanly(number: signal.Signals) -> None:
    """SIGTERM and Ctrl+C end it with status 0 and no traceback."""
    with emulator("--key", KEY) as process:
        line(process)
        process.send_signal(number)
        _, errors = process.communicate(timeout=5)
        assert (process.returncode, errors) == (0, "")


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_demo_key_is_made_and_shown_on_stderr(lang: str) -> None:
    """Without a key it makes one and shows on stderr how to use it, in the C locale too."""
    with emulator(GLMKIT_LANG=lang, LC_ALL="C", PYTHONUTF8="0", GLMKIT_EMULATOR_KEY="") as process:
        url = line(process)
        assert process.stderr is not None
        made, use = process.stderr.readline(), process.stderr.readline()
        key = made.split()[-1].rpartition("：")[2]
        assert len(key) == 49
        assert f"glm.connect(to={url!r}, api_key={key!r})" in use
        assert ("密钥" in made) == (lang == "zh")


@pytest.mark.slow
@pytest.mark.skipif(own_address() is None, reason="this machine has no network")
def test_a_class_is_told_where_to_find_it() -> None:
    """Listening everywhere is no address that anybody could type; the machine's own is."""
    with emulator("--key", KEY, "--host", "0.0.0.0") as process:
        url = line(process)
        assert process.stderr is not None
        told = process.stderr.readline().split()[-1]
        assert told == url.replace("0.0.0.0", own_address() or "")
        assert told != url
        with glm.connect(told, api_key=KEY, modalities=["text"]) as session:
            assert session.ask("Hello").status == "completed"


def test_key_of_environment_file_and_argument(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key comes from the argument, else the file (one a line), else the environment."""
    file = tmp_path / "钥匙.txt"
    file.write_bytes(b"\xef\xbb\xbf" + f"{OTHER}\r\n{KEY}\r\n".encode())
    monkeypatch.setenv("GLMKIT_EMULATOR_KEY", KEY)
    assert revealed(parsed()) == [KEY]
    assert revealed(parsed("--key-file", str(file))) == [OTHER, KEY]
    assert revealed(parsed("--key", OTHER)) == [OTHER]


def revealed(found: tuple[Options, bool]) -> list[str]:
    assert found[1] is False
    return [each.reveal() for each in found[0].all_keys]


@pytest.mark.parametrize(("lang", "words"), [("en", "on the command line"), ("zh", "命令行用")])
def test_who_may_be_reached_is_told_which_switch_to_use(
    lang: str, words: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The refusal names the switch, not only the argument of Python's."""
    monkeypatch.setenv("GLMKIT_LANG", lang)
    assert main(("--host", "0.0.0.0", "--any-key")) == 2
    printed = capsys.readouterr().err
    assert words in printed
    assert "--key-file" in printed


def test_help_names_every_fault(capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody has to make a mistake to learn the names."""
    with pytest.raises(SystemExit):
        main(("--help",))
    shown = " ".join(capsys.readouterr().out.split())
    assert [name for name in TABLE if name not in shown.replace("- ", "-")] == []


@pytest.mark.parametrize(
    "switches",
    [
        ("--host", "0.0.0.0"),
        ("--host", "0.0.0.0", "--any-key"),
        ("--key", "no-dot"),
        ("--key-file", "nowhere.txt"),
        ("--fault", "bogus"),
        ("--heartbeat", "-1"),
        ("--host", "a..b", "--key", KEY),
    ],
)
def test_refused_with_a_sentence(
    switches: tuple[str, ...],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What cannot be served is refused with status 2 and one sentence, before anything listens."""
    monkeypatch.delenv("GLMKIT_EMULATOR_KEY", raising=False)
    assert main(switches) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("glmkit: ")
    assert "Traceback" not in printed.err


@pytest.mark.slow
def test_port_in_use_is_said() -> None:
    """A port that is taken is named, with what to do."""
    with emulator("--key", KEY) as first:
        port = line(first).split(":")[2].split("/")[0]
        with emulator("--key", KEY, "--port", port, GLMKIT_LANG="en") as second:
            _, errors = second.communicate(timeout=10)
            assert second.returncode == 2
            assert port in errors
            assert "--port" in errors


def test_every_option_is_a_switch() -> None:
    """Each field of Options has a switch with its own default, and help in both languages."""
    options, made = parsed("--key", KEY)
    assert not made
    assert options.to_json() == Options(key=KEY).to_json()


def test_switches_reach_the_options() -> None:
    """Numbers, choices, repeated values and on/off switches arrive as what they are."""
    options, _ = parsed(
        *("--key", KEY, "--heartbeat", "0.5", "--profile", "observed-2026-09", "--no-call-id"),
        *("--fault", "latency=0.2", "--fault", "cut,after=2", "--allow-origin", "http://a.example"),
    )
    assert (options.heartbeat, options.profile, options.call_id) == (0.5, "observed-2026-09", False)
    assert options.faults == ("latency=0.2", "cut,after=2")
    assert options.allow_origins == ("http://a.example",)
