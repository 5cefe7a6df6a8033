"""Who answers whom: one dialogue for all, and for some accounts one that a script comes before.

A dialogue is loaded when it is asked first, in whatever thread asks.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from glmkit.errors import BadArgument
from glmkit.texts import text

if TYPE_CHECKING:
    from glmkit.emulator.think.dialogue import Dialogue


class Dialogues:
    """The dialogues of one server, by account; ``switch`` and ``scripts`` as options have them."""

    def __init__(self, switch: str, scripts: Sequence[str] = ()) -> None:
        self._switch, self._scripts = switch, tuple(scripts)
        self._first: dict[str, str] = {}  # by account, the script that comes first
        self._loaded: dict[str, Dialogue] = {}
        self._loading = threading.Lock()

    def of(self, account: str = "") -> Dialogue:
        """Who answers an account, loaded."""
        from glmkit.emulator.think.choose_dialogue import dialogue_for

        with self._loading:
            name = account if account in self._first else ""
            if name not in self._loaded:
                own = [self._first[name]] if name else []
                self._loaded[name] = dialogue_for(self._switch, [*own, *self._scripts])
            return self._loaded[name]

    def put_first(self, account: str, script: str) -> None:
        """From now on an account is answered from a packed script before all else.

        Raises BadArgument where a chat endpoint answers: it reads no script."""
        if self._switch not in ("", "rules"):
            raise BadArgument(text("script.unheard", found=self._switch))
        with self._loading:
            self._first[account] = script
            self._loaded.pop(account, None)

    def forget(self, account: str) -> None:
        """The account is answered as all are."""
        with self._loading:
            self._first.pop(account, None)
            self._loaded.pop(account, None)
