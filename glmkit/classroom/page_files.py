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

from glmkit import widgets
from glmkit.classroom.timeline_files import timeline_file
from glmkit.protocol.serving.http_answers import answer
from glmkit.texts import Language, text_in, unfilled

STATIC: Final = Path(__file__).resolve().parent / "static"
_WIDGETS: Final = Path(widgets.__file__).resolve().parent / "static"
#: What the pages have of the widgets: each stands alone.
_OF_WIDGETS: Final = frozenset(("decoded_file.js", "page_elements.js", "worklet.js"))
_TYPES: Final = {".js": "text/javascript", ".css": "text/css"}
_TAGS: Final[dict[Language, str]] = {"en": "en", "zh": "zh-Hans"}
#: A page by its topic: its title, its style sheets, and the files that have its sentences.
_KINDS: Final = {
    "teacher_page": ("teacher_page.title", ("class.css",), ("teacher_page",)),
    "hand_in_page": (
        "hand_in_page.title",
        ("timeline.css", "class.css"),
        ("teacher_page", "hand_in_page"),
    ),
    "pupil_page": (
        "pupil_page.title",
        ("class.css", "timeline.css", "pupil.css"),
        ("pupil_page",),
    ),
}
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
)
_PAGE: Final = """<!doctype html>
<html lang="{tag}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">{sheets}</head>
<body><main id="page" data-lang="{lang}" data-known="{known}">
<noscript>{needs_script}</noscript><p class="quiet">{loading}</p></main>
<script type="application/json" id="words">{words}</script>
<script type="module" src="{entry}"></script></body></html>
"""


def page(
    lang: Language, *, entry: str, known: bool = False, topic: str = "teacher_page"
) -> Response:
    """A page in one language, with its script; ``known``: whether it gave the password already.

    ``topic``: which page it is.
    """
    title, sheets, files = _KINDS[topic]
    said = {key: each for name in files for key, each in unfilled(f"{name}.ui_", lang).items()}
    written = _PAGE.format(
        tag=_TAGS[lang],
        lang=lang,
        title=html.escape(text_in(lang, title)),
        known=json.dumps(known),
        loading=html.escape(text_in(lang, "teacher_page.loading")),
        needs_script=html.escape(text_in(lang, "teacher_page.needs_script")),
        words=json.dumps(said, ensure_ascii=False).replace("<", "\\u003c"),
        sheets="".join(f'<link rel="stylesheet" href="{name}">' for name in sheets),
        entry=entry,
    )
    return guarded(answer(HTTPStatus.OK.value, HTTPStatus.OK.phrase, written, "text/html"))


def file(name: str) -> Response | None:
    """A script or style sheet of the pages; None for what is none."""
    written = timeline_file(name)
    if written is None and name not in _names():
        return None
    kind = _TYPES[Path(name).suffix]
    if written is None:
        folder = _WIDGETS if name in _OF_WIDGETS else STATIC
        written = (folder / name).read_text(encoding="utf-8")
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
def _names() -> frozenset[str]:
    return _OF_WIDGETS | {path.name for path in STATIC.iterdir() if path.suffix in _TYPES}
