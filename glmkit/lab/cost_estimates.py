"""``estimate``: what runs will cost and how long they will take, before anything is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from glmkit.errors import BadArgument
from glmkit.numeric import is_number
from glmkit.session.budget import PRICES_OF, price, told_price
from glmkit.texts import text

_MOST: Final = 1e6  # runs, or seconds of one


@dataclass(frozen=True, slots=True)
class Estimate:
    """What ``runs`` will take: ``yuan`` at the live service's price, and ``minutes``.

    ``wait``: how many seconds of each run among the minutes are no sound, and cost nothing.
    Reckoned from seconds of sound and a dated table of prices; the bill is the service's. A model
    that the table doesn't know is reckoned as the dearest, and it says so.
    """

    runs: int
    yuan: float
    minutes: float
    model: str
    wait: float

    def __repr__(self) -> str:
        numbers = {"runs": self.runs, "yuan": self.yuan, "minutes": self.minutes}
        wait = text("lab.estimate_wait", seconds=self.wait) if self.wait else ""
        said = text("lab.estimate", model=self.model, date=PRICES_OF, wait=wait, **numbers)
        return told_price(said, self.model)


def estimate(
    runs: int,
    *,
    sent: float,
    received: float,
    wait: float = 2.0,
    at_once: int = 1,
    model: str = "glm-realtime-flash",
) -> Estimate:
    """What runs will cost and how long they take, beforehand.

    ``sent`` and ``received``: seconds of sound in a run; ``wait``: seconds beside them, which cost
    nothing; ``at_once``: runs side by side. What is sent is sent as fast as one speaks, and what is
    received is taken to come no faster, so that the minutes are the most. Raises BadArgument.

    >>> glmkit.lab.estimate(100, sent=3.0, received=4.0)
    """
    counts = {"runs": runs, "at_once": at_once}
    for name, found in {**counts, "sent": sent, "received": received, "wait": wait}.items():
        least = 1 if name in counts else 0
        whole = name not in counts or isinstance(found, int)
        if not (is_number(found) and whole and least <= found <= _MOST):
            raise BadArgument(text("lab.estimate_number", name=name, found=found, least=least))
    if not isinstance(model, str):
        raise BadArgument(text("lab.estimate_model", found=type(model).__name__))
    sound = runs * (sent + received)
    minutes = (sound + runs * wait) / 60 / at_once
    return Estimate(runs, sound / 60 * price(model), minutes, model, wait)
