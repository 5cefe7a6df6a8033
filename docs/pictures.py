"""Makes the READMEs' pictures from the emulator, in both languages: ``python docs/pictures.py``."""

from __future__ import annotations

import os
from pathlib import Path

import glmkit as glm

HERE = Path(__file__).parent
EDITIONS = {"en": "", "zh": ".zh-CN"}


def main() -> None:
    """One spoken turn for each README, drawn as both voices and as a timeline."""
    with glm.connect("emulator") as session:
        for lang, edition in EDITIONS.items():
            os.environ["GLMKIT_LANG"] = lang
            session.say(glm.sample(f"joke_{lang}"))  # the first one loads models
            turn = session.say(glm.sample(f"joke_{lang}"))
            draw(turn, edition)


def draw(turn: glm.Turn, edition: str) -> None:
    """Both pictures of a turn, in the language of the process."""
    for name, plot in (("conversation", glm.plots.waveform), ("timeline", glm.plots.timeline)):
        (HERE / f"{name}{edition}.png").write_bytes(glm.plots.png(plot, turn))


if __name__ == "__main__":
    main()
