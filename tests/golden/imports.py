"""Which of the large libraries each thing loads, in an interpreter of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.golden.common import ROOT

HEAVY = [
    "numpy",
    "matplotlib",
    "librosa",
    "anywidget",
    "jwt",
    "websockets",
    "msgspec",
    "soundfile",
    "soxr",
    "pandas",
    "asyncio",
    "onnxruntime",
    "ctranslate2",
    "IPython",
    "ipywidgets",
    "PIL",
    "httpx",
    "tqdm",
    "numba",
]
STATEMENTS = (
    "import glmkit",
    "import glmkit.errors",
    "import glmkit.auth",
    "import glmkit.events",
    "import glmkit as glm; glm.Clip",
    "import glmkit as glm; glm.connect",
    "import glmkit as glm; glm.plots",
    "import glmkit as glm; glm.lab",
    "import glmkit as glm; glm.emulator",
    "import glmkit as glm; glm.explain",
    "import glmkit as glm; glm.doctor",
    "import glmkit as glm; glm.lessons",
    "import glmkit as glm; glm.aio",
    "import glmkit as glm; dir(glm)",
)


def imports() -> dict[str, Any]:
    """The heavy modules that are there after each statement."""
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(STATEMENTS, pool.map(_loaded, STATEMENTS), strict=True))


def _loaded(statement: str) -> list[str]:
    code = f"{statement}\nimport sys, json\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    loaded = set(json.loads(done.stdout))
    return [name for name in HEAVY if name in loaded]
