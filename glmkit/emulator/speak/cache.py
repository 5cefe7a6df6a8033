"""``LruCache``: the values used last, up to a size; the oldest are forgotten. For any thread."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable, Sized
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V", bound=Sized)


class LruCache(Generic[K, V]):
    """Values by key; their lengths together are never more than ``room``."""

    def __init__(self, room: int) -> None:
        self._left = self._room = room
        self._values: OrderedDict[K, V] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: K) -> V | None:
        """The value kept under ``key``, which is used now; None where there is none."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def put(self, key: K, value: V) -> None:
        """Keep ``value``, unless it is larger than the room or ``key`` is there already."""
        with self._lock:
            if key not in self._values and len(value) <= self._room:
                self._values[key] = value
                self._left -= len(value)
            while self._left < 0:
                self._left += len(self._values.popitem(last=False)[1])
