"""What is installed: packages, widgets, the WebSocket library, sound, fonts, voices."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path

from glmkit.doctor.report import Check, Level
from glmkit.environment import CLONE
from glmkit.environment.features import FEATURES, features_without, needs, pip, there
from glmkit.texts import text

_LIST = CLONE / "requirements.txt"
_REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)\s*(?:([>=]=)\s*([0-9.]+))?")
_SPEECH = ("recognition", "mandarin", "english")
_MANAGERS = ("@jupyter-widgets/jupyterlab-manager", "anywidget")


# -- packages ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Requirement:
    """One package the kit needs, and from which version on (``>=``) or in which (``==``)."""

    package: str
    least: str
    bound: str = ">="

    def __str__(self) -> str:
        return f"{self.package}{self.bound}{self.least}" if self.least else self.package

    @property
    def fault(self) -> str | None:
        """What is wrong with it here: absent, or its version if that is too old; else None."""
        if not there(self.package):
            return text("doctor.absent", package=self.package)
        found = installed_version(self.package)
        if _numbers(found) < _numbers(self.least):
            return text("doctor.too_old", package=self.package, found=found, least=self.least)
        return None


def packages() -> Check:
    """Whether everything of requirements.txt is there and new enough, and what goes without."""
    needed = list(requirements())
    facts = {need.package: installed_version(need.package) or None for need in needed}
    faults = {need: fault for need in needed if (fault := need.fault)}
    if not faults:
        return Check("packages", "ok", text("doctor.packages", count=len(needed)), facts=facts)
    lost = features_without([need.package for need in faults if not there(need.package)])
    optional = {package for lacking in lost.values() for package in lacking}
    found = [fault for need, fault in faults.items() if need.package not in optional]
    level: Level = "missing" if found else "note"
    if lost:
        found.append(text("doctor.goes_without", features=_listed(lost)))
    todo = text("doctor.run", command=pip(*map(str, faults)))
    return Check("packages", level, text("doctor.comma").join(found), todo, facts)


def _listed(lost: Mapping[str, Sequence[str]]) -> str:
    each = (f"{feature} ({', '.join(lacking)})" for feature, lacking in lost.items())
    return text("doctor.comma").join(each)


def requirements() -> Iterator[Requirement]:
    """The kit's requirements: of the clone, else of the installed package."""
    clone = (_LIST.parent / "pyproject.toml").is_file() and _LIST.is_file()
    lines = _LIST.read_text(encoding="utf-8").splitlines() if clone else requires("glmkit") or []
    for line in lines:
        if "extra ==" not in line and (match := _REQUIREMENT.match(line)):
            yield Requirement(match[1], match[3] or "", match[2] or ">=")


def installed_version(package: str) -> str:
    """Its version, or nothing where no package of that name is known."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _numbers(dotted: str) -> tuple[int, ...]:
    numbers = re.match(r"\d+(?:\.\d+)*", dotted)
    return tuple(map(int, numbers[0].split("."))) if numbers else ()


# -- the notebook's widgets and the WebSocket ----------------------------------------------


def widgets() -> Check:
    """Whether Python's half of the widgets is here, and the browser's half beside it."""
    needs("widgets")
    needs("key_field")
    import anywidget
    import ipywidgets

    facts = {"ipywidgets": ipywidgets.__version__, "anywidget": anywidget.__version__}
    absent = [name for name in _MANAGERS if not _has_extension(name)]
    found = text("doctor.widgets", **facts)
    if absent and "google.colab" not in sys.modules:
        found += text("doctor.widgets_half", names=", ".join(absent))
        todo = text("doctor.widgets_todo", command=pip("jupyterlab-widgets", "anywidget"))
        return Check("widgets", "note", found, todo, {**facts, "absent": absent})
    return Check("widgets", "ok", found, facts=facts)


def _has_extension(name: str) -> bool:
    from jupyter_core.paths import jupyter_path

    return any(Path(folder, name).is_dir() for folder in jupyter_path("labextensions"))


def websockets() -> Check:
    """Which WebSocket library, and whether its fast half is there."""
    fast = find_spec("websockets.speedups") is not None
    facts = {"version": version("websockets"), "speedups": fast}
    found = text("doctor.websockets", **facts)
    if not fast:
        todo = text("doctor.run", command=pip("--force-reinstall", "websockets"))
        return Check("websockets", "note", found + text("doctor.websockets_slow"), todo, facts)
    return Check("websockets", "ok", found, facts=facts)


# -- sound, letters, voices ----------------------------------------------------------------


def sound() -> Check:
    """Which formats the sound library really writes and reads: each is tried."""
    import soundfile

    works = {name: _round_trip(name) for name in ("WAV", "FLAC", "OGG", "MP3")}
    facts = {"libsndfile": soundfile.__libsndfile_version__, "formats": works}
    good = ", ".join(name for name, works_here in works.items() if works_here)
    bad = ", ".join(name for name, works_here in works.items() if not works_here)
    found = text("doctor.sound", version=soundfile.__libsndfile_version__, formats=good or "–")
    if not bad:
        return Check("sound", "ok", found, facts=facts)
    todo = text("doctor.run", command=pip("--upgrade", "soundfile"))
    found += text("doctor.sound_bad", formats=bad)
    return Check("sound", "note" if works["WAV"] else "missing", found, todo, facts)


def _round_trip(name: str) -> bool:
    """Whether a fifth of a second of sound comes back from a file of this format."""
    import numpy as np
    import soundfile

    samples, file = np.sin(np.arange(4800) / 8).astype("float32") / 2, io.BytesIO()
    try:
        soundfile.write(file, samples, 24_000, format=name)
        file.seek(0)
        back, rate = soundfile.read(file)
    except (soundfile.SoundFileError, ValueError, TypeError):
        return False
    return bool(rate == 24_000 and len(back) >= 4800 and float(np.abs(back).max()) > 0.2)


def fonts() -> Check:
    """Whether figures can be lettered in Chinese."""
    needs("figures")
    from glmkit.plots.drawing.fonts import families

    chinese = families()[1:]
    if chinese:
        found = text("doctor.fonts", name=chinese[0])
        return Check("fonts", "ok", found, facts={"chinese": chinese[0]})
    names = "Noto Sans CJK SC"
    found, todo = text("doctor.fonts_none"), text("doctor.fonts_todo", name=names)
    return Check("fonts", "note", found, todo, {"chinese": None})


def voices() -> Check:
    """Which speech models of the emulator are in place, and what they run on."""
    from glmkit.emulator.weights.models import megabytes, status

    models = status()
    asked = dict.fromkeys(package for feature in _SPEECH for package in FEATURES[feature])
    engines = [name for name in asked if not there(name)]
    parts = [
        text("doctor.voice_here", name=each.name, size=megabytes(each.bytes))
        if each.path
        else text("doctor.voice_absent", name=each.name, size=megabytes(each.download_bytes))
        for each in models
    ]
    found = text("doctor.comma").join(parts)
    facts = {each.name: each.path and str(each.path) for each in models}
    if engines:
        found += text("doctor.engines", names=", ".join(engines))
        return Check("voices", "note", found, text("doctor.run", command=pip(*engines)), facts)
    if not all(facts.values()):
        return Check("voices", "note", found, text("doctor.voices_todo"), facts)
    return Check("voices", "ok", found, facts=facts)
