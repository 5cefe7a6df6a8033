"""What every test stands on: no proxies, no keys, English sentences, and speech models by mark.

A test marked ``voices`` (or ``browser``) finds the models that are installed; any other finds an
empty folder, so that none of them hears or speaks by accident, and none waits for it.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections import defaultdict, deque
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from glmkit.emulator import launch
from glmkit.emulator.launch import Emulator
from glmkit.process_values import process

#: The kit's own fixtures, where the installed kit is an older one that pytest finds none of.
OURS = entry_points(group="pytest11", name="glmkit")
pytest_plugins = ["tests.browser.one_browser"]
pytest_plugins += [] if OURS else ["glmkit.emulator.pytest_plugin"]
NAMES = ("ZHIPU_API_KEY", "ZHIPUAI_API_KEY", "ZAI_API_KEY", "ZHIPU_REALTIME_URL")
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "ws_proxy", "wss_proxy", "no_proxy")
HEARING = {"voices", "browser"}  # the marks of tests that hear and speak

# jsonschema, and so nbformat, would compile grammars for seconds, in each worker, for a kind of
# address that no schema here asks for; it does without what cannot be imported.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

# What a shell starts in the background it starts deaf to Ctrl+C, and so would be every child.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def no_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache with nothing in it."""
    return tmp_path_factory.mktemp("no models")


@pytest.fixture(scope="session")
def models_out_of_sight(no_models: Path) -> Iterator[pytest.MonkeyPatch]:
    """Until it is undone, what is started finds no models."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GLMKIT_CACHE", str(no_models))
        patch.setenv("GLMKIT_LAZY", "1")
        yield patch


@pytest.fixture(scope="session")
def glm_emulator(models_out_of_sight: pytest.MonkeyPatch, glm_emulator: Emulator) -> Emulator:
    """The kit's own, begun before any test's environment: it would load this machine's voices."""
    models_out_of_sight.undo()
    return glm_emulator


@pytest.fixture(autouse=True)
def bare_environment(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, no_models: Path
) -> Iterator[None]:
    """No key, proxy or choice of the machine reaches a test, nor what another test left."""
    for name in (*NAMES, *PROXIES, *map(str.upper, PROXIES)):
        monkeypatch.delenv(name, raising=False)
    for name in [n for n in os.environ if n.startswith("GLMKIT_") and n != "GLMKIT_MODELS"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GLMKIT_TO", "emulator")
    monkeypatch.setenv("GLMKIT_LANG", "en")
    hears = any(request.node.get_closest_marker(mark) for mark in HEARING)
    if not hears:
        monkeypatch.delenv("GLMKIT_MODELS", raising=False)
        monkeypatch.setenv("GLMKIT_CACHE", str(no_models))
        monkeypatch.setenv("GLMKIT_LAZY", "1")  # nor loads the one voice that needs no models
    _begin_anew(request.config.stash, hears)
    yield
    process.reset()
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close("all")


def pytest_collection_finish() -> None:
    """What was imported and collected stays, so that no collection of garbage looks through it."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first: at the end of a run nobody waits for one that began late.

    Those of a file that are long stay in their order, and so do those that are not.
    """
    kinds = defaultdict[tuple[Path, bool], deque[pytest.Item]](deque)
    for item in items:
        kinds[item.path, _is_long(item)].append(item)
    items[:] = [kinds[each.path, _is_long(each)].popleft() for each in _dealt(items)]


def _dealt(items: list[pytest.Item]) -> Iterator[pytest.Item]:
    """Each worker is given the next share of a list: each share begins with some of the longest."""
    longest = sorted(filter(_is_long, items), key=_minutes, reverse=True)
    others = deque(each for each in items if not _is_long(each))
    left, workers = len(items), _workers()
    for worker in range(workers):
        share, mine = left // (workers - worker), longest[worker::workers]
        left -= share
        yield from mine
        for _ in range(min(share - len(mine), len(others))):
            yield others.popleft()
    yield from others


def _workers() -> int:
    return int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))


def _is_long(item: pytest.Item) -> bool:
    return item.get_closest_marker("long") is not None


def _minutes(item: pytest.Item) -> float:
    """How long a test says that it takes; notebooks, which mostly wait, before the rest."""
    marker = item.get_closest_marker("long")
    told: float = marker.kwargs.get("minutes", 0.0) if marker else 0.0
    return told or 0.1 * (item.path.parent.name == "notebooks")


_HEARD = pytest.StashKey[bool]()


def _begin_anew(stash: pytest.Stash, hears: bool) -> None:
    """Where the test before had models and this one has none, or the other way round."""
    if stash.get(_HEARD, hears) != hears:
        if (emulator := launch._shared.value) is not None:
            emulator.close()
        for name in [each for each in sys.modules if each.startswith("glmkit.emulator.")]:
            for value in vars(sys.modules[name]).values():
                getattr(value, "cache_clear", lambda: None)()
    stash[_HEARD] = hears
