"""Real Jupyter servers, and a page object for their notebooks in Debian's or any Chromium."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import nbformat

from tests.browser.account import Console, account, cells, stacks, teach_kernels

if TYPE_CHECKING:
    from playwright.sync_api import Page

STATUS = "found => found.map(each => each.dataset.status)"
SECONDS = 45  # what anything may take on a machine with two busy cores
SWITCHES = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--mute-audio"),
    *("--autoplay-policy=no-user-gesture-required", "--use-fake-device-for-media-stream"),
]


def chromium() -> str | None:
    """Where Chromium is on this machine, if anywhere."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


def switches(*, permission: str = "allow") -> list[str]:
    """Chromium's switches for a fake microphone, and who may use it."""
    permitted = "--use-fake-ui-for-media-stream" + ("=deny" if permission == "deny" else "")
    return [*SWITCHES, permitted]


def microphone(wav: Path) -> list[str]:
    """Its switches for a microphone that plays ``wav`` once."""
    return [f"--use-file-for-fake-audio-capture={wav}%noloop"]


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


class Server:
    """A running Jupyter server of one kind: ``lab``, ``notebook`` or ``voila``."""

    def __init__(self, kind: str, folder: Path, kernels: Path | None = None) -> None:
        self.kind, self.folder, self.port = kind, folder, free_port()
        self.token = secrets.token_hex(8)
        self._settle("apputils-extension/notification", fetchNews="false", checkForUpdates=False)
        self._settle("notebook-extension/tracker", windowingMode="none")  # all cells in the page
        environment = {
            **os.environ,
            "GLMKIT_TO": "emulator",
            "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
            "JUPYTER_CONFIG_DIR": str(folder / "config"),
            "JUPYTER_PLATFORM_DIRS": "1",
            "IPYTHONDIR": str(teach_kernels(folder / "ipython")),
            "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        }
        if kernels is not None:
            environment["JUPYTER_PATH"] = str(kernels)
        self.log = (folder / f"{kind}.log").open("w", encoding="utf-8")
        self.process = subprocess.Popen(
            self._command(), cwd=folder, env=environment, stdout=self.log, stderr=self.log
        )
        self._await()

    def _settle(self, name: str, **settings: object) -> None:
        path = self.folder / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(settings), encoding="utf-8")

    def _command(self) -> list[str]:
        if self.kind == "voila":
            return [
                *(sys.executable, "-m", "voila", "--no-browser", f"--port={self.port}"),
                *("--Voila.ip=127.0.0.1", str(self.folder)),
            ]
        root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        module = "jupyterlab" if self.kind == "lab" else "notebook"
        return [
            *(sys.executable, "-m", module, "--no-browser", f"--port={self.port}", *root),
            *("--ip=127.0.0.1", f"--IdentityProvider.token={self.token}"),
            *(f"--ServerApp.root_dir={self.folder}", "--ServerApp.allow_remote_access=True"),
        ]

    def _await(self) -> None:
        path = "/" if self.kind == "voila" else f"/api/status?token={self.token}"
        self.until(lambda: self._answers(path))

    def _answers(self, path: str) -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def until(self, ready: Callable[[], bool]) -> None:
        end = time.monotonic() + SECONDS
        while not ready():
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(self.log_text()[-2000:])
            time.sleep(0.2)

    def write(self, name: str, cells: Sequence[str], kernel: str = "python3") -> None:
        """A notebook of code cells in the server's folder."""
        book = nbformat.v4.new_notebook()
        book.cells = [nbformat.v4.new_code_cell(source) for source in cells]
        book.metadata.kernelspec = {"name": kernel, "display_name": kernel, "language": "python"}
        nbformat.write(book, self.folder / name)

    def address(self, name: str, host: str = "127.0.0.1") -> str:
        if self.kind == "voila":
            return f"http://{host}:{self.port}/voila/render/{name}"
        own = f"lab/workspaces/{Path(name).stem}/tree/{name}"  # no tabs of an earlier test
        path = own if self.kind == "lab" else f"notebooks/{name}"
        return f"http://{host}:{self.port}/{path}?token={self.token}"

    def log_text(self) -> str:
        """What the server and its kernels wrote."""
        return (self.folder / f"{self.kind}.log").read_text(encoding="utf-8", errors="replace")

    def stacks(self) -> str:
        """What every thread of every kernel is doing."""
        return stacks(self.process.pid, self.folder / "ipython")

    def kernels(self) -> list[dict[str, Any]]:
        """The kernels that run, as Jupyter tells them."""
        found: list[dict[str, Any]] = json.loads(self._ask("GET", "kernels"))
        return found

    def has_idle_kernel(self, name: str) -> bool:
        """Whether a notebook's kernel runs, a page is connected to it, and it waits for work."""
        kernels = [
            each["kernel"]
            for each in json.loads(self._ask("GET", "sessions"))
            if each["path"] == name
        ]
        return any(
            each and each["execution_state"] == "idle" and each["connections"] for each in kernels
        )

    def end_kernels(self) -> None:
        """End every kernel, and with it the emulator it started: the next test has the machine."""
        if self.kind != "voila":  # which ends them itself
            self.until(self._ended_kernels)

    def _ended_kernels(self) -> bool:
        """Whether none is left; one that is just starting again cannot be ended yet."""
        for kernel in self.kernels():
            with suppress(HTTPError):
                self._ask("DELETE", f"kernels/{kernel['id']}")
        return not self.kernels()

    def _ask(self, method: str, path: str) -> bytes:
        address = f"http://127.0.0.1:{self.port}/api/{path}"
        headers = {"Authorization": f"token {self.token}"}
        with urlopen(Request(address, method=method, headers=headers), timeout=SECONDS) as answer:
            return bytes(answer.read())

    def close(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)
        self.log.close()


class Notebook:
    """A notebook open in the browser: run its cells one by one, and read what they print."""

    def __init__(self, page: Page, server: Server, name: str, host: str = "127.0.0.1") -> None:
        self.page, self.server, self.name = page, server, name
        self.console = Console(page)
        page.set_default_timeout(SECONDS * 1000)
        page.goto(server.address(name, host))
        page.wait_for_selector(".jp-CodeCell")
        self.await_idle()

    def await_idle(self) -> None:
        """Until a kernel is attached and has nothing to do. The page's own sign says "idle"
        before there is one; what is run then is lost, or asks for one. So ask the server."""
        named = self.page.locator(".jp-KernelName")
        self.until(lambda: self.server.has_idle_kernel(self.name), during=self.answer_dialog)
        self.until(lambda: "No Kernel" not in named.first.inner_text())
        self.page.wait_for_function(
            """() => [...document.querySelectorAll('.jp-Notebook-ExecutionIndicator')]
                .some(e => e.dataset.status === 'idle')"""
        )

    def cell(self, number: int) -> Any:
        return self.page.locator(".jp-Notebook .jp-Cell").nth(number)

    def start(self, number: int) -> None:
        """Run a cell, trying again until its prompt shows that it began."""
        from playwright.sync_api import TimeoutError as Late

        cell = self.cell(number)
        prompt = cell.locator(".jp-InputPrompt")
        before = prompt.inner_text()
        end = time.monotonic() + SECONDS
        while prompt.inner_text() == before:
            assert time.monotonic() < end, self.account()
            self.answer_dialog()
            try:
                cell.locator(".cm-content").click(timeout=5000)
            except Late:
                continue  # a dialog came between
            self.page.keyboard.press("Control+Enter")
            self.page.wait_for_timeout(400)

    def menu(self, name: str, entry: str) -> None:
        """Choose from Jupyter's menus; a dialog that comes between is accepted, and remembered."""
        from playwright.sync_api import TimeoutError as Late

        end = time.monotonic() + SECONDS
        while True:
            try:
                self.page.get_by_role("menuitem", name=name, exact=True).click(timeout=5000)
                self.page.get_by_text(entry, exact=True).click(timeout=5000)
                return
            except Late:
                assert time.monotonic() < end, self.account()
                self.answer_dialog()

    def prompts(self) -> list[str]:
        """What stands before each code cell: ``[ ]:``, ``[*]:`` or ``[3]:``."""
        found: list[str] = self.page.locator(".jp-CodeCell .jp-InputPrompt").all_inner_texts()
        return [each.strip() for each in found]

    def has_ended(self) -> bool:
        """Whether every code cell was run to its end."""
        return all(each.strip("[]: ").isdecimal() for each in self.prompts())

    def run_all(self) -> None:
        """Queue every cell. A menu that opens before the notebook has the focus of JupyterLab's
        commands does nothing at all, so try until the prompts show that it was taken."""
        end = time.monotonic() + SECONDS
        while set(self.prompts()) == {"[ ]:"}:
            assert time.monotonic() < end, self.account()
            self.answer_dialog()
            self.menu("Run", "Run All Cells")
            taken = time.monotonic() + 3
            while set(self.prompts()) == {"[ ]:"} and time.monotonic() < taken:
                self.page.wait_for_timeout(100)

    def answer_dialog(self) -> None:
        """Accept what Jupyter asks when a kernel takes long to start."""
        dialog = self.page.locator(".jp-Dialog")
        if dialog.count():
            self.console.keep(f"dialog: {dialog.first.inner_text()}")
            dialog.first.locator(".jp-mod-accept").click()

    def run(self, number: int) -> str:
        """Run a cell to its end; the text it printed."""
        self.start(number)
        prompt = self.cell(number).locator(".jp-InputPrompt")
        self.until(lambda: prompt.inner_text().strip("[]: ").isdecimal())
        return self.printed(number)

    def printed(self, number: int) -> str:
        texts = self.cell(number).locator(".jp-OutputArea-output pre").all_inner_texts()
        return "\n".join(texts).strip()

    def until(
        self,
        ready: Callable[[], bool],
        seconds: float = SECONDS,
        *,
        during: Callable[[], None] = lambda: None,
    ) -> None:
        end = time.monotonic() + seconds
        while not ready():
            assert time.monotonic() < end, self.account()
            during()
            self.page.wait_for_timeout(100)

    def account(self) -> str:
        """Why this may hang: what is open, what the page and the kernels say."""
        dialogs = self.page.locator(".jp-Dialog").all_inner_texts()
        indicator = ".jp-Notebook-ExecutionIndicator"
        return account(
            [
                ("cells that have not ended", cells(self.page)),
                ("dialogs", "\n".join(dialogs)),
                (
                    "kernel as the page sees it",
                    str(self.page.locator(indicator).evaluate_all(STATUS)),
                ),
                ("kernels as the server sees them", str(self.server.kernels())),
                ("widgets", "\n".join(self.page.locator("section.glmkit").all_inner_texts())),
                ("console", "\n".join(self.console.lines)),
                ("log", self.server.log_text()),
                ("stacks", self.server.stacks()),
            ]
        )


@contextmanager
def serving(kind: str, folder: Path, kernels: Path | None = None) -> Iterator[Server]:
    folder.mkdir(parents=True, exist_ok=True)
    server = Server(kind, folder, kernels)
    try:
        yield server
    finally:
        server.close()
