"""The command line: ``glmkit talk | ask | demo | lab | doctor | …``, see ``parser``.

A thin layer: each command parses its words and calls the room that does the work. Output is
UTF-8 whatever the console is set to. Exit status: 0 done, 1 the other side failed, 2 something
is yours to fix, 130 interrupted.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Sequence

from glmkit.cli.console import hang_up, note, show_warning, tell
from glmkit.cli.parser import understood
from glmkit.environment.utf8 import begin_again, speak_utf8
from glmkit.errors import GlmError, ServiceError
from glmkit.texts import shell_words, text


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    if argv is None:
        begin_again()
    speak_utf8()
    warnings.showwarning = show_warning
    try:
        return _flushed(list(sys.argv[1:] if argv is None else argv) or ["--help"])
    except BrokenPipeError:
        return hang_up()


def _flushed(words: Sequence[str]) -> int:
    try:
        with shell_words():
            return _run(words)
    finally:
        sys.stdout.flush()  # here, where a reader that has gone is no surprise


def _run(words: Sequence[str]) -> int:
    try:
        return understood(words)() or 0
    except GlmError as error:
        tell(str(error))
        return 1 if isinstance(error, ServiceError) else 2
    except KeyboardInterrupt:
        note(text("cli.interrupted"))
        return 130
