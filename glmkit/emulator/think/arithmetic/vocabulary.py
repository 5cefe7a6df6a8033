"""The words of a sum, in both languages: which kind of token each is, and what it stands for."""

from __future__ import annotations

from typing import Final, Literal

from glmkit.emulator.think.numerals import CHINESE, ENGLISH

Kind = Literal[
    "number", "sign", "misheard", "event", "prefix", "postfix", "fraction", "percent", "of",
    "times_as_much", "tenths", "remainder", "power",
    "and", "whole", "sum_of", "verb", "by", "then", "open",
    "close", "bracket", "comma",
    "lead", "ask", "end", "filler", "unknown",
]  # fmt: skip

_NTHS: Final = {
    "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "twentieth": 20, "hundredth": 100,
}  # fmt: skip
PARTS: Final = {"half": 2, "halve": 2, "quarter": 4, "thousandth": 1000} | _NTHS
ORDINALS: Final = {"first": 1, "second": 2} | _NTHS
SCALES: Final = {
    "hundred": 100, "百": 100, "thousand": 1000, "千": 1000, "万": 10_000, "million": 10**6,
    "亿": 10**8, "billion": 10**9, "万亿": 10**12,
}  # fmt: skip
_PART = "|".join(PARTS)
_NTH = "|".join([r"\d+(?:st|nd|rd|th)", *ORDINALS])
_SCALE = "|".join(sorted(SCALES, key=len, reverse=True))
_AND = "".join(rf"|(?<={large})\s+and\s+" for large in ("hundred", "thousand", "million"))
_EN_NUMBER = (
    rf"\b(?:an?\s+(?=hundred|thousand|million|billion))?(?:{ENGLISH})\b"
    rf"(?:(?:[\s-]+{_AND})(?:{ENGLISH})\b)*"
)
_ZH_NUMBER = rf"[{CHINESE}]+(?:点[零〇一二两三四五六七八九]+)?"
_WHOLE = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|(?!0\d)\d+)"
_DIGITS = rf"(?<![\d.])(?:{_WHOLE}(?:[.点]\d+)?|\.\d+)"
#: ½ and the like, a character each.
VULGAR: Final = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"

_SIGN = r"[加减乘除开打]|平方|立方|平均"  # what the next step of a sum begins with
_UNIT = "(?:个人|[个人只本颗张位名份支朵辆块])"
_MANY = rf"[{CHINESE}\d]+{_UNIT}"
_GONE, _COME = "走吃用花卖借送拿丢跑飞摔", "来买得捡"  # what makes it fewer, and more
_COUNTED = "[个次何点号月岁天分人位年楼路]"  # 几点 asks for no sum
#: Kind, what it stands for, and its words; of two that fit at a place the first counts.
ENTRIES: Final[tuple[tuple[Kind, str, str], ...]] = (
    ("lead", "", r"请问|(?:我)?想(?:问|知道)(?:一下)?|告诉我|你知道|问(?:你|一下)"),
    ("lead", "", r"(?:你|帮我|请|给我|来|那)*(?:计算|[口心]?算(?![术是了]))(?:一[下算]|出|下)?"),
    ("lead", "", r"\b(?:what(?:'s|s| is| are| does)?|how much(?: is| are| does)?)\b"),
    ("lead", "", r"\b(?:tell me|calculate|compute|work out|evaluate)\b"),
    ("lead", "", r"\b(?:can|could|do) you(?: know)?\b"),
    ("ask", "=", r"等[于与於]|=|\b(?:equals?|equal to|makes?|comes? to)\b"),
    ("ask", "", rf"(?:[一总]共)?[是得有为]?(?:多少钱?|几(?!{_COUNTED}))"),
    ("ask", "", rf"(?:还|现在)(?:剩下?|有)(?:几|多少){_UNIT}?"),
    ("ask", "", rf"的?(?:结果|答案)是?|是不是(?:等于)?|是(?=[{CHINESE}负\d])"),
    ("end", "", r"[。！？!?;；\n]+|\.(?=\s|$)"),
    ("remainder", "", r"的?余数|,?(?:商(?:几|多少),?)?余(?:几|多少)?"),
    ("unknown", "", r"(?<=\d):(?=\d)"),  # 8:30, a score
    ("then", "", rf"(?:[以之过]?后|然后|接着|[，,])*再(?={_SIGN})|(?:[以之过]?后|然后|接着)(?={_SIGN})"),
    ("then", "", r"\b(?:and )?then\b|\bafter (?:that|which)\b"),
    ("event", "-", rf"[，,]?(?:后来)?[又再]?[{_GONE}][走掉完出]?去?了?(?={_MANY})"),
    ("event", "+", rf"[，,]?(?:后来)?[又再]?[{_COME}][来到]?了?(?={_MANY})"),
    ("comma", "", r"[，、：:]|,(?!\d{3}(?!\d))"),
    ("whole", "+", r"相加|加起来|合起来|[的之]和"),
    ("whole", "-", r"相减|[的之]差"),
    ("whole", "*", r"相乘|[的之]积"),
    ("whole", "÷", r"相除|[的之]商"),
    ("sum_of", "+", r"\bsum of\b"),
    ("sum_of", "-", r"\bdifference (?:of|between)\b"),
    ("sum_of", "*", r"\bproduct of\b"),
    ("sum_of", "÷", r"\bquotient of\b"),
    ("prefix", "remainder", r"\bremainder of\b"),
    ("sign", "%", r"\bmod(?:ulo)?\b"),
    ("prefix", "root_over", r"(?:二次)?[根跟]号[下里内]"),  # all that follows stands under it
    ("prefix", "root", r"\b(?:square )?root of\b|\bsqrt\b|(?:二次)?[根跟]号|√"),
    ("prefix", "cube_root", r"\bcube root of\b|\bcbrt\b|三次根号|∛"),
    ("prefix", "square", r"\bsquare of\b"),
    ("prefix", "cube", r"\bcube of\b"),
    ("prefix", "double", r"\b(?:double|twice)\b"),
    ("prefix", "triple", r"\btriple\b"),
    ("prefix", "minus", r"负|零下|\bnegative\b"),
    ("postfix", "root", r"的?(?:算术)?平方根|开(?:平方|根号?)|开方"),
    ("postfix", "cube_root", r"的?立方根|开(?:立方|三次方)"),
    ("postfix", "square", r"的?平[方房](?![公千厘毫分]?米)|\bsquared\b|²"),
    ("postfix", "cube", r"的?立方(?![公千厘毫分]?米)|\bcubed\b|³"),
    ("postfix", "ordinal", rf"\b(?:raised )?to the (?P<nth>{_NTH})(?: power)?\b"),
    ("sign", "^", r"\b(?:raised )?to the (?:power(?: of)?\b|(?=minus|negative))|\^|\*\*"),
    ("postfix", "percent", r"[%％]|\bper ?cent\b"),
    ("sign", "with", r"\b(?:with|at)\b(?=[\w\s-]+?(?:[%％]|per ?cent) off\b)"),
    ("sign", "off", r"\boff\b(?: of)?"),
    ("verb", "+", r"\badd(?! to| ed)\b"),
    ("verb", "-", r"\b(?:subtract|take)\b(?! away)"),
    ("verb", "*", r"\bmultiply\b"),
    ("verb", "÷", r"\bdivide\b"),
    ("sign", "+", r"加上|加|[+＋]|\b(?:plus|added to)\b"),
    ("sign", "-", r"减去|减掉|减|[-−–]|\b(?:minus|less|take away)\b"),
    ("sign", "*", r"[乘成承程][以已]|乘上|乘|\b(?:times|multiplied by)\b"),
    ("sign", "*", r"[×✕*·⋅]|(?<=[\d\s)])x(?=\s*[\d(])"),
    ("sign", "÷", r"除以|÷|\b(?:divided by|over)\b|[处触储厨][以已]"),
    ("sign", "/", r"/"),
    ("sign", "into", r"除(?!了|非|外)"),
    ("sign", "÷", r"(?:平均|平)分[给成]"),
    ("sign", "discount", r"(?:元|块钱?)?打完?(?=[一二三四五六七八九\d.]+折)"),
    ("misheard", "+", r"[家架佳嘉]"),
    ("misheard", "-", r"[剪简检捡]"),
    ("misheard", "*", r"[成承程称]"),
    ("fraction", "", r"分[之支只]"),
    ("percent", "", r"百分[之支只]"),
    ("power", "", r"次[方幂]"),
    ("times_as_much", "", r"倍"),
    ("tenths", "", r"折"),
    ("number", "money", rf"(?P<yuan>[{CHINESE}]+|\d+)块(?P<tenth>[一二三四五六七八九]|\d)(?![{CHINESE}\d])"),
    ("filler", "", rf"(?<=[{CHINESE}\d半折])(?:块钱?|元钱?|{_UNIT})(?=$|[^\w]|[加减乘除再等打是先后])"),
    ("filler", "", r"[$¥￥€](?=\d)|\b(?:dollars?|yuan|euros?|pounds?|bucks)\b|原价|先(?=打)"),
    ("number", "part", rf"(?:\b(?P<many>an?|\d+|{ENGLISH})[\s-]+)?\b(?P<part>{_PART})s?\b"),
    ("number", "vulgar", rf"[{VULGAR}]"),
    ("number", "half", r"一?半(?!径|天|年|个?小时|个月)"),
    ("number", "english", rf"{_EN_NUMBER}(?:\s+point(?:\s+(?:{ENGLISH})\b)+)?"),
    ("number", "chinese", _ZH_NUMBER),
    ("number", "digits", rf"{_DIGITS}(?:\s*(?P<scale>{_SCALE}))?"),
    ("of", "的", r"的"),
    ("of", "of", r"\bof\b"),
    ("and", "", r"和|与|跟|又|\band\b"),
    ("by", "", r"\b(?:by|from|to)\b"),
    ("open", "", r"[(（\[]|左括号|\bopen (?:bracket|parenthes[ie]s)\b"),
    ("close", "", r"[)）\]]|右括号|括号[外完]|\bclose (?:bracket|parenthes[ie]s)\b"),
    ("bracket", "", r"括号[里内中]?"),
    ("filler", "", r"\s+|[“”\"「」…]"),
    ("filler", "", r"那么?|[呢啊呀吧嘛哦嗯哈吗请用把将]|一下|的话|这[道个]?题|谢谢"),
    ("filler", "", r"\b(?:please|hey|ok(?:ay)?|so|now|the|a|result|is|are|you|and so|thanks)\b"),
    ("unknown", "", r"[a-z']+|\d+|."),
)  # fmt: skip
#: After these a sum may end, and a sign between numbers stand.
ENDS: Final = frozenset(("number", "postfix", "close", "times_as_much", "power", "whole"))
#: What belongs to a sum itself.
SUMMED: Final = frozenset(
    (
        *("number", "sign", "misheard", "prefix", "postfix", "fraction", "percent", "whole"),
        *("sum_of", "verb", "then", "open", "close", "power", "times_as_much"),
        *("tenths", "remainder", "event"),
    )
)
#: What an operand begins with.
BEGINS: Final = frozenset(("number", "percent", "prefix", "open", "bracket"))
