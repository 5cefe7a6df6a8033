"""Keys and tokens as values: what may be pasted, what is said about the rest, what is shown."""

from __future__ import annotations

import pytest

from glmkit.auth import make_token
from glmkit.auth.credentials import Key, Token, bearer, credential
from glmkit.auth.masking import Secret
from glmkit.errors import BadKey, BadToken

KEY = Key("0a1b2c3d4e5f60718293a4b5c6d7e8f9.Sx7Kq0Lm3Nv9Rt2W")


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        (None, "no key was given"),
        ("", "no key was given"),
        ("  \n", "no key was given"),
        (repr(KEY), "masked"),
        (f"Bearer {KEY.reveal()}", "'Bearer '"),
        (f'"{KEY.reveal()}"', "quotation marks"),
        (f"“{KEY.reveal()}”", "quotation marks"),
        (f"{KEY.reveal()}\r\n", "line break"),
        (f" {KEY.reveal()}", "blanks"),
        (f"ZHIPU_API_KEY={KEY.reveal()}", "a name in front"),
        (f"export ZHIPU_API_KEY={KEY.reveal()}", "a name in front"),
        (f'set ZAI_API_KEY="{KEY.reveal()}"', "a name in front"),
        (f'$env:ZHIPU_API_KEY = "{KEY.reveal()}"', "a name in front"),
        (f"api-key: {KEY.reveal()}", "a name in front"),
        (f'"api_key": "{KEY.reveal()}",', "a name in front"),
        (f"--api-key={KEY.reveal()}", "a name in front"),
        (f"Authorization: Bearer {KEY.reveal()}", "a name in front"),
        (f"ZHIPU_API_KEY={make_token(KEY).reveal()}", "a name in front"),
        (f"<{KEY.reveal()}>", "brackets"),
        (f"（{KEY.reveal()}）", "brackets"),
        (f"**{KEY.reveal()}**", "brackets"),
        (f"{KEY.reveal()};", "brackets"),
        (f"{KEY.reveal()}，", "brackets"),
        (f"{KEY.reveal()}\\", "brackets"),
        (KEY.reveal().replace(".", ":"), r"character 33 is U.003A \(:\)"),
        (KEY.reveal().replace(".", "%2E"), r"character 33 is U.0025 \(%\)"),
        (f"{KEY.reveal()}#1", r"character 50 is U.0023 \(#\)"),
        (KEY.reveal().replace(".", " . "), "blanks"),
        (KEY.reveal().replace(".", "．"), "character 33 is U.FF0E"),
        (f"\ufeff{KEY.reveal()}", "character 1 is U.FEFF"),
        (make_token(KEY).reveal(), "this is a token"),
        (KEY.reveal().replace(".", ""), "has 1 part,"),
        (KEY.reveal() + ".x", "has 3 parts"),
        ("." + KEY.reveal().partition(".")[2], "key's id is empty"),
        (KEY.id + ".", "key's secret is empty"),
        ("put-the-id-here.put-the-secret-here", "placeholder"),
        ("your-api-key.here", "placeholder"),
        ("xxxxxxxx.xxxxxxxx", "placeholder"),
        (f"sk-{KEY.reveal()}", "begins with sk-"),
    ],
)
def test_bad_key_is_explained_and_not_shown(pasted: str, said: str) -> None:
    """Each way to spoil a key has its own sentence, which says what to do and shows no key."""
    with pytest.raises(BadKey, match=said) as caught:
        make_token(pasted)
    words = str(caught.value)
    assert "bigmodel.cn/usercenter" in words
    assert "balance" in words
    assert KEY.id not in words
    assert KEY.reveal()[-16:] not in words


def test_bad_key_is_explained_in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentences about keys exist in Chinese."""
    monkeypatch.setenv("GLMKIT_LANG", "zh")
    with pytest.raises(BadKey, match=r"只有 1 段.*实名认证"):
        Key("abc")


def test_credential_is_a_key_or_a_token() -> None:
    """What people pass as api_key is told apart by its form."""
    token = make_token(KEY)
    assert credential(KEY.reveal()) == KEY
    assert isinstance(credential(token.reveal()), Token)
    assert credential(token) is token
    with pytest.raises(BadKey):
        credential("neither")
    for odd, said in ((";", "marks around"), ("\n", "line break"), ("=x", "character")):
        with pytest.raises(BadToken, match=said) as caught:
            credential(token.reveal() + odd)
        assert token.reveal()[-20:] not in str(caught.value)


def test_bearer_is_the_whole_header() -> None:
    """The header holds the text, though its display doesn't."""
    header = bearer(KEY)
    assert header["Authorization"] == f"Bearer {KEY.reveal()}"
    assert KEY.id not in repr(header)
    assert bearer(KEY.reveal()) == header
    with pytest.raises(BadKey):
        bearer("neither")


def test_random_keys_have_the_services_shape() -> None:
    """A random key is 32 hex digits, a dot and 16 letters or digits, and new each time."""
    first, second = Key.random(), Key.random()
    assert first != second
    assert [len(part) for part in first.reveal().split(".")] == [32, 16]
    assert Key.parse(first) is first
    assert Key.parse(Secret(first)) == first
