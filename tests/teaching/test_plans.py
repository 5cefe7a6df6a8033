"""docs/teaching: both editions say the same, and all that a teacher is told to do can be done."""

from __future__ import annotations

import argparse
import functools
import re
import shlex
from pathlib import Path

import nbformat
import pytest

import glmkit as glm
from glmkit.cli.parser import VERBS, command_line
from glmkit.lessons.exercise import ChoiceAnswer, NumberAnswer, exercises
from glmkit.protocol.table import VOICES
from glmkit.session.budget import PRICES_OF, YUAN_PER_MINUTE
from tests.listed import check_each
from tests.recipes.documents import code_of
from tests.teaching import pages
from tests.teaching.pages import CHINESE, ENGLISH, EVERY, FOLDER, PLANS

MINUTES = [(0, 5), (5, 12), (12, 20), (20, 32), (32, 40), (40, 45)]
PLAN_B = {"en": "*If not:*", "zh": "*不行就：*"}
NOTEBOOKS = FOLDER.parents[1] / "notebooks"
CORE = {"01", "02", "03", "04", "06", "07", "08", "12"}


def language_of(path: Path) -> str:
    return "zh" if path.parent.name == "zh" else "en"


# -- the two editions ----------------------------------------------------------------------


def test_every_page_has_both_editions() -> None:
    """Eight core lessons, the four pages around them, and nothing in one language only."""
    assert [path.name for path in ENGLISH] == [path.name for path in CHINESE]
    assert {path.name[:2] for path in ENGLISH if path.name[0].isdigit()} == CORE
    around = {"README", "before-the-first-lesson", "one-lesson", "semester"}
    assert {path.stem for path in ENGLISH if not path.name[0].isdigit()} == around


def test_both_editions_say_the_same() -> None:
    """The same minutes, sections, sums, links, commands and cells."""
    check_each(_say_the_same, [*zip(ENGLISH, CHINESE, strict=True)])


def _say_the_same(english: Path, chinese: Path) -> None:
    assert [step[:2] for step in pages.steps(english)] == [s[:2] for s in pages.steps(chinese)]
    for told in (pages.sums, _names, _targets, _said_commands, _headings):
        assert told(english) == told(chinese), told.__name__
    for kind in ("python", "sh"):
        one, other = (pages.blocks(path, kind) for path in (english, chinese))
        assert [code_of(each) for each in one] == [code_of(each) for each in other]


def _names(path: Path) -> list[str]:
    return sorted(set(re.findall(r'glm[\w.]+(?:\("[\w-]+")?', pages.code(path))))


def _targets(path: Path) -> list[str]:
    found = re.findall(r"\]\(([^)\s]+)\)", pages.words_of(path))
    alike = [re.sub(r"zh/|\.zh-CN|\.\./", "", target) for target in found]
    return sorted(target for target in alike if target != "README.md")


def _said_commands(path: Path) -> list[str]:
    return sorted(line.replace("joke_zh", "joke_en") for line in pages.commands(path))


def _headings(path: Path) -> list[str]:
    return re.findall(r"^(#+) ", pages.words_of(path), re.MULTILINE)


def test_every_link_leads_to_a_file() -> None:
    """In the clone, in both editions; the Chinese one leads to Chinese notebooks."""
    check_each(_links_lead, [(path,) for path in EVERY])


def _links_lead(path: Path) -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)", pages.words_of(path))
    assert targets
    assert [each for each in targets if not (path.parent / each).is_file()] == []
    notebooks = [each for each in targets if each.endswith(".ipynb")]
    assert all(("/zh/" in each) == (language_of(path) == "zh") for each in notebooks)


def test_the_index_names_every_page() -> None:
    """Each once, and no other."""
    for edition, paths in (("", ENGLISH), ("zh", CHINESE)):
        linked = re.findall(
            r"^\| \[.+?\]\((.+?)\)", pages.words_of(FOLDER / edition / "README.md"), re.MULTILINE
        )
        assert sorted(linked) == [path.name for path in paths if path.stem != "README"]


# -- a lesson ------------------------------------------------------------------------------


def test_a_lesson_takes_45_minutes() -> None:
    """Six steps without a gap, each with something else to do where it fails."""
    check_each(_takes_45_minutes, [(path,) for path in PLANS])


def _takes_45_minutes(path: Path) -> None:
    steps = pages.steps(path)
    assert [(begin, end) for begin, end, _ in steps] == MINUTES
    assert sum(end - begin for begin, end, _ in steps) == 45
    plan_b = PLAN_B[language_of(path)]
    assert [said for *_, said in steps if plan_b not in " ".join(said.split())] == []


def test_a_lesson_has_its_parts() -> None:
    """Goals, what to prepare, the board, what pupils will say, and what it costs."""
    check_each(_has_its_parts, [(path,) for path in PLANS])


def _has_its_parts(path: Path) -> None:
    words = pages.words_of(path)
    said = {
        "en": [
            "**Goals.**",
            "**Prepare.**",
            "**On the board.**",
            "## Within a minute",
            "## What they will say",
        ],
        "zh": ["**目标。**", "**准备。**", "**板书。**", "## 一分钟内换个办法", "## 学生会怎么说"],
    }
    assert [part for part in said[language_of(path)] if part not in words] == []
    assert len(re.findall(r"^> ", words, re.MULTILINE)) == 1
    assert len(re.findall(r"^- \*?\*?[\"“*]", words, re.MULTILINE)) >= 3
    assert pages.sums(path)


# -- what it says is so --------------------------------------------------------------------


def test_every_sum_is_right() -> None:
    """To the last digit that is shown."""
    check_each(_sum_is_right, [(path, each) for path in EVERY for each in pages.sums(path)])


def _sum_is_right(_: Path, said: str) -> None:
    side, _, result = said.partition(" = ")
    shown = 10.0 ** -len(result.partition(".")[2])
    assert abs(pages.worked_out(side) - float(result)) <= shown / 2 + 1e-9


def test_prices_are_those_that_sessions_are_reckoned_by() -> None:
    """Of flash, a minute of sound or of video; and the year of the list stands beside them."""
    check_each(_prices_agree, [(path,) for path in EVERY])


def _prices_agree(path: Path) -> None:
    sound, video = YUAN_PER_MINUTE["glm-realtime-flash"]
    words = pages.words_of(path)
    stated = re.findall(r"¥([\d.]*\d) a minute|每分钟 ¥([\d.]*\d)", words)
    factors = [price for each in pages.sums(path) for price in re.findall(r"÷ 60 × ([\d.]+)", each)]
    found = {float(price) for price in ["".join(pair) for pair in stated] + factors}
    assert found <= {sound, video}
    assert not found or PRICES_OF[:4] in words


def test_talks_take_what_the_plan_reckons(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plan 12 reckons with the longer edition: the desk with its picture, then both other talks."""
    [plan] = [path for path in ENGLISH if path.name.startswith("12")]
    both = next(each for each in pages.sums(plan) if " + " in each)
    desk, others = (float(term.partition(" ")[0]) for term in both.split(" + "))
    for talks, reckoned in (("service_desk", desk), (["tutor", "intake"], others)):
        seconds = []
        for language in ("en", "zh"):
            monkeypatch.setenv("GLMKIT_LANG", language)
            seconds.append(60 * glm.lessons.talk_estimate(talks).minutes)
        assert reckoned - 1 <= max(seconds) <= reckoned


def test_every_command_is_one() -> None:
    """Each line is understood as it stands; a verb alone is one of the kit's."""
    lines = sorted({line for path in EVERY for line in pages.commands(path)})
    check_each(_is_a_command, [(line,) for line in lines])


def _is_a_command(line: str) -> None:
    _, verb, *rest = shlex.split(DRIVE.sub("", line))
    assert verb in VERBS
    if not rest or "--help" in rest:
        return
    try:
        command_line().parse_args([verb, *rest])
    except SystemExit:
        pytest.fail("the parser takes it for none")


DRIVE = re.compile(r"\b[A-Z]:/")  # a stick's letter, which is a path on Windows only


def test_every_option_is_one() -> None:
    """Of some command; those that stand by themselves in a sentence, too."""
    said = {word for path in EVERY for span in pages.spans(path) for word in span.split()}
    options = {word for word in said if word.startswith("--")}
    assert options <= _known_options()
    assert len(options) > 10


@functools.cache
def _known_options() -> set[str]:
    known: set[str] = set()
    for verb in VERBS.values():
        parser = argparse.ArgumentParser()
        if verb.take is not None:
            verb.take(parser)
        known |= set(re.findall(r"--[a-z][a-z-]*", parser.format_help()))
    return known


def test_every_name_exists() -> None:
    """What is called on the kit, a session, a turn, its latency, a clip or a recorder."""
    called = {found for path in EVERY for found in CALLED.findall(pages.code(path))}
    check_each(_resolves, sorted(called - {("session", ".glm")}))  # that is a file


KINDS = {
    "glm": glm,
    "session": glm.Session,
    "turn.latency": glm.Latency,
    "spoken.latency": glm.Latency,
    "turn.audio": glm.Clip,
    "turn": glm.Turn,
    "clip": glm.Clip,
    "rec.clip": glm.Clip,
    "rec": glm.Recorder,
}
CALLED = re.compile(rf"\b({'|'.join(map(re.escape, KINDS))})((?:\.[a-z_A-Z]+)+)")


def _resolves(kind: str, names: str) -> None:
    functools.reduce(getattr, names.strip(".").split("."), KINDS[kind])


def test_every_sample_picture_voice_and_script_exists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Named as an argument, in either edition, whose language they are looked for in."""
    for language, paths in (("en", ENGLISH), ("zh", CHINESE)):
        monkeypatch.setenv("GLMKIT_LANG", language)
        said = {found for path in paths for found in ARGUMENT.findall(pages.code(path))}
        check_each(_argument_exists, sorted(said))


ARGUMENT = re.compile(r'\b(sample|picture|voice|rehearse|file)[(=]"([\w-]+)"')


def _argument_exists(call: str, name: str) -> None:
    if call in ("sample", "file"):
        assert glm.sample(name).seconds > 0
    elif call == "picture":
        assert glm.picture(name) is not None
    elif call == "voice":
        assert name in VOICES
    else:
        assert re.search(rf"^{name}\b", str(glm.lab.scripts()), re.MULTILINE)


def test_every_exercise_exists_and_is_answered_as_it_is_checked() -> None:
    """Where an exercise takes a letter or a number, the right one stands behind its check."""
    check_each(_exercises_are_answered, [(path,) for path in PLANS if path.name[0].isdigit()])


def _exercises_are_answered(path: Path) -> None:
    named = set(re.findall(r'glm\.(?:check|hint)\("([\w-]+)"', pages.code(path)))
    assert f"{path.name[:2]}-x" in named  # the exit question
    assert {name for name in named if name[:2] != path.name[:2]} == set()
    said = dict(pages.answers(path))
    for name in named:
        answer = exercises()[name].answer
        if isinstance(answer, ChoiceAnswer):
            assert said[name] == answer.right, name
        elif isinstance(answer, NumberAnswer):
            least, most = answer.range
            assert least <= float(said[name]) <= most, name


def test_what_the_exit_question_is_about_was_done_before() -> None:
    """The sections to which its hints point are run by everybody in a step before the last."""
    check_each(_exit_was_prepared, [(path,) for path in PLANS if path.name[0].isdigit()])


def _exit_was_prepared(path: Path) -> None:
    lesson = path.name[:2]
    hints = " ".join(hint[language_of(path)] for hint in exercises()[f"{lesson}-x"].hints)
    steps = " ".join(pages.for_everybody(said) for *_, said in pages.steps(path)[:-1])
    asked = {*pages.sections_in(hints, lesson)}
    assert asked - {*pages.sections_in(steps, lesson)} == set()


# -- the notebook beside it ----------------------------------------------------------------


def test_every_section_that_is_cited_exists() -> None:
    """In the notebook of the plan, or the one that is named, in the same language."""
    check_each(_sections_exist, [(path,) for path in EVERY])
    assert sum(len([*pages.sections(path)]) for path in EVERY) > 40


def _sections_exist(path: Path) -> None:
    cited = {*pages.sections(path)}
    assert {
        (name, number) for name, number in cited if number not in _numbered(path, name)
    } == set()


def _numbered(path: Path, name: str) -> set[str]:
    """The numbers of a notebook's sections."""
    folder = NOTEBOOKS / ("zh" if language_of(path) == "zh" else "")
    [notebook] = folder.glob(f"{name}_*.ipynb")
    return {*re.findall(r"^## (\d)\. ", "\n".join(_cells(notebook, "markdown")), re.MULTILINE)}


def _cells(notebook: Path, kind: str) -> list[str]:
    """The sources of a notebook's cells of one kind."""
    cells = nbformat.read(notebook, as_version=4).cells
    return [cell.source for cell in cells if cell.cell_type == kind]


def test_every_variable_has_a_value() -> None:
    """In a notebook that the plan links at its head, or by what the plan itself has pupils type."""
    check_each(_variables_have_values, [(path,) for path in PLANS])


def _variables_have_values(path: Path) -> None:
    head = pages.words_of(path).partition("**")[0]
    linked = [path.parent / each for each in re.findall(r"\]\(([^)\s]+\.ipynb)\)", head)]
    typed = [each for each in pages.spans(path) if not re.fullmatch(r"[\w-]+\.(?:yaml|csv)", each)]
    cells = [source for notebook in linked for source in _cells(notebook, "code")]
    assert pages.used(typed) - pages.bound([*cells, *typed]) == set()
    assert pages.used(typed) >= {"glm", "session"}


def test_a_lesson_is_handed_in_by_its_number() -> None:
    """The last step of each names the call that a class takes, and so does no other lesson."""
    check_each(_is_handed_in, [(path,) for path in PLANS if path.name[0].isdigit()])


def _is_handed_in(path: Path) -> None:
    *_, (_, _, last) = pages.steps(path)
    assert re.findall(r'`session\.hand_in\("(\w+)"\)`', last) == [path.name[:2]]


def test_a_lesson_links_its_notebook() -> None:
    """The one of its number, in its language."""
    check_each(_links_its_notebook, [(path,) for path in PLANS if path.name[0].isdigit()])


def _links_its_notebook(path: Path) -> None:
    head = pages.words_of(path).partition("**")[0]
    assert re.search(rf"/{path.name[:2]}_\w+\.ipynb\)", head)
