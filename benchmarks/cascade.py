"""What a cascade costs in time: recognition, a chat model, speech, stage by stage beside the rules.

Two emulators, one that answers by its rules and one with ``--dialogue``, are asked the same spoken
sums in turn, under client VAD, so that a busy machine slows both. The zero point is the commit:

- *heard*: until the question's transcript is there (recognition);
- *thought*: from there to the answer's first clause (rules, or the model's first words to the first
  mark that ends a clause);
- *spoken*: from there to its first sound (synthesis; an answer whose words are all known, as the
  rules' are, may be held back a little, so that it doesn't stop in the middle).

The first question warms up and does not count.

    python -m benchmarks.cascade --dialogue openai:http://127.0.0.1:11434/v1#qwen2.5:1.5b
    python -m benchmarks.cascade                 # a stand-in that thinks for 0.3 s, then 20 words/s

It needs the speech models (``glmkit voices install``).
"""

from __future__ import annotations

import argparse
import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count, pairwise
from statistics import median

import glmkit as glm
from benchmarks.response_time import sum_in_english
from glmkit.emulator.launch import Emulator

FIRST, PAUSE = 0.3, 1 / 20  # seconds to the stand-in's first word, and from word to word
#: Other words each time: what was said once is kept, and costs nothing to say again.
WORDS = "This is answer number {n} of mine, and it goes on, so that the rest has time to come."
DEADLINE = 120.0
MOST = 40  # tokens of an answer: only its beginning is measured
_NUMBERS = count(1)
#: What each stage ends with; the first is sent, the others come.
MARKS = (
    "input_audio_buffer.commit",
    "conversation.item.input_audio_transcription.completed",
    "response.audio_transcript.delta",
    "response.audio.delta",
)
STAGES = ("heard", "thought", "spoken")


class _Answering(BaseHTTPRequestHandler):
    """Says ``WORDS`` at a stated speed, whatever it is asked."""

    def do_POST(self) -> None:
        """Stream an answer as an OpenAI-compatible endpoint does."""
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        time.sleep(FIRST)
        for word in WORDS.format(n=next(_NUMBERS)).split():
            delta = json.dumps({"choices": [{"delta": {"content": f"{word} "}}]})
            self.wfile.write(f"data: {delta}\n\n".encode())
            time.sleep(PAUSE)

    def log_message(self, *_: object) -> None:
        """Nothing: stderr is the reader's."""


@contextmanager
def stand_in() -> Iterator[str]:
    """The switch of an endpoint whose speed is known."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answering)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"openai:http://127.0.0.1:{server.server_address[1]}/v1#stand-in"
    finally:
        server.shutdown()
        server.server_close()


def stages(turn: glm.Turn) -> list[float]:
    """Seconds of each stage of one turn, in the order of ``STAGES``."""
    first: dict[str, float] = {}
    for event in turn.events:
        first.setdefault(event.type, event.at)
    if not first.keys() >= set(MARKS):
        raise SystemExit(f"no spoken answer ({turn.status}): {turn.explain()!r}")
    return [first[after] - first[before] for before, after in pairwise(MARKS)]


def measured(switches: Sequence[str], turns: int) -> dict[str, list[list[float]]]:
    """The stages of every counted turn, by who answered."""
    found: dict[str, list[list[float]]] = {switch: [] for switch in switches}
    with ExitStack() as held:
        sessions = {}
        for switch in switches:
            emulator = held.enter_context(Emulator.start(dialogue=switch))
            session = glm.connect(emulator.url, api_key=emulator.key, max_tokens=MOST)
            sessions[switch] = held.enter_context(session)
        for n in range(turns + 1):
            question = sum_in_english(n)
            for switch, session in sessions.items():
                found[switch].append(stages(session.say(question, timeout=DEADLINE)))
    return {switch: rows[1:] for switch, rows in found.items()}


def shown(found: dict[str, list[list[float]]]) -> Iterator[str]:
    """A line for each who answered: the median of each stage and of the whole, and the range."""
    width = max(map(len, found))
    yield " " * width + "".join(f"{name:>9}" for name in (*STAGES, "in all")) + "   range"
    for switch, rows in found.items():
        wholes = [sum(row) for row in rows]
        middle = [*map(median, zip(*rows, strict=True)), median(wholes)]
        figures = "".join(f"{seconds:7.2f} s" for seconds in middle)
        yield f"{switch:{width}}{figures}   {min(wholes):.2f}–{max(wholes):.2f}, n={len(rows)}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cascade")
    parser.add_argument("--dialogue", help="openai:URL#MODEL; without it a stand-in")
    parser.add_argument("--turns", type=int, default=5)
    given = parser.parse_args()
    with ExitStack() as held:
        dialogue = given.dialogue or held.enter_context(stand_in())
        for line in shown(measured(("rules", dialogue), given.turns)):
            print(line)


if __name__ == "__main__":
    main()
