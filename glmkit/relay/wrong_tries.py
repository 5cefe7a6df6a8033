"""Addresses that tried wrong keys: each is answered later and later, and the others are not.

Rules
- The first ``FREE`` wrong tries of a minute are answered at once; a person mistypes.
- Then an answer takes a second, and a second more for each ``FREE`` tries, at most ``SLOWEST``.
- A right key is let in at once, also from such an address: a school has one address for all.
- At most ``ADDRESSES`` are remembered, those of before are forgotten first.

Pure: no clock; the moment is passed in, in seconds.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

FREE: Final = 10
SLOWEST: Final = 5.0  # seconds
ADDRESSES: Final = 1_000
_MINUTE: Final = 60.0


class WrongTries:
    """How many wrong keys came from where, within a minute."""

    def __init__(self) -> None:
        self._tries: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def delay(self, address: str, *, now: float) -> float:
        """Count one more; the seconds after which it is to be answered."""
        since, count = self._tries.pop(address, (now, 0))
        if now - since >= _MINUTE:
            since, count = now, 0
        self._tries[address] = since, count + 1
        if len(self._tries) > ADDRESSES:
            self._tries.popitem(last=False)
        return min(float(count // FREE), SLOWEST)

    def __len__(self) -> int:
        return len(self._tries)
