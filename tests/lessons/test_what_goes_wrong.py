"""Lesson 11 and its hands: networks under one another, pictures that are moved, and its client."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

import glmkit as glm
from glmkit.emulator.turn.audio_deltas import Cutter
from glmkit.errors import BadArgument, GlmError, GlmWarning
from glmkit.lab.network_conditions import condition
from glmkit.lessons.moved_picture import Choice, Drawn, MovedPicture
from glmkit.lessons.network_rows import network_name
from tests.lessons.test_hands import written_on
from tests.listed import check_each
from tests.pictured import a_turn, voice

PNG = b"\x89PNG"


@pytest.fixture(scope="module")
def emulator() -> Iterator[glm.Emulator]:
    """One that sends its sound as fast as the line carries it."""
    with glm.Emulator.start(pace=0) as started:
        yield started


# -- networks under one another ------------------------------------------------------------


def test_networks_are_drawn_under_one_another() -> None:
    """A row a network, named with its changed rates, its wait and gaps; the last is the title's."""
    slow = replace(a_turn(), network="unshaped (up_bandwidth=200000, down_bandwidth=4.5e+05)")
    turns = [a_turn(), slow]
    ax = glm.lessons.plot_networks(turns)
    assert [each.get_text() for each in ax.get_yticklabels()] == [
        "no network in between",
        "unshaped ↑200 kbit/s ↓450 kbit/s",
    ]
    words = written_on(ax)
    assert words.count("wait ") == 3
    assert "unshaped ↑200 kbit/s ↓450 kbit/s: wait" in words
    assert "emulator" in words
    first = written_on(glm.lessons.plot_networks(turns, mark=0, theme="dark"))
    assert "no network in between: wait" in first


def test_a_network_without_changed_rates_keeps_its_name() -> None:
    """What was changed otherwise stays as it was said."""
    assert network_name("3g") == "3g"
    assert network_name("4g (delay=0.1)") == "4g (delay=0.1)"
    assert network_name("4g (bandwidth=100000)") == "4g ↑↓100 kbit/s"


def test_what_is_no_turn_over_a_network_is_refused() -> None:
    """No turns, too many, silent ones, and a mark that is none of them."""
    plot: Any = glm.lessons.plot_networks
    turn = a_turn()
    bad = [([], -1), ("turns", -1), ([None], -1), ([turn] * 13, -1), ([a_turn(answer=None)], -1)]
    bad += [([turn], each) for each in (1, -2, True, "0", None, 0.0)]

    def refused(turns: Any, mark: Any) -> None:
        with pytest.raises(BadArgument):
            plot(turns, mark=mark)

    check_each(refused, bad)


# -- pictures that are moved ---------------------------------------------------------------


def drawn(size: int, kind: str = "a") -> Drawn:
    """Anything that was drawn; one size cannot be."""
    if size == 3:
        raise BadArgument("found 3, expected less")
    return Drawn(PNG + bytes([size]), f"<{size}> {kind}")


@pytest.fixture
def picture() -> MovedPicture:
    sizes = Choice("size", [(str(each), each) for each in (1, 2, 3)], 1)
    return MovedPicture(drawn, {"size": sizes, "kind": Choice("kind", [("a", "a")], "a", False)})


def test_a_move_draws_anew(picture: MovedPicture) -> None:
    """Picture and words are those of where the control stands; they are no markup."""
    assert picture.drawn.png == PNG + b"\x01"
    picture.move(size=2)
    assert picture.drawn.png == PNG + b"\x02"
    assert picture.words == "&lt;2&gt; a"
    assert picture.values == {"size": 2, "kind": "a"}


def test_what_cannot_be_drawn_is_said(picture: MovedPicture) -> None:
    """The picture stays, and below it stands what was wrong."""
    picture.move(size=3)
    assert picture.drawn.png == PNG + b"\x01"
    assert "expected less" in picture.words
    picture.move(size=2)
    assert picture.words == "&lt;2&gt; a"


def test_a_still_stands_behind_the_widget(picture: MovedPicture) -> None:
    """It is the picture of this moment, and the widget says what hides it."""
    picture.move(size=2)
    assert b64decode(picture._still.data["image/png"]) == PNG + b"\x02"
    style = next(each.value for each in picture._box.children if "<style>" in str(each.value))
    assert f":has(.{picture._box._dom_classes[0]})" in style


# -- the hands -----------------------------------------------------------------------------


def test_a_chunk_is_drawn_with_cost_wait_and_guess() -> None:
    """What the table of ``overhead`` says of that size stands in the figure."""
    clip = voice(2.0)
    extra = glm.lessons.overhead(clip, [50])["extra_percent"][0]
    words = written_on(glm.lessons.plot_chunk(clip, 50, guess=72))
    assert f"{extra:.0f}% more bytes, 20 messages a second" in words
    assert "guessed: 72%" in words
    assert "guessed" not in written_on(glm.lessons.plot_chunk(clip, 3000, theme="dark"))


def test_a_chunk_is_moved_by_hand() -> None:
    """Each move counts again; the words follow."""
    hand = glm.lessons.chunk_hand(voice(1.0), guess=72)
    before = hand.drawn.png
    hand.move(ms=20)
    assert "50 messages a second" in hand.words
    assert hand.drawn.png.startswith(PNG)
    assert hand.drawn.png != before


def test_a_chunk_that_is_none_is_refused() -> None:
    """Sizes and guesses that are no numbers in reach, and what is no clip or has no sound."""
    plot: Any = glm.lessons.plot_chunk
    nan, clip = float("nan"), voice(0.5)
    sizes = [(clip, each, None) for each in (0, -5, nan, "50", None, True, 1e9)]
    guesses = [(clip, 50, each) for each in (-1, nan, "72", True, 1e9)]
    clips = [(each, 50, None) for each in (None, "clip", glm.Clip.silence(0))]

    def refused(clip: Any, ms: Any, guess: Any) -> None:
        with pytest.raises(BadArgument):
            plot(clip, ms, guess=guess)

    check_each(refused, [*sizes, *guesses, *clips])


@pytest.mark.slow
def test_a_network_is_moved_by_hand(emulator: glm.Emulator) -> None:
    """A move says the same question over that network, and going back measures nothing."""
    clip = glm.sample("call_en")
    near = glm.lessons.over_network(emulator, clip)
    loading = len(emulator.log())
    glm.lessons.over_network(emulator, clip)
    assert loading > len(emulator.log()) - loading  # once, over no network, to load the models
    assert (near.network, near.peer) == ("unshaped", "emulator")
    assert "local emulator" not in near.transcript  # which it says once, in its first answer
    hand = glm.lessons.network_hand(emulator, [near])
    assert hand.words.startswith("unshaped: wait")
    quick = replace(
        near, network=condition("4g", {"up_bandwidth": 1e6, "down_bandwidth": 2e6}).name
    )
    assert glm.lessons.network_hand(emulator, [quick]).values == {
        "name": "4g",
        "up": 1000,
        "down": 2000,
    }
    far = replace(near, network="unshaped (up_bandwidth=250000, down_bandwidth=450000)")
    begun = glm.lessons.network_hand(emulator, [near, far])  # where its picture is
    assert begun.values == {"name": "unshaped", "up": 250, "down": 450}
    assert begun.words.startswith("unshaped ↑250 kbit/s ↓450 kbit/s: wait")
    said: list[str] = []
    hand._line.observe(lambda change: said.append(change["new"]), names="value")
    hand.move(up=300)
    assert any("of your question" in each for each in said)
    assert hand.words.startswith("unshaped ↑300 kbit/s: wait")
    sessions = len(emulator.log())
    hand.move(up=0)
    assert hand.words.startswith("unshaped: wait")
    assert len(emulator.log()) == sessions > 1


def test_a_hand_begins_where_its_controls_can_stand(emulator: glm.Emulator) -> None:
    """At the last turn's network; at the plain one where a control has no such place."""

    def begins(network: str, *place: object) -> None:
        hand = glm.lessons.network_hand(emulator, [replace(a_turn(), network=network)])
        assert tuple(hand.values.values()) == place

    begins("3g", "3g", 0, 0)
    begins("4g (down_bandwidth=450000)", "4g", 0, 450)
    for other in ("", "mine", "3g (delay=0.1)", "unshaped (up_bandwidth=333000)"):
        begins(other, "unshaped", 0, 0)


def test_a_hand_leads_to_no_service(emulator: glm.Emulator) -> None:
    """Whatever is no emulator is refused before anything is sent, as are rates that are none."""
    over: Any = glm.lessons.over_network
    hand: Any = glm.lessons.network_hand
    clip = voice(0.5)
    with pytest.raises(BadArgument, match="each move is a turn"):
        over("live", clip)
    with pytest.raises(BadArgument, match="each move is a turn"):
        hand("live", [a_turn()])
    with pytest.raises(BadArgument):
        hand(emulator, [])

    def refused(rate: Any) -> None:
        with pytest.raises(BadArgument, match="kbit/s"):
            over(emulator, clip, up=rate)

    check_each(refused, [(each,) for each in (0, -1, float("nan"), "200", True, 1e12)])


# -- what the lesson asks for --------------------------------------------------------------


def test_the_bandwidth_that_does_not_stutter_is_what_the_slider_shows() -> None:
    """How an answer is cut decides whether it is 1000 or 2000; at 600 it never is."""
    assert [bool(glm.check("11-2", each)) for each in (500, 600, 800, 1000, 2000)] == [
        False, *[True] * 4,
    ]  # fmt: skip
    rates = (600, 1000, 2000)
    never, seldom, mostly = (sum(_is_smooth(r, seed) for seed in range(200)) for r in rates)
    assert never == 0
    assert 20 < seldom < 60
    assert mostly > 140


def _is_smooth(rate: int, seed: int) -> bool:
    """Whether an answer of two seconds has no gap at so many kbit/s, played as it comes."""
    cutter = Cutter(seed, align=2)
    pieces = [*cutter.feed(bytes(96_000), 2.0), *cutter.end()]
    first, behind, ends = pieces[0].seconds * 512 / rate, 0.0, 0.0
    for piece in pieces:
        behind += piece.seconds * 512 / rate
        if ends and behind - first > ends + 0.005:
            return False
        ends += piece.seconds
    return True


@pytest.mark.slow
@pytest.mark.voices
def test_the_model_answer_gets_through_the_troubles() -> None:
    """Connect twice, say it twice, with a function and a fallback: the exercise takes the turn."""
    with glm.Emulator.start(profile="troubled", pace=0) as troubled:
        with pytest.raises(GlmError):
            glm.connect(troubled.url, api_key=troubled.key)
        with glm.connect(troubled.url, api_key=troubled.key, vad="server") as session:

            @session.tool
            def weather(city: str) -> str:
                """The weather in a city."""
                return "12 degrees and sun in " + city

            with pytest.warns(GlmWarning):
                turns = [
                    session.say(glm.sample("weather_en"), speed=None, fallback="commit")
                    for _ in "ab"
                ]
    assert not glm.check("11-4", turns[0])
    assert glm.check("11-4", turns[1])
