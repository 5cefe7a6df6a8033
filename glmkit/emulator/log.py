"""What crossed the wire of each session, and what went wrong inside: bounded, without bytes.

A row is ``[seconds since the session began, "in" | "out" | "note", type, detail]``. Appends one
after another share one: how many, how many bytes, and when the last one came. No key, no token
and no audio is ever kept.
"""

from __future__ import annotations

import time
import traceback
from collections import OrderedDict, deque
from collections.abc import Mapping, Sequence
from typing import Any

from glmkit.auth.masking import mask, their_words

ROWS = 1_000
SESSIONS = 100
PROBLEMS = 50
IGNORED = 200  # fields a session
ANSWERS = 10_000
_TYPE = 5_000  # letters kept of a type, which anybody may have made
_FIELD = 120  # of a field's path
Row = tuple[float, str, str, dict[str, Any]]


class SessionLog:
    """One session's rows, oldest dropped first."""

    def __init__(self, id: str, peer: str) -> None:
        self.id, self.peer = id, peer
        self.began = time.time()
        self.ended: float | None = None
        self.dropped = 0
        self._zero = time.perf_counter()
        self._rows: deque[Row] = deque(maxlen=ROWS)
        self._ignored: dict[tuple[str, str], str] = {}
        self._append: tuple[str, dict[str, Any]] | None = None  # the last row, if it is one

    def came(self, type: str, size: int) -> None:
        """A client event came."""
        if self._append is not None and self._append[0] == type:
            detail = self._append[1]
            detail["count"] += 1
            detail["bytes"] += size
            detail["until"] = self._now()
        elif "append" in type:
            detail = {"count": 1, "bytes": size}
            self._add("in", type, detail)
            self._append = type, detail
        else:
            self._add("in", type, {})

    def went(self, type: str, detail: dict[str, Any]) -> None:
        """A server event went out."""
        self._add("out", type, detail)

    def note(self, what: str, **detail: Any) -> None:
        """Something was decided that no event shows."""
        self._add("note", what, detail)

    def ignored(self, type: str, fields: Mapping[str, str]) -> None:
        """An event gave fields that nothing reads: noted when each is met first."""
        named = {their_words(field, _FIELD): instead for field, instead in fields.items()}
        new = [field for field in named if (type, field) not in self._ignored]
        if new and len(self._ignored) < IGNORED:
            self._ignored |= {(type, field): named[field] for field in new}
            self.note("ignored", event=type, fields=new)

    def unread(self) -> list[dict[str, str]]:
        """What nothing read: event, field, and ``instead`` the field that asks for the same."""
        return [
            {"event": event, "field": field, "instead": instead}
            for (event, field), instead in self._ignored.items()
        ]

    def forget(self) -> None:
        """Drops the rows, and what was ignored; the session goes on."""
        self._rows.clear()
        self._ignored.clear()
        self._append, self.dropped = None, 0

    def end(self) -> None:
        """The connection is over."""
        self.ended = time.time()

    def to_json(self, since: float = 0.0) -> dict[str, Any]:
        """The session as JSON: id, peer, times, the rows from an epoch time on."""
        after = since - self.began
        return {
            "session": self.id,
            "peer": self.peer,
            "began": self.began,
            "ended": self.ended,
            "dropped": self.dropped,
            "events": [_shown(row) for row in self._rows if _last(row) > after],
        }

    def _add(self, way: str, type: str, detail: dict[str, Any]) -> None:
        if len(self._rows) == ROWS:
            self.dropped += 1
        self._append = None
        self._rows.append((self._now(), way, type[:_TYPE], detail))

    def _now(self) -> float:
        return time.perf_counter() - self._zero


def _last(row: Row) -> float:
    """When the last of what shares a row came, seconds since the session began."""
    return float(row[3].get("until", row[0])) if row[1] == "in" else row[0]


def _shown(row: Row) -> list[Any]:
    """A row as JSON: times in tenths of a millisecond, and what it quotes as people may see it."""
    at, way, type, detail = row
    if "until" in detail:
        detail = {**detail, "until": round(detail["until"], 4)}
    return [round(at, 4), way, their_words(type, 80), _quoted(detail)]


def _quoted(found: Any) -> Any:
    if isinstance(found, dict):
        return {name: _quoted(value) for name, value in found.items()}
    if isinstance(found, list):
        return [_quoted(each) for each in found]
    return their_words(found) if isinstance(found, str) else found


class Log:
    """All sessions of a server, the oldest forgotten first, and the server's own mistakes."""

    def __init__(self) -> None:
        self._sessions: deque[SessionLog] = deque(maxlen=SESSIONS)
        self._problems: deque[str] = deque(maxlen=PROBLEMS)
        self._answers: OrderedDict[str, dict[str, Any]] = OrderedDict()

    def session(self, id: str, peer: str) -> SessionLog:
        """Rows for a new session."""
        made = SessionLog(id, peer)
        self._sessions.append(made)
        return made

    def problem(self, where: str, error: BaseException) -> None:
        """Remembers a mistake of the server's own."""
        trace = "".join(traceback.format_exception(error))
        self._problems.append(mask(f"{where}: {trace}"))

    def answered(self, id: str, facts: dict[str, Any]) -> None:
        """Remembers how an answer came about: what sounded, how it was heard, how late it was."""
        self._answers[id] = facts
        if len(self._answers) > ANSWERS:
            self._answers.popitem(last=False)

    def answers(self, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        """What is remembered of these answers, by id."""
        return {id: self._answers[id] for id in ids if id in self._answers}

    def problems(self) -> list[str]:
        """The server's own mistakes, oldest first, each with its traceback."""
        return list(self._problems)

    def ignored(self) -> list[dict[str, str]]:
        """What clients gave that nothing read, each once, oldest first."""
        every = (row for session in self._sessions for row in session.unread())
        return [dict(row) for row in dict.fromkeys(tuple(each.items()) for each in every)]

    def forget(self) -> None:
        """Drops what is over, the rows of what goes on, and the mistakes."""
        going_on = [session for session in self._sessions if session.ended is None]
        self._sessions.clear()
        self._sessions.extend(going_on)
        for session in going_on:
            session.forget()
        self._problems.clear()

    def to_json(self, since: float = 0.0) -> list[dict[str, Any]]:
        """Every session, oldest first; those alone that have rows, where ``since`` is given."""
        every = [session.to_json(since) for session in self._sessions]
        return [session for session in every if session["events"] or not since]
