"""waveform: both voices, where they lie, what is marked, and whom it was measured against."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure

from glmkit import connect
from glmkit.errors import BadArgument
from glmkit.media.clip import Clip
from glmkit.plots import png, sequence, timeline, waveform
from glmkit.plots.drawing.palette import palette_of
from glmkit.plots.drawing.style import root_of
from glmkit.plots.drawing.turn_axis import place
from glmkit.plots.drawing.wave_shape import Wave
from glmkit.protocol.event import stamped
from glmkit.turns.fold import fold_turns
from glmkit.turns.turn import Turn
from tests.golden.common import language
from tests.listed import check_each
from tests.pictured import a_turn, exchange, sentence_on, voice, words_on


def waves(ax: Axes) -> list[Wave]:
    return [artist for artist in ax.get_children() if isinstance(artist, Wave)]


@pytest.mark.slow
def test_the_title_says_when_the_answer_could_be_heard() -> None:
    """Commit to first byte 0.5 s, and 0.2 s of silence in the answer: 0.70 s."""
    found = sentence_on(waveform(a_turn(wait=0.5)))
    assert "heard 0.70 s after the commit · emulator" in found
    assert "Tell me a joke" in found
    assert "chicken" in found


@pytest.mark.parametrize(
    ("peer", "named", "live"),
    [("emulator", "emulator", False), ("replay", "replay", False), ("live", "live service", True)],
)
def test_the_peer_is_always_named(peer: str, named: str, live: bool) -> None:
    """Times that are not the live service's say so twice: in the title and below it."""
    found = sentence_on(waveform(a_turn(peer=peer)))
    assert f"· {named}" in found
    assert ("not the live service's times" in found) is not live


@pytest.mark.slow
def test_turns_stand_under_one_another() -> None:
    """As a session has them; of many the last, and the figure says how many there were."""
    turns = [a_turn(wait=0.1 + wait / 10) for wait in range(8)]
    with connect("emulator", modalities=["text"]) as session:
        session.ask("hi")
        session.say(Clip.tone(300, 0.5), speed=None)
        assert len(waveform(session.turns).child_axes) == 2
        for plot in (timeline, sequence):
            assert "emulator" in sentence_on(plot(session.turns))
    ax = waveform(turns)
    titles = [inner.get_title(loc="left") for inner in ax.child_axes]
    waits = [float(title.split("heard ")[1].split(" s")[0]) for title in titles]
    assert waits == pytest.approx([0.5, 0.6, 0.7, 0.8, 0.9, 1.0])
    assert "The last 6 of 8 turns." in sentence_on(ax)


def test_both_voices_lie_on_one_axis() -> None:
    """The input begins at 0; the answer where a player would have sounded it."""
    turn = a_turn(wait=0.5)
    first, second = waves(waveform(turn))
    assert first.start == pytest.approx(0)
    assert second.start == pytest.approx(1.5)
    assert first.centre > second.centre
    placed = place(turn)
    assert placed.zero == pytest.approx(1.0)
    assert placed.audible == pytest.approx(1.7, abs=0.01)


def test_a_fast_upload_ends_at_the_commit_and_says_its_speed() -> None:
    """Sent at four times real time, a second of sound begins before its first piece left."""
    turn = a_turn(speed=4.0)
    placed = place(turn)
    assert placed.input[0].end == pytest.approx(placed.zero)
    assert "sent at 4× real time" in sentence_on(waveform(turn))


def test_a_pause_before_the_words_is_no_slow_upload() -> None:
    """What was sent long before belongs to the turn; its speed is no news."""
    first, *rest = a_turn().events
    early = stamped(first, first.at - 60, first.format)
    turn = replace(a_turn(), events=(early, *rest))
    assert "real time" not in sentence_on(waveform(turn))


def test_gaps_in_playback_are_gaps_in_the_picture() -> None:
    """Pieces that come later than they are needed leave a hole, and the rest moves on."""
    turn = a_turn(answer=voice(2.0, 24_000))
    assert len(place(turn).answer) == 1
    slow = [e for e in turn.events if e.type != "response.audio.delta"]
    late = [e for e in turn.events if e.type == "response.audio.delta"]
    from glmkit.turns.turn import Turn

    moved = [stamped(e, e.at + (1.0 if n >= 5 else 0), "pcm") for n, e in enumerate(late)]
    first, second = place(Turn((*slow, *moved))).answer
    assert first.clip.seconds == pytest.approx(1.0)
    assert second.start > first.end + 0.2


def test_what_was_not_heard_is_set_apart() -> None:
    """After an interruption the rest is its own part, and its length is in the title."""
    turn = a_turn(cancel=1.0, answer=voice(2.0, 24_000))
    heard, unheard = place(turn).answer
    assert (heard.heard, unheard.heard) == (True, False)
    assert heard.clip.seconds == pytest.approx(0.5, abs=0.01)
    found = sentence_on(waveform(turn))
    assert "1.50 s of it were not heard" in found
    assert "not heard" in found


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (None, "The first text came 0.10 s after the commit, no sound"),
        (Clip.silence(1.0, 24_000), "is silent"),
        (Clip(np.zeros(0, np.float32), 24_000), "The first text came 0.10 s"),
    ],
)
def test_an_answer_that_cannot_be_heard_is_said_so(answer: Clip | None, said: str) -> None:
    """No audio, silence, nothing: the title says which."""
    assert said in sentence_on(waveform(a_turn(answer=answer)))


@pytest.mark.slow
def test_a_voice_without_sound_is_a_line_of_words() -> None:
    """No empty panel, no scale for it; the wait for the first text is bracketed."""
    whole, written = waveform(a_turn()), waveform(a_turn(answer=None))
    assert (len(whole.get_yticks()), len(written.get_yticks())) == (6, 3)
    found = sentence_on(written)
    assert "no sound" in found
    assert "0.10 s" in found.replace("The first text came 0.10 s", "")
    heights = [root_of(ax).get_figheight() for ax in (whole, written)]
    assert heights[1] < 0.8 * heights[0]


@pytest.mark.slow
def test_a_written_question_is_a_line_of_words() -> None:
    """The answer alone has a panel, and its wait begins at the request."""
    events = [e for e in exchange(answer=voice(1.0, 24_000)) if "input_audio" not in e.type]
    [turn] = fold_turns(events, peer="emulator", model="m")
    ax = waveform(turn)
    assert len(waves(ax)) == 1
    assert len(ax.get_yticks()) == 3
    (bottom, top), (low, high) = ax.get_ylim(), waveform(a_turn()).get_ylim()
    assert top - bottom < high - low - 1.5
    assert "after the request" in sentence_on(ax)


@pytest.mark.slow
def test_speech_silence_and_clipping_are_marked() -> None:
    """Each has a word in the legend as well as a colour."""
    loud = Clip(np.clip(Clip.tone(200, 1.0, level=-3.1).samples * 3, -1, 1), 16_000)
    found = sentence_on(waveform(Clip.silence(0.5) + loud + Clip.silence(0.5)))
    assert {"speech (by energy)", "silence", "clipped"} <= set(found.split("\n"))
    assert "clipped" not in sentence_on(waveform(voice(1.0)))


def test_clips_share_time_and_scale() -> None:
    """Under one another, drawn to one full scale, so that soft looks soft."""
    soft = Clip(voice(1.0).samples * 0.1, 16_000)
    one, other = waves(waveform([voice(2.0), soft]))
    assert one.height == other.height
    assert one.start == other.start == 0


def test_the_scale_is_in_amplitudes() -> None:
    """Up to the next round one above the largest sample; words in both languages say of what."""
    for level, top in ((-3.02, "1"), (-12, "0.4"), (-60, "0.005"), (-100, "0.005")):
        ax = waveform(Clip.tone(300, 1.0, level=level))
        assert [label.get_text() for label in ax.get_yticklabels()] == [top, "0", f"−{top}"]
        [wave] = waves(ax)
        assert wave.height == pytest.approx(1 / float(top))
    assert waveform(Clip.silence(1.0)).get_yticklabels()[0].get_text() == "1"
    labels = {"en": "amplitude (full scale ±1)", "zh": "幅度（满幅为 ±1）"}
    for lang, label in labels.items():
        with language(lang):
            assert waveform(a_turn()).get_ylabel() == label


def test_anything_else_is_refused() -> None:
    """The error names what came and what was expected."""
    check_each(_is_refused, [(what,) for what in (None, 3, "x.wav", [], [1], object())])


def _is_refused(what: object) -> None:
    with pytest.raises(BadArgument, match="a turn, a clip or a list of either"):
        waveform(what)  # type: ignore[arg-type]


@pytest.mark.parametrize("count", [0, 1, 2, 50])
def test_the_shortest_clips_can_be_drawn(count: int) -> None:
    """No sample, one, two, a few: a figure."""
    assert sentence_on(waveform(Clip(np.full(count, 0.5, np.float32), 16_000)))


def test_it_draws_where_it_is_told() -> None:
    """The given axes come back, drawn on; no figure is made."""
    ax = Figure().add_subplot()
    assert waveform(a_turn(), ax=ax) is ax
    assert len(waves(ax)) == 2


@pytest.mark.slow
def test_no_figure_is_left_open() -> None:
    """Outside a notebook pyplot is not even imported."""
    code = (
        "import sys; from glmkit.media.clip import Clip; from glmkit.plots import waveform; "
        "waveform(Clip.tone(440, 1)); sys.exit('matplotlib.pyplot' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0


@pytest.mark.slow
def test_pyplot_finds_the_figure_where_somebody_uses_it() -> None:
    """In a script, too: plt.gcf(), plt.show() and plt.savefig() are about what was drawn."""
    code = (
        "import matplotlib; matplotlib.use('Agg'); import matplotlib.pyplot as plt; "
        "from glmkit.media.clip import Clip; from glmkit.plots import pitch, waveform; "
        "assert plt.gcf() is not None; clip = Clip.tone(440, 1); "
        "assert all(plt.gcf() is ax.figure for ax in map(waveform, [clip, clip]))"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0


@pytest.mark.parametrize("rows", [1, 2])
def test_a_title_over_axes_of_ones_own_is_not_cut_off(rows: int) -> None:
    """Nor does it lie on the axes above."""
    figure = Figure(figsize=(6, 3.2 * rows))
    axes = [figure.add_subplot(rows, 1, row + 1) for row in range(rows)]
    for ax in axes:
        waveform(a_turn(words=("so " * 40, "and " * 40)), ax=ax)
    figure.canvas.draw()
    titles = [ax._left_title.get_window_extent() for ax in axes]
    assert all(title.y1 <= figure.bbox.y1 for title in titles)
    assert all(title.y1 <= above.bbox.y0 for title, above in zip(titles[1:], axes, strict=False))


@pytest.mark.slow
def test_png_is_a_picture_of_it() -> None:
    """The bytes of a PNG small enough for a card."""
    data = png(waveform, a_turn(), theme="dark")
    assert data.startswith(b"\x89PNG")
    assert len(data) < 150_000


NOTEBOOK = """
import nbformat
from nbclient import NotebookClient
first = "from glmkit.media.clip import Clip; from glmkit.plots import png, waveform"
shown = ["waveform(Clip.tone(440, 1))", "ax = waveform(Clip.tone(440, 1))"]
sources = [first, *shown, "x = png(waveform, Clip.tone(440, 1))"]
book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in sources])
NotebookClient(book, timeout=100, kernel_name="python3").execute()
counts = [sum("image/png" in o.get("data", {}) for o in cell.outputs) for cell in book.cells]
assert counts == [0, 1, 1, 0], counts
"""


@pytest.mark.slow
def test_a_cell_shows_exactly_one_figure() -> None:
    """Bare or assigned, once; a picture made for a card not at all."""
    pytest.importorskip("nbclient")
    subprocess.run([sys.executable, "-c", NOTEBOOK], timeout=120, check=True)


def barge_in(*, later: float = 0.0) -> list[Turn]:
    """An answer that is interrupted, and the turn that interrupted it, or was said ``later``."""
    first = exchange(10.0, answer=voice(6.0, 24_000), cancel=2.0, vad="server")
    second = exchange(12.6 + later, answer=voice(1.0, 24_000), name="2", vad="server")
    return [*fold_turns(sorted([*first, *second], key=lambda e: e.at), peer="emulator", model="m")]


@pytest.mark.slow
def test_what_cut_in_is_drawn_over_the_answer() -> None:
    """In your colour at its time, named there and in the legend; what is said later is not."""
    turn, interrupting = barge_in()
    assert interrupting.cut_in == ()
    ax = waveform(turn)
    shown = words_on(ax)
    for words in ("you cut in", "what cut in", "interrupted"):
        assert words in shown
    placed = place(turn)
    assert placed.cut_in is not None
    assert placed.interrupted is not None
    assert placed.cut_in.start < placed.interrupted < placed.cut_in.end
    teal = to_rgba(palette_of("light").input.fill)
    [drawn] = [wave for wave in waves(ax) if wave.start == placed.cut_in.start]
    assert drawn.get_facecolor() == teal
    assert "what cut in" not in words_on(waveform(barge_in(later=9.0)[0]))
