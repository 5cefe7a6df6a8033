"""Which version of a package is installed here."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def version_of(package: str) -> str:
    """The version of a package as it was installed; ``?`` where it is not, or lies in a path."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "?"
