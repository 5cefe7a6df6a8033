"""What somebody tries who has installed what client and emulator need, and nothing more.

Prints, as JSON, what a sample turn under client VAD and one in writing gave, and what each call
said that needs more. ``test_client_only.py`` runs it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

import glmkit as glm
from glmkit.lab.row_files import RowFile


def main() -> None:
    """Two turns, then everything that is missing."""
    clip, emulator = glm.sample("joke_zh"), glm.emulator()
    with glm.connect(emulator.url, api_key=emulator.key) as session:
        spoken = session.say(clip, speed=None)
        written = session.ask("Hello")
        said = {name: refused(call) for name, call in lacking(session, spoken, clip).items()}
        shown = [bool(each._repr_mimebundle_()) for each in (spoken, clip, session, session.trace)]
    emulator.check()
    turns = [
        [turn.status, turn.transcript, turn.audio is not None and turn.audio.seconds > 1]
        for turn in (spoken, written)
    ]
    sys.stdout.write(json.dumps({"turns": turns, "said": said, "shown": shown}))


def lacking(
    session: glm.Session, turn: glm.Turn, clip: glm.Clip
) -> dict[str, Callable[[], object]]:
    """What needs a package that is not there, under ``what: which``."""
    trace = session.trace
    return {
        "server VAD: onnxruntime": lambda: session.update(vad="server"),
        "server VAD from the start: onnxruntime": lambda: glm.connect("emulator", vad="server"),
        "a figure: matplotlib": lambda: glm.plots.waveform(turn),
        "a turn's figure: matplotlib": turn.plot,
        "a figure by name: matplotlib": lambda: __import__("glmkit.plots", fromlist=["vad"]).vad,
        "a difference's figure: matplotlib": lambda: trace.diff(trace).plot(),
        "lessons: matplotlib": lambda: glm.lessons,
        "numbers: librosa": lambda: glm.plots.measure(clip),
        "a trace's table: pandas": trace.table,
        "a difference's table: pandas": lambda: trace.diff(trace).table(),
        "many runs: pandas": lambda: glm.lab.repeat(sys.exit, 1),  # before anything runs
        "rows as Parquet: pyarrow": lambda: RowFile.at("runs.parquet"),
        "a summary: pandas": lambda: glm.lab.summary([turn]),
        "recordings: pandas": lambda: glm.lab.collect("."),
        "a player: ipython": clip.play,
        "a recorder: anywidget": lambda: glm.Recorder()._repr_mimebundle_(),
        "live talk: anywidget": lambda: session.talk()._repr_mimebundle_(),
        "nested loops: nest_asyncio": glm.allow_nested_loops,
        "Mandarin: pypinyin": lambda: glm.speak("你好"),
        "English: hibari-tts": lambda: glm.speak("Hello"),
    }


def refused(call: Callable[[], object]) -> str:
    """The words of the error that ``call`` raises."""
    try:
        return f"nothing, but {call()!r}"
    except glm.GlmError as error:
        return str(error)
    except Exception as error:  # noqa: BLE001 - what must not come
        return f"{type(error).__name__}, which is none of the kit's"


if __name__ == "__main__":
    main()
