"""Keys are found in order, and go only where they may."""

from __future__ import annotations

from pathlib import Path

import pytest

from glmkit.auth import Key, Token, make_token
from glmkit.auth.key_prompt import use_key
from glmkit.auth.key_search import Found, find_key, forget_key, keys_in, need_key, official
from glmkit.auth.masking import Secret
from glmkit.errors import BadKey, NoKey

PLAIN = "0a1b2c3d4e5f60718293a4b5c6d7e8f9.Sx7Kq0Lm3Nv9Rt2W"
LIVE = "wss://open.bigmodel.cn/api/paas/v4/realtime"


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No key anywhere, and a folder of its own."""
    names = ("ZHIPU_API_KEY", "ZHIPUAI_API_KEY", "ZAI_API_KEY", "ZHIPU_REALTIME_URL", "GLMKIT_TO")
    for name in names:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GLMKIT_LANG", "en")
    monkeypatch.chdir(tmp_path)
    forget_key()


def test_notes_in_a_class_list_are_no_keys(tmp_path: Path) -> None:
    """A teacher writes down whose key is whose."""
    path = tmp_path / "keys.txt"
    path.write_text("# class 7b\nid1.secret1  # Li Lei\n\nid2.secret2\n", encoding="utf-8")
    assert [key.reveal() for key in keys_in(path)] == ["id1.secret1", "id2.secret2"]


def write_env(key: Key | str) -> None:
    """A .env in the current folder."""
    plain = Secret.of(key).reveal()
    Path(".env").write_text(f"ZHIPU_API_KEY={plain}\n", encoding="utf-8")


def test_places_are_tried_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argument, use_key(), three variables, .env: the first one set counts."""
    keys = [Key.random() for _ in range(6)]
    assert find_key(dotenv=False) is None
    write_env(keys[5])
    assert find_key() == Found(keys[5], str(Path.cwd() / ".env"))
    for name, key in zip(
        ("ZAI_API_KEY", "ZHIPUAI_API_KEY", "ZHIPU_API_KEY"), keys[2:], strict=False
    ):
        monkeypatch.setenv(name, key.reveal())
        assert find_key() == Found(key, name)
    use_key(keys[1])
    assert find_key() == Found(keys[1], "use_key()")
    assert find_key(keys[0]) == Found(keys[0], "api_key=")
    forget_key()
    assert find_key() == Found(keys[4], "ZHIPU_API_KEY")


def test_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable set to nothing doesn't hide the next place."""
    monkeypatch.setenv("ZHIPU_API_KEY", " ")
    monkeypatch.setenv("ZAI_API_KEY", PLAIN)
    assert find_key() == Found(Key(PLAIN), "ZAI_API_KEY")


def test_env_file_is_left_alone_for_the_emulator(monkeypatch: pytest.MonkeyPatch) -> None:
    """GLMKIT_TO=emulator and dotenv=False both ignore .env."""
    write_env(PLAIN)
    assert find_key(dotenv=False) is None
    monkeypatch.setenv("GLMKIT_TO", "emulator")
    assert find_key() is None
    assert find_key(dotenv=True) is not None


def test_bad_key_names_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that cannot be one is an error that says where it stands, not what it is."""
    monkeypatch.setenv("ZHIPU_API_KEY", f"'{PLAIN}'")
    with pytest.raises(BadKey, match="key in ZHIPU_API_KEY: there are quotation marks") as caught:
        find_key()
    assert PLAIN[-16:] not in str(caught.value)
    assert caught.value.__suppress_context__


def test_unedited_example_is_noticed() -> None:
    """A copy of .env.example that nobody filled in is named as such."""
    example = Path(__file__).parents[2] / ".env.example"
    Path(".env").write_bytes(example.read_bytes())
    with pytest.raises(BadKey, match="placeholder"):
        find_key()


def test_argument_may_be_a_token() -> None:
    """A token passes as api_key; anything else is a bad key."""
    token = make_token(PLAIN)
    found = find_key(token.reveal())
    assert found is not None
    assert isinstance(found.key, Token)
    with pytest.raises(BadKey):
        find_key("")


def test_need_key_says_how_to_get_one() -> None:
    """Where there must be a key, its absence is explained."""
    with pytest.raises(NoKey, match=r"ZHIPU_API_KEY.*bigmodel\.cn/usercenter"):
        need_key(dotenv=False)
    assert need_key(PLAIN).where == "api_key="


@pytest.mark.parametrize("url", [LIVE, "WSS://API.Z.AI:443/x", f"{LIVE}?model=glm-realtime"])
def test_official_addresses(url: str) -> None:
    """The two official hosts over TLS are official."""
    assert official(url)


@pytest.mark.parametrize(
    "url",
    [
        "ws://open.bigmodel.cn/api",
        "wss://open.bigmodel.cn:8443/api",
        "wss://open.bigmodel.cn.example.com/",
        "wss://open.bigmodel.cn@example.com/",
        "wss://example.com\\@open.bigmodel.cn/",
        "wss://user@open.bigmodel.cn/",
        "wss://example.com/open.bigmodel.cn",
        "ws://127.0.0.1:8000/",
        "wss://open.bigmodel.cn:x/",
        "wss://[",
        "",
    ],
)
def test_other_addresses(url: str) -> None:
    """Anything else is not, however it is dressed up."""
    assert not official(url)


def test_own_address_is_official(monkeypatch: pytest.MonkeyPatch) -> None:
    """ZHIPU_REALTIME_URL names one more address, with TLS unless it is this computer."""
    monkeypatch.setenv("ZHIPU_REALTIME_URL", "wss://gateway.example.com/realtime")
    assert official("wss://gateway.example.com:443/realtime?model=x")
    assert not official("ws://gateway.example.com/realtime")
    assert not official("wss://example.com/realtime")
    monkeypatch.setenv("ZHIPU_REALTIME_URL", "ws://gateway.example.com/realtime")
    assert not official("ws://gateway.example.com/realtime")
    for here in ("ws://localhost:9000/", "ws://localhost.:9000/", "ws://[::1]:9000/"):
        monkeypatch.setenv("ZHIPU_REALTIME_URL", here)
        assert official(here)
        assert not official(here.replace("9000", "9001"))


def test_found_key_goes_nowhere_else() -> None:
    """A found key is refused to another address; a passed one goes where it is told."""
    key = Key(PLAIN)
    assert Found(key, "ZHIPU_API_KEY").key_for(LIVE) is key
    assert Found(key, "api_key=").key_for("ws://example.com") is key
    with pytest.raises(NoKey, match=r"found in ZHIPU_API_KEY is not sent to example\.com"):
        Found(key, "ZHIPU_API_KEY").key_for("wss://example.com/x")
