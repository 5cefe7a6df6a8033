"""Characters whose reading their neighbours decide: 三行 and 行走, 我得走 and 走得快.

A rule is a pattern over the whole text, with the characters it is about in parentheses, and how
they are said there; of two that meet, the first holds. What must stand before or after is written
out in it: closed lists, so that a rule is silent where it does not know.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from glmkit.emulator.think.clauses import HAN

_N: Final = r"[零一二两三四五六七八九十百千万\d]"
_EACH: Final = rf"(?:{_N}|[几每半多整各这那哪某另])"
_END: Final = rf"(?=$|[^{HAN}])"
_WHO: Final = "你我他她它您咱谁"
#: What follows 三行, but not 一行人.
_OF_ROWS: Final = "代的字数文诗情里中内首末开就都是有和与或到为以太白注输命程地"
#: What people do, as far as 得 and 地 and 为 ask: a verb's first character.
_DOING: Final = (
    "说讲问答叫喊唱笑哭看听读写画走跑跳爬飞游站坐躺睡吃喝吐做干办搞弄打拍推拉抱拿放给送找买卖"
    "开关进出回来去上下起用学教练想记忘等躲藏换改修检试准休注加努抓赶跟陪帮带"
    "洗穿戴交付花省还写算数量解完提把被让请先快早早多再好小马立继重认相发变点摇挥动工生介讨思"
)
#: What 得 may follow as a particle: 走得快, 高兴得很.
_DONE: Final = (
    "说讲问答叫喊唱笑哭看听读写画走跑跳爬飞游站坐躺睡吃喝做干办搞弄打拍推拉抱拿放送找买卖"
    "开进出回来去上下起用学教想过变穿洗睡长活玩住算数受忍分认猜够抓住完成动赶追演表准备练吓"
    "忙累高兴快慢好坏热冷急气疼痛困饿美多少大小远近亮黑红白静紧松深浅强弱贵激兴伤难乐习"
)

_RULES: Final[tuple[tuple[str, str], ...]] = (
    # 行: a row, where it is counted and what stands there does not walk
    (rf"{_EACH}(行)(?=[{_OF_ROWS}]|一行|{_END})", "hang2"),
    (r"[这那哪](行)(?![为动程人星走得不列])", "hang2"),
    (r"(?<![执运飞银步旅发进实流举通])(行)(?=[数号首尾距宽末间])", "hang2"),
    # 重: once more
    (r"(?<![严沉比尊慎隆体轻加减])(重)(?=[试放载连发采写播传读组构申现逢修返排绘命拍拨设选"
     r"温演印译签审查检登归聚塑蹈整定命复启建绑跑算])", "chong2"),
    (rf"{_EACH}(重)(?![量要大点视力])", "chong2"),
    # 长: to grow, and who presides
    (r"(长)(?=长(?:[了得出起吧好]|$))", "zhang3"),
    (r"(长)(?=[高胖大满成壮]|出[来了]?|得[很真又像好漂快太]|了(?:一|很|不少|许多|几|两|三|颗|出))",
     "zhang3"),
    (r"[行校班部会院厂局市县省村镇店船组团连社站馆园科处首师家区](长)(?![度短途期远久江方条达])",
     "zhang3"),
    # 得: to get; must; and the particle
    (rf"{_N}(得)(?={_N})", "de2"),
    (rf"(?<![{_DONE}])(得)(?=[了过到]?(?:第|冠|亚|季|金|银|铜|奖|病|满|零|高分|低分|感冒|{_N}+分))",
     "de2"),
    (r"(?:^|[，。！？、；,.!?;])(得)(?=了)", "de2"),
    (rf"(?:[{_WHO}们]|大家|自己|[都也还就又总可真必非才且需]|[今明后]天|现在|以后|马上|一定|咱)"
     r"(得)(?![到了出很太的])", "dei3"),
    (rf"(?:^|[，。！？、；,.!?;])(得)(?=[{_DOING}])", "dei3"),
    (rf"(?<![{_DONE}觉记懂晓值显舍免省使])(得)(?=[{_DOING}])(?!多[了的]?{_END})(?!好|快|早|小)",
     "dei3"),
    # 数 and 量: to count and to measure
    (r"(数)(?=[一了不]数|[一二两三四五六七八九十几]+[个下遍]|一下|到[零一二三四五六七八九十百千\d])",
     "shu3"),
    (r"数[一了不](数)", "shu3"),
    (r"(?<![参函变常系次人岁分读整小总指点奇偶正负位基度字行个多少倍])(数)(?=[着了过完清得起]|星星|羊|钱|人数|数字)",
     "shu3"),
    (r"(?<![质数音流力变产销含容能剂存用重])(量)(?=[一了不]量|一下|体温|身高|血压|尺寸|体重|长|宽|高|衣|着|过|完|好)",
     "liang2"),
    (r"量[一了不](量)", "liang2"),
    # 为: for somebody
    (rf"(?<![作成认以因行变称设改视定评列转化更较极尤分])(为)(?=[{_WHO}咱]|大家|人民|人类|祖国|国家|孩子|客户|用户|别人"
     r"|自己|父母|同学|顾客|乘客|观众|病人|爱|和平|此|何|什么|了)", "wei4"),
    (rf"(为)(?=[{HAN}]{{1,6}}(?:服务|准备|提供|祈祷|庆祝|鼓掌|加油|高兴|担心|骄傲|自豪|着想|操心|负责"
     r"|奋斗|做饭|买单|喝彩|祝福|贡献|牺牲))", "wei4"),
    # 只: of animals and things in pairs
    (rf"{_EACH}(只)(?![有是要能会剩不好想可需在用因])", "zhi1"),
    # 卷: a volume, a roll
    (rf"第{_N}+(卷)", "juan4"),
    (rf"[{_N[1:-1]}几这那每](卷)(?![书第])", "juan3"),
    (r"(卷)(?=[起入走了成上心])", "juan3"),
    # others
    (r"(?:[看听想吃睡跑走做受忘免去来买卖拿用动办写说管用大]|得)不(了)(?!解)", "liao3"),
    (r"[看听想吃跑走做受忘去来买拿用动办写说]得(了)", "liao3"),
    (r"睡(着)(?=了|没|[^的]|$)", "zhao2"),
    (r"[找点猜够睡]不(着)", "zhao2"),
    (r"[找点猜够](着)(?=了|$)", "zhao2"),
    (rf"(教)(?=[{_WHO}]|给|会|了|过|得|孩子|学生|大家|英|汉|中文|数学|语文|书)", "jiao1"),
    (rf"(?:[把快没要请该]|.书|.钱)(还)(?=[{_WHO}了])", "huan2"),
    (r"(系)(?=[着好上]|鞋|领带)", "ji4"),
    (r"(分)(?=之)", "fen1"),
)  # fmt: skip
_LAND: Final = re.compile(r"[块片亩这那在]$")  # 这块地
_GOES_ON: Final = re.compile(f"(?![是有的里上下面了已很多少])[{HAN}]")


def is_adverbial(before: str, after: str) -> bool:
    """Whether 地 alone between ``before`` and ``after`` makes an adverb (高兴地说), not land."""
    says_how = re.search(f"[{HAN}]{{2}}$", before) and not _LAND.search(before)
    return bool(says_how and _GOES_ON.match(after))


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), reading) for pattern, reading in _RULES)


def decided(text: str) -> dict[int, str]:
    """Place in ``text`` → the reading that the characters around it call for."""
    found: dict[int, str] = {}
    for pattern, reading in _compiled():
        for match in pattern.finditer(text):
            found.setdefault(match.start(1), reading)
    return found
