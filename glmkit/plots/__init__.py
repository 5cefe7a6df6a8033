"""Pictures of what was said, how it sounded, how long it took.

Each function takes ``ax=None`` and ``theme=None`` (``"light"``, ``"dark"``; None: as ``glm.look``
says), draws on one Axes and returns it; without ``ax`` it makes a figure, which a notebook shows
once, below the cell. Axes are in seconds and hertz, titles state what was found, colours come from
one palette, and a picture with a latency in it names the peer it was measured against. Several in
one figure: give it ``layout="constrained"``, which makes room for titles and for what stands beside
the axes.

::

    waveform(turn | clip | [clips])      spectrogram(clip)   pitch(clip)   loudness(clip)
    compare(a, b)                        profile(clip)       vad(clip)
    timeline(turn | trace)               latency(turns)      sequence(trace)
    zoom(turn | clip)                    rehearsal(what glm.lab.rehearse gives)
    effect(table, of, x=)                caption(ax, words)

Nothing here is imported before it is asked for: matplotlib costs more than a turn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glmkit.environment.features import needs
from glmkit.environment.lazy_names import module_attributes

if TYPE_CHECKING:
    from glmkit.plots.captions import caption as caption
    from glmkit.plots.drawing.style import png as png
    from glmkit.plots.latencies import latency as latency
    from glmkit.plots.measures import measure as measure
    from glmkit.plots.rehearsals import rehearsal as rehearsal
    from glmkit.plots.sequences import sequence as sequence
    from glmkit.plots.setting_effects import effect as effect
    from glmkit.plots.single_samples import zoom as zoom
    from glmkit.plots.spectrograms import spectrogram as spectrogram
    from glmkit.plots.timelines.figure import timeline as timeline
    from glmkit.plots.tone import compare as compare
    from glmkit.plots.tone import loudness as loudness
    from glmkit.plots.tone import pitch as pitch
    from glmkit.plots.tone import profile as profile
    from glmkit.plots.voice_activity import vad as vad
    from glmkit.plots.waveforms import waveform as waveform

_HOMES = {
    "caption": "captions",
    "compare": "tone",
    "effect": "setting_effects",
    "latency": "latencies",
    "loudness": "tone",
    "measure": "measures",
    "pitch": "tone",
    "png": "drawing.style",
    "profile": "tone",
    "rehearsal": "rehearsals",
    "sequence": "sequences",
    "spectrogram": "spectrograms",
    "timeline": "timelines.figure",
    "vad": "voice_activity",
    "waveform": "waveforms",
    "zoom": "single_samples",
}

__all__ = list(_HOMES)


def _check_installed(name: str) -> None:
    needs("pitch" if name == "measure" else "figures")


if not TYPE_CHECKING:
    __getattr__, __dir__ = module_attributes(__name__, _HOMES, first=_check_installed)
