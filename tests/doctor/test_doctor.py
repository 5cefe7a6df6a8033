"""The doctor: looks at what is really there, says what to do, hangs on nothing, shows no key."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from time import monotonic

import nbformat
import pytest
from matplotlib import font_manager
from nbclient import NotebookClient

import glmkit as glm
from glmkit import environment
from glmkit.auth import Key
from glmkit.auth.key_prompt import use_key
from glmkit.auth.key_search import forget_key
from glmkit.doctor import installed, machine, network, service_answer
from glmkit.doctor.check_guard import Begun, begin, looked, within
from glmkit.doctor.report import LEVELS, Check, Report
from glmkit.emulator.launch import Emulator
from glmkit.plots.drawing import fonts
from glmkit.texts.layout.text_width import width_of

ROOT = Path(__file__).resolve().parents[2]
PLAIN = "0a1b2c3d4e5f60718293a4b5c6d7e8f9.Sx7Kq0Lm3Nv9Rt2W"
NAMES = [
    *("python", "packages", "kernel", "loop", "front_end", "widgets", "websockets", "sound"),
    *("fonts", "voices", "emulator", "key", "proxy", "service", "skew", "ticks"),
]


@pytest.fixture(scope="module")
def report() -> Iterator[Report]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GLMKIT_LANG", "en")
        patch.setenv("GLMKIT_TO", "emulator")
        yield glm.doctor(offline=True)


@pytest.fixture(autouse=True)
def empty_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    forget_key()


def command(*words: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """``glmkit doctor`` as a person runs it, its output in a pipe."""
    paths = [environment.pop("PYTHONPATH", ""), str(ROOT)]
    variables = {"GLMKIT_OFFLINE": "1", "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    return subprocess.run(
        [sys.executable, "-m", "glmkit", "doctor", *words],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        cwd=folder,
        env={**os.environ, **variables, **environment},
        check=False,
    )


# -- the whole of it -----------------------------------------------------------------------


@pytest.mark.slow
def test_everything_is_looked_at(report: Report) -> None:
    """A report has one line for each thing, and this machine has what is needed."""
    assert [line.name for line in report] == NAMES
    assert report.well, str(report)
    assert report["emulator"].facts["start_seconds"] > 0
    assert report["sound"].facts["formats"] == dict.fromkeys(("WAV", "FLAC", "OGG", "MP3"), True)
    assert "not asked" in report["service"].found


def test_only_lines_with_something_to_do_say_so(report: Report) -> None:
    """What is in order asks for nothing, and what is not asks for something."""
    assert all(bool(line.todo) == (line.level != "ok") for line in report), str(report)


def test_a_report_is_json(report: Report) -> None:
    """Programs get the values behind the sentences."""
    data = json.loads(report.to_json())
    lines = {line["name"]: line for line in data["lines"]}
    assert data["well"] is True
    assert data["glmkit"] == glm.__version__
    assert lines["python"]["facts"]["path"] == sys.executable
    assert lines["packages"]["facts"]["websockets"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_text_stands_in_columns(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every line begins in the same column, whether letters are wide or narrow."""
    monkeypatch.setenv("GLMKIT_LANG", lang)
    monkeypatch.setenv("COLUMNS", "70")
    lines = (Check("python", "ok", "AAAA"), Check("emulator", "missing", "AAAA " * 30, "AAAA"))
    rows = str(Report(lines)).splitlines()[2:]
    columns = {width_of(row[: row.index("AAAA")]) for row in rows[:-1]}
    assert len(columns) == 1
    assert max(map(width_of, rows)) <= 70
    assert len(rows) > 3


@pytest.mark.slow
def test_doctor_is_a_function_whatever_was_imported() -> None:
    """``glm.doctor()`` works before and after its room is imported."""
    code = "import glmkit as glm; one = glm.doctor; import glmkit.doctor; "
    code += "from glmkit.doctor import doctor; print(callable(one), callable(glm.doctor))"
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", timeout=30, cwd=ROOT
    )
    assert found.stdout.split() == ["True", "True"], found.stderr


def test_a_check_shows_its_public_name() -> None:
    """What was looked at shows itself under the name it has in ``glmkit.doctor``."""
    check = glm.doctor.Check("key", "ok", "found")  # type: ignore[attr-defined]
    assert repr(check) == "Check(name='key', level='ok', found='found', todo='', facts={})"


# -- the command ---------------------------------------------------------------------------


@pytest.mark.slow
def test_command_speaks_chinese_into_a_pipe_of_a_plain_console(tmp_path: Path) -> None:
    """``glmkit doctor`` in a folder with a Chinese name, under LC_ALL=C, is well and says so."""
    folder = tmp_path / "课程 资料"
    folder.mkdir()
    plain = {"PYTHONUTF8": "0", "LC_ALL": "C", "LANG": "C", "GLMKIT_LANG": "zh"}
    done = command(folder=folder, **plain)
    assert (done.returncode, done.stderr) == (0, "")
    assert "所需的都已具备" in done.stdout or "一切就绪" in done.stdout
    assert "离线" in done.stdout


@pytest.mark.slow
def test_a_missing_package_is_named_and_everything_else_still_looked_at(tmp_path: Path) -> None:
    """Without websockets the status is 1, and the emulator's line says what it lacks."""
    blocker = """
import sys
class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "websockets":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Blocker())
"""
    (tmp_path / "sitecustomize.py").write_text(blocker, encoding="utf-8")
    done = command("--json", folder=tmp_path, PYTHONPATH=str(tmp_path))
    assert done.returncode == 1, done.stderr
    lines = {line["name"]: line for line in json.loads(done.stdout)["lines"]}
    assert list(lines) == NAMES
    missing = {name for name, line in lines.items() if line["level"] == "missing"}
    assert missing == {"packages", "websockets", "emulator"}
    assert "websockets is not installed" in lines["packages"]["found"]
    assert "-m pip install" in lines["packages"]["todo"]
    assert "websockets" in lines["emulator"]["found"]
    assert lines["sound"]["level"] == "ok"


@pytest.mark.slow
def test_a_malformed_key_is_reported_and_not_shown(tmp_path: Path) -> None:
    """A key without a dot gives status 1, its place and its fault, and stays hidden."""
    secret = PLAIN.replace(".", "")
    environment = {"ZHIPU_API_KEY": secret, "GLMKIT_TO": ""}
    done = command("--json", folder=tmp_path, **environment)
    assert done.returncode == 1, done.stderr
    line = next(line for line in json.loads(done.stdout)["lines"] if line["name"] == "key")
    assert line["level"] == "missing"
    assert "ZHIPU_API_KEY" in line["found"]
    assert "1 part" in line["found"]
    assert secret[4:12] not in done.stdout + done.stderr


# -- one check -----------------------------------------------------------------------------


def test_a_check_that_breaks_is_a_line() -> None:
    """Whatever a check raises is shown in its line, with keys masked."""
    use_key(PLAIN)

    def breaks() -> Check:
        raise RuntimeError(f"numpy was built for another planet {PLAIN}")

    line = looked("sound", breaks, needed=True)
    assert line.level == "missing"
    assert "another planet" in line.found
    assert PLAIN.split(".")[1] not in line.found
    assert looked("fonts", breaks).level == "note"


def test_nothing_is_waited_for_beyond_its_deadline() -> None:
    """Work that does not end gives a line; work that failed gives its own error."""
    never: Begun[Check] = Begun(Future(), monotonic() - 9)
    assert "not known" in looked("fonts", lambda: within(never, 9)).found
    failed = begin(lambda: int("x"))
    with pytest.raises(ValueError, match="invalid literal"):
        within(failed, 9)


def test_an_old_or_absent_package_is_a_fault() -> None:
    """A requirement says what is there and what is expected."""
    assert installed.Requirement("numpy", "2.0").fault is None
    assert "expected 99.1" in str(installed.Requirement("numpy", "99.1").fault)
    assert installed.Requirement("no-such-package", "").fault == "no-such-package is not installed"
    assert {"websockets", "PyJWT"} <= {need.package for need in installed.requirements()}


def test_figures_without_a_chinese_font_are_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    """With DejaVu alone, the line says what figures look like and what to install."""
    manager = font_manager.fontManager
    plain = [font for font in manager.ttflist if font.name == "DejaVu Sans"]
    monkeypatch.setattr(manager, "ttflist", plain)
    monkeypatch.setattr(fonts, "_add_new_fonts", lambda: False)
    line = installed.fonts()
    assert (line.level, line.facts) == ("note", {"chinese": None})
    assert "Noto Sans CJK SC" in line.todo


def test_models_that_are_not_in_place_are_a_note(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With an empty cache the line names the command that fetches them, and how much."""
    monkeypatch.setenv("GLMKIT_CACHE", str(tmp_path))
    monkeypatch.delenv("GLMKIT_MODELS", raising=False)
    line = installed.voices()
    assert line.level == "note"
    assert "kokoro not in place (63 MB to fetch)" in line.found
    assert not any(line.facts.values())


def test_a_kernel_of_another_python_is_noticed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A kernel spec that leads to no Python at all is missing; our own is fine."""
    assert machine.kernel().level == "ok"
    folder = tmp_path / "kernels" / "python3"
    folder.mkdir(parents=True)
    spec = {"argv": [str(tmp_path / "python"), "-m", "ipykernel_launcher"], "display_name": "x"}
    (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    line = machine.kernel()
    assert line.level == "missing"
    assert "ipykernel install" in line.todo


@pytest.mark.slow
def test_a_harmful_patch_of_asyncio_is_noticed() -> None:
    """After nest_asyncio.apply() on ipykernel 7 the loop's line says what it does."""
    code = (
        "import asyncio, nest_asyncio; nest_asyncio.apply(asyncio.new_event_loop())\n"
        "from glmkit.doctor import machine; line = machine.loop()\n"
        "print(line.level, line.facts['patched_by'], line.facts['nested_by'])"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", timeout=30, cwd=ROOT
    )
    level, patched, nested = found.stdout.split()
    assert patched == "nest_asyncio"
    assert level == ("note" if nested == "nest_asyncio2" else "ok")


@pytest.mark.slow
def test_in_a_kernel_it_is_a_card() -> None:
    """A cell shows the card and nothing else; the kernel knows that nobody types into it."""
    book = nbformat.v4.new_notebook()
    cells = ("import glmkit as glm; report = glm.doctor(offline=True); report",)
    cells += ("print(report['front_end'].facts['guess'], report['kernel'].level, report.well)",)
    book.cells = [nbformat.v4.new_code_cell(cell) for cell in cells]
    paths = {"PYTHONPATH": str(ROOT)}
    NotebookClient(book, timeout=60, kernel_name="python3").execute(env={**os.environ, **paths})
    [shown], [printed] = (cell.outputs for cell in book.cells)
    assert 'class="glm-card glm-doctor' in shown.data["text/html"]
    assert "emulator" in shown.data["text/plain"]
    assert printed.text.split() == ["unattended", "ok", "True"]


# -- the key and proxies -------------------------------------------------------------------


def test_a_key_is_masked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A good key is shown by its first letters and its place, and leads to the service."""
    monkeypatch.delenv("GLMKIT_TO")
    monkeypatch.setenv("ZAI_API_KEY", PLAIN)
    line = network.key()
    assert (line.level, network.leads_live(line)) == ("ok", True)
    shown = Report((line,))
    for words in (str(shown), shown.to_json(), shown._repr_html_()):
        assert "0a1b" in words
        assert "ZAI_API_KEY" in words
        assert "5e6f" not in words
        assert "Sx7K" not in words


def test_skipping_the_env_file_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """With GLMKIT_TO=emulator a key in .env is left alone, in so many words."""
    Path(".env").write_text(f"ZHIPU_API_KEY={PLAIN}\n", encoding="utf-8")
    assert ".env was not looked into" in network.key().found
    monkeypatch.delenv("GLMKIT_TO")
    assert ".env was not" not in network.key().found
    assert "0a1b" in network.key().found


def test_a_key_is_missing_only_where_it_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without one, the emulator is enough, unless GLMKIT_TO=live was set."""
    assert network.key().level == "ok"
    monkeypatch.setenv("GLMKIT_TO", "live")
    assert network.key().level == "missing"
    monkeypatch.setenv("GLMKIT_TO", "emulator")
    monkeypatch.setenv("ZHIPU_API_KEY", "no dot")
    assert network.key().level == "note"


def test_a_place_that_is_named_counts_more_than_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its own key first, .env looked into; without any, where its keys are made."""
    monkeypatch.setenv("GLMKIT_TO", "emulator")
    Path(".env").write_text(f"ZAI_API_KEY={PLAIN}\n", encoding="utf-8")
    assert [network.key(to).level for to in ("zai", "live")] == ["ok", "ok"]
    Path(".env").unlink()
    for to, name, page in (("zai", "ZAI_API_KEY", "z.ai/"), ("live", "ZHIPU_API_KEY", "bigmodel")):
        line = network.key(to)
        assert (line.level, network.leads_live(line)) == ("missing", True)
        assert name in line.todo
        assert page in line.todo


def test_proxies_are_shown_without_their_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """User and password stay hidden; what is no proxy's address is named."""
    monkeypatch.setenv("https_proxy", "http://somebody:password@proxy.example:8080")
    line = network.proxy()
    assert line.level == "ok"
    assert "proxy.example:8080" in line.found
    assert "password" not in line.found + str(dict(line.facts))
    monkeypatch.delenv("https_proxy")
    monkeypatch.setenv("all_proxy", "socks5h://proxy.example:1080")
    assert (network.proxy().level, "set https_proxy" in network.proxy().todo) == ("note", True)
    monkeypatch.setenv("http_proxy", "ftp://proxy.example:port")
    assert (network.proxy().level, "http_proxy" in network.proxy().todo) == ("note", True)


# -- the service ---------------------------------------------------------------------------


@contextmanager
def door(answer: str | None) -> Iterator[tuple[str, list[str]]]:
    """A server that gives one answer to every request (None: never); its address, and requests."""
    listener, asked, open_ = socket.create_server(("127.0.0.1", 0)), list[str](), []
    listener.settimeout(10)

    def serve() -> None:
        connection, _ = listener.accept()
        open_.append(connection)
        asked.append(connection.recv(8192).decode("latin-1"))
        if answer is not None:
            connection.sendall(answer.replace("\n", "\r\n").encode("latin-1"))
            connection.close()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"ws://127.0.0.1:{listener.getsockname()[1]}/api", asked
    finally:
        thread.join(10)
        for connection in open_:
            connection.close()
        listener.close()


def refusal(date: datetime, status: str = "401 Unauthorized", body: str = "") -> str:
    dated = f"HTTP/1.1 {status}\nDate: {format_datetime(date, usegmt=True)}"
    return f"{dated}\nContent-Length: {len(body)}\n\n{body}"


@pytest.mark.slow
def test_a_knock_at_a_real_door(monkeypatch: pytest.MonkeyPatch) -> None:
    """The emulator's own door answers 401, in no time, and its clock is ours."""
    with Emulator.start() as emulator:
        monkeypatch.setenv("ZHIPU_REALTIME_URL", emulator.url)
        answer = service_answer.knock()
    line = service_answer.service(answer, live=True)
    assert (line.level, line.facts["status"]) == ("ok", 401)
    assert answer.skew is None or abs(answer.skew) <= answer.margin


def test_the_knock_carries_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that is set does not leave this machine."""
    monkeypatch.setenv("ZHIPU_API_KEY", PLAIN)
    with door(refusal(datetime.now(UTC))) as (url, asked):
        monkeypatch.setenv("ZHIPU_REALTIME_URL", url)
        assert service_answer.knock().status == 401
    [request] = asked
    assert "Upgrade: websocket" in request
    assert "Authorization" not in request
    assert "0a1b" not in request


@pytest.mark.parametrize(
    ("minutes", "live", "level"),
    [(0, True, "ok"), (-20, True, "note"), (20, False, "note"), (20, True, "missing")],
)
def test_a_wrong_clock_is_measured(
    monkeypatch: pytest.MonkeyPatch, minutes: int, live: bool, level: str
) -> None:
    """Ours is held against the answer's Date; so far behind that tokens are dead is missing."""
    with door(refusal(datetime.now(UTC) + timedelta(minutes=minutes))) as (url, _):
        monkeypatch.setenv("ZHIPU_REALTIME_URL", url)
        line = service_answer.skew(service_answer.knock(), live=live)
    assert line.level == level
    assert line.facts["ahead"] == pytest.approx(-60 * minutes, abs=line.facts["margin"] + 0.01)
    assert "Date" in line.found


def test_a_door_that_says_something_else_is_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    """A login page of the network is not the service."""
    for status, body in (("302 Found", ""), ("401 Unauthorized", "<h1>Sign in</h1>")):
        with door(refusal(datetime.now(UTC), status, body)) as (url, _):
            monkeypatch.setenv("ZHIPU_REALTIME_URL", url)
            line = service_answer.service(service_answer.knock(), live=True)
        assert (line.level, line.facts["status"]) == ("note", int(status[:3]))


def test_silence_refusal_and_unknown_names_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each way of not being reached has the sentence that a session has for it, in the reader's
    language, and is missing only for a key's owner."""
    monkeypatch.setenv("GLMKIT_LANG", "zh")
    with door(None) as (silent, _):
        monkeypatch.setenv("ZHIPU_REALTIME_URL", silent)
        late = service_answer.knock(seconds=0.2)
    monkeypatch.setenv("ZHIPU_REALTIME_URL", silent)  # nobody listens there any more
    refused = service_answer.knock()
    monkeypatch.setenv("ZHIPU_REALTIME_URL", "wss://nobody:secret@nowhere.invalid/x")
    unknown = service_answer.knock()
    assert [late.failed, refused.failed, unknown.failed] == ["late", "refused", "dns"]
    for answer, said in ((late, "没有应答"), (refused, "拒绝连接"), (unknown, "无法解析")):
        line = service_answer.service(answer, live=True)
        assert line.level == "missing"
        assert said in line.found
        assert not re.search("Errno|Name or service|Connect call", line.found)
        assert service_answer.service(answer, live=False).level == "note"
        assert service_answer.service(answer, live=False).todo
        assert "secret" not in service_answer.service(answer, live=False).found


def test_that_a_door_was_never_tried_is_said() -> None:
    """Of the one overseas, and of no other."""
    said = [
        service_answer.service(service_answer.Answer(host, status=401), live=True).found
        for host in ("api.z.ai", "open.bigmodel.cn")
    ]
    assert ["unverified" in words for words in said] == [True, False]


def test_an_answer_too_large_to_be_taken_keeps_its_status(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of more than a megabyte is a page with a status, not "no connection"."""
    page = f"<h1>Please sign in</h1>{'x' * 1_200_000}"
    with door(refusal(datetime.now(UTC), "503 Busy", page)) as (url, _):
        monkeypatch.setenv("ZHIPU_REALTIME_URL", url)
        line = service_answer.service(service_answer.knock(), live=True)
    assert (line.level, line.facts["status"]) == ("note", 503)
    assert "Please sign in" in line.found


def test_a_name_that_takes_for_ever_is_late() -> None:
    """A look-up that never returns costs its three seconds and no more."""
    answer = service_answer.answered(Begun(Future(), monotonic() - 60))
    assert (answer.failed, answer.host) == ("late", "open.bigmodel.cn")


@pytest.mark.slow
def test_names_misread_are_the_cause_of_what_fails() -> None:
    """In a C locale without UTF-8 mode the cure is that mode, not installing anything again."""
    code = (
        "from glmkit.doctor.check_guard import looked\n"
        "print(looked('sound', lambda: 1 / 0, needed=True).todo)"
    )
    plain = {**os.environ, "GLMKIT_LANG": "en", "LC_ALL": "C"}
    found = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**plain, "PYTHONUTF8": mode},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=True,
        ).stdout
        for mode in ("0", "1")
    ]
    assert "PYTHONUTF8=1" in found[0]
    assert "reinstall" in found[1]


def test_offline_asks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """With GLMKIT_OFFLINE no connection is made; neither ok nor missing, but said, is what isn't
    known."""
    monkeypatch.setenv("GLMKIT_OFFLINE", "1")
    assert environment.offline()
    answer = service_answer.knock(offline=environment.offline())
    assert service_answer.service(answer, live=True).level == "note"
    clock = service_answer.skew(answer, live=True)
    assert (clock.level, bool(clock.todo)) == ("note", True)
    assert "not compared" in clock.found


# -- the card ------------------------------------------------------------------------------


def test_the_card_escapes_what_came_from_outside() -> None:
    """A proxy's name or an error with markup in it stays text; there is nothing to run."""
    hostile = '<img src=x onerror=alert(1)> & "quotes"\nsecond line'
    html = Report((Check("proxy", "note", hostile, hostile),))._repr_html_()
    assert "<img" not in html
    assert "&lt;img" in html
    assert html.count("<br>second line") == 2
    assert not re.search(r"<script|javascript:|https?://|\son\w+=['\"]", html)


def test_the_card_is_one_of_the_kits_cards() -> None:
    """Its frame and colours are theirs, and a level shows by a shape and a word as well."""
    html = Report(tuple(Check("key", level, "x") for level in LEVELS))._repr_html_()
    assert html.startswith('<section class="glm-card glm-doctor')
    assert html.count("<style>") == 1
    chips = re.findall(r'<span class="glm-chip glm-(\w+)">(\S) \w+</span>', html)
    assert chips == [("input", "✓"), ("speech", "!"), ("error", "✗")]


def test_reports_are_for_people_in_either_language(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The words around what was found are the reader's."""
    monkeypatch.setenv("GLMKIT_LANG", "zh")
    assert "仿真器" in str(report)
    assert 'lang="zh"' in report._repr_html_()
    bad = Report((Check("key", "missing", "x", "y"),))
    assert "密钥" in bad.headline
    assert not bad.well


def test_random_keys_never_show(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key kept by use_key() is found, named as such, and masked."""
    monkeypatch.delenv("GLMKIT_TO")
    key = Key.random()
    use_key(key)
    line = network.key()
    assert "use_key()" in line.found
    assert key.reveal().split(".")[1] not in line.found
