"""``python -m glmkit.emulator``: what the kit starts as its child."""

from __future__ import annotations

import sys

from glmkit.environment.utf8 import begin_again, speak_utf8


def run() -> int:
    """Runs the child where the parent asked for one, else the command; the exit status."""
    if sys.argv[1:] != ["--lifeline"]:
        from glmkit.cli.emulator import main

        return main()
    begin_again()
    speak_utf8()
    from glmkit.emulator.child import serve_parent

    return serve_parent()


if __name__ == "__main__":
    sys.exit(run())
