"""A real browser with a fake microphone, and real Jupyter servers; nothing here is pretended."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import glmkit as glm
from tests.browser import older_kernel as older
from tests.browser.jupyter import Server, chromium, serving, switches

ROOT = Path(__file__).parents[2]
SHOTS = ROOT / "out" / "screenshots"
PLAYWRIGHT = "no Playwright here: pip install -e '.[dev]' brings it"
HOW = "no Chromium here, so browser tests are skipped; on Debian: apt-get install chromium"
#: Every track that a page was given, microphones apart from cameras and screens.
SPY = """
(() => {
  window.__tracks = [];
  window.__eyes = [];
  const devices = navigator.mediaDevices;
  if (!devices) return;
  for (const name of ["getUserMedia", "getDisplayMedia"]) {
    const ask = devices[name].bind(devices);
    devices[name] = async (wanted) => {
      const stream = await ask(wanted);
      window.__tracks.push(...stream.getAudioTracks());
      window.__eyes.push(...stream.getVideoTracks());
      return stream;
    };
  }
})()
"""
Open = Callable[..., Any]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def executable() -> str:
    found = chromium()
    if found is not None and find_spec("playwright"):
        return found
    how = HOW if found is None else PLAYWRIGHT
    if os.environ.get("CI"):
        pytest.fail(how)
    pytest.skip(how)


@pytest.fixture(scope="session")
def playwright(executable: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        yield running


@pytest.fixture
def open_browser(playwright: Any, executable: str, tmp_path: Path) -> Iterator[Open]:
    """Opens a page in a browser of its own, whose microphone hears ``clip`` once."""
    opened: list[Any] = []

    def open_page(
        clip: glm.Clip | None = None,
        *,
        args: tuple[str, ...] = (),
        without: str = "",
        permission: str = "allow",
        dark: bool = False,
    ) -> Any:
        number = len(opened)
        wav = None
        if clip is not None:
            wav = clip.resample(48_000).write(tmp_path / f"microphone{number}.wav")
        given = [each for each in switches(wav, permission=permission) if each != without]
        context = playwright.chromium.launch_persistent_context(
            str(tmp_path / f"profile{number}"),
            executable_path=executable,
            args=[*given, *args],
            headless=True,
            color_scheme="dark" if dark else "light",
            viewport={"width": 1100, "height": 900},
        )
        opened.append(context)
        context.add_init_script(SPY)
        return context.pages[0]

    yield open_page
    for context in opened:
        context.close()


@pytest.fixture(scope="session")
def running_lab(executable: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving("lab", tmp_path_factory.mktemp("lab")) as server:
        yield server


@pytest.fixture
def lab(running_lab: Server) -> Iterator[Server]:
    """JupyterLab without a kernel: those of earlier tests would take the machine from this one."""
    yield running_lab
    running_lab.end_kernels()


@pytest.fixture(scope="session")
def older_kernel() -> Path:
    """A folder with the kernelspec ``ipykernel6``."""
    return older.older_kernel()


@pytest.fixture
def microphone_is_off() -> Callable[[Any], bool]:
    """Whether every track that was ever given has ended."""
    return lambda page: bool(
        page.evaluate("__tracks.length > 0 && __tracks.every(t => t.readyState === 'ended')")
    )


@pytest.fixture
def cameras_are_off() -> Callable[[Any], bool]:
    """Whether every camera and screen that was ever given has ended."""
    return lambda page: bool(
        page.evaluate("__eyes.length > 0 && __eyes.every(t => t.readyState === 'ended')")
    )
