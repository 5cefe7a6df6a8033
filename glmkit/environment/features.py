"""What the kit can do beyond client and emulator, and the packages that bring it.

``requirements-client.txt`` lists what client and emulator need. What ``requirements.txt`` has
beyond it is named here, by what it is for, and who is about to use it says so first:

    needs("tables")
    from pandas import DataFrame
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection
from importlib.util import find_spec
from typing import Final

from glmkit.environment.kernel import in_kernel
from glmkit.errors import Missing
from glmkit.texts import text

#: What somebody wants to do, and all that must be installed for it.
FEATURES: Final = {
    "figures": ("matplotlib",),
    "pitch": ("librosa",),
    "tables": ("pandas",),
    "players": ("ipython",),
    "widgets": ("anywidget",),
    "key_field": ("ipywidgets",),
    "hands": ("ipywidgets",),
    "notebooks": ("jupyterlab", "ipykernel"),
    "demo": ("nbclient", "nbconvert", "ipykernel", "matplotlib"),
    "nested_loops": ("nest_asyncio", "nest_asyncio2"),
    "voice_activity": ("onnxruntime",),
    "recognition": ("ctranslate2", "onnxruntime", "opencc-python-reimplemented"),
    "mandarin": ("onnxruntime", "pypinyin", "hibari-tts"),
    "english": ("hibari-tts",),
    "devices": ("sounddevice",),
    "parquet": ("pyarrow",),
    "slip_codes": ("segno",),
    "scores": ("jiwer", "opencc-python-reimplemented"),
    "means": ("scipy",),
}
_MEANWHILE: Final = (
    "devices",
    "parquet",
    "players",
    "slip_codes",
    "voice_activity",
)  # what else serves meanwhile, in words
_EXTRA: Final = ("devices", "parquet", "slip_codes")  # what requirements.txt does not bring
MODULES: Final = {  # a package's, where it is called otherwise
    "hibari-tts": "hibari",
    "ipython": "IPython",
    "opencc-python-reimplemented": "opencc",
    "pillow": "PIL",
    "pyjwt": "jwt",
    "python-dotenv": "dotenv",
    "pyyaml": "yaml",
}


def needs(feature: str, *packages: str) -> None:
    """Raise Missing where a package of ``feature`` is not installed: which, for what, the command.

    ``packages``: those of them that are needed this time; none: all.
    """
    if lacking := [name for name in packages or FEATURES[feature] if not there(name)]:
        words = text(
            "features.needed",
            packages=text("features.comma").join(lacking),
            feature=text(f"features.for_{feature}"),
            command=f"{'%pip' if in_kernel() else 'python -m pip'} install {' '.join(lacking)}",
        )
        all_of_it = "" if feature in _EXTRA else text("features.all")
        meanwhile = text(f"features.meanwhile_{feature}") if feature in _MEANWHILE else ""
        raise Missing(f"{words}{all_of_it}{meanwhile}")


def has(feature: str) -> bool:
    """Whether everything that ``feature`` needs is installed."""
    return all(map(there, FEATURES[feature]))


def features_without(packages: Collection[str]) -> dict[str, list[str]]:
    """What cannot be done without ``packages``, in the reader's words, and which of them it needs.

    A package that is in none of them client or emulator need.
    """
    lacking = {name: [each for each in FEATURES[name] if each in packages] for name in FEATURES}
    return {text(f"features.for_{name}"): found for name, found in lacking.items() if found}


def there(package: str) -> bool:
    """Whether ``package`` can be imported, by looking for it and not by importing it."""
    module = MODULES.get(package.lower(), package.replace("-", "_"))
    if module in sys.modules:
        return sys.modules[module] is not None
    try:
        return find_spec(module) is not None
    except ImportError:  # of a finder that somebody added
        return False


def pip(*names: str) -> str:
    """The command that installs ``names`` into this very Python."""
    words = " ".join(map(_quoted, names))
    return f"%pip install {words}" if in_kernel() else f"{python()} -m pip install {words}"


def python() -> str:
    """This Python as a word of a command line."""
    return _quoted(sys.executable)


def _quoted(word: str) -> str:
    return f'"{word}"' if re.search(r"[\s<>]", word) else word
