"""The emulator as a child: started, found again, asked, ended, whatever happens to its parent."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

import glmkit as glm
from glmkit.emulator import launch
from glmkit.emulator.launch import Emulator, shared_emulator
from glmkit.errors import BadArgument, Closed, ConnectFailed, Disconnected, GlmWarning

ROOT = Path(__file__).resolve().parents[2]
KILLED = "SIGKILL" if sys.platform != "win32" else "1"
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and fork are POSIX's")


@pytest.fixture(scope="module")
def running() -> Iterator[Emulator]:
    with Emulator.start() as started:
        yield started


def parent(code: str, folder: Path, **environment: str) -> subprocess.Popen[str]:
    """Another Python process that starts an emulator, as a kernel does."""
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=folder,
        start_new_session=sys.platform != "win32",
        env={
            **os.environ,
            **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder)),
            **environment,
            "PYTHONPATH": os.pathsep.join(paths),
        },
    )
    deadline = threading.Timer(20, process.kill)  # so that no read below waits for ever
    deadline.daemon = True
    deadline.start()
    return process


STARTS = """
import json, sys
from glmkit.emulator.launch import Emulator
emulator = Emulator.start()
print(json.dumps([emulator.url, emulator.pid]), flush=True)
"""


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return (
        not state.exists() or state.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    )


def ends(pid: int, seconds: float = 4.0) -> bool:
    deadline = time.monotonic() + seconds
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not alive(pid)


def told(process: subprocess.Popen[str]) -> tuple[str, int]:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        pytest.fail(process.communicate(timeout=5)[1])
    url, pid = json.loads(line)
    return url, pid


def test_address(running: Emulator) -> None:
    """Started, it has a loopback address with the service's path."""
    assert running.url.startswith("ws://127.0.0.1:")
    assert running.url.endswith("/api/paas/v4/realtime")


@pytest.mark.slow
def test_key_is_masked_and_fresh(running: Emulator) -> None:
    """Its key is shown nowhere, not in the process list either, and differs each time."""
    key = running.key.reveal()
    assert key not in repr(running.key) + repr(running) + str(vars(running))
    command = Path(f"/proc/{running.pid}/cmdline")
    if command.exists():
        assert key not in command.read_text(encoding="utf-8")
    with Emulator.start() as other:
        assert other.key.reveal() != key


def test_log_and_check(running: Emulator) -> None:
    """A healthy emulator has a log and nothing to complain about."""
    assert isinstance(running.log(), list)
    running.check()


def test_faults_are_set_and_cleared(running: Emulator) -> None:
    """A fault set over the control channel is active until it is cleared."""
    running.faults.set("latency", 0.3)
    assert running.faults.active() == {"latency": {"value": 0.3}}
    running.faults.clear()
    assert running.faults.active() == {}


@pytest.mark.slow
def test_faults_shown_are_a_list_of_them_all() -> None:
    """Shown in a cell they say what each does, and which are set; also when all is over."""
    with Emulator.start(faults=("stall,after=2",)) as started:
        assert "● stall " in repr(started.faults)
        assert "after=2" in repr(started.faults)
        assert "  latency " in repr(started.faults)
    assert "  stall " in repr(started.faults)


def test_unknown_fault_is_yours_to_fix(running: Emulator) -> None:
    """A misspelt fault raises here, where it was written, and the emulator lives on."""
    with pytest.raises(BadArgument):
        running.faults.set("lattency")
    assert running.running


def test_a_setting_the_pipe_cannot_carry_is_yours_to_fix(running: Emulator) -> None:
    """What is no number and no word is refused before it is sent."""
    for settings in ({"value": object()}, {"value": 10**400}):
        with pytest.raises(BadArgument, match="latency"):
            running.faults.set("latency", **settings)
    with pytest.raises(BadArgument):
        running.faults.clear(object())  # type: ignore[arg-type]
    assert running.faults.active() == {}


@pytest.mark.slow
def test_a_start_that_cannot_be_is_one_sentence() -> None:
    """A value only the emulator can judge is refused with its words, without a traceback."""
    for switches in ({"replay": "nowhere.glm"}, {"dialogue": "x"}, {"host": "a..b", "key": "a.b"}):
        with pytest.raises(Disconnected) as found:
            Emulator.start(**switches)
        assert "Traceback" not in str(found.value)
        assert next(iter(switches.values())) in str(found.value)
    with pytest.raises(BadArgument, match="timeout"):
        Emulator.start(timeout=None)  # type: ignore[arg-type]


def test_unknown_switch_is_refused_at_once() -> None:
    """A misspelt switch is answered with the list of switches, and nothing is started."""
    with pytest.raises(BadArgument, match="heartbeat"):
        Emulator.start(hartbeat=1)


def test_many_threads_ask_at_once(running: Emulator) -> None:
    """Questions from many threads each get their own answer."""
    wrong: list[object] = []

    def ask(name: str) -> None:
        for _ in range(20):
            with pytest.raises(BadArgument) as raised:
                running.ask(name)
            if name not in str(raised.value):
                wrong.append(raised.value)

    threads = [threading.Thread(target=ask, args=(f"question{n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert wrong == []


@pytest.mark.slow
def test_closed_twice() -> None:
    """Closing ends the process; closing again does nothing; asking says that it is closed."""
    started = Emulator.start()
    started.close()
    started.close()
    assert not started.running
    assert ends(started.pid)
    with pytest.raises(Closed):
        started.log()


@pytest.mark.slow
def test_one_a_kernel_restarted_with_its_reason() -> None:
    """The same one is given until it dies, then a new one and a warning with why."""
    first = shared_emulator()
    assert shared_emulator() is first
    first._process._child.kill()
    first._process._child.wait(5)
    with pytest.raises(Disconnected):
        first.check()
    with pytest.warns(GlmWarning, match=KILLED) as caught:
        second = glm.emulator()
    assert [each.filename for each in caught] == [__file__]
    assert second.url != first.url
    assert second.running
    second.close()
    third = shared_emulator()
    assert third.running
    third.close()


def kill(emulator: Emulator) -> None:
    emulator._process._child.kill()
    emulator._process._child.wait(5)


@pytest.mark.slow
def test_a_session_says_why_its_emulator_ended_and_finds_the_next() -> None:
    """With its last words; then the next turn, or a reset, goes on with a new one."""
    with glm.connect("emulator", modalities=["text"]) as session:
        for go_on in (lambda: None, session.reset):
            session.ask("Hello")
            kill(shared_emulator())
            with pytest.raises(Disconnected, match=KILLED):
                session.ask("Hello")
            with pytest.warns(GlmWarning, match=KILLED):
                turn = (go_on(), session.ask("Hello"))[1]
            assert turn.status == "completed"
        assert session.address.url == shared_emulator().url
        assert len(session.turns) == 4


def test_a_session_with_an_emulator_of_ones_own_says_why_it_ended() -> None:
    """It was connected to by its address; there is no next one."""
    with Emulator.start() as started:
        session = glm.connect(started.url, api_key=started.key)
        kill(started)
        for call in (session.ask, session.ask):
            with pytest.raises(Disconnected, match=KILLED):
                call("Hello")
        session.close()


@pytest.mark.slow
def test_its_folder_and_its_environment_are_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that nobody deletes; no key of its parent's; and names lead where they led."""
    glm.connect("emulator", modalities=["text"]).save(tmp_path / "x.glm")
    folder, key = tmp_path / "deleted later", str(glm.auth.Key.random().reveal())
    folder.mkdir()
    for name in ("ZHIPU_API_KEY", "MY_SERVICE_TOKEN", "NAMED_FOR_NOTHING"):
        monkeypatch.setenv(name, key)
    for name in (
        "ZHIPUAI_KEYS",
        "ZHIPU_API_KEY_OLD",
        "GH_PAT",
        "DB_PASSWD",
        "AUTH",
        "MY_CREDENTIALS",
    ):
        monkeypatch.setenv(name, "told to nobody")
    monkeypatch.setenv("DATABASE_URL", "postgres://me:told to nobody@here/all".replace(" ", "_"))
    monkeypatch.setenv("GLMKIT_CACHE", "cache")
    monkeypatch.chdir(folder)
    with Emulator.start(replay="../x.glm") as started:
        monkeypatch.chdir(tmp_path)
        folder.rmdir()
        child = psutil.Process(started.pid)
        assert Path(child.cwd()).is_dir()
        environment = child.environ()
        assert key not in environment.values()
        assert not [name for name in environment if "told" in environment[name]]
        assert environment["GLMKIT_CACHE"] == str(folder / "cache")
        with glm.connect(started.url, api_key=started.key, modalities=["text"]) as session:
            assert session.config


@pytest.mark.slow
def test_start_that_fails_shows_the_log(tmp_path: Path) -> None:
    """An emulator that ends before it gave its address is an error that holds its log's end."""
    with Emulator.start() as first:
        port = int(first.url.split(":")[2].split("/")[0])
        with pytest.raises(Disconnected, match=str(port)):
            Emulator.start(port=port)


@pytest.mark.slow
def test_start_has_a_deadline() -> None:
    """An address that does not come in time is an error, and no process is left behind."""
    before = set(launch._started.value)
    with pytest.raises(ConnectFailed, match=r"0\.001") as found:
        Emulator.start(timeout=0.001)
    assert found.value.peer == "emulator"
    assert set(launch._started.value) == before


@pytest.mark.slow
def test_ends_with_its_parent(tmp_path: Path) -> None:
    """It does not outlive a parent that SIGKILL gave no time to say goodbye."""
    process = parent(STARTS + "sys.stdin.read()", tmp_path)
    _, pid = told(process)
    process.kill()
    assert ends(pid)
    process.communicate(timeout=5)


@pytest.mark.slow
def test_ends_with_a_parent_that_ends_itself(tmp_path: Path) -> None:
    """A parent that just finishes takes it along and leaves no log file."""
    process = parent(STARTS, tmp_path)
    _, pid = told(process)
    _, errors = process.communicate(timeout=15)
    assert ends(pid)
    assert errors == ""
    assert list(tmp_path.glob("glmkit-emulator-*")) == []


@pytest.mark.slow
@posix
def test_survives_an_interrupt(tmp_path: Path) -> None:
    """SIGINT to the parent's whole group, which is what interrupting a cell is, leaves it alone."""
    code = """
try:
    print("ready", flush=True)
    sys.stdin.read()
except KeyboardInterrupt:
    print(json.dumps(emulator.running and isinstance(emulator.log(), list)), flush=True)
"""
    process = parent(STARTS + code, tmp_path)
    told(process)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    os.killpg(process.pid, signal.SIGINT)
    assert process.stdout.readline() == "true\n"
    process.communicate(timeout=15)


@pytest.mark.slow
@posix
def test_forked_worker_lets_go(tmp_path: Path) -> None:
    """A forked worker that outlives the parent does not keep the emulator alive, nor own it."""
    code = """
import os, time
from glmkit.errors import BadState
child = os.fork()
if child == 0:
    try:
        emulator.log()
    except BadState:
        os.write(1, b"forked\\n")  # in one piece: two processes write to this pipe
    emulator.close()
    time.sleep(6)
    os._exit(0)
os.write(1, f"{child}\\n".encode())
sys.stdin.read()
"""
    process = parent(STARTS + code, tmp_path)
    _, pid = told(process)
    assert process.stdout is not None
    lines = {process.stdout.readline().strip(), process.stdout.readline().strip()}
    assert "forked" in lines
    assert alive(pid)  # the worker's close() left the parent's emulator alone
    process.kill()
    assert ends(pid)
    worker = next(int(line) for line in lines if line.isdecimal())
    assert alive(worker)
    os.kill(worker, signal.SIGKILL)
    process.communicate(timeout=5)


@pytest.mark.slow
def test_chinese_folder_and_c_locale(tmp_path: Path) -> None:
    """It starts in 课程 资料/ with the C locale, no UTF-8 mode and a piped stdout."""
    folder = tmp_path / "课程 资料"
    folder.mkdir()
    process = parent(STARTS, folder, PYTHONUTF8="0", LC_ALL="C", GLMKIT_LANG="zh")
    url, _ = told(process)
    assert url.startswith("ws://")
    assert process.communicate(timeout=15)[1] == ""


@pytest.mark.slow
def test_names_in_the_learners_folder_do_no_harm(tmp_path: Path) -> None:
    """A learner's own ``random.py`` beside the notebook does not break the emulator."""
    (tmp_path / "asyncio.py").write_text("raise SystemExit('not me')", encoding="utf-8")
    code = f"import os; os.chdir({str(tmp_path)!r})" + STARTS
    process = parent(code, tmp_path.parent)
    told(process)
    process.communicate(timeout=15)
