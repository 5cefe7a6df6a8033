"""The command line, as a person runs it: in a process of its own, whatever the console is."""

from __future__ import annotations

import argparse
import inspect
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from glmkit.auth import Key, read_token
from glmkit.recordings import _folder
from glmkit.texts.usage import TEXTS

JOKE = _folder() / "joke_zh.wav"
DEADLINE = 120


def glmkit(
    *words: str, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run ``python -m glmkit`` with stdout piped."""
    return subprocess.run(
        [sys.executable, "-m", "glmkit", *words],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=DEADLINE,
    )


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> Key:
    made = Key.random()
    monkeypatch.setenv("ZHIPU_API_KEY", made.reveal())
    return made


def test_talk_prints_the_turn_and_saves_the_answer(tmp_path: Path) -> None:
    """Three lines, a path, and a WAV that holds the answer."""
    from glmkit.audio import Clip

    done = glmkit("talk", str(JOKE), "--save", str(tmp_path), "--unpaced")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("you:")
    assert lines[1].startswith("answer:")
    assert "emulator" in lines[2]
    answer = Clip.read(lines[3])
    assert Path(lines[3]).parent == tmp_path
    assert answer.seconds > 1
    assert answer.level > -40


def test_any_console_and_any_folder_will_do(tmp_path: Path) -> None:
    """With the C locale, UTF-8 mode off and stdout piped, in a Chinese folder, Chinese is whole."""
    folder = tmp_path / "课程 资料"
    folder.mkdir()
    (folder / "问题.wav").write_bytes(JOKE.read_bytes())
    done = glmkit(
        "talk",
        "问题.wav" if sys.flags.utf8_mode or os.name == "nt" else str(folder / "问题.wav"),
        "--unpaced",
        "--save",
        "答案",
        cwd=folder,
        PYTHONUTF8="0",
        LC_ALL="C",
        GLMKIT_LANG="zh",
        PYTHONCOERCECLOCALE="0",
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("你：")
    assert (folder / "答案" / "问题-answer.wav").is_file()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """Something of the caller's to fix is exit status 2 and one line."""
    done = glmkit("talk", str(tmp_path / "none.wav"))
    assert done.returncode == 2
    assert "none.wav" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_token_is_printed_to_a_pipe_and_verifies(key: Key) -> None:
    """stdout holds the token and nothing else."""
    done = glmkit("token", "--ttl", "60")
    info = read_token(done.stdout.strip(), key=key)
    assert info.verified
    assert 55 < info.seconds_left <= 61


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals")
@pytest.mark.parametrize(("words", "shown"), [((), False), (("--show",), True)])
def test_a_terminal_sees_a_token_only_when_asked(
    key: Key, words: tuple[str, ...], shown: bool
) -> None:
    """Over a shoulder, or in a recording, no token is seen by accident."""
    import pexpect

    said = pexpect.run(
        f"{sys.executable} -m glmkit token {' '.join(words)}", timeout=DEADLINE, encoding="utf-8"
    )
    assert ("eyJ" in said) == shown


def test_without_a_key_there_is_no_token() -> None:
    """The error says where a key is looked for."""
    done = glmkit("token")
    assert done.returncode == 2
    assert "ZHIPU_API_KEY" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("talk", "--help"), ("用法：glmkit talk", "位置参数", "选项", "显示本帮助并退出")),
        (("talk",), ("用法：", "glmkit talk：错误：缺少以下参数：file")),
        (("demo", "--out"), ("参数 --out：需要一个取值",)),
        (("demo", "--nonsense"), ("错误：无法识别的参数：--nonsense",)),
        (("token", "--ttl", "x"), ("参数 --ttl：无效的取值 'x'，应为 float",)),
        (("sing",), ("无效的选择 'sing'（可选：", "demo")),
        (("emulator", "--port", "x"), ("glmkit emulator：错误：参数 --port：",)),
    ],
)
def test_mistakes_on_the_command_line_are_told_in_chinese(
    words: tuple[str, ...], said: tuple[str, ...]
) -> None:
    """argparse's own words, too: none of them is left in English."""
    done = glmkit(*words, GLMKIT_LANG="zh")
    assert done.returncode == (0 if "--help" in words else 2)
    shown = done.stdout + done.stderr
    assert [part for part in said if part not in shown] == []
    english = ("usage:", "error:", "argument ", "expected", "required", "invalid", "show this")
    assert [word for word in english if word in shown] == []


def test_the_words_of_argparse_are_its_own() -> None:
    """Every English sentence of the table stands in this Python's argparse, but for later ones."""
    source = inspect.getsource(argparse)
    later = {"usage.near_choice"}
    for key, (english, chinese) in TEXTS.items():
        assert key in later or repr(english)[1:-1] in source, key
        assert sorted(re.findall(r"%\(?\w*", english)) == sorted(re.findall(r"%\(?\w*", chinese))


def test_help_is_in_both_languages() -> None:
    """Every command has its words."""
    for lang, word in (("en", "run the emulator"), ("zh", "仿真器")):
        done = glmkit("--help", GLMKIT_LANG=lang)
        assert done.returncode == 0
        assert word in done.stdout
        for command in ("demo", "lab", "talk", "token", "doctor", "emulator", "voices"):
            assert command in done.stdout


def test_doctor_offline_asks_nobody() -> None:
    """The switch does what GLMKIT_OFFLINE does, and the report says that nobody was asked."""
    done = glmkit("doctor", "--offline", "--json", GLMKIT_LANG="en", GLMKIT_OFFLINE="")
    service = next(line for line in json.loads(done.stdout)["lines"] if line["name"] == "service")
    assert service["level"] == "note"
    assert "was not asked" in service["found"]
