"""What a key may use is tried, what pays for it is named as unknown, and nobody pays unasked."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import glmkit as glm
from glmkit.auth import Key
from glmkit.auth.key_search import forget_key
from glmkit.cli import console
from glmkit.doctor.access import MODELS, Access
from glmkit.emulator.launch import Emulator
from glmkit.errors import BadArgument
from tests.listed import check_each


@pytest.fixture(scope="module")
def upstream() -> Iterator[Emulator]:
    """Another emulator, in the place of the service."""
    with Emulator.start(pace=0) as emulator:
        yield emulator


@pytest.fixture(autouse=True)
def live(upstream: Emulator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Emulator:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ZHIPU_REALTIME_URL", upstream.url)
    monkeypatch.setenv("ZHIPU_API_KEY", upstream.key.reveal())
    forget_key()
    upstream.faults.clear()
    return upstream


def turns_of(emulator: Emulator) -> int:
    return len(re.findall(r"response\.create\b", str(emulator.log())))


def test_what_shows_without_a_turn_and_what_does_not(live: Emulator) -> None:
    """Each model with its price, which to begin with, and the balance as unknown, with an offer."""
    before, asked = turns_of(live), list[str]()
    access = Access("live", None)
    models = access.models()
    assert [models.level, models.facts["begin"]] == ["ok", "glm-realtime-flash"]
    assert all(models.facts[model] is True for model in MODELS)
    for said in ("¥0.18 a minute", "¥0.30 a minute", "not published", "begin with glm-realtime-fl"):
        assert said in models.found
    balance = access.balance(lambda offer: bool(asked.append(offer)))
    assert balance.level == "note"
    assert "not known" in balance.found
    assert "--to live" in balance.todo
    assert "¥0.05 at the most" in asked[0]
    assert turns_of(live) == before


@pytest.mark.slow
def test_a_turn_that_was_agreed_to_shows_that_something_pays(live: Emulator) -> None:
    """One turn, no more; its seconds and its price are told."""
    before = turns_of(live)
    access = Access("live", None)
    access.models()
    line = access.balance(lambda _: True)
    assert line.level == "ok", line
    assert "there is something to pay with for glm-realtime-flash" in line.found
    assert 2 < line.facts["seconds"] < 20
    assert turns_of(live) == before + 1


def test_what_keeps_a_key_from_being_used_is_said_with_its_cure(live: Emulator) -> None:
    """Arrears, a key that is unknown, another server: in the words that connecting has for it."""

    def check(fault: str, key: Key | None, models: str, balance: str) -> None:
        live.faults.clear()
        if fault:
            live.faults.set(fault)
        access = Access("live", key)
        line = access.models()
        assert line.level == "missing"
        assert models in line.found + line.todo, line
        paid = access.balance(lambda _: pytest.fail("nobody may be asked to pay"))
        assert balance in paid.found + paid.todo, paid
        assert paid.level != "ok"

    check_each(
        check,
        [
            ("arrears", None, "1113", "a plan is no balance"),
            ("", Key.random(), "copy the key again", "not known"),
            ("gateway", None, "a proxy or gateway answered", "not known"),
            ("busy", None, "5, 10, 15 or 20", "not known"),
        ],
    )


@pytest.mark.slow
def test_the_whole_report_has_it_where_a_place_is_named(live: Emulator) -> None:
    """With ``to`` and a way there; offline, nothing is tried."""
    report = glm.doctor(to=live.url, api_key=live.key)
    assert report["models"].level == "ok"
    assert report["balance"].level == "note"
    assert live.key.reveal() not in report.to_json()
    assert glm.doctor(to="live", offline=True)["models"].level == "note"


def test_a_place_that_is_none_is_refused() -> None:
    """Before anything is looked at."""
    for to in ("nowhere", "x.glm", 7):
        with pytest.raises(BadArgument, match="'zai'"):
            glm.doctor(to=to)  # type: ignore[arg-type]


def test_only_a_person_or_yes_agrees(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal is asked, with the price; a pipe, JSON and an empty line spend nothing."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    def check(typed: str, terminal: bool, already: bool, json: bool, expected: bool) -> None:
        kind = Terminal if terminal else io.StringIO
        shown = kind()
        for name, stream in (("stdin", kind(typed)), ("stdout", kind()), ("stderr", shown)):
            monkeypatch.setattr(sys, name, stream)
        assert console.agreed("for ¥0.05", already=already, unattended=json) is expected
        assert ("¥0.05" in shown.getvalue()) == (already or (terminal and not json))

    check_each(
        check,
        [
            ("y\n", True, False, False, True),
            ("\n", True, False, False, False),
            ("n\n", True, False, False, False),
            ("", True, False, False, False),
            ("y\n", False, False, False, False),
            ("y\n", True, False, True, False),
            ("", False, True, False, True),
        ],
    )
