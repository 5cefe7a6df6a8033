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
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

import nbformat

if TYPE_CHECKING:
    from playwright.sync_api import Page

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


def switches(wav: Path | None = None, *, permission: str = "allow") -> list[str]:
    """Chromium's switches for a fake microphone that plays ``wav`` once."""
    permitted = "--use-fake-ui-for-media-stream" + ("=deny" if permission == "deny" else "")
    file = [] if wav is None else [f"--use-file-for-fake-audio-capture={wav}%noloop"]
    return [*SWITCHES, permitted, *file]


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
                log = (self.folder / f"{self.kind}.log").read_text(encoding="utf-8")
                raise RuntimeError(log[-2000:])
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

    def close(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.log.close()


class Notebook:
    """A notebook open in the browser: run its cells one by one, and read what they print."""

    def __init__(self, page: Page, server: Server, name: str, host: str = "127.0.0.1") -> None:
        self.page, self.server = page, server
        page.set_default_timeout(SECONDS * 1000)
        page.goto(server.address(name, host))
        page.wait_for_selector(".jp-CodeCell")
        self.await_idle()

    def await_idle(self) -> None:
        """Until the kernel is attached and has nothing to do."""
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
            assert time.monotonic() < end, self.page.inner_text("body")[-500:]
            self.answer_dialog()
            try:
                cell.locator(".cm-content").click(timeout=5000)
            except Late:
                continue  # a dialog came between
            self.page.keyboard.press("Control+Enter")
            self.page.wait_for_timeout(400)

    def answer_dialog(self) -> None:
        """Accept what Jupyter asks when a kernel takes long to start."""
        accept = self.page.locator(".jp-Dialog .jp-mod-accept")
        if accept.count():
            accept.first.click()

    def run(self, number: int) -> str:
        """Run a cell to its end; the text it printed."""
        self.start(number)
        prompt = self.cell(number).locator(".jp-InputPrompt")
        self.until(lambda: prompt.inner_text().strip("[]: ").isdecimal())
        return self.printed(number)

    def printed(self, number: int) -> str:
        texts = self.cell(number).locator(".jp-OutputArea-output pre").all_inner_texts()
        return "\n".join(texts).strip()

    def until(self, ready: Callable[[], bool], seconds: float = SECONDS) -> None:
        end = time.monotonic() + seconds
        while not ready():
            assert time.monotonic() < end, self.page.inner_text("body")[-1500:]
            self.page.wait_for_timeout(100)


@contextmanager
def serving(kind: str, folder: Path, kernels: Path | None = None) -> Iterator[Server]:
    folder.mkdir(parents=True, exist_ok=True)
    server = Server(kind, folder, kernels)
    try:
        yield server
    finally:
        server.close()
