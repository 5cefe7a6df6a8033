"""soundfile, whose library reads and writes sound; where it can't be found, how to cure that."""

from __future__ import annotations

from glmkit.environment.utf8 import file_names_cure
from glmkit.errors import Missing

try:
    import soundfile as soundfile
except UnicodeEncodeError:  # its library lies in a folder whose name was misread
    raise Missing(file_names_cure()) from None
