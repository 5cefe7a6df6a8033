"""What every test stands on: no proxies, no keys, English sentences."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from glmkit.process_values import process

NAMES = ("ZHIPU_API_KEY", "ZHIPUAI_API_KEY", "ZAI_API_KEY", "ZHIPU_REALTIME_URL")
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "ws_proxy", "wss_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No key, proxy or choice of the machine reaches a test, nor what another test left."""
    for name in (*NAMES, *PROXIES, *map(str.upper, PROXIES)):
        monkeypatch.delenv(name, raising=False)
    for name in [n for n in os.environ if n.startswith("GLMKIT_") and n != "GLMKIT_MODELS"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GLMKIT_TO", "emulator")
    monkeypatch.setenv("GLMKIT_LANG", "en")
    yield
    process.reset()
