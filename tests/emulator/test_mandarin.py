"""How Mandarin is said: a text's syllables, each with the tone it has there, and their phonemes."""

from __future__ import annotations

import pickle

import pytest

import glmkit as glm
from glmkit.emulator.speak import mandarin
from glmkit.emulator.speak.kokoro import symbols
from glmkit.errors import BadArgument
from tests.listed import check_each

#: Texts and their numbered pinyin as said, punctuation left out.
SAID = """
    # 一 and 不
    不是 bu2 shi4 / 不行 bu4 xing2 / 不要 bu2 yao4 / 不会 bu2 hui4 / 不对 bu2 dui4
    不用 bu2 yong4 / 不一样 bu4 yi2 yang4 / 一个 yi2 ge4 / 一天 yi4 tian1 / 一起 yi4 qi3
    一定 yi2 ding4 / 一样 yi2 yang4 / 一直 yi4 zhi2 / 一年 yi4 nian2 / 一百 yi4 bai3
    第一 di4 yi1 / 第一次 di4 yi1 ci4 / 十一 shi2 yi1 / 二十一个 er4 shi2 yi1 ge4 / 一月 yi1 yue4
    一号 yi1 hao4 / 星期一 xing1 qi1 yi1 / 星期一上午 xing1 qi1 yi1 shang4 wu3 / 周一 zhou1 yi1
    统一 tong3 yi1 / 万一 wan4 yi1 / 唯一的 wei2 yi1 de5 / 百分之一 bai3 fen1 zhi1 yi1
    一一得一 yi1 yi1 de2 yi1 / 三七二十一 san1 qi1 er4 shi2 yi1
    从一数到十 cong2 yi1 shu3 dao4 shi2 / 下午一点 xia4 wu3 yi1 dian3 / 一点儿 yi4 dianr3
    看一看 kan4 yi5 kan4 / 试一试 shi4 yi5 shi4 / 好不好 hao3 bu5 hao3 / 去不去 qu4 bu5 qu4
    是不是 shi4 bu5 shi4 / 能不能 neng2 bu5 neng2 / 喜不喜欢 xi3 bu5 xi3 huan5
    看不见 kan4 bu5 jian4 / 听不懂 ting1 bu5 dong3 / 对不起 dui4 bu5 qi3 / 差不多 cha4 bu5 duo1
    一行一行地读 yi4 hang2 yi4 hang2 de5 du2 / 一会儿 yi2 huir4 / 同一个 tong2 yi2 ge4
    # 行
    银行 yin2 hang2 / 银行行长 yin2 hang2 hang2 zhang3 / 行走 xing2 zou3 / 进行 jin4 xing2
    三行代码 san1 hang2 dai4 ma3 / 第三行 di4 san1 hang2 / 这一行字 zhe4 yi4 hang2 zi4
    两行 liang3 hang2 / 每行 mei3 hang2 / 行数 hang2 shu4 / 首行 shou3 hang2 / 空行 kong4 hang2
    跳过空行 tiao4 guo4 kong4 hang2 / 多行文本 duo1 hang2 wen2 ben3 / 最后一行 zui4 hou4 yi4 hang2
    运行第三行代码 yun4 xing2 di4 san1 hang2 dai4 ma3 / 逐行读取 zhu2 xing2 du2 qu3
    各行各业 ge4 hang2 ge4 ye4 / 排行榜 pai2 hang2 bang3 / 换行 huan4 hang2 / 行业 hang2 ye4
    行李 xing2 li5 / 自行车 zi4 xing2 che1 / 行人 xing2 ren2 / 飞行 fei1 xing2 / 执行 zhi2 xing2
    旅行社 lv3 xing2 she4 / 一行白鹭上青天 yi4 hang2 bai2 lu4 shang4 qing1 tian1
    他行吗 ta1 xing2 ma5
    银行里有五行字 yin2 hang2 li5 you2 wu3 hang2 zi4
    我读了两行就困了 wo3 du2 le5 liang3 hang2 jiu4 kun4 le5
    # 重
    重要 zhong4 yao4 / 重庆 chong2 qing4 / 重新 chong2 xin1 / 重复 chong2 fu4 / 重启 chong2 qi3
    重建 chong2 jian4 / 重试 chong2 shi4 / 重放 chong2 fang4 / 重载 chong2 zai4
    重连 chong2 lian2 / 重发 chong2 fa1 / 重采样 chong2 cai3 yang4 / 重写 chong2 xie3
    重置密码 chong2 zhi4 mi4 ma3 / 重定向 chong2 ding4 xiang4 / 重命名 chong2 ming4 ming2
    双重保险 shuang1 chong2 bao2 xian3 / 体重 ti3 zhong4 / 重点 zhong4 dian3 / 严重 yan2 zhong4
    尊重 zun1 zhong4 / 重重地 zhong4 zhong4 de5
    # 长
    长大 zhang3 da4 / 长度 chang2 du4 / 校长 xiao4 zhang3 / 队长 dui4 zhang3 / 很长 hen3 chang2
    时间长了 shi2 jian1 chang2 le5 / 头发长长了 tou2 fa5 zhang3 chang2 le5
    他长高了 ta1 zhang3 gao1 le5 / 长得漂亮 zhang3 de5 piao4 liang5 / 部长 bu4 zhang3
    增长 zeng1 zhang3 / 特长 te4 chang2 / 长城 chang2 cheng2
    # 得
    我得走了 wo2 dei2 zou3 le5 / 你得小心 ni2 dei2 xiao3 xin1
    咱们得抓紧 zan2 men5 dei3 zhua1 jin3 / 明天得早起 ming2 tian1 dei3 zao2 qi3
    这件事得办 zhe4 jian4 shi4 dei3 ban4 / 必须得做 bi4 xu1 dei3 zuo4
    得了第一名 de2 le5 di4 yi1 ming2 / 他得了病 ta1 de2 le5 bing4 / 得到 de2 dao4
    得一百分 de2 yi4 bai3 fen1 / 跑得快 pao3 de5 kuai4 / 他说得很对 ta1 shuo1 de5 hen3 dui4
    画得好 hua4 de5 hao3 / 高兴得跳起来 gao1 xing4 de5 tiao4 qi3 lai2 / 觉得 jue2 de5
    来得及 lai2 de5 ji2 / 做得到 zuo4 de5 dao4 / 不得不走 bu4 de2 bu4 zou3
    得天独厚 de2 tian1 du2 hou4 / 还得 hai2 dei3 / 得了吧 de2 le5 ba5
    # 数 量
    数一数 shu3 yi5 shu3 / 再数三个数 zai4 shu3 san1 ge4 shu4 / 数了数 shu3 le5 shu3
    数到十 shu3 dao4 shi2 / 数不清 shu3 bu5 qing1 / 数星星 shu3 xing1 xing5 / 数学 shu4 xue2
    参数一 can1 shu4 yi1 / 次数 ci4 shu4 / 数据 shu4 ju4 / 量一量 liang2 yi5 liang2
    量体温 liang2 ti3 wen1 / 用尺子量长度 yong4 chi3 zi5 liang2 chang2 du4 / 质量 zhi4 liang4
    音量 yin1 liang4 / 商量 shang1 liang5 / 倒数第一 dao4 shu3 di4 yi1
    # 为 只 卷
    为人民服务 wei4 ren2 min2 fu2 wu4 / 为什么 wei4 shen2 me5 / 为了 wei4 le5 / 为你 wei4 ni3
    为大家唱歌 wei4 da4 jia1 chang4 ge1 / 为孩子做饭 wei4 hai2 zi5 zuo4 fan4 / 认为 ren4 wei2
    成为你 cheng2 wei2 ni3 / 分为三类 fen1 wei2 san1 lei4 / 作为 zuo4 wei2 / 因为 yin1 wei4
    两只手 liang3 zhi1 shou3 / 一只猫 yi4 zhi1 mao1 / 这只鸟 zhe4 zhi1 niao3
    这只是开始 zhe4 zhi3 shi4 kai1 shi3 / 只有 zhi2 you3 / 只要 zhi3 yao4 / 船只 chuan2 zhi1
    一百只羊 yi4 bai3 zhi1 yang2 / 一卷纸 yi4 juan2 zhi3 / 第一卷 di4 yi1 juan4 / 试卷 shi4 juan4
    卷起来 juan2 qi3 lai2 / 花卷 hua1 juan3
    # 地
    高兴地说 gao1 xing4 de5 shuo1 / 认真地学习 ren4 zhen1 de5 xue2 xi2
    飞快地跑 fei1 kuai4 de5 pao3 / 慢慢地走 man4 man4 de5 zou3 / 大声地喊 da4 sheng1 de5 han3
    努力地工作 nu3 li4 de5 gong1 zuo4 / 重重地关门 zhong4 zhong4 de5 guan1 men2
    土地很大 tu3 di4 hen3 da4 / 这块地很大 zhe4 kuai4 di4 hen3 da4 / 地方 di4 fang5
    北京地铁 bei3 jing1 di4 tie3
    # 还 了 着 others
    还是 hai2 shi5 / 还书 huan2 shu1 / 还没 hai2 mei2 / 了解 liao2 jie3 / 受不了 shou4 bu5 liao3
    吃得了 chi1 de5 liao3 / 睡着了 shui4 zhao2 le5 / 睡不着 shui4 bu5 zhao2 / 看着我 kan4 zhe5 wo3
    着急 zhao2 ji2 / 沿着 yan2 zhe5 / 音乐 yin1 yue4 / 快乐 kuai4 le4 / 角色 jue2 se4
    会计 kuai4 ji4 / 暖和 nuan3 huo5 / 正月 zheng1 yue4 / 结实 jie1 shi5 / 东西 dong1 xi5
    东西南北 dong1 xi1 nan2 bei3 / 都来了 dou1 lai2 le5 / 首都 shou3 du1 / 一切 yi2 qie4
    切换 qie1 huan4 / 干净 gan1 jing5 / 干什么 gan4 shen2 me5 / 调整 tiao2 zheng3
    声调 sheng1 diao4 / 调用 diao4 yong4 / 空格 kong4 ge2 / 有空 you3 kong4 / 种子 zhong3 zi5
    种树 zhong4 shu4 / 便宜 pian2 yi5 / 方便 fang1 bian4 / 目的 mu4 di4 / 的确 di2 que4
    教室 jiao4 shi4 / 教我说 jiao1 wo3 shuo1 / 老师教得好 lao3 shi1 jiao1 de5 hao3
    应该 ying1 gai1 / 应用 ying4 yong4
    中间 zhong1 jian1 / 中奖 zhong4 jiang3 / 朝阳 chao2 yang2 / 头发 tou2 fa5 / 照片 zhao4 pian4
    # 子 头 儿
    电子 dian4 zi3 / 原子 yuan2 zi3 / 分子 fen1 zi3 / 孔子 kong2 zi3 / 量子 liang4 zi3
    知识分子 zhi1 shi5 fen4 zi3 / 桌子 zhuo1 zi5 / 孩子 hai2 zi5 / 男子 nan2 zi3 / 女子 nv2 zi3
    石头 shi2 tou5 / 木头 mu4 tou5 / 馒头 man2 tou5 / 里头 li3 tou5 / 镜头 jing4 tou2
    点头 dian3 tou2 / 哪儿 nar3 / 这儿 zher4 / 事儿 shir4 / 玩儿 wanr2 / 花儿 huar1
    老头儿 lao3 tour2 / 小孩儿 xiao3 hair2 / 味儿 weir4 / 女儿 nv3 er2 / 儿子 er2 zi5
    儿童 er2 tong2 / 幼儿园 you4 er2 yuan2
    # neutral
    桌上 zhuo1 shang5 / 路上 lu4 shang5 / 网上 wang3 shang5 / 身上 shen1 shang5
    世界上 shi4 jie4 shang5 / 上网 shang4 wang3 / 家里 jia1 li5 / 屋里 wu1 li5 / 心里 xin1 li5
    公里 gong1 li3 / 叔叔 shu1 shu5 / 妈妈 ma1 ma5 / 姐姐 jie3 jie5 / 研究研究 yan2 jiu5 yan2 jiu5
    休息休息 xiu1 xi5 xiu1 xi5 / 看看 kan4 kan5 / 想想 xiang2 xiang5 / 试试 shi4 shi5
    小姐 xiao2 jie5 / 哪里 na2 li5 / 我们 wo3 men5 / 朋友 peng2 you5 / 知道 zhi1 dao5
    什么 shen2 me5 / 讲个笑话 jiang3 ge5 xiao4 hua5 / 这边 zhe4 bian5 / 漂亮 piao4 liang5
    晚上 wan3 shang5 / 认识 ren4 shi5
    # third tones
    你好 ni2 hao3 / 可以 ke2 yi3 / 请你给我五百把雨伞 qing2 ni3 gei2 wo3 wu2 bai2 ba3 yu2 san3
    我想买水果 wo2 xiang2 mai3 shui2 guo3 / 我很好 wo3 hen2 hao3 / 小老虎 xiao3 lao2 hu3
    展览馆 zhan2 lan2 guan3 / 演讲稿 yan2 jiang2 gao3 / 老李买好酒 lao2 li2 mai3 hao2 jiu3
    我可以走了 wo3 ke2 yi2 zou3 le5
    你可以给我两把雨伞吗 ni3 ke2 yi3 gei2 wo3 liang2 ba3 yu2 san3 ma5
    我也想买几把雨伞 wo2 ye3 xiang2 mai3 ji2 ba3 yu2 san3 / 老虎很勇敢 lao2 hu2 hen3 yong2 gan3
    我有九百九十九本语法手册 wo2 you3 jiu2 bai2 jiu3 shi2 jiu2 ben3 yu2 fa2 shou3 ce4
    北海管理所 bei2 hai3 guan2 li2 suo3 / 请你早点起 qing2 ni3 zao2 dian2 qi3
    三千五百五十五 san1 qian1 wu2 bai2 wu3 shi2 wu3 / 五把雨伞 wu2 ba3 yu2 san3
    你好，我很好 ni2 hao3 wo3 hen2 hao3 / 哪儿有雨伞 nar2 you3 yu2 san3
"""


@pytest.mark.slow
def test_texts_are_read_as_they_are_said() -> None:
    """Several readings, sandhi in feet, neutral tones, r-coloured finals."""
    rows = [line.strip() for line in SAID.splitlines() if not line.strip().startswith("#")]
    entries = [entry for row in rows for entry in row.split(" / ") if entry]
    check_each(_is_said, [tuple(entry.split(" ", 1)) for entry in entries])
    assert len(entries) > 250


def _is_said(text: str, expected: str) -> None:
    said = " ".join(mandarin.pinyin(text))
    assert said == expected, said


def test_pronounce_shows_syllables_with_their_tones() -> None:
    """Each with the tone it is written with, too; what is not Chinese as itself."""
    said = glm.pronounce("你好，哪儿用 Python 3.11？")
    assert repr(said) == "ní hǎo， nǎr yòng Python 3.11？"
    assert [each.text for each in said] == ["你", "好", "，", "哪儿", "用", "Python", "3.11", "？"]
    assert [each.tone for each in said] == [2, 3, None, 3, 4, None, None, None]
    assert [each.written_tone for each in said][:4] == [3, 3, None, 3]
    assert repr(glm.pronounce("银行行长", lang="zh")) == "yín háng háng zhǎng"
    assert [each.pinyin for each in glm.pronounce("绿女月们")] == ["lǜ", "nǚ", "yuè", "men"]
    assert glm.pronounce(" ") == ()
    assert pickle.loads(pickle.dumps(said)) == said


@pytest.mark.parametrize("wrong", [b"\xe4", None, ["你好"]])
def test_pronounce_wants_a_text(wrong: object) -> None:
    """What was given instead is said, and another language is refused."""
    with pytest.raises(BadArgument, match=type(wrong).__name__):
        glm.pronounce(wrong)  # type: ignore[arg-type]
    with pytest.raises(BadArgument, match="'en'"):
        glm.pronounce("hello", lang="en")  # type: ignore[arg-type]


@pytest.mark.slow
def test_every_syllable_has_phonemes_the_model_knows() -> None:
    """No syllable of Mandarin is lost on the way to the model, r-coloured ones included."""
    from pypinyin.constants import PINYIN_DICT

    known = set(symbols())
    for character in list(PINYIN_DICT)[:20000:7]:
        for text in (chr(character), f"{chr(character)}儿"):
            for numbered in mandarin.pinyin(text):
                said = mandarin.syllable(numbered)
                assert said, numbered
                assert set(said) <= known, numbered


def test_what_a_text_holds_is_no_sign_of_the_model() -> None:
    """Tone arrows and letters of its alphabet in a text are not spoken."""
    assert mandarin.phonemes("你→好ʰ！") == mandarin.phonemes("你 好！").replace(" ", "")


def test_an_r_is_part_of_its_syllable() -> None:
    """It takes the place of what ends the syllable, and has no tone of its own."""
    assert mandarin.phonemes("一点儿") == "i↘tja↓ɚ"
    assert mandarin.phonemes("事儿") == "ʂɚ↘"
