"""Which language the kit speaks to its reader: what a notebook's first cell chooses."""

from __future__ import annotations

import os
from typing import Final, get_args

from glmkit.errors import BadArgument
from glmkit.texts import Language, text

VARIABLE: Final = "GLMKIT_LANG"


def use_language(lang: Language) -> None:
    """Choose the language of cards, figures and errors: ``"en"`` or ``"zh"``.

    For this process and those it starts (it sets ``GLMKIT_LANG``). Raises BadArgument.
    """
    if lang not in get_args(Language):
        raise BadArgument(text("cli.language", found=lang))
    os.environ[VARIABLE] = lang
