"""The process that opens one hand-in: asked on stdin, answering on stdout, one JSON object each.

Opening takes seconds of computing and hands foreign bytes to decoders, so it is not done where
lessons are passed on.
"""

from __future__ import annotations

import json
import sys

from glmkit.classroom.opened_hand_in import answer_to


def main() -> None:
    """Answer, and end."""
    asked = json.load(sys.stdin.buffer)
    sys.stdout.buffer.write(json.dumps(answer_to(asked)).encode("ascii"))


if __name__ == "__main__":
    main()
