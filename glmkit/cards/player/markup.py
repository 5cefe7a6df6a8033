"""The player as HTML: what it shows as JSON, its style sheet, and its code."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np

from glmkit.cards.frame import readable
from glmkit.cards.player import columns
from glmkit.cards.player.scene import VOICES, PlayerScene, SceneTurn
from glmkit.cards.player.sounds import CarriedSound, Soundtrack
from glmkit.cards.script_bundle import bundled, lean
from glmkit.cards.style_sheet import scoped
from glmkit.plots.drawing.titles import peer_note
from glmkit.texts import text, unfilled
from glmkit.turns.labels import is_live, peer_name

STATIC: Final = Path(__file__).resolve().parent / "static"
_STEP: Final = 0.01  # seconds of a column of the envelope, the finest
_COLUMNS: Final = 120_000  # of all sounds together: an hour's take 60 ms each
_COLUMNS_IN_CARD: Final = 12_000  # two minutes' take 20 ms each
_WORDS: Final = 600  # letters of a sentence on a mark
_QUIETEST: Final = 130  # of 32768: fainter sounds are not blown up any further
_UNPACK: Final = (
    "const all=(window.glmkitPlayers??={}),here=document.currentScript;"
    "(all[%s]??=(async()=>{"
    'const bytes=Uint8Array.from(atob("%s"),letter=>letter.charCodeAt(0)),'
    'plain=new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));'
    "return new Function(await new Response(plain).text())()"
    "})()).then(mount=>mount(here),error=>console.error(error))"
)


def player_html(scene: PlayerScene, track: Soundtrack, *, alone: bool = False) -> str:
    """The player's HTML, its code included."""
    return f"{player_block(scene, track, alone=alone)}<script>{packed_script()}</script>"


def player_block(scene: PlayerScene, track: Soundtrack, *, alone: bool = False) -> str:
    """What the code makes a player of. ``alone``: open, in the place of all else in its card.

    Its own sounds stand beside the JSON, each in a block that nothing reads before it is played.
    """
    data = json.dumps(scene_data(scene, track), ensure_ascii=False, allow_nan=False)
    shown = data.replace("<", "\\u003c").replace("\u2028", "\\u2028")
    own = (sound.data for sound in track.encoded if sound.data)
    sounds = (f'<script type="text/plain">{data}</script>' for data in own)
    kind = " data-alone" if alone else ""
    return (
        f'<div class="glm-player"{kind}><script type="application/json">{shown}</script>'
        f"{''.join(sounds)}</div><style>{style()}</style>"
    )


@cache
def packed_script() -> str:
    """The code in a third of its bytes, for a page that may hold many cards: the first one that
    brings it defines it."""
    version = json.dumps(hashlib.sha256(_code().encode("utf-8")).hexdigest()[:12])
    packed = base64.b64encode(zlib.compress(_code().encode("utf-8"), 9)).decode("ascii")
    return f"{{{_UNPACK % (version, packed)}}}"


@cache
def plain_script() -> str:
    """The code as it is, for a page of its own."""
    return f"(() => {{\n{_code()}\n}})()();"


@cache
def _code() -> str:
    """A function's body, which gives the function that makes players of a page's blocks."""
    return lean(bundled(STATIC / "entry.js")).replace("export default ", "return ")


@cache
def style() -> str:
    """The player's own rules; the colours are the card's."""
    return scoped((STATIC / "player.css").read_text(encoding="utf-8"))


def scene_data(scene: PlayerScene, track: Soundtrack) -> dict[str, Any]:
    """All that the page is told, as ``static/scene.js`` reads it."""
    return {
        "begin": round(scene.begin, 4),
        "end": round(scene.end, 4),
        "peer": readable(peer_name(scene.peer[:200])),
        "note": readable(peer_note(scene.peer[:200], scene.model[:200], say=text)),
        "live": is_live(scene.peer),
        **_pieces(scene, track),
        "speech": [[voice, round(a, 3), round(b, 3)] for voice, a, b in scene.speech],
        "events": columns.event_columns(scene.events, scene.origin) | {"tick": columns.TICK},
        "moments": [
            [round(m.at, 4), m.kind, m.meaning, readable(m.name), readable(m.words[:_WORDS])]
            for m in scene.moments
        ],
        "waits": [[w.zero, w.first, round(w.end, 4), readable(w.since)] for w in scene.waits],
        "turns": [_turn(turn) for turn in scene.turns],
        "sounds": [_facts(sound) for sound in track.encoded],
        "words": words(),
    }


def _turn(each: SceneTurn) -> list[Any]:
    words = each.said, each.turn.transcript
    return [round(each.begin, 4), round(each.end, 4), *(readable(w[:_WORDS]) for w in words)]


def _facts(sound: CarriedSound) -> dict[str, Any]:
    return {"seconds": sound.seconds, "lead": sound.lead, "rest": sound.rest, "audio": sound.audio}


def _pieces(scene: PlayerScene, track: Soundtrack) -> dict[str, Any]:
    """The pieces with their envelopes, which share one scale."""
    seconds = sum(piece.clip.seconds for piece in scene.pieces)
    most = _COLUMNS_IN_CARD if any(sound.audio for sound in track.encoded) else _COLUMNS
    step = max(_STEP, round(seconds / most, 3))
    peaks = [columns.envelope(piece.clip, step) for piece, _, _ in track.places]
    loudest = max([int(np.abs(each.astype(np.int32)).max()) for each in peaks if len(each)] or [0])
    loudest = max(loudest, _QUIETEST)
    return {
        "step": step,
        "loudest": loudest / 32768,
        "pieces": [
            {
                "voice": piece.voice,
                "at": round(piece.at, 5),
                "seconds": round(piece.clip.seconds, 5),
                "heard": piece.heard,
                "sound": sound,
                "from": round(begin, 5),
                "peaks": columns.packed(columns.in_bytes(each, loudest)),
            }
            for (piece, sound, begin), each in zip(track.places, peaks, strict=True)
        ],
    }


def words() -> dict[str, str]:
    """The sentences of the page in the reader's language; it fills in their fields itself."""
    voices = zip(VOICES, ("cards.you", "cards.answer"), strict=True)
    return unfilled("player.ui_") | {name: text(key) for name, key in voices}
