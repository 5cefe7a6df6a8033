"""``Waits``: how long a session waits for what may never come."""

from __future__ import annotations

from dataclasses import dataclass, fields

from glmkit.session.argument_checks import check_number


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """How many seconds to wait for what may never come.

    ``no_speech``: after the trailing silence, until NoSpeech. ``late_segment``: for one more
    segment of an unpaced upload. ``transcript``: for what was understood, once the answer is over.
    ``clean_up``: for the end of an answer that was cancelled. ``give_way``: for the service to
    cancel by itself an answer that was spoken into. ``fallback``: for server VAD to end a turn,
    beyond its silence, and then to answer it, before this side does. ``after_fallback``: for what
    comes of that. ``reconnect``: for a new connection in place of a broken one, all attempts
    together. Raises BadArgument.
    """

    no_speech: float = 5.0
    late_segment: float = 0.5
    transcript: float = 1.0
    clean_up: float = 2.0
    give_way: float = 0.3
    fallback: float = 1.0
    after_fallback: float = 5.0
    reconnect: float = 60.0

    def __post_init__(self) -> None:
        for field in fields(self):
            check_number(field.name, getattr(self, field.name))
