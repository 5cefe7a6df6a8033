"""``python -m docs.site``: build the site; ``--only`` for a look at some of it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from docs.site.building import SiteBuild, timed
from docs.site.sentences import sentence
from glmkit.errors import GlmError
from glmkit.texts import language


def main() -> int:
    """Build it; the exit status."""
    lang = language()
    asked = argparse.ArgumentParser(prog="python -m docs.site", description=sentence(lang, "help"))
    asked.add_argument("--out", type=Path, help=sentence(lang, "help_out"))
    asked.add_argument("--only", nargs="*", metavar="NAME", help=sentence(lang, "help_only"))
    given = asked.parse_args()
    build = SiteBuild(only=given.only)
    if given.out:
        out = given.out.resolve()
        build = SiteBuild(folder=out, archive=out.with_name("glmkit-site.zip"), only=given.only)
    try:
        timed(build)
    except GlmError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
