"""A certificate that nobody vouches for, for 127.0.0.1, as a teacher makes one."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import NamedTuple


class OwnCertificate(NamedTuple):
    """Two PEM files."""

    cert: Path
    key: Path


def own_certificate(folder: Path) -> OwnCertificate:
    made = OwnCertificate(folder / "class.pem", folder / "class.key")
    words = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    words += [
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=class",
        "-addext",
        "subjectAltName=IP:127.0.0.1",
    ]
    words += ["-keyout", str(made.key), "-out", str(made.cert)]
    subprocess.run(words, check=True, capture_output=True)
    return made
