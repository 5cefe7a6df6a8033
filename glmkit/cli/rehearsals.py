"""``glmkit rehearse``: play scripts and print what came of each line; the exit status tells CI."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from glmkit.cli.console import write_file
from glmkit.errors import BadArgument
from glmkit.lab.rehearsal_runs import rehearse
from glmkit.lab.rehearsed_scripts import scripts
from glmkit.protocol.marked_yaml import typed
from glmkit.session.budget import Budget
from glmkit.texts import Language, text

PASSED, FAILED = 0, 1


def rehearse_files(
    files: Sequence[str],
    *,
    show: Callable[[str], object],
    lang: Language | None = None,
    junit: Path | None = None,
    drawn: Path | None = None,
    **options: Any,
) -> int:
    """Play the scripts, show and write what came of them; the exit status: 0 all passed, else 1.

    Without any, the kit's own are listed. ``junit``, ``drawn``: files to write. ``options`` as for
    ``rehearse``, whose errors it raises.
    """
    if not files:
        show(repr(scripts(lang)))
        return PASSED
    for path in (junit, drawn):
        _check_folder(path)
    found = rehearse([*files], lang=lang, **options)
    show(str(found))
    if junit is not None:
        show(str(found.junit(junit)))
    if drawn is not None:
        from glmkit import plots

        write_file(drawn, plots.png(plots.rehearsal, found))
        show(str(drawn))
    return PASSED if found.passed else FAILED


def budget_of(yuan: float | None, minutes: float | None) -> Budget | None:
    """What may be spent, as typed; None where nothing was. Raises BadArgument."""
    if yuan is None and minutes is None:
        return None
    most = Budget().yuan if yuan is None else yuan
    return Budget(yuan=most, seconds=None if minutes is None else 60 * minutes)


def switches_of(typed_words: Sequence[str], *, steady: bool) -> Mapping[str, Any]:
    """Switches of an emulator, each ``name=value``, or ``name`` for yes. Raises BadArgument."""
    found: dict[str, Any] = {"steady": True} if steady else {}
    for each in typed_words:
        name, given, value = each.partition("=")
        if not name.strip():
            raise BadArgument(text("rehearsal.switch", found=each))
        found[name.strip().replace("-", "_")] = typed(value) if given else True
    return found


def _check_folder(path: Path | None) -> None:
    """Before anything is said: what came of it must have somewhere to go. Raises BadFile."""
    if path is not None and not path.parent.is_dir():
        write_file(path, b"")  # says what the system says
