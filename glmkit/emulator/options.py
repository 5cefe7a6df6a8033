"""How one emulator is to run: a frozen value that crosses the pipe to the child as JSON."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from glmkit.auth.credentials import Key
from glmkit.auth.masking import Secret, mask
from glmkit.emulator.faults import Faults
from glmkit.emulator.profiles import SWITCHES, TROUBLES, Profile, profile
from glmkit.environment.loopback import is_loopback
from glmkit.errors import BadArgument
from glmkit.texts import text

PATH = "/api/paas/v4/realtime"
KEY_VARIABLE, KEY_FILE_VARIABLE = (
    "GLMKIT_DIALOGUE_KEY",
    "GLMKIT_DIALOGUE_KEY_FILE",
)  # a chat endpoint's


#: Who may come in and where it stands: of no concern to what a session is like.
_ELSEWHERE = frozenset(
    [
        *("host", "port", "key", "keys", "any_key", "allow_origins", "allow_hosts"),
        *("connections", "sessions_per_key"),
    ]
)
#: What makes conditions steady: beside ``steady`` each is named, also where it is as usual.
STEADY = ("wait", "jitter", "seed")


@dataclass(frozen=True, slots=True)
class Options:
    """The switches of ``glmkit emulator``; times are in seconds, 0 turns a limit off.

    ``steady``: every answer begins ``wait`` seconds after its zero point, and up to ``jitter``
    more, drawn evenly between 0 and ``jitter`` from ``seed`` (``session/steady_waits.py``).

    Raises BadArgument for a value that cannot be, and for an address other people can reach
    without an explicit key.
    """

    host: str = "127.0.0.1"
    port: int = 0
    key: str | Secret = field(default="", repr=False)
    keys: tuple[str | Secret, ...] = field(default=(), repr=False)
    """More keys that are let in besides ``key``: one a pupil."""
    any_key: bool = False
    """Any well-formed raw key is let in; a token only where its key is known."""
    allow_origins: tuple[str, ...] = ()
    allow_hosts: tuple[str, ...] = ()
    lenient_ms: bool = False
    """A token's ``exp`` may be in milliseconds."""

    heartbeat: float = 30.0
    connections: int = 256
    sessions_per_key: int = 0
    """Sessions that one key may have open at once."""
    idle_close: float = 3_600.0
    """A session whose client is silent this long is closed; its own choice, none is published."""
    ping_timeout: float = 60.0
    pace: float = 2.0
    """The sound of answers, as a multiple of real time; 0 sends it as fast as it can be made."""
    lenient_wav: bool = False
    """Headerless bytes under wav formats are taken for raw samples."""
    dialogue: str = "rules"
    """Who answers: ``rules``, or ``openai:URL#MODEL``."""
    scripts: tuple[str, ...] = ()
    """Scripts to answer from before the kit's own: YAML files, kept as JSON."""
    replay: str = ""
    """A recording to play back instead of answering."""
    replay_speed: float = 1.0
    """Recorded delays are divided by it; 0 leaves them out."""
    strict: bool = False
    """A replay closes at the first event the recording has not."""

    steady: bool = False
    """Answers begin when they are due and not when they are ready; no session leaves a trace."""
    wait: float = 1.6
    """From the end of what was said; the service was observed at 1.6 to 1.7 s."""
    jitter: float = 0.0
    """The most that is added to ``wait``."""
    seed: int = 1

    profile: str = "documented"
    text_events: bool | None = None
    part_events: bool | None = None
    conversation_created: bool | None = None
    call_id: bool | None = None
    error_type: bool | None = None
    speech_fields: bool | None = None
    status_details: bool | None = None
    rate_limits: bool | None = None
    simple_browser: bool | None = None
    text_turns: str | None = None
    transcription: str | None = None
    commit_under_server_vad: str | None = None
    flattened: str | None = None
    empty_schemas: str | None = None
    usage: str | None = None
    default_model: str | None = None

    faults: tuple[str, ...] = ()
    """Faults set from the start, each ``name``, ``name=value`` or ``name=value,times=1``."""

    def __post_init__(self) -> None:
        for name in (
            "keys",
            "allow_origins",
            "allow_hosts",
            "scripts",
            "faults",
        ):  # JSON has lists only
            object.__setattr__(self, name, _several(name, getattr(self, name)))
        object.__setattr__(self, "scripts", self._packed_scripts())
        if isinstance(self.replay, os.PathLike):  # JSON has no paths
            object.__setattr__(self, "replay", os.fspath(self.replay))
        if not isinstance(self.key, str | Secret):
            raise _wrong_kind("key", self.key, "str")
        _check_kinds(self)
        _check_numbers(self)
        if not self.host:  # all there are, and an address that leads to none
            raise BadArgument(
                text("emulator.switch", name="host", found="", expected="127.0.0.1, 0.0.0.0")
            )
        if not self.any_key or self.reachable:
            self._check_keys()
        self._check_steady()
        self.behaviour  # noqa: B018 - raises for a switch that cannot be
        Faults.parse(self.faults)

    def _packed_scripts(self) -> tuple[str, ...]:
        if not self.scripts:
            return ()
        from glmkit.protocol.script_file import packed

        if self.dialogue not in ("", "rules"):
            raise BadArgument(text("script.unheard", found=self.dialogue))
        return tuple(packed(each) for each in self.scripts)

    def _check_steady(self) -> None:
        usual = {each.name: each.default for each in fields(self)}
        idle = [name for name in STEADY if getattr(self, name) != usual[name]]
        if idle and not self.steady:
            raise BadArgument(text("emulator.not_steady", names=", ".join(idle)))
        if self.steady and self.replay:
            raise BadArgument(text("emulator.steady_replay"))

    def _check_keys(self) -> None:
        for each in self.all_keys:
            Key.parse(each)
        if self.reachable and not self.all_keys:
            raise BadArgument(text("emulator.needs_key", host=self.host))

    @property
    def all_keys(self) -> tuple[Secret, ...]:
        """Every key that is let in, masked wherever it is shown."""
        return tuple(Secret.of(each) for each in (self.key, *self.keys) if each)

    @property
    def reachable(self) -> bool:
        """Whether other machines can reach ``host``."""
        return not is_loopback(self.host)

    @property
    def behaviour(self) -> Profile:
        """The profile with the switches that are set."""
        return profile(self.profile, **{name: getattr(self, name) for name in SWITCHES})

    @property
    def first_faults(self) -> tuple[str, ...]:
        """The faults set from the start: the profile's, then its own, which win."""
        return (*TROUBLES.get(self.profile, ()), *self.faults)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The names of all switches."""
        return tuple(each.name for each in fields(cls))

    @property
    def in_words(self) -> str:
        """The switches that are not as usual and change what a session meets; no key is one."""
        usual = {each.name: each.default for each in fields(self) if each.name not in _ELSEWHERE}
        unusual = [
            f"{name}={_in_words(name, getattr(self, name))}"
            for name in usual
            if getattr(self, name) != usual[name] or (self.steady and name in STEADY)
        ]
        return mask(", ".join(unusual))

    def to_json(self) -> dict[str, Any]:
        """The options as JSON can hold them, keys in plain: for the pipe only."""
        plain = {name: getattr(self, name) for name in self.names() if name not in ("key", "keys")}
        keys = [Secret.of(each).reveal() for each in self.keys]
        return {**plain, "key": Secret.of(self.key).reveal(), "keys": keys}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Options:
        """The options in ``data``; the inverse of ``to_json``."""
        return cls(**data)


def _in_words(name: str, value: object) -> str:
    if name == "replay":
        return Path(str(value)).name  # where it lies concerns nobody else
    return "+".join(value) if isinstance(value, tuple) else str(value)


def _several(name: str, value: object) -> tuple[Any, ...]:
    """One or several words. What is no word is named by its type: it may be a key."""
    several = value if isinstance(value, list | tuple | set | frozenset) else (value,)
    for each in several:
        if not isinstance(each, str | Secret):
            raise _wrong_kind(name, each, "str")
    return tuple(several)


def _check_kinds(options: Options) -> None:
    for each in fields(options):
        kind, value = type(each.default), getattr(options, each.name)
        if kind in (bool, str) and each.name != "key" and not isinstance(value, kind):
            raise _wrong_kind(each.name, value, kind.__name__)


def _wrong_kind(name: str, found: object, expected: str) -> BadArgument:
    return BadArgument(
        text("emulator.kind", name=name, found=type(found).__name__, expected=expected)
    )


_RANGES = {
    "port": (0, 65_535),
    "heartbeat": (0, 86_400),
    "connections": (1, 100_000),
    "sessions_per_key": (0, 100_000),
    "idle_close": (0, 86_400),
    "ping_timeout": (1, 86_400),
    "pace": (0, 1_000),
    "replay_speed": (0, 1_000),
    "wait": (0, 600),
    "jitter": (0, 600),
    "seed": (0, 2**63 - 1),
}
_WHOLE = ("port", "connections", "sessions_per_key", "seed")


def _check_numbers(options: Options) -> None:
    for name, (low, high) in _RANGES.items():
        check_number(name, getattr(options, name), low, high, whole=name in _WHOLE)


def check_number(name: str, value: object, low: int, high: int, *, whole: bool = False) -> None:
    """Raises BadArgument unless ``value`` is a number from ``low`` to ``high``."""
    number = isinstance(value, int if whole else int | float) and not isinstance(value, bool)
    if not number or not low <= value <= high:  # type: ignore[operator]
        raise BadArgument(
            text("emulator.switch", name=name, found=value, expected=f"{low} … {high}")
        )
