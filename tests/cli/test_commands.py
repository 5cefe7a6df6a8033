"""The command line, as a person runs it: in a process of its own, whatever the console is."""

from __future__ import annotations

import argparse
import inspect
import json
import os
import platform
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

import pytest

from glmkit.auth import Key, read_token
from glmkit.cli.commands import main
from glmkit.cli.parser import VERBS
from glmkit.environment import CLONE, PACKAGE
from glmkit.environment.versions import version_of
from glmkit.media.sample_files import folder
from glmkit.texts.layout.text_width import width_of
from glmkit.texts.usage import TEXTS
from tests.listed import check_each

JOKE = folder() / "joke_zh.wav"
DEADLINE = 120
EXPORT = ("voices", "export")


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


@pytest.mark.slow
def test_talk_prints_the_turn_and_saves_the_answer(tmp_path: Path) -> None:
    """Three lines, a path, and a WAV that holds the answer."""
    from glmkit.media.clip import Clip

    done = glmkit("talk", str(JOKE), "--save", str(tmp_path), "--unpaced")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("you:")
    assert lines[1].startswith("answer:")
    assert "emulator" in lines[2]
    answer = Clip.read(lines[-1])
    assert Path(lines[-1]).parent == tmp_path
    assert answer.seconds > 1
    assert answer.level > -40


@pytest.mark.slow
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


@pytest.fixture
def misread(tmp_path: Path) -> dict[str, str]:
    """A C locale without UTF-8 mode, and libsndfile in a folder whose name it cannot read."""
    packages = tmp_path / "课程 资料"
    packages.mkdir()
    real = find_spec("_soundfile_data")
    assert real is not None
    (packages / "_soundfile_data").symlink_to(Path(real.origin or "").parent)
    paths = os.pathsep.join([str(packages), *filter(None, [os.environ.get("PYTHONPATH")])])
    off = dict.fromkeys(("PYTHONUTF8", "PYTHONCOERCECLOCALE"), "0")
    return {"PYTHONPATH": paths, "LC_ALL": "C", **off}


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are UTF-8 in any locale")
def test_the_kit_in_a_chinese_folder_works_in_the_c_locale(misread: dict[str, str]) -> None:
    """A command begins again in UTF-8 mode, its words, its stdin and its exit status kept."""
    with JOKE.open("rb") as sound:
        done = subprocess.run(
            [sys.executable, "-m", "glmkit", "talk", "/dev/stdin", "--unpaced"],
            env={**os.environ, **misread},
            stdin=sound,
            capture_output=True,
            encoding="utf-8",
            timeout=DEADLINE,
        )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("you:     给我讲个笑话吧")
    assert glmkit("talk", "没有.wav", **misread).returncode == 2


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are UTF-8 in any locale")
@pytest.mark.parametrize("words", [("glmkit", "emulator"), ("glmkit.emulator",)])
def test_a_signal_still_finds_the_command_that_began_again(
    misread: dict[str, str], words: tuple[str, ...]
) -> None:
    """It is the same process, so Ctrl+C ends it with status 0."""
    process = subprocess.Popen(
        [sys.executable, "-m", *words, "--any-key"],
        env={**os.environ, **misread},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith("ws://127.0.0.1:")
    process.send_signal(signal.SIGINT)
    assert (process.wait(10), *process.communicate()) == (0, "", "")


@pytest.mark.slow
def test_an_emulator_interrupted_before_it_runs_says_so(key_file: str) -> None:
    """Ctrl+C as its keys are read, which is before it listens to signals."""
    early = """if True:
        import signal, sys
        from glmkit.cli import main
        keys, reads = sys.argv[1], lambda name, args: name == "open" and str(args[0]) == keys
        sys.addaudithook(lambda *what: reads(*what) and signal.raise_signal(signal.SIGINT))
        sys.exit(main(["emulator", "--key-file", keys]))
    """
    command = [sys.executable, "-c", early, key_file]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=DEADLINE)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "interrupted\n")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are UTF-8 in any locale")
def test_a_kernel_that_cannot_begin_again_is_told_the_cure(misread: dict[str, str]) -> None:
    """The first import that fails names the variable to set."""
    done = subprocess.run(
        [sys.executable, "-c", "import glmkit; glmkit.connect()"],
        env={**os.environ, **misread},
        capture_output=True,
        encoding="utf-8",
        timeout=DEADLINE,
        check=False,
    )
    assert done.returncode == 1
    assert "PYTHONUTF8=1" in done.stderr.splitlines()[-1]
    assert "UnicodeEncodeError" not in done.stderr


@contextmanager
def emulator(*switches: str) -> Iterator[str]:
    """The address of an emulator in a process of its own."""
    with subprocess.Popen(
        [sys.executable, "-m", "glmkit", "emulator", *switches],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.kill()


@pytest.mark.long
def test_a_key_comes_from_a_file(tmp_path: Path) -> None:
    """The keys of a class: the emulator takes all in a file, talk the first of its own."""
    theirs, other = Key.random(), Key.random()
    everyone, mine = tmp_path / "keys.txt", tmp_path / "钥匙.txt"
    everyone.write_text(f"{other.reveal()}\n{theirs.reveal()}\n", encoding="utf-8")
    mine.write_text(f"{theirs.reveal()}\n", encoding="utf-8-sig")
    with emulator("--key-file", str(everyone)) as url:
        words = ("talk", str(JOKE), "--unpaced", "--to", url)
        done = glmkit(*words, "--key-file", str(mine))
        assert (done.returncode, done.stderr) == (0, "")
        without = glmkit(*words)
        assert without.returncode == 2
        assert "--key-file" in without.stderr
        absent = glmkit(*words, "--key-file", str(tmp_path / "none.txt"))
        assert absent.returncode == 2
        assert "none.txt" in absent.stderr


@pytest.mark.long
def test_a_clip_of_two_turns_shows_both_and_why() -> None:
    """Under server VAD each segment is a turn; nothing is hidden, and the findings are there."""
    clip = folder() / "two_questions_zh.wav"
    done = glmkit("talk", str(clip), "--vad", "server", "--unpaced")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert sum(line.startswith("you:") for line in lines) == 2
    assert "2 segments of speech" in done.stdout


@pytest.mark.slow
def test_what_is_wrong_with_a_turn_stands_below_it(tmp_path: Path) -> None:
    """Silence gets an answer, and the reader learns why it is an odd one."""
    from glmkit.media.clip import Clip

    path = Clip.silence(1).write(tmp_path / "silence.wav")
    shown = glmkit("talk", str(path), "--unpaced").stdout.splitlines()
    assert shown[0].startswith("you:")
    assert any(line.startswith("• ") and "too low" in line for line in shown[3:])


@pytest.mark.slow
def test_a_file_without_sound_is_refused_before_anything_starts(tmp_path: Path) -> None:
    """With what to do about it."""
    from glmkit.media.clip import Clip

    path = Clip.silence(0).write(tmp_path / "empty.wav")
    done = glmkit("talk", str(path), GLMKIT_TO="")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1  # nothing was said of an emulator
    assert "record again" in done.stderr


@pytest.fixture
def key_file(tmp_path: Path) -> str:
    path = tmp_path / "key.txt"
    path.write_text(Key.random().reveal(), encoding="utf-8")
    return str(path)


@pytest.mark.slow
def test_errors_speak_the_shells_language(key_file: str) -> None:
    """A cut connection: what arrived is shown, and no Python is advised."""
    with emulator("--key-file", key_file, "--fault", "close_1011") as url:
        done = glmkit("talk", str(JOKE), "--unpaced", "--to", url, "--key-file", key_file)
    assert done.returncode == 1
    assert done.stdout.startswith("you:")
    assert "run the command again" in done.stderr
    assert "(1011, " in done.stderr
    assert [word for word in ("session.", "error.turn", " )") if word in done.stderr] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "environment"),
    [
        (("talk", str(JOKE), "--to", "live"), {}),
        (("talk", str(JOKE), "--to", "ws://example.invalid/"), {}),
        (("talk", str(JOKE), "--to", "live"), {"ZHIPU_REALTIME_URL": "ws://example.invalid/"}),
        (("token",), {}),
    ],
)
def test_who_lacks_a_key_is_told_what_to_type(
    words: tuple[str, ...], environment: dict[str, str]
) -> None:
    """Nobody can pass api_key= in a shell; each command that needs a key takes a file of one."""
    if environment:
        environment = {**environment, "ZHIPU_API_KEY": Key.random().reveal()}
    for lang in ("en", "zh"):
        done = glmkit(*words, GLMKIT_LANG=lang, **environment)
        assert (done.returncode, done.stdout) == (2, "")
        assert "--key-file" in done.stderr
        assert "api_key=" not in done.stderr
        assert "use_key" not in done.stderr
    assert "--key-file" in glmkit(words[0], "--help").stdout


@pytest.mark.slow
def test_a_token_of_a_keys_file(tmp_path: Path) -> None:
    """The key may stand in a file for token, too."""
    key, path = Key.random(), tmp_path / "key.txt"
    path.write_text(key.reveal(), encoding="utf-8")
    assert read_token(glmkit("token", "--key-file", str(path)).stdout.strip(), key=key).verified


@pytest.mark.slow
def test_a_file_that_is_too_long_is_told_the_switch(tmp_path: Path) -> None:
    """vad= is Python's."""
    from glmkit.media.clip import Clip

    path = Clip.tone(440, 31).write(tmp_path / "long.wav")
    done = glmkit("talk", str(path))
    assert done.returncode == 2
    assert "--vad server" in done.stderr
    assert "vad=" not in done.stderr


@pytest.mark.long
def test_whoever_stops_reading_is_no_error() -> None:
    """``glmkit … | head -1``: no traceback, and the status that others end with."""
    gone, pipe = os.pipe()
    os.close(gone)
    with subprocess.Popen(
        [sys.executable, "-m", "glmkit", "talk", str(JOKE), "--unpaced"],
        stdout=pipe,
        stderr=subprocess.PIPE,
    ) as process:
        os.close(pipe)
        assert process.communicate(timeout=DEADLINE) == (None, b"")
    assert process.returncode == 141


@pytest.mark.long
@pytest.mark.skipif(os.name == "nt", reason="there a program without a console does the same")
def test_closed_streams_are_no_error() -> None:
    """Without stdout and stderr a turn is had, and a mistake keeps its status."""
    for words, status in ((f"talk '{JOKE}' --unpaced", 0), ("talk none.wav", 2)):
        command = f"'{sys.executable}' -m glmkit {words} >&- 2>&-"
        assert subprocess.run(["sh", "-c", command], timeout=DEADLINE).returncode == status


@pytest.mark.slow
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """Pictures and tables of recordings: one line, and what to do."""
    import glmkit as glm

    with glm.connect("emulator") as session:
        session.ask("Hello")
        session.save(tmp_path / "x.glm")
    nowhere = tmp_path / "none" / "x"
    for words in (
        ("plot", str(tmp_path / "x.glm"), "--out", str(nowhere)),
        ("collect", str(tmp_path), "--csv", str(nowhere)),
    ):
        done = glmkit(*words)
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1
        assert f"{nowhere} cannot be written" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ("demo", "--out"),
        ("talk", str(JOKE), "--save"),
        ("verify", "--out"),
        pytest.param(EXPORT, marks=pytest.mark.voices),
    ],
)
def test_a_folder_that_is_a_file_is_named(words: tuple[str, ...], tmp_path: Path) -> None:
    """Whatever leaves results says so before it begins."""
    taken = tmp_path / "taken"
    taken.write_text("", encoding="utf-8")
    done = glmkit(*words, str(taken))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert f"{taken} cannot be made" in done.stderr


@pytest.mark.slow
def test_what_is_wrong_with_a_recording_speaks_of_no_python(tmp_path: Path) -> None:
    """There is no error.trace in a shell, and no notebook's folder."""
    damaged, foreign = tmp_path / "x.Input", tmp_path / "y.glm"
    damaged.write_text('{"a":1}\n', encoding="utf-8")
    foreign.write_bytes(b"RIFF")
    for path, said in (("none.glm", "no file"), (damaged, "is damaged"), (foreign, "no recording")):
        found = glmkit("plot", str(path)).stderr
        assert said in found
        assert [word for word in ("error.", "glm.", "session.", "runs in") if word in found] == []


@pytest.mark.slow
def test_a_path_that_is_not_served_is_named(key_file: str) -> None:
    """HTTP 404 is about the address, and nobody is told to wait."""
    with emulator("--key-file", key_file) as url:
        wrong = url.replace("/v4/", "/v3/")
        done = glmkit("talk", str(JOKE), "--to", wrong, "--key-file", key_file)
    assert done.returncode == 1
    assert "code 404: nothing is served at this path" in done.stderr
    assert "wait" not in done.stderr


@pytest.mark.slow
def test_no_words_are_a_question_for_help() -> None:
    """``glmkit`` alone says what there is."""
    done = glmkit()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == glmkit("--help").stdout


def test_a_lifetime_of_nothing_is_quoted_as_it_was_typed(key: Key) -> None:
    """0 is not 0.0."""
    assert "ttl is 0, expected" in glmkit("token", "--ttl", "0").stderr


@pytest.mark.slow
def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """Something of the caller's to fix is exit status 2 and one line."""
    done = glmkit("talk", str(tmp_path / "none.wav"))
    assert done.returncode == 2
    assert "none.wav" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_a_token_is_printed_to_a_pipe_and_verifies(key: Key) -> None:
    """stdout holds the token and nothing else."""
    begun = time.time()
    done = glmkit("token", "--ttl", "60")
    info = read_token(done.stdout.strip(), key=key)
    assert info.verified
    assert 59 - (time.time() - begun) <= info.seconds_left <= 61


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


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("talk", "--help"), ("用法：glmkit talk", "位置参数", "选项", "显示本帮助并退出")),
        (("ask",), ("用法：", "glmkit ask：错误：缺少以下参数：words")),
        (("demo", "--out"), ("参数 --out：需要一个取值",)),
        (("demo", "--nonsense"), ("错误：无法识别的参数：--nonsense",)),
        (("token", "--ttl", "x"), ("参数 --ttl：收到 'x'，应为数字",)),
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
    later = {"usage.near_choice", "usage.heading"}
    for key, (english, chinese) in TEXTS.items():
        assert key in later or repr(english)[1:-1] in source, key
        assert sorted(re.findall(r"%\(?\w*", english)) == sorted(re.findall(r"%\(?\w*", chinese))


@pytest.mark.slow
def test_help_in_a_pipe_is_wrapped_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What describes the verbs and what puts it below the usage take the same width."""
    monkeypatch.delenv("COLUMNS", raising=False)
    rows = glmkit("--help", GLMKIT_LANG="en").stdout.splitlines()
    assert [row for row in rows if row and row[0].islower() and row[-1] != ":"] == rows[:1]
    assert max(map(len, rows)) > 80


def test_every_verb_stands_in_one_group_of_the_help() -> None:
    """In both languages, with its words, once; an older name still works and is not shown."""
    for lang, groups in (
        ("en", ("try:", "learn:", "teach:", "build:")),
        ("zh", ("试一试：", "学习：", "教学：", "开发：")),
    ):
        shown = glmkit("--help", GLMKIT_LANG=lang, COLUMNS="72").stdout
        titles, names = _groups(shown)
        assert tuple(titles) == groups
        assert sorted(names) == sorted(VERBS)
        assert [each for each in names.values() if not each] == []
        assert max(map(width_of, shown.splitlines())) <= 72
        assert "live" not in shown
    assert glmkit("live", "--help").stdout == glmkit("talk", "--help").stdout


def _groups(shown: str) -> tuple[list[str], dict[str, str]]:
    """The groups' titles, and what stands beside each verb."""
    listed = shown.split("\n\n", 2)[2].rpartition("\n\n")[0]
    titles = [line for line in listed.splitlines() if line and not line.startswith(" ")]
    rows = re.findall(r"^  (\w+) +(.*)$", listed, re.MULTILINE)
    assert len(rows) == len(dict(rows))
    return titles, dict(rows)


@pytest.mark.slow
def test_the_version_is_told() -> None:
    """As reports of faults want it: of the kit and of Python, and which kit it is that runs."""
    for lang in ("en", "zh"):
        shown = glmkit("--version", GLMKIT_LANG=lang).stdout
        for part in (f"glmkit {version_of('glmkit')}", platform.python_version(), str(PACKAGE)):
            assert part in shown


@pytest.mark.slow
def test_jupyterlab_gets_every_word_as_it_is(tmp_path: Path) -> None:
    """Its options without a ``--`` before them, its own errors; and the reader's first page."""
    stand_in = "import sys; print(*sys.argv[1:], sep='\\n'); sys.exit(3)"
    (tmp_path / "jupyterlab.py").write_text(stand_in, encoding="utf-8")
    paths = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])

    def check(words: str, lang: str, expected: str) -> None:
        done = glmkit("lab", *words.split(), GLMKIT_LANG=lang, PYTHONPATH=paths)
        assert (done.returncode, done.stderr) == (3, "")
        got = [
            Path(word).relative_to(CLONE) if CLONE in Path(word).parents else word
            for word in done.stdout.splitlines()
        ]
        assert " ".join(map(str, got)) == expected

    first = Path("notebooks", "00_start_here.ipynb")
    chinese = Path("notebooks", "zh", "00_start_here.ipynb")
    root = f"--ServerApp.root_dir={CLONE / 'notebooks'}"  # both editions: links lead across
    check_each(
        check,
        [
            ("", "en", f"{first} {root}"),
            ("--port 9 --no-browser", "zh", f"{chinese} {root} --port 9 --no-browser"),
            ("-- --nonsense", "en", f"{first} {root} --nonsense"),
            ("mine.ipynb --port 9", "en", "mine.ipynb --port 9"),
            ("--help-all", "en", f"{first} {root} --help-all"),
        ],
    )
    helped = glmkit("lab", "--help", GLMKIT_LANG="en", PYTHONPATH=paths)
    assert (helped.returncode, "--port" in helped.stdout) == (0, True)


def test_help_fits_a_narrow_terminal_in_both_languages(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A Chinese letter takes two columns, and no word is cut; headings have the reader's colon."""
    monkeypatch.setenv("COLUMNS", "44")

    def check(verb: str, lang: str) -> None:
        monkeypatch.setenv("GLMKIT_LANG", lang)
        with suppress(SystemExit):
            main([*filter(None, [verb]), "--help"])
        shown = capsys.readouterr().out
        lines = shown.partition("\n\n")[2].splitlines()  # the usage is argparse's own to break
        broken = [line for line in lines if re.search(r"\S\s", line) and not re.match(" +-", line)]
        wide = [line for line in broken if width_of(line) > 44]
        assert wide == []
        assert re.findall(r"^\S.*:$" if lang == "zh" else "：", shown, re.MULTILINE) == []
        assert re.findall(r"\S （", shown) == []

    check_each(check, [(verb, lang) for verb in (*VERBS, "") for lang in ("en", "zh")])


@pytest.mark.long
def test_talk_takes_a_samples_name_and_ask_takes_words(tmp_path: Path) -> None:
    """Both print the turn and leave the answer's sound; what is no sample is told their names."""
    for words, said in (
        (("talk", "joke_en", "--unpaced"), "Tell me a joke"),
        (("ask", "tell", "me", "a", "joke"), "tell me a joke"),
    ):
        done = glmkit(*words, "--save", str(tmp_path))
        assert (done.returncode, done.stderr) == (0, "")
        assert said in done.stdout.splitlines()[0]
        assert Path(done.stdout.splitlines()[-1]).is_file()
    lost = glmkit("talk", "joke_fr")
    assert lost.returncode == 2
    assert "joke_fr" in lost.stderr
    assert "joke_en" in lost.stderr


@pytest.mark.slow
def test_a_file_is_not_asked_by_its_name(tmp_path: Path) -> None:
    """Its name would be read out as a question; a question that ends in a point is none."""
    found = glmkit("ask", str(JOKE))
    assert (found.returncode, found.stdout) == (2, "")
    assert "glmkit talk" in found.stderr
    (tmp_path / "Hello").write_bytes(b"")
    for words in ("Hello", "Hello. " * 200):
        asked = glmkit("ask", "--to", "emulator", words, cwd=tmp_path)
        assert (asked.returncode, asked.stderr) == (0, "")


@pytest.mark.slow
def test_what_belongs_to_one_way_of_talking_is_refused_with_another() -> None:
    """Rather than passed over: the option is named, and what to do."""
    for words in (("--unpaced",), ("--vad", "server"), (str(JOKE), "--no-open")):
        done = glmkit("talk", *words)
        assert (done.returncode, done.stdout) == (2, "")
        assert next(word for word in words if word.startswith("--")) in done.stderr
        assert "leave it out" in done.stderr


@pytest.mark.slow
def test_doctor_offline_asks_nobody() -> None:
    """The switch does what GLMKIT_OFFLINE does, and the report says that nobody was asked."""
    done = glmkit("doctor", "--offline", "--json", GLMKIT_LANG="en", GLMKIT_OFFLINE="")
    service = next(line for line in json.loads(done.stdout)["lines"] if line["name"] == "service")
    assert service["level"] == "note"
    assert "was not asked" in service["found"]


@pytest.mark.long
def test_doctor_tries_a_key_and_spends_only_with_yes(key_file: str) -> None:
    """Unattended, it names what it would cost; with --yes one turn is had, its price said first."""
    words = ("doctor", "--key-file", key_file)
    with emulator("--key-file", key_file) as url:
        for more, level in (((), "note"), (("--yes",), "ok")):
            done = glmkit(*words, "--to", url, "--json", *more, GLMKIT_LANG="en")
            assert done.returncode == 0, done.stdout
            lines = {line["name"]: line for line in json.loads(done.stdout)["lines"]}
            assert lines["models"]["facts"]["begin"] == "glm-realtime-flash"
            assert lines["balance"]["level"] == level
            assert ("¥0.05 at the most" in done.stderr) == bool(more)
            assert "¥" in lines["balance"]["todo" if not more else "found"]
    done = glmkit(*words, "--to", "nowhere")
    assert (done.returncode, "'zai'" in done.stderr) == (2, True)
