"""effect and caption: what a setting does, how sure that is, and what somebody adds to a figure."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from glmkit.errors import BadArgument
from glmkit.plots import caption, effect, waveform
from glmkit.plots.drawing.style import root_of
from tests.listed import check_each
from tests.pictured import a_turn, sentence_on
from tests.plots.swept import swept


def test_a_point_is_the_median_of_its_runs() -> None:
    """A line a network over the chunk sizes; medians are numpy's, and so is the title's range."""
    table = swept()
    ax = effect(table, "since_spoken", x="chunk_ms", by="network", seed=1)
    lines = {line.get_marker(): line for line in ax.get_lines()}
    assert len(lines) == 2
    medians = table.pivot_table(
        index="chunk_ms", columns="network", values="since_spoken", aggfunc="median"
    )
    drawn = sorted(value for line in lines.values() for value in line.get_ydata())  # type: ignore[union-attr]
    assert np.allclose(drawn, sorted(medians.to_numpy().ravel()))
    least, most = medians.to_numpy().min(), medians.to_numpy().max()
    found = sentence_on(ax)
    assert f"from {least:.2f} s (4g, 20 ms) to {most:.2f} s (3g, 400 ms) · emulator" in found


def test_it_states_what_a_reader_must_know() -> None:
    """n, interval, seed, networks, the emulator's switches, and whose numbers they are not."""
    found = sentence_on(effect(swept(failed=2), "since_spoken", x="chunk_ms", by="network", seed=7))
    for stated in (
        "median of n = 4",
        "95% interval (seed 7)",
        "2 that failed are left out",
        "Network: 3g, 4g.",
        "Emulator: steady=True, seed=1.",
        "not the live service's times",
    ):
        assert stated in found, stated


def test_a_share_has_a_percentage_and_names_stand_at_points() -> None:
    """Of yes and no, against another number that was measured; a setting's value names a point."""
    table = swept(network="")
    table["split"] = [bool(each) for each in table["chunk_ms"] == 20]
    found = sentence_on(
        effect(table, "split", x="since_spoken", by="chunk_ms", names={"split": "cut in two"})
    )
    assert "Cut in two: from 0% (100 ms) to 100% (20 ms) · emulator" in found
    assert "the share of n = 8" in found


def test_peers_are_never_one_point() -> None:
    """Live and emulated runs are two lines, each named, and both peers are in the title."""
    table = swept(network="")
    both = pd.concat([table, table.assign(peer="live")], ignore_index=True)
    both.attrs["settings"] = table.attrs["settings"]
    ax = effect(both, "since_spoken", x="chunk_ms")
    assert len(ax.get_lines()) == 2
    legend = ax.get_legend()
    assert legend is not None
    assert {each.get_text() for each in legend.get_texts()} == {"emulator", "live service"}
    assert ax.get_title(loc="left").replace("\n", " ").endswith("· emulator + live service")
    assert "Network: none set" in sentence_on(ax)


def test_what_cannot_be_drawn_is_said() -> None:
    """Wrong tables, columns, names and seeds, each by name."""
    check_each(_is_refused, WRONG)


WRONG: list[tuple[Any, dict[str, Any]]] = [
    (None, {}),
    ([], {}),
    ("table", {}),
    ([3], {}),
    (swept(), {"of": "nothing"}),
    (swept(), {"x": "nothing"}),
    (swept(), {"of": "peer"}),
    (swept(), {"by": "nothing"}),
    (swept(), {"names": "words"}),
    (swept(), {"seed": -1}),
    (swept(), {"seed": 1.5}),
    (swept().assign(run=range(24)), {"by": ["run", "lead_ms"]}),
]


def _is_refused(table: Any, options: dict[str, Any]) -> None:
    with pytest.raises(BadArgument):
        effect(table, **{"of": "since_spoken", "x": "chunk_ms", **options})


def test_a_caption_stands_under_the_figure_in_its_ink() -> None:
    """One line of words, the last one given; no formula is read into it."""
    for theme in ("light", "dark"):
        ax = waveform(a_turn(), theme=theme)  # type: ignore[arg-type]
        assert caption(caption(ax, "first"), "24 runs, seed 1, $5$") is ax
        found = root_of(ax)._supxlabel  # type: ignore[attr-defined]
        assert found.get_text() == "24 runs, seed 1, $5$"
        assert found.get_color() == ax.xaxis.get_tick_params()["labelcolor"]
        assert "first" not in sentence_on(ax)


def test_a_caption_of_no_words_is_refused() -> None:
    """Nor is anything but axes taken."""
    ax = waveform(a_turn())
    for axes, words in ((ax, ""), (ax, 3), (None, "words"), (root_of(ax), "words")):
        with pytest.raises(BadArgument):
            caption(axes, words)  # type: ignore[arg-type]
