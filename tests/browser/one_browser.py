"""One Chromium for all tests of a process, whichever folder they stand in.

A plugin of ``tests/conftest.py``: Playwright can be started once a process, and a fixture that two
folders define is two fixtures.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import pytest

PLAYWRIGHT = "no Playwright here: pip install -e '.[dev]' brings it"
HOW = "no Chromium here, so browser tests are skipped; on Debian: apt-get install chromium"


@pytest.fixture(scope="session")
def executable() -> str:
    from tests.browser.jupyter import chromium

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


@pytest.fixture(scope="session")
def browser(playwright: Any, executable: str) -> Iterator[Any]:
    """One for all tests of a process, each in a context of its own; its microphone beeps."""
    from tests.browser.jupyter import switches

    started = playwright.chromium.launch(executable_path=executable, args=switches())
    yield started
    started.close()
