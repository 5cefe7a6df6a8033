"""Search in Chinese by pairs of characters, without a dictionary of words.

``首包延迟`` is indexed as 首包, 包延, 延迟 and asked for as the same pairs: whatever stands in a
text is found, whatever a segmenter would take for a word. What is written in Latin letters is
split and stemmed as in English, so that ``server VAD`` and ``服务端VAD`` are found, too.
"""

from __future__ import annotations

import re
from typing import Final

from sphinx.search.en import SearchEnglish

#: Both splitters, the one here and the one on the page, know Chinese by these characters.
_CHINESE: Final = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_RUNS: Final = re.compile(rf"[{_CHINESE}]+|[^\W{_CHINESE}]+")
_SPLITTER: Final = f"""
var splitQuery = (query) =>
  (query.match(/[{_CHINESE}]+|(?:(?![{_CHINESE}])[\\p{{L}}\\p{{N}}_])+/gu) ?? [])
    .flatMap((run) =>
      /[{_CHINESE}]/.test(run) && run.length > 2
        ? Array.from({{length: run.length - 1}}, (_, at) => run.slice(at, at + 2))
        : [run]);
"""


class TwoCharacters(SearchEnglish):
    """Chinese in pairs, and each character by itself; all else as in English."""

    lang = "zh"
    language_name = "English"  # whose stemmer the page is to take
    js_splitter_code = _SPLITTER

    def split(self, input: str) -> list[str]:
        """Words of Latin letters and numbers; pairs and single characters of Chinese."""
        return [word for run in _RUNS.findall(input) for word in _words(run)]

    def word_filter(self, word: str) -> bool:
        """Single characters of Chinese count, those of others by English's rule."""
        return bool(re.match(f"[{_CHINESE}]", word)) or super().word_filter(word)


def _words(run: str) -> list[str]:
    if not re.match(f"[{_CHINESE}]", run):
        return [run]
    return [*run, *(run[at : at + 2] for at in range(len(run) - 1))]
