"""``python -m glmkit.emulator``: what the kit starts as its child."""

from __future__ import annotations

import sys

from glmkit.emulator.main import main

if __name__ == "__main__":
    sys.exit(main())
