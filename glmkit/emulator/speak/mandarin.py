"""Mandarin text to the phonemes that the Kokoro voice model was trained on.

Characters become pinyin (pypinyin, which knows phrases and so most characters with several
readings), pinyin becomes an initial, a final and a tone, and these become IPA by the two
tables below::

    给我讲个笑话吧。   kei↓ wo↗ ʨja↓ŋkɤ ɕjau↘xwa↘ pa.      (without the spaces)

The tones are arrows after the vowel that carries them; punctuation is kept, because it makes
the pauses and the melody of a question. Numbers must be words already (see ``text_normalisation``).
"""

from __future__ import annotations

import re
from functools import lru_cache

from glmkit.emulator.think.clauses import HAN, is_han

# ʰ marks aspiration; the affricates are single letters in the model's alphabet.
INITIALS = {
    "b": "p", "p": "pʰ", "m": "m", "f": "f", "d": "t", "t": "tʰ", "n": "n", "l": "l",
    "g": "k", "k": "kʰ", "h": "x", "j": "ʨ", "q": "ʨʰ", "x": "ɕ", "r": "ɻ",
    "zh": "ꭧ", "ch": "ꭧʰ", "sh": "ʂ", "z": "ʦ", "c": "ʦʰ", "s": "s", "": "",
}  # fmt: skip

# The tone goes where the 0 is.
FINALS = {
    "a": "a0", "ai": "ai0", "an": "a0n", "ang": "a0ŋ", "ao": "au0", "e": "ɤ0", "ei": "ei0",
    "en": "ə0n", "eng": "ə0ŋ", "er": "ɚ0", "i": "i0", "ia": "ja0", "ian": "jɛ0n",
    "iang": "ja0ŋ", "iao": "jau0", "ie": "je0", "in": "i0n", "ing": "i0ŋ", "iong": "jʊ0ŋ",
    "iou": "jou0", "o": "wo0", "ong": "ʊ0ŋ", "ou": "ou0", "u": "u0", "ua": "wa0", "uai": "wai0",
    "uan": "wa0n", "uang": "wa0ŋ", "uei": "wei0", "uen": "wə0n", "ueng": "wə0ŋ", "uo": "wo0",
    "v": "y0", "ve": "ɥe0", "van": "ɥɛ0n", "vn": "y0n", "ê": "ɛ0",
}  # fmt: skip
SYLLABIC = {"m": "m0", "n": "n0", "ng": "ŋ0", "hm": "xm0", "hng": "xŋ0"}  # 嗯, 哼
TONES = {"1": "→", "2": "↗", "3": "↓", "4": "↘", "5": ""}
APICAL = frozenset(("z", "c", "s", "zh", "ch", "sh", "r"))  # after these "i" is another vowel

# Where everyday speech differs from the dictionary: unstressed second syllables, and characters
# whose commoner reading is not the one that is listed first.
READINGS = {
    "喜欢": "xi3 huan5", "知道": "zhi1 dao5", "告诉": "gao4 su5", "名字": "ming2 zi5",
    "时候": "shi2 hou5", "先生": "xian1 sheng5", "学生": "xue2 sheng5", "谢谢": "xie4 xie5",
    "晚上": "wan3 shang5", "早上": "zao3 shang5", "东西": "dong1 xi5", "朋友": "peng2 you5",
    "衣服": "yi1 fu5", "地方": "di4 fang5", "事情": "shi4 qing5", "漂亮": "piao4 liang5",
    "和尚": "he2 shang5", "明白": "ming2 bai5", "认识": "ren4 shi5", "商量": "shang1 liang5",
    "休息": "xiu1 xi5", "哥哥": "ge1 ge5", "妈妈": "ma1 ma5", "爸爸": "ba4 ba5",
    "姐姐": "jie3 jie5", "弟弟": "di4 di5", "妹妹": "mei4 mei5", "奶奶": "nai3 nai5",
    "爷爷": "ye2 ye5", "看看": "kan4 kan5", "试试": "shi4 shi5", "想想": "xiang3 xiang5",
    "说说": "shuo1 shuo5", "听听": "ting1 ting5", "家里": "jia1 li5", "这里": "zhe4 li5",
    "那里": "na4 li5", "哪里": "na2 li5", "应该": "ying1 gai1", "对不起": "dui4 bu5 qi3",
    "没关系": "mei2 guan1 xi5", "客气": "ke4 qi5", "笑话": "xiao4 hua5",
    "天气": "tian1 qi4", "头发": "tou2 fa5", "长": "chang2", "长大": "zhang3 da4",
    "校长": "xiao4 zhang3", "成长": "cheng2 zhang3", "生长": "sheng1 zhang3", "部长": "bu4 zhang3",
    "班长": "ban1 zhang3", "家长": "jia1 zhang3", "增长": "zeng1 zhang3", "队长": "dui4 zhang3",
    "首都": "shou3 du1", "成都": "cheng2 du1", "都市": "du1 shi4", "着急": "zhao2 ji2",
    "大夫": "dai4 fu5", "了解": "liao3 jie3", "便宜": "pian2 yi5", "觉得": "jue2 de5",
    "调到": "tiao2 dao4", "调整": "tiao2 zheng3", "调高": "tiao2 gao1", "调低": "tiao2 di1",
    "一会儿": "yi2 hui4 er5", "一切": "yi2 qie4", "打扮": "da3 ban5", "老头": "lao3 tou2",
    "晒干": "shai4 gan1",
    "得": "de5", "得到": "de2 dao4", "取得": "qu3 de2", "获得": "huo4 de2", "得分": "de2 fen1",
    "值得": "zhi2 de2", "得知": "de2 zhi1", "难得": "nan2 de2", "心得": "xin1 de2",
    "数数": "shu3 shu4", "数到": "shu3 dao4", "地数": "de5 shu3", "几点": "ji3 dian3",
}  # fmt: skip
_LISTED = re.compile("|".join(sorted(READINGS, key=len, reverse=True)))
_COUNTED = frozenset("一二三四五六七八九十百千两几半每整各")
_KINDS = frozenset("人性别体")  # 个人, 个性, …

PUNCTUATION = str.maketrans(
    {
        "，": ", ", "、": ", ", "。": ". ", "！": "! ", "？": "? ", "：": ": ", "；": "; ",
        "（": " (", "）": ") ", "“": " “", "”": "” ", "「": " “", "」": "” ", "《": " “",
        "》": "” ", "—": "—", "…": "…", "～": "—", "·": " ", "\n": ". ",
    }
)  # fmt: skip
_RUN = re.compile(f"[{HAN}]+|[^{HAN}]+")


def phonemes(words: str) -> str:
    """``words`` (Chinese characters and punctuation) in the voice model's alphabet."""
    parts = [
        "".join(map(syllable, pinyin(run))) if is_han(run) else run.translate(PUNCTUATION)
        for run in _RUN.findall(words)
    ]
    return re.sub(r"\s+", " ", "".join(parts)).strip()


def pinyin(run: str) -> list[str]:
    """The numbered pinyin of Chinese characters, as they are said one after another.

    >>> pinyin("你好")
    ['ni2', 'hao3']
    """
    found, start = [], 0
    for match in _LISTED.finditer(run):
        found += _looked_up(run[start : match.start()])
        found += READINGS[match[0]].split()
        start = match.end()
    found += _looked_up(run[start:])
    return _sandhi(run, _toneless(run, found))


def _looked_up(run: str) -> list[str]:
    from pypinyin import Style, lazy_pinyin

    return lazy_pinyin(run, style=Style.TONE3, neutral_tone_with_five=True) if run else []


def _toneless(run: str, found: list[str]) -> list[str]:
    """Take the tone from 个 after a verb, and 地 after a doubled word: 讲个, 慢慢地."""
    for at in range(1, len(run)):
        if run[at] == "个" and run[at - 1] not in _COUNTED and run[at + 1 : at + 2] not in _KINDS:
            found[at] = "ge5"
        elif run[at] == "地" and re.search(r"(.{1,2})\1$", run[:at]):
            found[at] = "de5"
    return found


def _sandhi(run: str, found: list[str]) -> list[str]:
    """Change tones where the next syllable asks for it: 你好, 不是, 一个."""
    for at in range(len(found) - 1):
        tone, after = found[at][-1], found[at + 1][-1]
        if run[at] == "不" and after == "4":
            found[at] = "bu2"
        elif run[at] == "一":
            found[at] = _one(run, at, after)
        elif tone == "3" and after == "3":
            found[at] = found[at][:-1] + "2"
    return found


def _one(run: str, at: int, after: str) -> str:
    before = run[at - 1] if at else ""
    if before == run[at + 1]:
        return "yi5"  # 看一看
    counts = "零一二三四五六七八九十百千万第点初"
    if (before and before in counts) or run[at + 1] in "零一二三四五六七八九十月号日":
        return "yi1"
    return "yi2" if after in "45" else "yi4"


@lru_cache(maxsize=2048)  # there are about 1300 syllables
def syllable(numbered: str) -> str:
    """One syllable of numbered pinyin in the voice model's alphabet.

    >>> syllable("jiang3")
    'ʨja↓ŋ'
    """
    from pypinyin.contrib.tone_convert import to_finals, to_initials

    letters, tone = numbered.rstrip("12345"), TONES.get(numbered[-1], "")
    if letters in SYLLABIC:
        return SYLLABIC[letters].replace("0", tone)
    initial, final = to_initials(numbered, strict=True), to_finals(numbered, strict=True)
    if initial in APICAL and final == "i":
        return f"{INITIALS[initial]}ɨ{tone}"
    return INITIALS.get(initial, "") + FINALS.get(final, "").replace("0", tone)
