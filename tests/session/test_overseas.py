"""``to="zai"``: the service overseas, with its own keys, at its own host."""

from __future__ import annotations

import pytest

import glmkit as glm
from glmkit.aio import _notice, find_address
from glmkit.auth import Key
from glmkit.errors import NoKey
from glmkit.protocol.settings import Settings
from glmkit.session.asyncio_session import Session

OVERSEAS, ITS_OWN, OTHER = "wss://api.z.ai/api/paas/v4/realtime", Key.random(), Key.random()


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch, tmp_path: pytest.TempPathFactory) -> None:
    monkeypatch.chdir(str(tmp_path))
    monkeypatch.delenv("GLMKIT_TO", raising=False)
    monkeypatch.setenv("ZAI_API_KEY", ITS_OWN.reveal())
    monkeypatch.setenv("ZHIPU_API_KEY", OTHER.reveal())


def test_each_platform_is_sent_its_own_key_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where both have one; by name, by GLMKIT_TO and by address. An own address is not overseas."""
    monkeypatch.setenv("ZHIPU_REALTIME_URL", "wss://own.example/x")
    for to in ("zai", OVERSEAS):
        address = find_address(to, None)
        assert (str(address.url), address.credential, address.live) == (OVERSEAS, ITS_OWN, True)
    assert find_address("live", None).credential == OTHER
    assert find_address("live", None).url == "wss://own.example/x"
    monkeypatch.setenv("GLMKIT_TO", "zai")
    assert find_address(None, None).url == OVERSEAS
    for foul in (OVERSEAS.replace("wss", "ws"), "wss://api.z.ai.example/x", "wss://api.z.ai:444/"):
        with pytest.raises(NoKey):
            find_address(foul, None)


def test_without_a_key_its_own_page_and_name_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not those of the other platform."""
    monkeypatch.delenv("ZAI_API_KEY")
    assert find_address("zai", None).credential == OTHER
    monkeypatch.delenv("ZHIPU_API_KEY")
    with pytest.raises(NoKey, match=r"ZAI_API_KEY, ZHIPU.*z\.ai/manage-apikey"):
        glm.connect("zai")


@pytest.mark.parametrize(("lang", "said"), [("en", "not tried"), ("zh", "未实测")])
async def test_that_it_was_never_tried_is_said_before_the_first_word(
    monkeypatch: pytest.MonkeyPatch, lang: str, said: str
) -> None:
    """The one line that a person reads says so; that of the documented address does not."""
    monkeypatch.setenv("GLMKIT_LANG", lang)
    lines = [
        _notice(Session(find_address(to, None), Settings()), asked=to) for to in ("zai", "live")
    ]
    assert [said in str(line) for line in lines] == [True, False]


def test_the_price_of_a_model_that_is_not_in_the_table_is_said_to_be_another_ones() -> None:
    """Before the first word; of one that is, nothing is added."""
    known, unknown = (
        _notice(Session(find_address("live", None), Settings(model=model)), asked="live")
        for model in ("glm-realtime-flash", "glm-realtime-plus")
    )
    assert "No price" not in str(known)
    assert "No price of 'glm-realtime-plus' is known: reckoned as glm-realtime-air" in str(unknown)
