"""What a process that this one starts is told of it: its folders, and no key."""

from __future__ import annotations

import os
import re
import sysconfig
from contextlib import suppress
from pathlib import Path
from typing import Final

from glmkit.auth.masking import mask
from glmkit.environment import CLONE

_KEY_NAME: Final = re.compile(
    r"KEY|TOKEN|SECRET|PASSW|CREDENTIAL|(?:^|_)(?:AUTH|PASS|PAT|PWD)(?:_|$)", re.IGNORECASE
)


def python_path() -> str:
    """Where a child finds this very kit, and what this process was told of besides."""
    paths = [absolute(path) for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]
    if str(CLONE) not in {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}:
        paths.insert(0, str(CLONE))
    return os.pathsep.join(paths)


def is_key(name: str, value: str) -> bool:
    """Whether a variable is called a key, or holds what looks like one or was used as one."""
    return _KEY_NAME.search(name) is not None or mask(value) != value


def absolute(path: str) -> str:
    """A path from this process's folder as the child can use it from its own; "" stays."""
    with suppress(OSError):  # our folder is gone: nothing leads from there
        return str(Path(path).absolute()) if path else ""
    return path
