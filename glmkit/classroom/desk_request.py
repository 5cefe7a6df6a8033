"""One request at the teacher's desk, read once: what is asked for, by whom, in which language."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, urlsplit

from websockets.http11 import Request

from glmkit.auth.masking import Secret
from glmkit.protocol.serving.readers_language import languages_of, said_in
from glmkit.texts import Language, language

if TYPE_CHECKING:
    from websockets.datastructures import Headers

    from glmkit.protocol.serving.whole_request import WholeRequest

ROOT: Final = "/_class"
_COOKIE: Final = "glmkit_class"
_LANGUAGES: Final[dict[str, Language]] = {"en": "en", "zh": "zh"}


class DeskRequest:
    """``name`` is what follows ``ROOT``; ``address`` is where it comes from."""

    def __init__(self, asked: WholeRequest, address: str) -> None:
        self.asked, self.address = asked, address
        self.request = Request(asked.target, asked.headers)
        parts = urlsplit(asked.target)
        self.name = parts.path.removeprefix(ROOT).strip("/")
        self._query = parse_qs(parts.query)

    @property
    def headers(self) -> Headers:
        """Its headers."""
        return self.asked.headers

    @property
    def lang(self) -> Language:
        """The one language that its reader gets: ``?lang=``, the browser's, or this machine's."""
        if (wished := self.query("lang")) in _LANGUAGES:
            return _LANGUAGES[wished]
        found = languages_of(self.request)
        return found[0] if len(found) == 1 else language()

    def say(self, key: str, /, **values: object) -> str:
        """A sentence for whoever asks."""
        return said_in(languages_of(self.request), key, **values)

    def query(self, name: str) -> str:
        """A word of the address; empty where it is not there."""
        return self._query.get(name, [""])[0]

    @cached_property
    def body(self) -> dict[str, Any]:
        """The JSON object it brings; empty for anything else."""
        kind = self.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind != "application/json":  # which no form of another page can send unasked
            return {}
        try:
            found = json.loads(self.asked.body)
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def cookie_called(self, begin: str) -> str:
        """A cookie's name with the port: browsers give one host's cookies to all of its ports."""
        port = self.headers.get("Host", "").rpartition(":")[2]
        return f"{begin}_{port}" if port.isascii() and port.isdigit() else begin

    def cookie_value(self, wanted: str) -> Secret:
        """The cookie of this name; empty where none came."""
        for pair in self.headers.get("Cookie", "").split(";"):
            name, _, value = pair.strip().partition("=")
            if name == wanted:
                return Secret(value)
        return Secret("")

    @property
    def cookie_name(self) -> str:
        """The name of the teacher's cookie."""
        return self.cookie_called(_COOKIE)

    @property
    def cookie(self) -> Secret:
        """The teacher's cookie."""
        return self.cookie_value(self.cookie_name)
