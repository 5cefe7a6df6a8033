"""The password of the teacher's page, which a class's command is given."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from glmkit.auth.masking import Secret
from glmkit.environment.saved_text import text_in
from glmkit.environment.system_refusals import why_refused
from glmkit.errors import BadFile
from glmkit.media.source import existing_path
from glmkit.texts import text

PASSWORD_VARIABLE: Final = "GLMKIT_CLASS_PASSWORD"  # noqa: S105 - a variable's name


def password_from(path: Path | None) -> Secret | None:
    """What the first line of a file says, blanks and # included; without one, the environment.

    None where neither is there. Raises BadFile.
    """
    if path is None:
        found = os.environ.get(PASSWORD_VARIABLE, "").strip()
        return Secret(found) if found else None
    place = existing_path(path)
    try:
        lines = text_in(place.read_bytes()).splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(place, why_refused(error)) from None
    words = next((line.strip() for line in lines if line.strip()), "")
    if not words:
        raise _unusable(place, text("classroom.password_none"))
    return Secret(words)


def _unusable(path: Path, why: str) -> BadFile:
    return BadFile(text("classroom.password_file", path=path, why=why))
