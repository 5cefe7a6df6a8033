"""Whether a process grows: its resident memory while it works, as a slope with its interval.

Rules
- What comes in the first ``warm`` sessions counts for nothing: modules are loaded, each seat is
  used once, sqlite fills its cache, the allocator finds its size. How much that was is told all the
  same. Where fewer than ``ENOUGH`` come after them, nothing is judged.
- The rest is cut into ``_BLOCKS`` pieces of time, and the median of each stands for it. A process
  keeps what it once took, so it is the steps from one median to the next that are independent, not
  the medians: the slope is the mean of the steps, its interval (Student's t, 95 %) their spread. A
  leak's steps are alike; where one or two did it all, something took more than ever before, which
  is getting warm. What only breathes goes back in the step after: neighbours that undo each other
  make the interval narrower (Newey and West's, one step back).
- Growth is told where all of the interval is above ``LIMIT``.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np
import psutil
from numpy.typing import NDArray

LIMIT: Final = 4.0  # kB of resident memory that a session may leave behind
ENOUGH: Final = 100  # sessions once it is warm
_BLOCKS: Final = 10
_STUDENT: Final = 2.306  # 97.5 % of Student's t with _BLOCKS - 2 degrees of freedom
_UNDONE: Final = 0.75  # of the spread, at most, is taken for breath


class Growth(NamedTuple):
    """kB a session: the slope, and half its 95 % interval."""

    slope: float
    half: float

    @property
    def told(self) -> bool:
        """Whether it is above the limit, beyond doubt."""
        return self.slope - self.half > LIMIT

    def __str__(self) -> str:
        return f"{self.slope:+.1f} ± {self.half:.1f} kB a session (at most {LIMIT:g})"


@dataclass(slots=True)
class Watched:
    """One process: what it was seen to hold, and when."""

    process: psutil.Process
    warm: int
    samples: list[tuple[int, float]] = field(default_factory=list)  # sessions so far, kB

    def look(self, sessions: int) -> None:
        """Take a sample."""
        self.samples.append((sessions, self.process.memory_info().rss / 1000))

    def files(self) -> int:
        """Open files and sockets (on Windows handles of any kind)."""
        windows = sys.platform == "win32"
        return int(self.process.num_handles() if windows else self.process.num_fds())

    @property
    def warmed_by(self) -> float:
        """MB that came while it got warm."""
        return (self._warm()[0][1] - self.samples[0][1]) / 1000

    def growth(self) -> Growth | None:
        """What it grew by once it was warm; None where that was too short to be judged."""
        later = self._warm()
        return growth(np.array(later)) if len(later) >= ENOUGH else None

    def _warm(self) -> list[tuple[int, float]]:
        """The samples since it is; at least the last one."""
        return [each for each in self.samples if each[0] > self.warm] or self.samples[-1:]


def growth(samples: NDArray[np.float64]) -> Growth:
    """The mean step between medians of blocks of (sessions, kB), and how sure it is."""
    blocks = np.array([np.median(each, axis=0) for each in np.array_split(samples, _BLOCKS)])
    sessions, kilobytes = np.diff(blocks, axis=0).T
    steps = kilobytes / sessions
    off = steps - steps.mean()
    spread = off @ off
    undone = min(max(-off[1:] @ off[:-1], 0.0), _UNDONE * spread)
    error = np.sqrt((spread - undone) / (len(steps) - 1) / len(steps))
    return Growth(float(steps.mean()), _STUDENT * float(error))
