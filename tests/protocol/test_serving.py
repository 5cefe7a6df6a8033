"""What a relay or a class says in headers and heartbeats, and what is made of odd ones."""

from __future__ import annotations

import pytest
from websockets.datastructures import Headers
from websockets.http11 import Request

from glmkit.protocol.event import Event
from glmkit.protocol.event_kinds import waited_in
from glmkit.protocol.serving.own_events import error_message, notice_in, notice_message
from glmkit.protocol.serving.readers_language import languages_of, said_in
from glmkit.protocol.serving.stated_peer import StatedPeer, peer_headers, stated_in
from glmkit.session.place_wait import PlaceWait
from glmkit.turns.labels import is_live, peer_name
from tests.listed import check_each


def test_peer_and_seat_cross_in_headers() -> None:
    """Whatever a name holds; the peer is never the service itself."""
    said = peer_headers("class", "live", seat="07 张三 <b>;\r\n")
    assert all(value.isascii() and "\n" not in value for value in said.values())
    assert stated_in(Headers(said)) == StatedPeer("class → live", "07 张三 <b>;")
    assert not is_live("class → live")


def test_odd_statements_are_none() -> None:
    """Another word, nothing behind it, no answer at all; what is long is cut."""

    def check(value: str) -> None:
        assert stated_in(Headers({"X-Glmkit-Peer": value})) == StatedPeer()

    check_each(check, [("live",), ("",), ("class",), ("class ",), ("CLASS live",), ("via live",)])
    assert stated_in(None) == StatedPeer()
    long = stated_in(Headers(peer_headers("relay", "x" * 5_000)))
    assert len(long.peer) < 150


@pytest.mark.parametrize(
    ("lang", "named"),
    [("en", "class → live service"), ("zh", "班级 → 真实服务")],
)
def test_a_peer_behind_a_class_has_a_name(
    monkeypatch: pytest.MonkeyPatch, lang: str, named: str
) -> None:
    """In the reader's language; an address behind it stays one, a network is named beside it."""
    monkeypatch.setenv("GLMKIT_LANG", lang)
    assert peer_name("class → live") == named
    assert peer_name("relay → 10.0.0.1:8765").endswith("→ 10.0.0.1:8765")
    assert "4g" in peer_name("class → live over 4g")


def test_the_language_is_the_one_that_is_asked_for() -> None:
    """The first of the two that is named; both where neither is."""

    def check(wish: str, *expected: str) -> None:
        headers = Headers({"Accept-Language": wish} if wish else {})
        assert languages_of(Request("/", headers)) == expected

    both = ("zh", "en")
    check_each(
        check,
        [
            ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
            ("fr, en-GB", "en"),
            ("EN", "en"),
            ("fr", *both),
            ("", *both),
            (";;,=", *both),
        ],
    )
    assert languages_of(None) == both
    assert said_in(both, "turns.peer_live") == "真实服务 / live service"


def test_own_events_have_the_services_shape() -> None:
    """An error that shows no key; a heartbeat that others let pass."""
    error = Event.from_json(error_message("class_stopped", "ws://seat-07.abcdefgh@host said so"))
    assert error.inner("error")["code"] == "class_stopped"
    assert "abcdefgh" not in error.inner("error")["message"]
    beat = Event.from_json(notice_message(place={"waited": 2.5}))
    assert (beat.type, notice_in(beat)) == ("heartbeat", {"place": {"waited": 2.5}})
    assert waited_in(beat) == 2.5


def test_an_odd_notice_changes_nothing() -> None:
    """Whoever says it: no wait, no endless one, and nothing that obeys a terminal."""

    def check(said: object) -> None:
        wait = PlaceWait()
        beat = Event("heartbeat", {"glmkit": said})
        wait.take(notice_in(beat))
        assert (wait.waited, wait.goes_on) == (0.0, False)
        assert waited_in(beat) is None

    odd = ("x", -1, 1e9, None, [], True, float("nan"))
    check_each(check, [({"place": {"waited": each}},) for each in odd] + [("x",), ({"place": 7},)])
