"""What the sessions of a class share: the way to the service, its places, the ledger, the rules."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glmkit.classroom.ledger import Ledger
    from glmkit.classroom.limits import Denial, Used
    from glmkit.classroom.places import Places
    from glmkit.classroom.seat import Seat
    from glmkit.relay.upstream import Upstream


@dataclass(frozen=True, slots=True)
class SharedMeans:
    """``denial(seat)``: why it may begin no turn now, or None. ``add(seat, used, session)``: count.

    ``release_idle``: seconds of silence after which a place may be lent; None: never.
    ``patience``: seconds for which anybody waits for a place. ``changed()``: something a page
    shows is otherwise.
    """

    upstream: Upstream
    places: Places
    ledger: Ledger
    denial: Callable[[Seat], Denial | None]
    add: Callable[[Seat, Used, int | None], Awaitable[None]]
    changed: Callable[[], None]
    release_idle: float | None
    patience: float
