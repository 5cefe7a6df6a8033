"""The words the rules know, in both languages, as plain tables.

A line is a concept: its name, English words, Chinese words. English words match whole words in
any usual form, Chinese ones anywhere. ``CONCEPTS`` say what a sentence or a tool is about,
``VALUES`` which words mean the same as a value of an enum, ``CITIES`` what is a place.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

Group = tuple[tuple[str, ...], tuple[str, ...]]


def _listed(words: str) -> list[str]:
    return words.split()


def _groups(lines: str) -> dict[str, Group]:
    made = {}
    for line in lines.strip().splitlines():
        name, english, chinese = (part.strip() for part in line.split("|"))
        made[name] = (tuple(english.split(", ")), tuple(chinese.split()))
    return made


CONCEPTS: Final = _groups("""
weather | weather, forecast, rain, snow, umbrella | 天气 气温 下雨 下雪 预报 带伞 冷不冷 热不热
call | call, phone, dial, ring, telephone | 打电话 电话 打个电话 拨打 呼叫 致电 打给 通话 拨号
message | message, text, sms, email, mail, send | 短信 消息 邮件 发给 发送 微信 发个 发一
light | light, lamp, bulb, lighting | 灯 照明 台灯 吊灯
air | air conditioner, ac, thermostat, heating, heater, temperature | 空调 暖气 温度 制冷 制热
curtain | curtain, blind | 窗帘
door | door, lock, unlock | 门 门锁 锁上
device | device, appliance, switch, turn on, turn off | 设备 电器 开关 打开 关闭 关掉
volume | volume, louder, quieter, mute | 音量 声音 静音 大声 小声
time | time, clock | 时间 几点 钟点 时刻
date | date, day, calendar, weekday | 日期 几号 星期几 日历 周几
alarm | alarm, wake | 闹钟 叫醒 叫我 起床
timer | timer, countdown | 倒计时 计时 定时
reminder | remind, reminder, todo, task | 提醒 待办 备忘 任务
schedule | schedule, meeting, appointment, event, calendar | 日程 会议 预约 安排 开会
search | search, find, look up, google, browse, web | 搜索 搜一下 查找 搜 检索 网上
order | order, buy, purchase, cart | 订单 下单 购买 买 点一 点餐 外卖 来一 点两 来两 一杯 两杯 三杯
book | book, reserve, reservation, hotel, ticket | 预订 预定 订票 订房 酒店 机票 车票 订一 订个
translate | translate, translation, translator, how do you say | 翻译 译成 译为 怎么说
music | play, song, music, track, album, playlist, listen | 播放 放一首 歌曲 音乐 听歌 放首 听一 歌
navigate | navigate, route, direction, map, distance | 导航 路线 怎么走 地图 怎么去 带我去 距离 多远
stock | stock, share price, shares, ticker | 股票 股价 行情
currency | exchange, currency, convert, dollars, euros, rate | 汇率 兑换 换算 美元 人民币 欧元
calculate | calculate, compute, calculator, math, sum, equation | 计算 算一下 等于 算式 加法 乘法
news | news, headline, headlines | 新闻 头条
photo | photo, picture, camera, image, snapshot | 照片 拍照 图片 相机
score | score, grade, grades, student, exam | 成绩 分数 学生 考试
dice | dice, die, roll | 骰子 掷
random | random, lottery, draw | 随机 抽签 抽取
note | note, notes, write down, record | 笔记 记一下 记录 记下
flight | flight, flights, fly, plane, airline | 航班 飞机 机票
train | train, trains, railway | 火车 高铁 列车 车次 车票
food | food, restaurant, dish, menu, recipe, cook | 餐厅 菜单 菜谱 吃的 美食 做菜 饭店
plot | plot, draw, chart, graph, figure, curve | 画图 绘图 图表 曲线 画一 画个 绘制
""")

VALUES: Final = _groups("""
on | on, turn on, switch on, open, enable, start | 打开 开启 开 点亮 启动
off | off, turn off, switch off, close, disable, stop, shut | 关闭 关掉 关上 关 停止 停
open | open | 打开 开启 拉开
close | close, closed, shut | 关闭 关上 拉上 关
toggle | toggle | 切换
celsius | celsius, centigrade, c | 摄氏度 摄氏
fahrenheit | fahrenheit, f | 华氏度 华氏
metric | metric | 公制
imperial | imperial | 英制
red | red | 红色 红
orange | orange | 橙色 橙
yellow | yellow | 黄色 黄
green | green | 绿色 绿
blue | blue | 蓝色 蓝
purple | purple, violet | 紫色 紫
pink | pink | 粉色 粉红 粉
white | white | 白色 白
black | black | 黑色 黑
warm | warm | 暖光 暖色 暖
cool | cool, cooling, cold | 制冷 冷风 冷
heat | heat, heating, hot | 制热 加热 热风 热
auto | auto, automatic | 自动
fan | fan | 送风 风扇
dry | dry, dehumidify | 除湿
low | low, lower, weak | 低档 低 弱
medium | medium, middle, mid | 中档 中杯 中等 中
high | high, strong | 高档 高 强
small | small | 小杯 小份 小
large | large, big | 大杯 大份 大
living_room | living room, livingroom, lounge | 客厅
bedroom | bedroom | 卧室
kitchen | kitchen | 厨房
bathroom | bathroom | 浴室 卫生间 洗手间
study | study, office | 书房 办公室
balcony | balcony | 阳台
all | all, every, everything, whole | 所有 全部 全屋
up | up, increase, raise, louder, brighter | 调高 增大 升高 大一点 亮一点 上
down | down, decrease, reduce, quieter, dimmer | 调低 减小 降低 小一点 暗一点 下
left | left | 左
right | right | 右
add | add, plus | 加
subtract | subtract, minus | 减
multiply | multiply, times | 乘
divide | divide, divided | 除
english | english, en | 英语 英文
chinese | chinese, mandarin, zh | 中文 汉语 普通话
japanese | japanese, ja | 日语 日文
korean | korean, ko | 韩语 韩文
french | french, fr | 法语 法文
german | german, de | 德语 德文
spanish | spanish, es | 西班牙语
russian | russian, ru | 俄语 俄文
today | today, now, current | 今天 现在 当前
tomorrow | tomorrow | 明天
male | male, man | 男
female | female, woman | 女
yes | yes, true | 是 对
no | no, false | 不 否
urgent | urgent | 紧急 加急
normal | normal, regular | 普通 正常
hot_drink | hot | 热的 热饮
iced | iced, ice, cold | 冰的 加冰 冰
latte | latte | 拿铁
americano | americano | 美式
cappuccino | cappuccino | 卡布奇诺
""")

LANGUAGES: Final = tuple(_listed("english chinese japanese korean french german spanish russian"))
_PLACES: Final = """
Beijing=北京 Shanghai=上海 Guangzhou=广州 Shenzhen=深圳 Hangzhou=杭州 Nanjing=南京 Chengdu=成都
Chongqing=重庆 Wuhan=武汉 Xi'an=西安 Tianjin=天津 Suzhou=苏州 Qingdao=青岛 Xiamen=厦门
Changsha=长沙 Zhengzhou=郑州 Jinan=济南 Harbin=哈尔滨 Shenyang=沈阳 Dalian=大连 Kunming=昆明
Guiyang=贵阳 Lhasa=拉萨 Urumqi=乌鲁木齐 Lanzhou=兰州 Hefei=合肥 Fuzhou=福州 Nanchang=南昌
Taiyuan=太原 Nanning=南宁 Haikou=海口 Sanya=三亚 Ningbo=宁波 Wuxi=无锡 Macau=澳门 Taipei=台北
Hong_Kong=香港 Tokyo=东京 Osaka=大阪 Seoul=首尔 Singapore=新加坡 Bangkok=曼谷 London=伦敦
Paris=巴黎 Berlin=柏林 Madrid=马德里 Rome=罗马 Moscow=莫斯科 Oslo=奥斯陆 Vienna=维也纳
Sydney=悉尼 Melbourne=墨尔本 Toronto=多伦多 Chicago=芝加哥 Boston=波士顿 Seattle=西雅图
Dubai=迪拜 Cairo=开罗 Delhi=德里 Mumbai=孟买 New_York=纽约 Los_Angeles=洛杉矶
San_Francisco=旧金山
"""
#: Chinese name → English name.
CITIES: Final = {
    chinese: english.replace("_", " ")
    for english, chinese in (pair.split("=") for pair in _listed(_PLACES))
}

_STOPWORDS: Final = frozenset(
    _listed("""
a an the of to in on at for from by with and or is are was be been do does did can could will would
should please me my i you your we us it its this that these those what which who when where how why
some any get gets getting set sets make use used using given current currently user users returns
return tell show give let want need like just about there here if not function tool information
info details name value string specific specified ask asks
""")
)
_DULL: Final = frozenset(
    _listed("""
一个 一下 查询 获取 指定 用户 当前 返回 信息 什么 怎么 可以 我想 帮我 今天 现在 明天 这个 那个
我要 给我 请问 你能 能不 不能 是否 使用 函数 工具 设置 多少 你好 一些 需要 进行 的时 时候 当用
户需 要查 想要 问的 户想
""")
)


def is_chinese(words: str) -> bool:
    """Whether ``words`` are more Chinese than English."""
    chinese = len(re.findall(r"[\u4e00-\u9fff]", words))
    return chinese * 2 > len(re.findall(r"[A-Za-z]+", words))


def words_of(phrase: str) -> frozenset[str]:
    """The English words that carry meaning, without their endings; names are taken apart."""
    apart = re.sub(r"([a-z])([A-Z])", r"\1 \2", phrase).replace("_", " ").replace("-", " ").lower()
    return frozenset(stem(word) for word in re.findall(r"[a-z]+", apart) if word not in _STOPWORDS)


def stem(word: str) -> str:
    """A word without its usual ending."""
    for ending in ("ings", "ing", "ies", "es", "ed", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word.removesuffix("e") if len(word) > 4 else word


def bigrams_of(phrase: str) -> frozenset[str]:
    """Pairs of neighbouring Chinese characters that carry meaning."""
    runs = re.findall(r"[\u4e00-\u9fff]{2,}", phrase)
    return frozenset(run[i : i + 2] for run in runs for i in range(len(run) - 1)) - _DULL


def concepts_of(phrase: str) -> frozenset[str]:
    """What ``phrase`` is about."""
    apart = re.sub(r"([a-z])([A-Z])", r"\1 \2", phrase).replace("_", " ").lower()
    return frozenset(name for name, group in CONCEPTS.items() if find(group, apart))


def find(group: Group, words: str) -> re.Match[str] | None:
    """Where one of a group's words stands in ``words``; the longest counts."""
    return _pattern(group).search(words)


def synonyms(value: str) -> Group | None:
    """The group of words that mean ``value``."""
    plain = value.strip().lower().replace("-", "_").replace(" ", "_")
    spoken = plain.replace("_", " ")
    if plain in VALUES:
        return VALUES[plain]
    for english, chinese in VALUES.values():
        if spoken in english or value.strip() in chinese:
            return english, chinese
    return None


@cache
def _pattern(group: Group) -> re.Pattern[str]:
    english, chinese = group
    forms = [rf"(?<![a-z]){re.escape(word)}(?:s|ed|ing)?(?![a-z])" for word in english]
    return re.compile(
        "|".join(sorted([*map(re.escape, chinese), *forms], key=len, reverse=True)), re.IGNORECASE
    )
