"""What the lessons' sliders show: noise against recognition, prebuffer against gaps; the report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from matplotlib.axes import Axes
from nbclient import NotebookClient
from pandas import read_csv

import glmkit as glm
from glmkit.errors import BadArgument
from glmkit.widgets.exported_still import METADATA
from tests.listed import check_each

SAID = "Tell me a joke, please."
LEVELS = [20, -15]


@pytest.fixture
def turns() -> Iterator[list[glm.Turn]]:
    """The kit's joke with little noise, which is known again, and with too much."""
    with glm.connect("emulator", modalities=["text"]) as session:
        clip = glm.sample("joke_en")
        yield [session.say(clip.noise(level), speed=None) for level in LEVELS]


@pytest.fixture
def slow_turn() -> Iterator[glm.Turn]:
    """An answer over a line that carries less than its sound needs."""
    with (
        glm.lab.network("unshaped", to="emulator", down_bandwidth=300_000) as line,
        glm.connect(line) as session,
    ):
        yield session.ask("Make a call to Peter.")


def written_on(ax: Axes) -> str:
    """Everything that is written on the axes and on those inside of it."""
    inner = [each for each in (ax, *ax.child_axes) for each in (*each.texts, each.title)]
    return "\n".join([*(each.get_text() for each in inner), ax._left_title.get_text()])  # type: ignore[attr-defined]


def test_noise_is_drawn_with_what_was_understood(turns: list[glm.Turn]) -> None:
    """A row a level: what was heard, how much was wrong, and the marked one on a ground."""
    plain = glm.lessons.plot_noise(turns, LEVELS, SAID)
    words = written_on(plain)
    assert "0%" in words
    assert "100%" in words
    assert SAID in words
    assert "nothing was understood" in words
    assert "20 dB above the noise" in words
    marked = glm.lessons.plot_noise(turns, LEVELS, SAID, mark=20, theme="dark")
    assert len(marked.patches) == len(plain.patches) + 1


def test_noise_that_cannot_be_drawn_is_refused(turns: list[glm.Turn]) -> None:
    """Levels that are none or not one a turn, a mark that was not measured, what are no turns."""
    plot: Callable[..., Axes] = glm.lessons.plot_noise
    nan = float("nan")
    bad: list[tuple[Any, ...]] = [
        (turns, [20], SAID, None),
        (turns, ["20", "5"], SAID, None),
        (turns, [nan, 5], SAID, None),
        (turns, 20, SAID, None),
        (turns, LEVELS, SAID, 3),
        (turns, LEVELS, "", None),
        ([], [], SAID, None),
        ("turns", LEVELS, SAID, None),
    ]

    def refused(given: Any, levels: Any, said: Any, mark: Any) -> None:
        with pytest.raises(BadArgument):
            plot(given, levels, said, mark=mark)

    check_each(refused, bad)


@pytest.mark.slow
def test_a_prebuffer_closes_the_gaps(slow_turn: glm.Turn) -> None:
    """More prebuffer, less silence; with enough of it none is left, and the figure says so."""
    found = [glm.lessons.stutter(slow_turn, prebuffer=each) for each in (0.0, 0.5, 10.0)]
    assert found[0].gaps > 1
    assert found[0].seconds == pytest.approx(found[1].seconds + 0.5, abs=0.02)
    assert (found[2].gaps, found[2].seconds) == (0, 0)
    assert f"{found[0].gaps} gaps" in written_on(glm.lessons.plot_prebuffer(slow_turn))
    calm = glm.lessons.plot_prebuffer(slow_turn, prebuffer=10.0, theme="dark")
    assert "nothing stutters" in written_on(calm)
    assert "emulator over unshaped" in written_on(calm)
    check_each(_is_no_prebuffer, [(slow_turn, each) for each in (-1, 11, float("nan"), "1", True)])


def _is_no_prebuffer(turn: glm.Turn, prebuffer: Any) -> None:
    with pytest.raises(BadArgument):
        glm.lessons.plot_prebuffer(turn, prebuffer=prebuffer)
    with pytest.raises(BadArgument):
        glm.lessons.stutter(turn, prebuffer=prebuffer)


def test_without_sound_there_is_no_stutter(turns: list[glm.Turn]) -> None:
    """A text answer and what is no turn at all have no pieces."""
    silent: list[Any] = [turns[0], None, "turn"]
    for each in silent:
        with pytest.raises(BadArgument, match="without pieces of sound"):
            glm.lessons.stutter(each)


@pytest.fixture
def tables() -> list[Any]:
    """Two tables of three text turns each."""
    with glm.connect("emulator", modalities=["text"]) as session:
        return [glm.lab.repeat(lambda: session.ask("Hello!"), 3, warm_up=0) for _ in "ab"]


def test_a_report_holds_figure_runs_and_conditions(
    tables: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three files: a picture, a row a run with its table's name, a page with peer, n and seed."""
    monkeypatch.chdir(tmp_path)
    files = glm.lessons.write_report("wie_schnell", *tables, of="done", by="repetition", seed=7)
    assert [path.suffix for path in files] == [".png", ".csv", ".md"]
    assert files[0].read_bytes().startswith(b"\x89PNG")
    assert list(read_csv(files[1])["table"]) == [*"aaabbb"]
    page = files[2].read_text(encoding="utf-8")
    told = ("3 runs", "peer emulator", "Interval: bootstrap at 95%, seed 7", "glmkit")
    assert all(each in page for each in told)
    told_apart = [each.assign(ok=[True, n > 0, n > 0]) for n, each in enumerate(tables)]
    *_, shares = glm.lessons.write_report("shares", *told_apart, of="ok", by="repetition")
    assert "Interval: Newcombe's, of two shares, at 95%" in shares.read_text(encoding="utf-8")


def test_a_report_has_a_plain_name(tables: list[Any]) -> None:
    """No folder, no suffix, nothing that is no text: a report never leaves its folder."""

    def refused(name: Any) -> None:
        with pytest.raises(BadArgument):
            glm.lessons.write_report(name, *tables, of="done")

    check_each(
        refused, [(name,) for name in ("", "../x", "a/b", "a.png", None, 3, "x" * 61, "a\n")]
    )


# -- interact ------------------------------------------------------------------------------

SHOWN = """import glmkit as glm, matplotlib.pyplot as plt
def draw(x=1):
    plt.plot([x, 2])
    print("drawn")
    return glm.Clip.tone(220, 0.2).play()
glm.lessons.interact(draw, x=(0, 3))"""


@pytest.mark.slow
def test_what_a_control_moves_is_shown_and_stays_in_exports() -> None:
    """What is printed, drawn and returned, in this order; and the figure once more behind it."""
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(SHOWN)])
    NotebookClient(book, timeout=60, kernel_name="python3").execute()
    widget, still = book.cells[0].outputs
    assert "application/vnd.jupyter.widget-view+json" in widget.data
    state = book.metadata.widgets["application/vnd.jupyter.widget-state+json"].state
    [inside] = [e.state.outputs for e in state.values() if e.model_name == "OutputModel"]
    assert [each.get("text") or min(each.data) for each in inside] == [
        "drawn\n",
        "image/png",
        "text/html",
    ]
    assert still.data["image/png"] == inside[1].data["image/png"]
    assert still.metadata == METADATA


FAILING = """import glmkit as glm
from IPython.display import Pretty, display
def fail(x=1):
    display(Pretty("shown before"))
    raise glm.GlmError("and then it failed")
glm.lessons.interact(fail, x=(0, 3))"""


@pytest.mark.slow
def test_what_was_shown_before_an_error_stays() -> None:
    """Beside the error's words."""
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(FAILING)])
    NotebookClient(book, timeout=60, kernel_name="python3").execute()
    state = book.metadata.widgets["application/vnd.jupyter.widget-state+json"].state
    [inside] = [e.state.outputs for e in state.values() if e.model_name == "OutputModel"]
    first, error = inside
    assert first.data["text/plain"] == "shown before"
    assert "and then it failed" in str(error)


def test_what_can_be_no_control_is_refused() -> None:
    """No function, a name that it does not take, a range that is none."""

    def check(f: Any, controls: dict[str, Any], words: str) -> None:
        with pytest.raises(BadArgument, match=words):
            glm.lessons.interact(f, **controls)

    cases = [
        (3, {}, "no control"),
        (lambda x: x, {}, "no control"),
        (lambda x=1: x, {"x": (3, 0)}, "no control"),
        (lambda x=1: x, {"y": (0, 3)}, "for y, and the function takes x"),
    ]
    check_each(check, cases)
