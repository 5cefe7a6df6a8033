"""A real browser with a fake microphone, and real Jupyter servers; nothing here is pretended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import glmkit as glm
from tests.browser import older_kernel as older
from tests.browser.held_servers import Held
from tests.browser.jupyter import SECONDS, Server, microphone, serving, switches

ROOT = Path(__file__).parents[2]
SHOTS = ROOT / "out" / "screenshots"
#: Every track that a page was given, microphones apart from cameras and screens; and how many
#: tenths of a second of sound microphones gave.
SPY = """
(() => {
  window.__tracks = [];
  window.__eyes = [];
  window.__chunks = 0;
  if (window.AudioWorkletNode)
    window.AudioWorkletNode = class extends AudioWorkletNode {
      constructor(...given) {
        super(...given);
        this.port.addEventListener("message", ({ data }) => { if (data.chunk) __chunks += 1; });
      }
    };
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


@pytest.fixture
def held() -> Iterator[Held]:
    """Servers and clients on a thread of their own, as long as the test lasts."""
    held = Held()
    yield held
    held.close()


@pytest.fixture
def open_browser(browser: Any, playwright: Any, executable: str, tmp_path: Path) -> Iterator[Open]:
    """Opens a page in a context of its own; in a browser of its own where that takes switches,
    as a microphone does that hears ``clip`` once."""
    opened: list[Any] = []

    def own_context(given: list[str], clip: glm.Clip | None, looks: dict[str, Any]) -> Any:
        number = len(opened)
        if clip is not None:
            wav = clip.resample(48_000).write(tmp_path / f"microphone{number}.wav")
            given = [*given, *microphone(wav)]
        profile = str(tmp_path / f"profile{number}")
        started = playwright.chromium
        return started.launch_persistent_context(
            profile, executable_path=executable, args=given, headless=True, **looks
        )

    def open_page(
        clip: glm.Clip | None = None,
        *,
        args: tuple[str, ...] = (),
        without: str = "",
        permission: str = "allow",
        dark: bool = False,
    ) -> Any:
        scheme = "dark" if dark else "light"
        looks = {"color_scheme": scheme, "viewport": {"width": 1100, "height": 900}}
        given = [*(e for e in switches(permission=permission) if e != without), *args]
        usual = clip is None and given == switches()
        context = browser.new_context(**looks) if usual else own_context(given, clip, looks)
        opened.append(context)
        context.add_init_script(SPY)
        return context.new_page() if usual else context.pages[0]

    yield open_page
    for context in opened:
        context.close()


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Opens HTML as a file, in a context of its own; options as for a context."""
    opened: list[Any] = []

    def opening(html: str, *, script: str = "", **options: Any) -> Any:
        context = browser.new_context(**options)
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(SECONDS * 1000)
        page.problems = []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        if script:
            page.add_init_script(script)
        file = tmp_path / f"{len(opened)}.html"
        file.write_text(html, encoding="utf-8")
        page.goto(file.as_uri())
        return page

    yield opening
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
