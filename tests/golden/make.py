"""``python -m tests.golden.make``: write down what there is today; ``--bundles``: record anew, too.

What it writes is compared by ``test_golden``: make it again where a change is meant, and read what
git says has changed.
"""

from __future__ import annotations

import os
import sys

from tests.golden import bundles
from tests.golden.common import FOLDER, as_json
from tests.golden.turns import turns

FILE = FOLDER / "turns.json"


def main(words: list[str]) -> None:
    """Write the file; with ``--bundles`` of new recordings."""
    _lay_bare()
    if "--bundles" in words:
        bundles.make()
    FILE.write_text(as_json(turns()), encoding="utf-8")


def _lay_bare() -> None:
    """As tests have it: no key, no proxy, no choices of the machine."""
    for name in list(os.environ):
        ours = name.startswith(("ZHIPU", "ZAI_", "GLMKIT_")) and name != "GLMKIT_MODELS"
        if ours or name.lower().endswith("_proxy"):
            del os.environ[name]
    os.environ.update(GLMKIT_TO="emulator", GLMKIT_LANG="en")


if __name__ == "__main__":
    main(sys.argv[1:])
