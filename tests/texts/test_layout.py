"""Words in columns and in lines: what is counted twice, where a line may end, what stays whole."""

from __future__ import annotations

import re

import pytest

from glmkit.texts.layout.lines import fold, in_a_row, wrap
from glmkit.texts.layout.text_width import pad, shorten, width_of
from tests.listed import check_each
from tests.texts.test_texts import SENTENCES

#: What a reader copies out of an error, each with a blank or a bracket in it, or very long.
COPIED = (
    "https://open.bigmodel.cn/usercenter/proj-mgmt/apikeys?from=here&a=(b)#part-of-it",
    "/home/student/Documents/voice/第一课/answer.wav",
    "talks/第一课/回答.wav",
    r"'C:\\Users\\A B\\My Documents\\answer one.wav'",
    "session.say(clip, fallback='commit', timeout=30)",
    'session.say(glm.sample("joke_zh"), timeout=9).audio.write("a.wav", rate=24_000)',
    "python -m pip install -r requirements.txt",
    "glmkit voices install --from DIR",
    "sudo apt install libportaudio2",
    "glm.connect(vad='server',turn_detection={'silence_duration_ms':500})",
)


def test_wide_letters_take_two_columns() -> None:
    """Padding and shortening count as a terminal does."""
    assert width_of("中文 ab") == 7
    assert pad("中文", 6) == "中文  "
    assert shorten("hello", 5) == "hello"
    assert shorten("hello there", 6) == "hello…"
    assert width_of(shorten("从前有座山山里有座庙", 9)) <= 9


def test_sentences_stand_one_after_the_other() -> None:
    """With a blank between them, but behind Chinese punctuation, where the letter has its own."""
    assert in_a_row("One.", "", "Two.") == "One. Two."
    assert in_a_row("一共三次。", "够了。") == "一共三次。够了。"
    assert in_a_row("仿真器（经 4g 网络） 比 a 慢") == "仿真器（经 4g 网络）比 a 慢"


@pytest.mark.slow
def test_a_sentence_is_broken_where_a_reader_would() -> None:
    """Every sentence of the kit, narrow and wide: nothing is lost, and no line begins with a
    comma or ends with a bracket that opens, unless the sentence does."""
    check_each(_is_well_broken, [(pair, n) for _, *pair in SENTENCES for n in (24, 60, 100)])


def _is_well_broken(pair: list[str], columns: int) -> None:
    for words in pair:
        rows = wrap(words, columns)
        assert re.sub(r"\s", "", "".join(rows)) == re.sub(r"\s", "", words)
        begins = [row for row in rows if re.match(r"[，。；：！？、）」]", row)]
        assert not [row for row in begins if row[0] != words.lstrip()[0]]
        assert not [row for row in rows[:-1] if row.endswith(("（", "「", "“"))]
        assert all(width_of(row) <= columns + 2 or " " not in row for row in rows if columns > 99)


def test_what_is_copied_stays_on_one_line() -> None:
    """An address, a path, a call, a command: however narrow, in words of both languages."""
    check_each(_stays_whole, [(each, n) for each in COPIED for n in range(24, 110, 7)])


def _stays_whole(copied: str, columns: int) -> None:
    for words in (
        f"found {{}} of 3 letters: use {copied}",
        f"收到 3 个，应为 5 个。请用 {copied}，再试一次",
    ):
        assert copied in "\n".join(wrap(words, columns))


def test_folding_breaks_at_blanks_and_loses_nothing() -> None:
    """Lines fit a figure, and together they are the words; what is too wide by itself is cut."""
    words = "The answer could be heard 1.16 s after the commit · a rather long address"
    lines = fold(words, 30).split("\n")
    assert all(len(line) <= 30 for line in lines)
    assert " ".join(lines) == words
    assert max(map(width_of, fold("山" * 9 + "a" * 40, 12).split("\n"))) <= 12
    assert wrap("one\ntwo", 40) == ["one", "two"]
