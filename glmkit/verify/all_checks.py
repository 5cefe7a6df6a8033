"""All scenes and all statements: those of every file in ``checks/``."""

from __future__ import annotations

from typing import Final

from glmkit.errors import BadArgument
from glmkit.texts import text
from glmkit.verify.checks import admission, listening, not_spoken, opening, probes, speaking
from glmkit.verify.scene import Scene
from glmkit.verify.statement import Statement

_SCENES: Final = (
    *(admission.SCENES + speaking.SCENES + listening.SCENES),
    *(opening.SCENES + not_spoken.SCENES),
)
SCENES: Final[dict[str, Scene]] = {scene.name: scene for scene in _SCENES}
STATEMENTS: Final[tuple[Statement, ...]] = (
    *(admission.STATEMENTS + listening.STATEMENTS + not_spoken.STATEMENTS),
    *(opening.STATEMENTS + probes.STATEMENTS + speaking.STATEMENTS),
)


def find_statement(id: str) -> Statement:
    """The statement of that number. Raises BadArgument."""
    for each in STATEMENTS:
        if each.id == id:
            return each
    raise BadArgument(text("verify.unknown", found=id))
