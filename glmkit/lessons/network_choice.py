"""A network moved by hand: each move is one real turn with an emulator over that network.

::

    turn = glm.lessons.over_network(emulator, clip, "3g", down=450)   # kbit/s
    glm.lessons.network_hand(emulator, [turn])                        # and by hand

Rules
- Only with an emulator: a control that is moved on and on must not spend anybody's money.
- A greeting in writing comes first, so that the answer is the same over every network: the
  emulator introduces itself in its first answer, and only there. It is told to be brief.
- A network that was measured is not measured again: going back to it shows what was found.
- Before the first network the clip is said over none, so that no network is charged for the models
  that the emulator loads meanwhile.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakSet

from glmkit.emulator.launch import Emulator
from glmkit.errors import BadArgument
from glmkit.lab.network_conditions import CONDITIONS
from glmkit.lab.network_link import Network, network
from glmkit.lessons.moved_picture import Choice, Drawn, MovedPicture
from glmkit.lessons.network_rows import MOST, network_finding, network_name, plot_networks
from glmkit.numeric import is_number
from glmkit.plots.drawing.argument_checks import one_clip, turns_of
from glmkit.plots.drawing.style import png
from glmkit.process_values import ProcessValue
from glmkit.session.blocking.blocking_session import connect
from glmkit.texts import text

if TYPE_CHECKING:
    from glmkit.media.clip import Clip
    from glmkit.session.asyncio_session import SayOptions
    from glmkit.turns.turn import Turn

_RATES: Final = (150, 200, 250, 300, 400, 450, 500, 600, 800, 1000, 2000)  # kbit/s
_SLOWEST, _FASTEST = 50.0, 1e6  # kbit/s: below, no turn of a lesson's length comes through
_AS_IS: Final = 0  # a slider has no place for None
_PLAIN: Final = "unshaped"
Progress = Callable[[float, float], None]


def over_network(
    emulator: Emulator,
    clip: Clip,
    name: str = _PLAIN,
    *,
    up: float | None = None,
    down: float | None = None,
    progress: Progress | None = None,
) -> Turn:
    """Say a clip to an emulator over a network; the turn.

    ``name``: as for ``glmkit.lab.network``. ``up``, ``down``: kbit/s from and to this side, None:
    the network's own. ``progress``: as for ``say``. Raises BadArgument, ServiceError.
    """
    _is_emulator(emulator)
    sound = one_clip(clip)
    with network(name, to=emulator.url, **_changes(up, down)) as line:
        if emulator not in _loaded.value:
            _load_models(emulator, sound)
        return _one_turn(emulator, line, sound, progress)


def _load_models(emulator: Emulator, clip: Clip) -> None:
    with connect(emulator.url, api_key=emulator.key) as session:
        session.say(clip, speed=None, progress=_untold)
    _loaded.value.add(emulator)


#: Emulators that have spoken here.
_loaded: ProcessValue[WeakSet[Emulator]] = ProcessValue(WeakSet, until="fork")


def _untold(sent: float, seconds: float) -> None:
    """Nobody is told of a turn that is not shown."""


def _one_turn(emulator: Emulator, line: Network, clip: Clip, progress: Progress | None) -> Turn:
    brief = text("lessons.network_brief")
    with connect(line, api_key=emulator.key, modalities=["text"], instructions=brief) as session:
        session.ask(text("lessons.network_greeting"))
        session.update(modalities=["text", "audio"])
        options: SayOptions = {} if progress is None else {"progress": progress}
        return session.say(clip, **options)


def network_hand(emulator: Emulator, turns: Sequence[Turn]) -> MovedPicture:
    """Networks to be moved by hand, under one another.

    ``plot_networks`` with a list of networks and a slider for the rate of each direction.
    ``turns``: what it begins with, at the last one's network; it says the first one's question. A
    cell shows it. Raises BadArgument; Missing without ipywidgets.
    """
    _is_emulator(emulator)
    tried = _TriedNetworks(emulator, turns_of(turns, "turns"))
    rates = [*((f"{rate}", rate) for rate in _RATES), (text("lessons.network_as_is"), _AS_IS)]
    name, up, down = _place_of(turns[-1].network)
    controls = {
        "name": Choice(text("lessons.network_of"), [(n, n) for n in CONDITIONS], name, False),
        "up": Choice(text("lessons.network_up"), rates, up),
        "down": Choice(text("lessons.network_down"), rates, down),
    }
    picture = MovedPicture(tried.draw, controls)
    tried.tell = picture.say
    return picture


def _place_of(network: str) -> tuple[str, float, float]:
    """Where the controls stand for a network; at the plain one where they cannot."""
    name, up, down = network.partition(" ")[0], _rate_in(network, "up"), _rate_in(network, "down")
    there = name in CONDITIONS and {up, down} <= {_AS_IS, *_RATES}
    if there and _named(name, _or_none(up), _or_none(down)) == network:
        return name, up, down
    return _PLAIN, _AS_IS, _AS_IS


def _rate_in(network: str, way: str) -> float:
    """kbit/s that a network's name says of a way."""
    found = re.search(rf"\b{way}_bandwidth=(\d+)", network)
    return int(found[1]) / 1000 if found else _AS_IS


def _or_none(rate: float) -> float | None:
    return rate or None


class _TriedNetworks:
    """The turns so far, one a network, newest last; ``tell`` gets what is waited for."""

    def __init__(self, emulator: Emulator, turns: Sequence[Turn]) -> None:
        self._emulator = emulator
        self._clip = one_clip(turns[0].input)
        self._turns = {turn.network: turn for turn in turns}
        self.tell: Callable[[str], None] | None = None

    def draw(self, name: str, up: float, down: float) -> Drawn:
        """The picture once this network was tried too; at first of what was given."""
        if self.tell is None:
            return self._drawn(len(self._turns) - 1)
        return self._tried(name, _or_none(up), _or_none(down))

    def _tried(self, name: str, up: float | None, down: float | None) -> Drawn:
        named = _named(name, up, down)
        if named not in self._turns:
            self._turns[named] = self._measured(name, up, down)
        return self._drawn([*self._turns].index(named))

    def _measured(self, name: str, up: float | None, down: float | None) -> Turn:
        shown = network_name(_named(name, up, down))

        def tell(sent: float, seconds: float) -> None:
            assert self.tell is not None
            words = {"network": shown, "sent": sent, "seconds": seconds}
            self.tell(text("lessons.network_measuring", **words))

        tell(0.0, self._clip.seconds)
        return over_network(self._emulator, self._clip, name, up=up, down=down, progress=tell)

    def _drawn(self, at: int) -> Drawn:
        first = max(0, min(len(self._turns) - MOST, at))
        turns = [*self._turns.values()][first : first + MOST]
        mark = at - first
        picture = png(lambda what, theme=None: plot_networks(what, mark=mark, theme=theme), turns)
        return Drawn(picture, network_finding(turns[mark]))


def _named(name: str, up: float | None, down: float | None) -> str:
    """What ``turn.network`` says of such a line."""
    return network(name, to=_PLAIN, **_changes(up, down)).name


def _changes(up: float | None, down: float | None) -> dict[str, Any]:
    """What of a network is not its own, as ``glmkit.lab.network`` takes it."""
    rates = {"up_bandwidth": _bits("up", up), "down_bandwidth": _bits("down", down)}
    return {option: rate for option, rate in rates.items() if rate is not None}


def _bits(name: str, rate: object) -> float | None:
    """kbit/s as bits a second. Raises BadArgument."""
    if rate is None:
        return None
    if is_number(rate) and _SLOWEST <= rate <= _FASTEST:
        return 1000.0 * rate
    limits = {"low": _SLOWEST, "high": _FASTEST}
    raise BadArgument(text("lessons.network_rate", name=name, found=rate, **limits))


def _is_emulator(given: object) -> None:
    if not isinstance(given, Emulator):
        raise BadArgument(text("lessons.network_peer", found=type(given).__name__))
