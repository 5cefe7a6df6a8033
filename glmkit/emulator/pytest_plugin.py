"""Fixtures for tests of clients: the emulator, its faults and its log.

pytest finds this file by itself where glmkit is installed; it imports the emulator when a test
first asks for a fixture. ``docs/testing.md`` has examples.

Rules
- One emulator a run (one a worker under xdist), with sound as fast as it can be made. It needs no
  models: what is asked in writing has stock answers, and so have the kit's own samples.
- A fault that a test sets ends with the test. A test that fails shows what crossed the wire.
- No report shows the key, or a token of it.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any, Final

import pytest

from glmkit.texts import text

if TYPE_CHECKING:
    from glmkit.emulator.launch import Emulator, FaultControl
    from glmkit.emulator.watched_log import Mark, WatchedLog

_EMULATOR: Final = pytest.StashKey["Emulator"]()
_MARK: Final = pytest.StashKey["Mark"]()
_LINES: Final = 200  # of the log in a report
_PROFILE: Final = "glm_profile"


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--glm-profile``, and the same as an ini option."""
    about = text("launch.help_profile")
    parser.getgroup("glmkit").addoption("--glm-profile", dest=_PROFILE, metavar="NAME", help=about)
    parser.addini(_PROFILE, about, default="documented")


@pytest.fixture(scope="session")
def glm_switches() -> dict[str, Any]:
    """Switches of ``glm_emulator``, as ``Emulator.start`` takes them: override it in conftest.py.

    ``return {"pace": 2.0, "faults": ("latency=0.2",)}``; without, sound comes as fast as it can.
    """
    return {}


@pytest.fixture(scope="session")
def glm_emulator(
    request: pytest.FixtureRequest, glm_switches: dict[str, Any]
) -> Iterator[Emulator]:
    """A running emulator of GLM-Realtime: ``.url``, and ``.key.reveal()`` for what needs its text.

    One for all tests, without models: stock answers in writing, and to the kit's own samples.
    """
    from glmkit.emulator.launch import Emulator

    config = request.config
    profile = config.getoption(_PROFILE) or config.getini(_PROFILE)
    switches: dict[str, Any] = {"pace": 0, "profile": profile, **glm_switches}
    with Emulator.start(**switches) as emulator:
        config.stash[_EMULATOR] = emulator
        yield emulator
        del config.stash[_EMULATOR]


@pytest.fixture
def glm_faults(glm_emulator: Emulator) -> Iterator[FaultControl]:
    """What goes wrong in this test: ``glm_faults.set("cut", after=2)``; print it for the list.

    After the test those are set that were before.
    """
    before = glm_emulator.faults.active()
    yield glm_emulator.faults
    if glm_emulator.running:
        glm_emulator.faults.clear()
        for name, settings in before.items():
            glm_emulator.faults.set(name, **settings)


@pytest.fixture
def glm_log(request: pytest.FixtureRequest, glm_emulator: Emulator) -> WatchedLog:
    """What the emulator got in this test: ``glm_log.came("response.create")``, ``.wait_for(…)``.

    Also ``.went()`` for what it sent, ``.notes("ignored")`` for fields that nothing reads.
    """
    from glmkit.emulator.watched_log import WatchedLog

    return WatchedLog(glm_emulator, request.node.stash.get(_MARK, None))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Marks where the log of this test begins, if an emulator runs that it uses."""
    emulator = _emulator_of(item)
    if emulator is not None and emulator.running:
        from glmkit.emulator.watched_log import mark

        item.stash[_MARK] = mark(emulator)


@pytest.hookimpl(hookwrapper=True)  # as pytest 7 knows it, too
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, None]:
    """Adds the emulator's log where a test failed that used it; masks keys."""
    outcome = yield
    if emulator := _emulator_of(item):
        report: pytest.TestReport = outcome.get_result()
        _hide_keys(report)
        if report.failed:
            _show_log(report, emulator, item.stash.get(_MARK, None))


def _emulator_of(item: pytest.Item) -> Emulator | None:
    """The emulator, if it was started and a test uses it."""
    uses = "glm_emulator" in getattr(item, "fixturenames", ())
    return item.config.stash.get(_EMULATOR, None) if uses else None


def _show_log(report: pytest.TestReport, emulator: Emulator, since: Mark | None) -> None:
    from glmkit.emulator.watched_log import WatchedLog
    from glmkit.errors import GlmError

    try:
        lines = str(WatchedLog(emulator, since)).splitlines()
        said = emulator.check()
    except GlmError as error:  # it ended, or made mistakes of its own: that is what is to be seen
        lines, said = [], [str(error)]
    report.sections.append(("glmkit emulator", "\n".join([*lines[-_LINES:], *said])))


def _hide_keys(report: pytest.TestReport) -> None:
    """Captured output and tracebacks may quote an address, a header, a value."""
    from glmkit.auth.masking import mask

    report.sections = [(name, mask(words)) for name, words in report.sections]
    shown = report.longreprtext
    if shown != (masked := mask(shown)):
        report.longrepr = masked
