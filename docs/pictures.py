"""Makes the READMEs' pictures from the emulator, in both languages: ``python docs/pictures.py``."""

from __future__ import annotations

import os
from pathlib import Path

import glmkit as glm

HERE = Path(__file__).parent
TRIES = 4  # the first loads models, and a busy machine makes others wait
EDITIONS = {"en": "", "zh": ".zh-CN"}


def main() -> None:
    """One spoken turn for each README, drawn as both voices and as a timeline."""
    with glm.connect("emulator") as session:
        for lang, edition in EDITIONS.items():
            os.environ["GLMKIT_LANG"] = lang
            turns = [session.say(glm.sample(f"joke_{lang}")) for _ in range(TRIES)]
            draw(min(turns, key=wait), edition)


def wait(turn: glm.Turn) -> float:
    """Seconds until the answer could be heard."""
    heard = turn.latency.first_audible if turn.latency else None
    return float("inf") if heard is None else heard


def draw(turn: glm.Turn, edition: str) -> None:
    """Both pictures of a turn, in the language of the process."""
    for name, plot in (("conversation", glm.plots.waveform), ("timeline", glm.plots.timeline)):
        (HERE / f"{name}{edition}.png").write_bytes(glm.plots.png(plot, turn))


if __name__ == "__main__":
    main()
