"""Makes the READMEs' pictures from the emulator: ``make pictures``."""

from __future__ import annotations

from pathlib import Path

import glmkit as glm

HERE = Path(__file__).parent


def main() -> None:
    """One spoken turn, drawn as both voices and as a timeline."""
    with glm.connect("emulator") as session:
        turn = session.say(glm.sample("joke_zh"))
    for name, plot in (("conversation", glm.plots.waveform), ("timeline", glm.plots.timeline)):
        (HERE / f"{name}.png").write_bytes(glm.plots.png(plot, turn))


if __name__ == "__main__":
    main()
