"""``allow_nested_loops()``: for a learner's own ``loop.run_until_complete(…)`` in a cell.

Never done at import. nest_asyncio (archived) loses queued cells on ipykernel 7 and breaks
``asyncio.run`` on Python 3.12 and later; nest_asyncio2 is used there, nest_asyncio refused.
"""

from __future__ import annotations

import asyncio
import sys
from importlib import import_module

from glmkit.environment.features import needs
from glmkit.environment.kernel import ipykernel_major
from glmkit.errors import Missing
from glmkit.protocol.settings import one_of
from glmkit.texts import text


def allow_nested_loops(package: str | None = None) -> str:
    """Let a cell run an event loop inside the notebook's own.

    Gives a sentence that says with which package. ``package``: ``"nest_asyncio"`` or
    ``"nest_asyncio2"``; by default the one that is safe here. Raises BadArgument for another one,
    and Missing where the package asked for would lose cells.
    """
    safe = "nest_asyncio2" if needs_second() else "nest_asyncio"
    chosen = package or safe
    one_of("package", chosen, ("nest_asyncio", "nest_asyncio2"))
    if chosen == "nest_asyncio" and needs_second():
        versions = {"ipykernel": ipykernel_major(), "python": _python()}
        raise Missing(text("session.nesting_refused", **versions))
    needs("nested_loops", chosen)
    import_module(chosen).apply(_loop())
    return text("session.nesting_done", package=chosen)


def _loop() -> asyncio.AbstractEventLoop:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        return loop


def needs_second() -> bool:
    """Whether plain nest_asyncio would lose cells or break asyncio.run here."""
    return ipykernel_major() >= 7 or sys.version_info >= (3, 12)


def _python() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"
