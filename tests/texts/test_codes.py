"""What a person who has just got an error code is told: whose matter it is, where to look, what to
do; in both languages."""

from __future__ import annotations

import re

import pytest

from glmkit.protocol.event_kinds import meaning
from glmkit.session.line_errors import FATAL
from glmkit.texts import text
from glmkit.texts.codes import TEXTS
from tests.listed import check_each

#: What the service's list and the people who met it have.
KNOWN = (
    *(1000, 1001, 1002, 1003, 1004, 1005, 1100, 1110, 1111, 1112, 1113, 1120, 1121),
    *(1200, 1210, 1211, 1212, 1213, 1214, 1215, 1220, 1221, 1222, 1230, 1231, 1234, 1261),
    *range(1300, 1306),
    *range(1308, 1322),
    *("401", "429", "500", "503", "422", "model_not_found", "rate_limit_error", "invalid_event"),
    *("downstream_reconnect_exceeded", "model_query_error", "audio_buffer_size_exceeded"),
)
_MONEY = r"finance-center/finance/overview"
_LIMITS = r"proj-mgmt/rate-limits"

#: Code, and what is said of it, in this order.
ORDER = [
    (
        1113,
        rf"no balance.*no package.*Trying again is no help.*1\. .*plan is no balance.*2\. .*z\.ai"
        rf".*3\. .*no plan.*package-mgmt.*4\. .*glm-realtime-flash.*5\. .*{_MONEY}.*settings/auth",
        rf"没有余额.*资源包.*重试无效.*1\..*套餐不等于余额.*2\..*z\.ai.*3\..*package-mgmt"
        rf".*4\..*glm-realtime-flash.*5\..*{_MONEY}.*实名认证（\S*settings/auth",
    ),
    *(
        (
            code,
            rf"flash.*air.*plus.*not glm-realtime.*{_LIMITS}.*doctor",
            rf"flash.*air.*plus.*不要用 glm-realtime.*{_LIMITS}.*doctor",
        )
        for code in (1211, "model_not_found")
    ),
    (1220, rf"1\. .*flash.*2\. .*{_LIMITS}.*3\. .*auth", rf"1\..*flash.*2\..*{_LIMITS}.*3\..*实名"),
    (
        1302,
        rf"5, 10, 15 or 20.*V0, V1, V2 or V3.*{_LIMITS}.*user-rights.*fewer",
        rf"5、10、15 或 20.*V0 至 V3.*{_LIMITS}.*user-rights.*更少",
    ),
    (1305, "no matter of your account.*wait", "与你的账户无关.*稍后"),
    *(
        (code, rf"quota is used up.*Coding Plan.*{_MONEY}", rf"额度已用完.*编程套餐.*{_MONEY}")
        for code in (1308, 1310, *range(1316, 1322))
    ),
    *(
        (code, f"Coding Plan.*{_MONEY}", f"套餐.*{_MONEY}")
        for code in (1309, 1311, 1313, 1314, 1315)
    ),
    (1234, r"\?model=.*plus.*leave \?model= out", r"\?model=.*plus.*去掉 \?model="),
]


@pytest.fixture(params=["en", "zh"])
def lang(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("GLMKIT_LANG", request.param)
    return str(request.param)


def test_every_code_of_the_services_list_is_explained_with_what_to_do(lang: str) -> None:
    """None is without a sentence, and each has something to do or to look at."""

    def check(code: object) -> None:
        words = meaning(code)
        assert words != text("codes.unknown")
        cure = "[：，。；]" if lang == "zh" else "[:,;] "
        assert re.search(cure, words), words

    check_each(check, [(code,) for code in KNOWN])


def test_causes_stand_in_the_order_in_which_to_try_them(lang: str) -> None:
    """A plan is no balance, a package is no plan, and the console's page is named."""

    def check(code: object, english: str, chinese: str) -> None:
        assert re.search(chinese if lang == "zh" else english, meaning(code)), meaning(code)

    check_each(check, ORDER)


def test_only_what_waiting_helps_is_said_to_wait() -> None:
    """A code after which nothing comes until somebody has done something does not say to wait."""

    def check(code: str) -> None:
        assert not re.search(r"wait|try again(?! (tomorrow|shortly))", TEXTS[f"codes.{code}"][0])

    ends = FATAL - {"401", "1234", "downstream_reconnect_exceeded"}
    check_each(check, [(code,) for code in sorted(ends)])


def test_a_class_explains_its_own_codes() -> None:
    """Nobody is sent to the service's list for what the class has decided."""

    def check(code: str, begin: str) -> None:
        assert meaning(code).startswith(begin)
        assert "bigmodel" not in meaning(code)

    rule, again = "this is a rule of the class", "the seat was connected once more"
    check_each(check, [("class_stopped", rule), ("class_x", rule), ("class_elsewhere", again)])
