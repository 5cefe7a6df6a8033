"""One word for one thing, in Chinese as it is written, wherever a person reads it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from tests.listed import check_each
from tests.texts.test_texts import TOPICS

CLONE = Path(__file__).parents[2]
#: What is spoken is in stock as it was said; argparse's words end as its own do.
SPOKEN = ("dialogue.", "voices.not_spoken", "turns.history", "usage.")

#: What may not stand in Chinese, and what stands there instead.
CHINESE = [
    ("样本", "采样点（数值）、示例录音（文件）"),
    ("插话", "打断"),
    ("频谱图", "语谱图"),
    ("满刻度", "满幅"),
    ("嗓音", "音色"),
    ("测量对象|(告诉|连接)?对方(的证书|繁忙|可能未启用)", "对端"),
    ("通信记录", "会话记录"),
    ("声明（claims）|头.声明.签名", "头部.载荷.签名"),
    ("代码单元(?!格)", "代码单元格"),
    ("已?遮住|已隐去", "脱敏"),
    ("得到的是|给的是|实际得到|发现 ?\\{", "收到 X，应为 Y"),
    ("：请(?!求)", "，请 / 。请"),
    ("怎么办：", "处理办法："),
    (r"\} %|\d %", "95%"),
    ("离开笔记本|这个笔记本|本笔记本|到笔记本的", "Jupyter 笔记本，这个页面"),
    ("敲门|字条|留在家里|改主意|欠着|轶事|山丘|耳朵和", "不用这个比喻"),
]


def test_chinese_has_one_word_for_one_thing() -> None:
    """And punctuation, percent signs and errors of one form."""
    read = [(where, words) for where, words in _chinese()]
    assert len(read) > 1_000

    def check(pattern: str, instead: str) -> None:
        found = [f"{where}: {m[0]}" for where, words in read for m in re.finditer(pattern, words)]
        assert found == [], f"{found[:5]}, expected {instead}"

    check_each(check, CHINESE)


def test_no_article_stands_before_what_is_filled_in() -> None:
    """Nobody knows whether a name to come begins with a vowel: "a value of type int"."""
    check_each(_fits_any_name, list(_sentences(0)))


def _fits_any_name(_: str, words: str) -> None:
    assert not re.search(r"\b[Aa]n? \{", words)


def test_a_sentence_has_no_blank_at_its_end() -> None:
    """Whoever puts two together knows what stands between them."""
    check_each(_ends, [(where, words) for where, words in _sentences(1)])


def _ends(_: str, words: str) -> None:
    assert words == words.rstrip(" ")


def test_nobody_is_told_to_run_make() -> None:
    """Windows has none: what is said names the command of every system."""
    told = [*_sentences(0), *_sentences(1), *_prose("*.ipynb"), *_prose("zh/*.ipynb")]
    check_each(_names_no_make, told)


def _names_no_make(_: str, words: str) -> None:
    assert not re.search(r"`make [a-z-]+`|\bmake (demo|lab|test|voices)\b", words)


def _chinese() -> Iterator[tuple[str, str]]:
    """Where it is read, and the words: sentences, the Chinese notebooks, READMEs and guides."""
    yield from _sentences(1)
    yield from _prose("zh/*.ipynb")
    for path in (CLONE / "README.zh-CN.md", *(CLONE / "docs").glob("*.zh-CN.md")):
        yield path.name, re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def _sentences(language: int) -> Iterator[tuple[str, str]]:
    for topic in TOPICS:
        for key, pair in import_module(f"glmkit.texts.{topic}").TEXTS.items():
            if not key.startswith(SPOKEN):
                yield key, pair[language]


def _prose(pattern: str) -> Iterator[tuple[str, str]]:
    for path in (CLONE / "notebooks").glob(pattern):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "markdown":
                yield path.name, "".join(cell["source"])
