"""The pages of a class as a browser gets them: HTML, with scripts and a style sheet beside it.

Rules
- Nothing is asked of another host, and no script stands in the page: its policy says so.
- Its sentences are data in it; what people typed (names, messages) comes later, as JSON.
"""

from __future__ import annotations

import html
import json
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Final

from websockets.http11 import Response

from glmkit.cards.player.markup import STATIC as PLAYER
from glmkit.cards.player.markup import style
from glmkit.cards.style_sheet import card_css
from glmkit.protocol.serving.http_answers import answer
from glmkit.texts import Language, text_in, unfilled

STATIC: Final = Path(__file__).resolve().parent / "static"
_TYPES: Final = {".js": "text/javascript", ".css": "text/css"}
_TAGS: Final[dict[Language, str]] = {"en": "en", "zh": "zh-Hans"}
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
)
_PAGE: Final = """<!doctype html>
<html lang="{tag}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,"><link rel="stylesheet" href="player.css">
<link rel="stylesheet" href="class.css"></head>
<body><main id="page" data-lang="{lang}" data-known="{known}">
<noscript>{needs_script}</noscript></main>
<script type="application/json" id="words">{words}</script>
<script type="module" src="{entry}"></script></body></html>
"""


_PLAYER: Final = "player"  # the folder in which the pages find the player's scripts
_PLAYER_SHEET: Final = "player.css"


def page(lang: Language, *, entry: str, known: bool = False) -> Response:
    """A page in one language, with its script; ``known``: whether it gave the password already."""
    said = unfilled("teacher_page.ui_", lang) | unfilled("hand_in_page.ui_", lang)
    words = json.dumps(said, ensure_ascii=False)
    written = _PAGE.format(
        tag=_TAGS[lang],
        lang=lang,
        title=html.escape(text_in(lang, "teacher_page.title")),
        known=json.dumps(known),
        needs_script=html.escape(text_in(lang, "teacher_page.needs_script")),
        words=words.replace("<", "\\u003c"),
        entry=entry,
    )
    return guarded(answer(HTTPStatus.OK.value, HTTPStatus.OK.phrase, written, "text/html"))


def file(name: str) -> Response | None:
    """A script or style sheet of the pages, the player's included; None for what is none."""
    kind = _TYPES.get(Path(name).suffix, "")
    if name == _PLAYER_SHEET:
        written = card_css() + style()
    elif name in _files():
        written = _files()[name].read_text(encoding="utf-8")
    else:
        return None
    return guarded(answer(HTTPStatus.OK.value, HTTPStatus.OK.phrase, written, kind))


def guarded(response: Response) -> Response:
    """The same, for one page alone: not kept, not framed, not taken for something else."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@cache
def _files() -> dict[str, Path]:
    own = {path.name: path for path in STATIC.iterdir() if path.suffix in _TYPES}
    scripts = {f"{_PLAYER}/{path.name}": path for path in PLAYER.iterdir() if path.suffix == ".js"}
    return own | scripts
