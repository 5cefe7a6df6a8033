"""To whom a script is played: settings for ``connect``, a key or an emulator of its own, functions.

Rules
- Where the emulator is meant, a script with replies of its own gets a key of its own, whose
  sessions this process's emulator answers from that script; switches get an emulator of their
  own. Both end with the rehearsal. Any other peer is left as it is.
- A function that a script declares gives back what stands under its ``outputs``; one of that name
  in ``tools`` is called instead.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from typing import Any

from glmkit.aio import find_address, named_peer
from glmkit.auth.credentials import credential
from glmkit.auth.masking import MaskedAddress, Secret
from glmkit.emulator.launch import Emulator, shared_emulator
from glmkit.errors import BadArgument
from glmkit.lab.rehearsed_scripts import FoundScript
from glmkit.protocol.script import Script
from glmkit.protocol.tools.tool import Tool, ToolSource, as_tool, as_tools
from glmkit.session.address import Link
from glmkit.texts import text


class RehearsedPeer:
    """Whom ``to`` and a key mean, as ``connect`` takes them."""

    def __init__(self, to: object, api_key: Secret | None, switches: Mapping[str, Any]) -> None:
        self._link = to if isinstance(to, Link) else None
        led = self._link.leads_to if self._link is not None else to
        if led is not None and not isinstance(led, str | os.PathLike):
            raise BadArgument(text("session.to", found=type(led).__name__))
        self._to, self._key, self._switches = to, api_key, dict(switches)
        self.named = named_peer(None if led is None else os.fspath(led), api_key)
        if self._switches and (self.named != "emulator" or self._link is not None):
            names = ", ".join(self._switches)
            raise BadArgument(text("rehearsal.switches", names=names, to=self._shown))
        if self.live:
            key = None if api_key is None else credential(api_key)
            find_address(self.named, key)  # raises NoKey before anything is spoken

    @property
    def live(self) -> bool:
        """Whether it is the paid service, by its name."""
        return self.named in ("live", "zai")

    @property
    def seed(self) -> str:
        """The seed of the emulator's chance, where one was given."""
        return str(self._switches.get("seed", ""))

    def settings_for(self, found: FoundScript, open_until: ExitStack) -> dict[str, Any]:
        """``to`` and ``api_key`` for a script; what is started ends with ``open_until``."""
        own = found.own and bool(found.script.replies)
        if self.named != "emulator" or not (own or self._switches):
            return {"to": self._to, "api_key": self._key}
        if self._link is not None:
            raise BadArgument(text("rehearsal.link", name=found.name))
        if self._switches:
            script = found.script if found.own else None
            emulator = open_until.enter_context(Emulator.start(script=script, **self._switches))
            return {"to": emulator.url, "api_key": emulator.key}
        emulator = shared_emulator()
        key = open_until.enter_context(emulator.answering_from(found.script))
        return {"to": emulator.url, "api_key": key}

    @property
    def _shown(self) -> str:
        return MaskedAddress(self.named).shown


def tools_for(script: Script, given: ToolSource | Sequence[ToolSource]) -> tuple[Tool, ...]:
    """The functions of a script, and those that are given, which count first. Raises BadTool."""
    mine = as_tools(given) if given else ()
    names = {tool.name for tool in mine}
    declared = (_with_output(tool, script.outputs) for tool in as_tools(script.tools))
    return (*mine, *(tool for tool in declared if tool.name not in names))


def _with_output(tool: Tool, outputs: Mapping[str, Any]) -> Tool:
    if tool.name not in outputs:
        raise BadArgument(text("rehearsal.no_output", name=tool.name))
    return as_tool(tool, function=_gives(outputs[tool.name]))


def _gives(output: Any) -> Callable[..., Any]:
    return lambda **_: output
