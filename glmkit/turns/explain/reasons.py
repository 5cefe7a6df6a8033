"""Why an answer ended as it did: what ``response.done`` says of it, in words and with a cure.

Rules
- Documented: ``status_details`` of its response, with a reason or an error. Interfaces of this kind
  also have ``incomplete_details`` and ``error``, in the response or beside it: all are read.
- Each may be an object, a text, or a list of such. What has another shape is shown as it came.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from glmkit.auth.masking import their_words
from glmkit.errors import BadArgument
from glmkit.protocol.event import Event, as_json
from glmkit.protocol.event_kinds import error_of, meaning
from glmkit.texts import text

_PLACES: Final = ("status_details", "incomplete_details", "error")
_KNOWN: Final = ("max_output_tokens", "content_filter")  # documented
_DEEPEST = 4  # objects and lists in each other
_LONGEST_CODE = 200  # bytes


@dataclass(frozen=True, slots=True)
class Reason:
    """A code, or a reason's name, and a message; what was not said is empty."""

    code: str = ""
    message: str = ""

    @property
    def words(self) -> str:
        """Both, as people may see them."""
        shown = (their_words(self.code, _LONGEST_CODE), their_words(self.message))
        return ", ".join(filter(None, shown))

    @property
    def cure(self) -> str:
        """What its code means, with what to do; empty where there is none."""
        if self.code in _KNOWN:
            return text(f"explain.failed_answer_{self.code}")
        return meaning(self.code) if self.code else ""


def reasons_in(done: Event) -> list[Reason]:
    """What a ``response.done`` says of why it ended, each once."""
    response = done.inner("response")
    found = [*map(response.get, _PLACES), *map(done.get, _PLACES)]
    status = response.get("status")
    return [*dict.fromkeys(each for place in found for each in _read(place, status))]


def reason_said_by(error: Event) -> Reason:
    """What an ``error`` event says, to be compared."""
    said = error_of(error)
    return Reason(_shown(said.get("code")), _shown(said.get("message")))


def cure_for(reasons: Sequence[Reason]) -> str:
    """What to do about them: of the first whose code is known; empty where none has a code."""
    cures = [reason.cure for reason in reasons if reason.cure]
    return next((cure for cure in cures if cure != text("codes.unknown")), "".join(cures[:1]))


def _read(found: Any, status: Any, deep: int = 0) -> Iterator[Reason]:
    if isinstance(found, list) and deep < _DEEPEST:
        for each in found:
            yield from _read(each, status, deep + 1)
    elif isinstance(found, dict) and deep < _DEEPEST:
        yield from _of_object(found, status, deep)
    elif (words := _shown(found)) not in ("", status):
        yield Reason(code=words) if _is_code(words) else Reason(message=words)


def _of_object(found: dict[str, Any], status: Any, deep: int) -> Iterator[Reason]:
    code, message = _shown(found.get("reason") or found.get("code")), _shown(found.get("message"))
    if code or message:
        yield Reason(code, message) if _is_one_word(code) else Reason(message=code)
    inner = [*_read(found.get("error"), status, deep + 1)]
    yield from inner
    rest = {name: value for name, value in found.items() if (name, value) != ("type", status)}
    if not (code or message or inner) and any(map(_shown, rest.values())):
        yield Reason(message=_shown(next(iter(rest.values())) if len(rest) == 1 else rest))


def _is_code(words: str) -> bool:
    return words in _KNOWN or meaning(words) != text("codes.unknown")


def _is_one_word(code: str) -> bool:
    return not code.startswith(("[", "{"))


def _shown(found: Any) -> str:
    """A text as it is, anything else as JSON; empty where nothing was said."""
    if isinstance(found, str):
        return found
    if found is None or isinstance(found, bool) or found in ([], {}):
        return ""
    try:
        return as_json(found).decode()
    except (BadArgument, RecursionError):  # nested deeper than can be written
        return "…"
