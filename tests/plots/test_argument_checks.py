"""What cannot be drawn: every plot says what was found, what was expected and what to do."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from glmkit import plots
from glmkit.errors import BadArgument
from glmkit.media.clip import Clip
from glmkit.plots import latency, profile, spectrogram, timeline, vad, waveform
from tests.golden.common import language
from tests.listed import check_each
from tests.pictured import a_trace, a_turn, sentence_on, voice

TURN, TRACE, CLIP = a_turn(), a_trace(1), voice(0.5)
SESSION = SimpleNamespace(trace=TRACE, turns=[TURN])
NOTHING: list[Any] = [None, 3, "x.wav", Path("x.glm"), b"", [], {}, object(), [1], np.zeros(9)]


def second(what: Any) -> Any:
    """compare, with something odd as the second clip."""
    return plots.compare(CLIP, what, kind="loudness")


ONE_CLIP = [spectrogram, plots.pitch, plots.loudness, plots.profile, plots.measure, vad, second]
#: Each plot, with what else of ours it cannot draw.
PLOTS: list[tuple[Any, list[Any]]] = [
    *((plot, [TURN, TRACE, SESSION, [CLIP]]) for plot in ONE_CLIP),
    (waveform, [TRACE, SESSION, [TURN, CLIP]]),
    (plots.zoom, [TRACE, SESSION, [TURN], [CLIP]]),
    (timeline, [CLIP, SESSION, [CLIP]]),
    (plots.sequence, [CLIP, SESSION, [TURN, CLIP]]),
    (latency, [CLIP, SESSION, [CLIP], [{"first_audible": "soon"}], {"first_audible": 1}]),
]
CASES = [(plot, what) for plot, others in PLOTS for what in [*NOTHING, *others]]


def test_a_wrong_type_is_one_good_sentence() -> None:
    """Found, expected, what to do; the same for every plot."""
    check_each(_is_one_good_sentence, [(*case, *each) for case in CASES for each in GOOD.items()])


GOOD = {"en": "found .+, expected .+: .+", "zh": "收到 .+，应为.+。.+"}


def _is_one_good_sentence(plot: Any, what: Any, lang: str, pattern: str) -> None:
    with language(lang), pytest.raises(BadArgument) as error:
        plot(what)
    assert re.fullmatch(pattern, str(error.value))
    assert error.value.__suppress_context__ or error.value.__context__ is None


CURES: list[tuple[Any, Any, str]] = [
    (spectrogram, TURN, "found Turn, expected a clip: pass turn.input"),
    (spectrogram, "x.wav", "glm.Clip.read(path)"),
    (spectrogram, np.zeros(9), "found ndarray, expected a clip: glm.Clip(samples, rate)"),
    (spectrogram, None, "a turn without sound has none"),
    (spectrogram, [CLIP], "found a list of Clip, expected a clip: pass one clip at a time"),
    (waveform, SESSION, "turns[-1].audio"),
    (timeline, CLIP, "glm.plots.waveform(clip)"),
    (timeline, "x.glm", "glm.Trace.load(path)"),
    (timeline, SESSION, "session.trace"),
]


def test_the_cure_fits_what_was_found() -> None:
    """A file is read, a turn has sounds, a session has turns."""
    check_each(_is_cured, CURES)


def _is_cured(plot: Any, what: Any, said: str) -> None:
    with pytest.raises(BadArgument, match=re.escape(said)):
        plot(what)


WRONG_SETTINGS: list[tuple[str, Any, str]] = [
    ("ax", "x", "ax is str, expected matplotlib axes"),
    ("ax", Figure(), "ax is Figure, expected matplotlib axes"),
    ("theme", 7, "theme is 7, expected one of: light, dark"),
    ("theme", np.zeros(2), "theme is array"),
    ("theme", [], "theme is [], expected one of: light, dark"),
    ("kind", [], "kind is [], expected one of: mel, stft"),
]


def test_a_wrong_setting_is_named() -> None:
    """Axes, theme and kind."""
    check_each(_is_named, WRONG_SETTINGS)


def _is_named(name: str, found: Any, said: str) -> None:
    with pytest.raises(BadArgument, match=re.escape(said)):
        spectrogram(CLIP, **{name: found})


THRESHOLDS = ("threshold", "silence_duration_ms", "prefix_padding_ms")
NO_NUMBERS: list[Any] = ["loud", None, -1, float("nan"), 1e9, True]


def test_a_threshold_is_a_number() -> None:
    """The detector's settings are named with their limits."""
    check_each(_is_no_threshold, product(THRESHOLDS, NO_NUMBERS))


def _is_no_threshold(name: str, found: Any) -> None:
    with pytest.raises(BadArgument, match=f"{name} is .*, expected a number from 0 to"):
        vad(CLIP, **{name: found})


def test_a_trace_has_latencies() -> None:
    """Those of its turns."""
    assert latency(TRACE).get_title(loc="left") == latency(TRACE.turns()).get_title(loc="left")


def test_a_clip_is_no_table_of_its_samples() -> None:
    """Whatever is refused says what it is, not what it holds."""
    with pytest.raises(BadArgument, match="found Clip"):
        latency(Clip.silence(1.0))


# -- several in one figure -------------------------------------------------------------------

LAYOUTS = [None, "constrained"]


def cell(width: float, height: float, layout: Any) -> Axes:
    """The first of two by two axes."""
    return Figure((width, height), layout=layout).subplots(2, 2)[0, 0]  # type: ignore[no-any-return]


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("plot", [profile, latency, timeline])
def test_axes_too_small_for_the_words_are_refused(plot: Any, layout: Any) -> None:
    """The error says how large they are and must be; in a figure that is large enough all goes."""
    what: Any = CLIP if plot is profile else a_turn()
    with pytest.raises(BadArgument, match=r"ax is 3\.5 by 2\.\d inches, .* at least 4\.\d by 3"):
        plot(what, ax=cell(10, 7, layout))
    ax = cell(14, 10, layout)
    assert plot(what, ax=ax) is ax
    plot(what, ax=Figure().subplots())  # one of matplotlib's usual size will do


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("plot", "words"), [(profile, "syllables/s"), (latency, "· p95")])
def test_nothing_is_written_over_the_axes_beside(plot: Any, words: str, layout: Any) -> None:
    """Numbers at the side need a layout that makes room; without one they are left out."""
    what: Any = CLIP if plot is profile else [a_turn(), a_turn()]
    shown = sentence_on(plot(what, ax=cell(14, 10, layout)))
    assert (words in shown) == (layout is not None)
    assert words in sentence_on(plot(what, ax=Figure().subplots()))
