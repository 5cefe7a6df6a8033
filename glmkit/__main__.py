"""``python -m glmkit``: the command line, see ``cli/commands``."""

from __future__ import annotations

import sys

from glmkit.cli.commands import main

if __name__ == "__main__":
    sys.exit(main())
