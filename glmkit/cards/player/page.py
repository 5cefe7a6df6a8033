"""``trace.page("x.html")``: a recording as one page, to hand in, to mail or to project.

Rules
- Everything is in the file, and its policy lets the browser fetch nothing else, not even from
  beside it. The one script that may run is the player's, named by its hash.
- It appears whole or not at all, as recordings do, and holds no key.
"""

from __future__ import annotations

import base64
import hashlib
import os
from pathlib import Path
from typing import Final

from glmkit.cards.frame import card, safe, say
from glmkit.cards.player.markup import plain_script, player_block
from glmkit.cards.player.scene import scene_of
from glmkit.cards.player.sounds import as_mp3, own_sounds
from glmkit.cards.traces import trace_parts
from glmkit.environment.whole_files import whole_file
from glmkit.errors import BadArgument
from glmkit.plots.drawing.palette import THEMES
from glmkit.recordings.bundle import place_for
from glmkit.texts import language, text
from glmkit.turns.labels import peer_name
from glmkit.turns.trace import Trace

_SUFFIXES: Final = (".html", ".htm")
_POLICY: Final = (
    "default-src 'none'; script-src 'sha256-{hash}'; style-src 'unsafe-inline'; "
    "img-src data:; base-uri 'none'; form-action 'none'"
)
_PAGE: Final = """<!doctype html>
<html lang="{tag}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer"><title>{title}</title>
<style>body{{margin:24px auto;max-width:1180px;padding:0 16px;
font:16px/1.5 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}}
h1{{font-size:20px;margin:0 0 12px}}
body .glm-card.glm-card{{max-width:none}}
@media(prefers-color-scheme:dark){{body{{background:{dark};color:{pale}}}}}
@media(max-width:600px){{body{{margin:8px auto;padding:0 4px}}}}</style></head>
<body><h1>{title}</h1>{card}<script>{script}</script></body></html>
"""


def write_page(trace: Trace, path: str | os.PathLike[str], *, title: str | None = None) -> Path:
    """Write the page of ``trace``; its path. Raises BadArgument, BadFile."""
    target = place_for(path)
    if target.suffix.lower() not in _SUFFIXES:
        raise BadArgument(text("player.suffix", found=target.name))
    if title is not None and not isinstance(title, str):
        raise BadArgument(text("player.title_is", found=type(title).__name__))
    content = page_of(trace, title).encode("utf-8")
    with whole_file(target) as beside:
        beside.write_bytes(content)
    return target


def page_of(trace: Trace, title: str | None = None) -> str:
    """The page as HTML."""
    scene, script = scene_of(trace), plain_script()
    player = player_block(scene, own_sounds(scene.pieces, as_mp3), alone=True)
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    if title is None:
        date = f"{trace.clock.date(trace.clock.perf):%Y-%m-%d %H:%M}"
        title = text("player.title", peer=peer_name(trace.reached), date=date)
    return _PAGE.format(
        tag="zh-Hans" if language() == "zh" else "en",
        policy=_POLICY.format(hash=base64.b64encode(digest).decode("ascii")),
        title=safe(title, 400),
        dark=THEMES["dark"].ground,
        pale=THEMES["dark"].ink,
        card=card("trace", say("cards.trace"), *trace_parts(trace), player),
        script=script,
    )
