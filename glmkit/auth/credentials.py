"""Keys and tokens as values: what people paste, told apart and checked, and never shown.

An API key is ``id.secret``; a token is a JWT, three parts between two dots. Both are Secrets
(see ``masking``). What is wrong with a pasted one is said in a sentence that does not quote it.
``tokens`` makes, reads and checks tokens.
"""

from __future__ import annotations

import re
import secrets
from typing import Any

from glmkit.auth.masking import CUT, HeaderValue, Secret, remember
from glmkit.auth.platforms import BIGMODEL, ZAI
from glmkit.errors import BadKey, BadToken
from glmkit.texts import text

KEYS_PAGE = BIGMODEL.keys_page
EXAMPLE_KEY = "put-the-id-here.put-the-secret-here"  # as in .env.example
_PLACEHOLDER = re.compile(r"(?i)your[-_]?(?:api[-_]?)?(?:key|id|secret)|^[x*]+\.[x*]+$")
_QUOTES = "'\"`“”‘’「」«»"
_OPENING = "<([{（【《〈*~"
_CLOSING = ">)]}）】》〉*~;,:!?&\\；，、：。！？"
_NAME = re.compile(
    r"\W*(?:(?:export|set)\s+|\$env:)?[A-Za-z_][\w-]*['\"]?\s*[=:]\s*(?:bearer\s+)?\S*\.",
    re.IGNORECASE,
)
_ODD = re.compile(r"[^\w.-]", re.ASCII)  # the service's have letters and digits, own ones - and _
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


class Key(Secret):
    """An API key, ``id.secret``; only the id can be read off it."""

    __slots__ = ()

    def __new__(cls, value: str | Secret) -> Key:
        value = Secret.of(value)
        if fault := key_fault(value):  # before there is a key, which tracebacks would display
            raise BadKey(fault)
        return super().__new__(cls)

    def __init__(self, value: str | Secret) -> None:
        super().__init__(value)
        remember(self)

    @classmethod
    def parse(cls, value: str | Secret) -> Key:
        """``value`` as a key. Raises BadKey that says what is wrong with it, without showing it."""
        value = Secret.of(value)
        return value if isinstance(value, Key) else cls(value)

    @classmethod
    def random(cls) -> Key:
        """A new key of the service's shape, as an emulator needs one."""
        secret = "".join(secrets.choice(_ALPHABET) for _ in range(16))
        return cls(Secret(f"{secrets.token_hex(16)}.{secret}"))

    @property
    def id(self) -> str:
        """The part before the dot; tokens carry it readable."""
        return self.reveal().partition(".")[0]

    def __repr__(self) -> str:
        return f"<Key {self.id[:4]}{CUT}>"

    __str__ = __repr__


class Token(Secret):
    """A token; ``reveal()`` gives the text, ``bearer(token)`` the header."""

    __slots__ = ()

    def _repr_mimebundle_(self, **_: Any) -> Any:
        from glmkit.cards.tokens import token_card

        return token_card(self)

    def __repr__(self) -> str:
        return f"<Token eyJ{CUT}>"

    __str__ = __repr__


def credential(value: Key | Token | str | Secret) -> Key | Token:
    """A Token where ``value`` has a token's form, else a Key.

    Raises BadKey where it is neither, BadToken for a token with something around or in it.
    """
    value = Secret.of(value)
    if isinstance(value, Key | Token):
        return value
    if not token_shaped(value):
        return Key.parse(value)
    if fault := token_fault(value):
        raise BadToken(fault)
    return Token(value)


def token_shaped(value: str | Secret) -> bool:
    """Whether ``value`` has a token's form rather than a key's."""
    plain = Secret.of(value).reveal()
    return plain.count(".") == 2 and plain.startswith("eyJ")


def bearer(value: Key | Token | str | Secret) -> dict[str, str]:
    """The Authorization header of a key or a token, masked where displayed."""
    value = Secret.of(value)  # before anything can raise
    return {"Authorization": HeaderValue(f"Bearer {credential(value).reveal()}")}


def key_fault(value: Secret) -> str | None:
    """What is wrong with ``value`` as a key, or None."""
    plain = value.reveal()
    if name := _wrapping(plain):
        return text(f"auth.pasted_{name}", what=text("auth.word_key"), again=copy_again())
    name = _form(plain)
    if name is None:
        return None
    half = "id" if plain.startswith(".") else "secret"
    facts = {"parts": plain.count(".") + 1, "half": half, **_odd_character(plain)}
    return text(f"auth.key_{name}", again=copy_again(), **facts)


def token_fault(value: Secret) -> str | None:
    """What is wrong with ``value`` as a token, before it is decoded, or None."""
    plain = value.reveal()
    if name := _wrapping(plain):
        what = text("auth.word_token")
        return text(f"auth.pasted_{name}", what=what, again=text("auth.make_again"))
    if plain.count(".") == 1:
        return text("auth.token_is_key")
    if plain.count(".") != 2:
        return text("auth.token_parts", parts=plain.count(".") + 1)
    if odd := _odd_character(plain):
        return text("auth.token_character", again=text("auth.make_again"), **odd)
    return None


def _odd_character(plain: str) -> dict[str, object]:
    """Where the first character stands that belongs to no key and no token, and which it is."""
    odd = _ODD.search(plain)
    if odd is None:
        return {}
    shown = f" ({odd[0]})" if odd[0].isprintable() and odd[0] != " " else ""
    return {"place": odd.start() + 1, "code": f"U+{ord(odd[0]):04X}{shown}"}


def _wrapping(plain: str) -> str | None:
    """What came along with a copied text, if anything did."""
    bare = plain.strip()
    if not bare:
        return "empty"
    if CUT in bare:
        return "masked"
    if bare.lower().startswith("bearer "):
        return "bearer"
    if _NAME.match(bare):
        return "named"
    if bare[0] in _OPENING or bare[-1] in _CLOSING:
        return "wrapped"
    if bare[0] in _QUOTES or bare[-1] in _QUOTES:
        return "quoted"
    if "\n" in plain or "\r" in plain:
        return "newline"
    return None if plain.split() == [plain] else "blank"


def _form(plain: str) -> str | None:
    """What keeps a clean text from being ``id.secret``, if anything does."""
    if _ODD.search(plain):
        return "character"
    if token_shaped(plain):
        return "is_token"
    if plain.count(".") != 1:
        return "dots" if "." in plain else "no_dot"
    if plain.startswith(".") or plain.endswith("."):
        return "half"
    if plain.lower().startswith("sk-"):
        return "foreign"
    return "example" if plain == EXAMPLE_KEY or _PLACEHOLDER.search(plain) else None


def copy_again() -> str:
    """What to do about a bad key, and what a good one needs."""
    return text("auth.again", page=KEYS_PAGE, overseas=ZAI.keys_page)
