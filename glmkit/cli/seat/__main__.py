"""What the pack's starters run: ``python setup install | open | check``.

Any Python reads this file, so that one that is too old is told so.
"""

import os
import runpy
import sys

OLDEST = (3, 11)


def _too_old():  # type: ignore[no-untyped-def]
    here = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - any Python
    words = runpy.run_path(os.path.join(here, "glmkit", "texts", "seat.py"))  # noqa: PTH118
    found = ".".join(map(str, sys.version_info[:2]))
    for sentence in words["TEXTS"]["seat.old_python"]:
        sys.stderr.write(sentence.format(found=found) + "\n")
    return 2


if __name__ == "__main__":
    if sys.version_info < OLDEST:
        sys.exit(_too_old())  # type: ignore[no-untyped-call]
    from glmkit.cli.seat.words_given import main

    sys.exit(main(sys.argv[1:]))
