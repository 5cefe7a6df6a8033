"""Error rates of what was recognised, beside what was said: ``turn.cer(…)``, ``turn.wer(…)``.

Both texts are written alike first, so that spelling costs nothing that was heard right: simplified
characters, half width, small letters, numbers as digits in either language, no punctuation. jiwer
aligns them. A word of Chinese is a character, as in mixed error rates: Chinese writes none.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any, Final

from glmkit.environment.features import needs
from glmkit.errors import BadArgument
from glmkit.texts import text

_HAN: Final = r"[㐀-䶿一-鿿豈-﫿]"
_POINT: Final = re.compile(r"(?<=\d)\.(?=\d)")
_KEPT_POINT: Final = "\x00"


def cer(reference: str, recognised: str) -> float:
    """Character error rate: edits by the characters of ``reference``; over 1 where much was added.

    Spaces don't count. Raises BadArgument where the reference has no characters.
    """
    needs("scores")
    import jiwer

    said, heard = ("".join(written_alike(each).split()) for each in _texts(reference, recognised))
    _check(said, reference)
    return float(jiwer.cer(said, heard))


def wer(reference: str, recognised: str) -> float:
    """Word error rate: edits by the words of ``reference``; each Chinese character is a word.

    Raises BadArgument where the reference has no words.
    """
    needs("scores")
    import jiwer

    said, heard = (_words(each) for each in _texts(reference, recognised))
    _check(said, reference)
    return float(jiwer.wer(said, heard))


def written_alike(words: str) -> str:
    """The form in which texts are compared."""
    plain = unicodedata.normalize("NFKC", words).lower().replace("'", "")
    plain = _with_digits(_simplified(plain))
    plain = _POINT.sub(_KEPT_POINT, plain)
    kept = "".join(" " if unicodedata.category(each)[0] in "PSZ" else each for each in plain)
    return " ".join(kept.replace(_KEPT_POINT, ".").split())


def _words(words: str) -> str:
    return " ".join(re.sub(rf"({_HAN})", r" \1 ", written_alike(words)).split())


def _with_digits(words: str) -> str:
    """Numbers as digits, however they were written."""
    from glmkit.emulator.think.numerals import numbers_in

    found, end = "", 0
    for number in numbers_in(words):
        found += f"{words[end : number.start]}{number.value}"
        end = number.end
    return found + words[end:]


def _simplified(words: str) -> str:
    if not re.search(_HAN, words):
        return words
    needs("scores")
    return str(_converter().convert(words))


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


def _texts(*given: object) -> list[str]:
    for each in given:
        if not isinstance(each, str):
            raise BadArgument(text("lab.score_text", found=type(each).__name__))
    return [str(each) for each in given]


def _check(said: str, reference: str) -> None:
    if not said:
        raise BadArgument(text("lab.score_empty", found=reference))
