"""Make, read and check tokens; keys and tokens that are never shown.

::

    token = glm.auth.make_token(key)       # a JWT: what crosses the wire instead of the key
    glm.auth.read_token(token)             # what it says, and how long it lasts

``tokens`` makes, reads and checks them; ``credentials`` are keys and tokens as values, which
``masking`` keeps from being shown; ``key_search`` looks for a key, ``key_prompt`` asks for one,
``env_file`` keeps one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glmkit.environment.lazy_names import module_attributes

if TYPE_CHECKING:
    from glmkit.auth.credentials import Key as Key
    from glmkit.auth.credentials import Token as Token
    from glmkit.auth.credentials import bearer as bearer
    from glmkit.auth.credentials import credential as credential
    from glmkit.auth.credentials import token_shaped as token_shaped
    from glmkit.auth.tokens import RefusedToken as RefusedToken
    from glmkit.auth.tokens import TokenInfo as TokenInfo
    from glmkit.auth.tokens import TokenSource as TokenSource
    from glmkit.auth.tokens import check_key as check_key
    from glmkit.auth.tokens import check_token as check_token
    from glmkit.auth.tokens import make_token as make_token
    from glmkit.auth.tokens import read_token as read_token

_HOMES = {
    "Key": "credentials",
    "RefusedToken": "tokens",
    "Token": "credentials",
    "TokenInfo": "tokens",
    "TokenSource": "tokens",
    "bearer": "credentials",
    "check_key": "tokens",
    "check_token": "tokens",
    "credential": "credentials",
    "make_token": "tokens",
    "read_token": "tokens",
    "token_shaped": "credentials",
}

__all__ = list(_HOMES)

if not TYPE_CHECKING:
    __getattr__, __dir__ = module_attributes(__name__, _HOMES)
