"""Arguments of the calls that are numbers, or yes and no."""

from __future__ import annotations

from numbers import Integral

from glmkit.auth.masking import number_or_masked
from glmkit.errors import BadArgument
from glmkit.numeric import is_number
from glmkit.texts import text


def check_count(name: str, value: object) -> None:
    """Raise BadArgument unless ``value`` is a whole number, 0 or more."""
    value = number_or_masked(value)
    if not isinstance(value, Integral) or isinstance(value, bool) or int(value) < 0:
        raise BadArgument(text("session.count", name=name, found=value))


def check_choice(name: str, value: object) -> None:
    """Raise BadArgument unless ``value`` is True or False."""
    if not isinstance(value, bool):
        raise BadArgument(text("session.choice", name=name, found=type(value).__name__))


def check_seconds(name: str, value: object) -> None:
    """Raise BadArgument unless ``value`` is a number of seconds above 0."""
    value = number_or_masked(value)
    if not (is_number(value) and value > 0):
        raise BadArgument(text("session.seconds", name=name, found=value))


def check_number(name: str, value: object) -> None:
    """Raise BadArgument unless ``value`` is a number, 0 or more."""
    value = number_or_masked(value)
    if not (is_number(value) and value >= 0):
        raise BadArgument(text("session.number", name=name, found=value))
