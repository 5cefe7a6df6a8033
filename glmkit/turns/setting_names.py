"""What tells a setting's value from another, in a file too: numbers, words, and names of the rest.

Rules
- Values that JSON has are themselves, numpy's are Python's; sound and arrays go by their samples.
- A function goes by its name, whatever else by how it is written, without where in memory it is.
- No key is in any of it.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Final

import numpy as np

from glmkit.auth.masking import mask
from glmkit.media.clip import Clip

_PLACE: Final = re.compile(r" at 0x[0-9a-fA-F]+")
_DIGITS: Final = 12  # of a digest


def setting_name(value: Any) -> str:
    """The value as text; equal for what is one setting."""
    return json.dumps(plain_setting(value), sort_keys=True)


def plain_setting(value: Any) -> Any:
    """The value as JSON has it."""
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return mask(str(value))
    if isinstance(value, Mapping):
        return {str(name): plain_setting(each) for name, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [plain_setting(each) for each in value]
    if isinstance(value, AbstractSet):
        return sorted(map(setting_name, value))
    return _named(value)


def _named(value: Any) -> Any:
    """What JSON has not."""
    if isinstance(value, Clip):
        return f"{value!r} {_digest(value.samples)}"
    if isinstance(value, np.ndarray):
        return f"array{value.shape} {_digest(value)}"
    if isinstance(value, functools.partial):
        return [function_name(value), plain_setting(value.args), plain_setting(value.keywords)]
    if callable(value):
        return function_name(value)
    return mask(_PLACE.sub("", repr(value)))


def function_name(value: Any) -> str:
    """What a function, or an object that can be called, is named."""
    inner = unwrapped(value)
    return str(getattr(inner, "__qualname__", "") or type(inner).__qualname__)


def unwrapped(function: Any) -> Any:
    """The function behind arguments that it has already."""
    while isinstance(function, functools.partial):
        function = function.func
    return function


def _digest(samples: np.ndarray[Any, Any]) -> str:
    return hashlib.sha256(np.ascontiguousarray(samples).tobytes()).hexdigest()[:_DIGITS]
