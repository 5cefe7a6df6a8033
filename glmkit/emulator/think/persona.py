"""What a session's instructions and its user asked for so far: a name, a language, brevity.

Nothing is stored: it is read again each time from the instructions and from what was said, so
an item that was deleted is forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol

Lang = Literal["zh", "en"]


class Said(Protocol):
    """One item of the conversation: who, the words, and the function's name for calls."""

    @property
    def role(self) -> str:
        """user, assistant, system, call or output."""

    @property
    def words(self) -> str | None:
        """What was said, or a call's arguments, or an output."""

    @property
    def name(self) -> str:
        """The function of a call or an output."""


@dataclass(frozen=True, slots=True)
class SaidLine:
    """A plain ``Said``."""

    role: str
    words: str | None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Persona:
    """Who the dialogue is to be, and how it is to speak."""

    name: str | None = None
    lang: Lang | None = None
    brief: bool = False
    user_name: str | None = None
    code_word: str | None = None


#: Who speaks with the model, as instructions may call them.
CALLER: Final = (
    r"(?:\b(?:user|caller|customer|client|student|learner|pupil|person|human|guest)\b"
    r"|用户|对方|来电者|客户|顾客|学生|同学|学员|客人|使用者)"
)
_SPEAK = re.compile(
    r"(?:(?:[说讲用]回?|换[成回]|切换(?:到|成)|改(?:用|说)|回到)(?P<zh>英语|英文|中文|汉语|普通话))"
    r"|\b(?:speak|switch(?: back)? to|(?:answer|reply|respond|talk)(?: \w+){0,3} in|use|only|in)\s+"
    r"(?P<en>english|chinese|mandarin)\b",
    re.IGNORECASE,
)
_NOT_SPEAK = re.compile(
    r"翻译|怎么说|会不会说|[会能]说|do you speak|translate|how do you say|\bsay\b.{1,100}?\bin\b",
    re.IGNORECASE,
)
_BRIEF = re.compile(
    r"简短|简洁|简明|短一?[点些]|别(?:太)?啰嗦|一句话|言简意赅|精简"
    r"|\b(?:be|more|very) (?:brief|concise|short)|\bbrief(?:ly)?\b|\bconcise(?:ly)?\b"
    r"|short answers|keep it short|one sentence",
    re.IGNORECASE,
)
_ZH_NAME = re.compile(
    r"(?:你(?:的名字|以后|就|以后就)?叫做?|叫你|你名叫|名字(?:是|叫做?)|名为|扮演)(?P<a>[\u4e00-\u9fffA-Za-z·]{1,10}?)(?=[，。,.；;！!、吧了\s]|$)"
    r"|你是(?P<b>(?!一)[\u4e00-\u9fffA-Za-z·]{2,6}?)(?=[，。,.；;！!\s]|$)"
)
_EN_NAME = re.compile(
    r"\b(?:[Yy]our name is|(?:you are|you're) (?:called|named)|named|called)\s+"
    r"(?P<a>[A-Z][\w'-]*|[a-z]{2,12}\b)"
    r"|\b(?:You are|you are|You're) (?P<b>[A-Z][\w'-]+)"
)
_NOT_NAMES: Final = re.compile(
    r"的|助手|专家|老师|模型|客服|机器人|真人|人类|什么|谁|一个|^[别不]|[吗么呢吧]$"
    r"|^(?:A|An|The|In|On|At|GLM)$"
)
_NO_NAME = (  # 叫我起床, 我叫了车, "call me tomorrow"
    r"(?!什么|啥|[了你他她它]|起床|醒|一声|吃|去|来|上[班学])"
)
_NOT_ME = (
    r"(?!(?:at|in|on|by|if|to|a|an|the|it|this|tomorrow|today|tonight|back|later|when|once|now|again"
    r"|soon|after|before|every|maybe|please)\b)"
)
_MY_NAME = re.compile(
    r"(?:(?<!你)我叫|我的名字(?:是|叫)|(?:^|[，。,.！!\s]|请|以|就|都)叫我)"
    rf"(?P<zh>{_NO_NAME}[\u4e00-\u9fffA-Za-z·]{{1,8}}?)(?=[，。,.！!吧”」』\"\s]|$)"
    rf"|\b(?:my name is|my name's|i am called|call me)\s+{_NOT_ME}(?P<en>[A-Za-z][\w'-]*)",
    re.IGNORECASE,
)
_THEIR_NAME = re.compile(  # as instructions tell it
    rf"(?:{CALLER}|[他她])的?(?:(?:名字|姓名|称呼)(?:是|叫做?|为|[:：])|名叫|自称|叫做?)[“「\"]?"
    r"(?P<zh>[\u4e00-\u9fffA-Za-z·]{1,8}?)(?=[，。,.；;！!、”」\"\s]|$)"
    r"|(?:和|跟|与)(?P<with>(?!用户|对方|客|学)[\u4e00-\u9fffA-Za-z·]{1,8}?)(?:通话|说话|对话|聊天)"
    rf"|(?:(?i:{CALLER})(?:['’]s)?|\b(?:[Tt]heir|[Hh]is|[Hh]er|[Ww]hose|[Ss]he|[Hh]e))\s+"
    r"(?:(?:first |full )?name(?:\s+(?:is|was)|\s*:)|(?:(?:is|was) )?(?:called|named)|goes by"
    r"|introduced \w+ as)\s+[“\"]?(?P<en>[A-Z][\w'-]*)"
    r"|\b(?:talk|speak)(?:ing)? (?:to|with)\s+(?P<to>[A-Z][\w'-]*)"
)
_CODE_WORD = re.compile(
    r"(?:暗号|口令|密码|暗语)(?:是|为|叫|[:：])\s*[“「\"]?(?!什么|啥|多少)"
    r"(?P<zh>[^\s，。,.；;！!?？”」\"]{1,20})"
    r"|\b(?:code ?word|password|secret word)(?: is| was|:)\s+[“\"]?(?P<en>[\w-]{1,30})",
    re.IGNORECASE,
)
_TO_BE_SAID = re.compile(
    r"\b(?:introduce|say|greet|answer|begin|start|open)\b|介绍|开场|自称|回答", re.IGNORECASE
)


def read_persona(instructions: str, history: Sequence[Said], now_said: str = "") -> Persona:
    """The persona the instructions and the user's words so far, the newest last, ask for.

    Brevity only by instructions: 短一点 may be about one story."""
    said = [line.words or "" for line in history if line.role in ("user", "system")]
    system = [line.words or "" for line in history if line.role == "system"]
    spoken = [instructions, *said, now_said]
    own = [_THEIR_NAME.sub("", instructions), *spoken[1:]]  # what names the dialogue itself
    return Persona(
        name=next((name for words in reversed(own) if (name := given_name(words))), None),
        lang=next((lang for words in reversed(spoken) if (lang := language_asked(words))), None),
        brief=any(map(asks_brevity, (instructions, *system))),
        user_name=next(
            (name for words in reversed(spoken[1:]) if (name := user_name(words))),
            _told_name(instructions),
        ),
        code_word=next((word for words in reversed(spoken) if (word := _code_word(words))), None),
    )


def language_asked(words: str) -> Lang | None:
    """The language these words ask to be answered in."""
    if _NOT_SPEAK.search(words):
        return None
    for match in reversed(list(_SPEAK.finditer(words))):
        if (match["en"] or match["zh"]).lower() in {"english", "英语", "英文"}:
            return "en"
        return "zh"
    return None


def asks_brevity(words: str) -> bool:
    """Whether these words ask for short answers."""
    return bool(_BRIEF.search(words))


def given_name(words: str) -> str | None:
    """The name these words give to the dialogue."""
    for pattern in (_ZH_NAME, _EN_NAME):
        for match in pattern.finditer(words):
            name = match["a"] or match["b"]
            if not _NOT_NAMES.search(name):
                return name if name[0].isupper() or not name.isascii() else name.title()
    return None


def user_name(words: str) -> str | None:
    """The name these words give to the user."""
    match = _MY_NAME.search(words)
    return (match["zh"] or match["en"].title()) if match else None


def _code_word(words: str) -> str | None:
    """The word these words agree upon."""
    match = _CODE_WORD.search(words)
    return next(word for word in match.groups() if word) if match else None


def _told_name(instructions: str) -> str | None:
    """The user's name as instructions tell it, or quote it without a word who said so."""
    if told := list(_THEIR_NAME.finditer(instructions)):
        return next(name for name in told[-1].groups() if name)
    sentences = re.split(r"[.!?。！？\n]", instructions)
    names = (user_name(each) for each in sentences if not _TO_BE_SAID.search(each))
    return next(filter(None, names), None)
