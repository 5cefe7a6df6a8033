"""Who stands above whom: the doors from the ground up, and the calls that lead up."""

from __future__ import annotations

from tests.package.imports import FACE

#: From the ground up: what stands in a line imports only what stands there or in the lines before.
LEVELS = (
    "process_values",
    "texts errors numeric",
    "environment",
    "auth",
    "media",
    "protocol",
    "events",
    "turns",
    "explain",
    "recordings",
    "session aio",
    "emulator",
    "plots",
    "cards",
    "widgets",
    "lab",
    "relay",
    "lessons",
    "verify",
    "classroom",
    "doctor",
    "cli",
    f"__main__ {FACE}",
)
LEVEL = {name: number for number, names in enumerate(LEVELS) for name in names.split()}

#: The calls that lead up, each a method that hands on: who, and the file it imports inside.
UPWARD = {
    ("errors", "_masked", "auth/masking"),
    ("auth/credentials", "Token._repr_mimebundle_", "cards/tokens"),
    ("auth/tokens", "TokenInfo._repr_mimebundle_", "cards/tokens"),
    ("media/clip", "Clip._repr_mimebundle_", "cards/clips"),
    ("media/kit_samples", "SampleNames._repr_mimebundle_", "cards/samples"),
    ("protocol/event", "Event._repr_mimebundle_", "cards/events"),
    ("events", "_EventsModule.__call__", "cards/references"),
    ("turns/turn", "Turn._repr_mimebundle_", "cards/turns"),
    ("turns/turn", "Turn.plot", "plots"),
    ("turns/turn", "Turn.listen", "cards/player/listen"),
    ("turns/turn", "Turn.explain", "turns/explain/all_checks"),
    ("turns/turn", "Turn.cer", "lab/scores"),
    ("turns/turn", "Turn.wer", "lab/scores"),
    ("turns/turn_sequence", "Turns._repr_mimebundle_", "cards/conversations"),
    ("turns/trace", "Trace._repr_mimebundle_", "cards/traces"),
    ("turns/trace", "Trace.load", "recordings/bundle"),
    ("turns/trace", "Trace.recover", "recordings/bundle"),
    ("turns/trace", "Trace.save", "recordings/bundle"),
    ("turns/trace", "Trace.listen", "cards/player/listen"),
    ("turns/trace", "Trace.page", "cards/player/page"),
    ("turns/trace", "Trace.export", "recordings/export"),
    ("turns/trace", "Trace.diff", "recordings/diff"),
    ("recordings/diff", "Difference.plot", "plots/differences"),
    ("session/asyncio_session", "Session._repr_mimebundle_", "cards/sessions"),
    ("session/hand_in_bundle", "lesson_score", "lessons/lesson_score"),
    ("session/faces", "live_talk", "widgets/talk"),
    ("session/faces", "notebook_player", "widgets/answer_player"),
    ("aio", "find_address", "emulator/launch"),
    ("emulator/__main__", "run", "cli/emulator"),
}
PAIRS = {(file, imported) for file, _, imported in UPWARD}

#: The same inside the emulator, a house of its own.
EMULATOR = (
    "threads profiles faults options switches log weights think",
    "hear speak",
    "pipeline",
    "session",
    "turn",
    "server replay",
    "process launch child watched_log pytest_plugin __main__",
    "emulator",
)
#: And among the figures: what they are drawn with, the timeline, the figures, and their list.
PLOTS = (
    "drawing",
    "timelines latency_rows quantities",
    "distributions",
    "settings_compared",
    "effect_points",
    "captions setting_effects",
    "differences latencies measures rehearsals sequences single_samples spectrograms "
    "table_comparisons tone voice_activity waveforms",
    "plots",
)
