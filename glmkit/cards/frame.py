"""A card's frame: its style sheet, its words and parts, and the MIME bundle around it."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from html import escape
from typing import Any, Final

from glmkit.auth.masking import mask
from glmkit.cards.style_sheet import card_css
from glmkit.environment.kernel import in_kernel, shell
from glmkit.environment.looks import chosen_look
from glmkit.plots.drawing.page_colours import LOOK
from glmkit.texts import language, text, whole_characters

ROOM: Final = 290_000  # bytes of a whole bundle; what is left to 300 kB is for its envelope
_PLAIN: Final = 6_000  # letters of the text beside the HTML
Bundle = dict[str, Any]


# -- words -----------------------------------------------------------------------------------


def safe(words: object, room: int = 2_000) -> str:
    """Words from outside as HTML: no key, no markup, nothing that cannot be sent; cut to size.

    ``room``: bytes of UTF-8 that the result may take.
    """
    plain = str(words)
    if len(plain) > room:
        plain, cut = plain[:room], True
    else:
        cut = False
    shown = escape(_sendable(mask(plain)))
    while len(shown.encode()) > room:
        plain, cut = plain[: int(len(plain) * 0.9 * room / len(shown.encode()))], True
        shown = escape(_sendable(mask(plain)))
    return f"{shown}…" if cut else shown


def _sendable(words: str) -> str:
    """Without lone surrogates, and without control letters but line breaks and tabs."""
    return "".join(c if c >= " " or c in "\n\t" else "�" for c in whole_characters(words))


def say(key: str, /, **values: object) -> str:
    """A sentence of ours as HTML; what it quotes is masked and escaped with it."""
    return safe(text(key, **values), 4_000)


def type_name(type: str) -> str:
    """An event's type in code letters, which breaks behind a dot where it has no room."""
    return f'<code dir="auto">{safe(type, 200).replace(".", ".<wbr>")}</code>'


# -- parts -----------------------------------------------------------------------------------


def chip(words: str, meaning: str) -> str:
    """A short word in a colour of the palette; ``words`` are HTML already."""
    return f'<span class="glm-chip glm-{meaning}">{words}</span>'


def row(*parts: str, kind: str = "glm-row") -> str:
    """Parts beside one another, empty ones left out."""
    return f'<div class="{kind}">{" ".join(part for part in parts if part)}</div>'


def quiet(words: str) -> str:
    """A note in a paler ink; ``words`` are HTML already."""
    return f'<div class="glm-quiet">{words}</div>' if words else ""


def facts(pairs: Iterable[tuple[str, str]], caption: str) -> str:
    """A table of two columns, what and which; both are HTML already."""
    rows = "".join(f'<tr><th scope="row">{a}</th><td>{b}</td></tr>' for a, b in pairs if b)
    head = f'<caption class="glm-aside">{caption}</caption>'
    return f'<table class="glm-facts">{head}<tbody>{rows}</tbody></table>'


def card(kind: str, label: str, *parts: str) -> str:
    """The whole card. ``kind``: its class; ``label``: what a screen reader calls it, HTML."""
    # dollar signs of others are no formulas
    classes = f"glm-card glm-{kind} mathjax_ignore tex2jax_ignore"
    words = chosen_look().attribute
    look = f' {LOOK}="{words}"' if words else ""
    opening = f'<section class="{classes}" lang="{language()}" aria-label="{label}"{look}>'
    return f"{opening}<style>{card_css()}</style>{''.join(parts)}</section>"


# -- the bundle ------------------------------------------------------------------------------


def in_terminal() -> bool:
    """Whether an IPython without a front end asks: its display stays text."""
    return shell() is not None and not in_kernel()


def bundle(plain: str, html: str, png: bytes | None = None) -> Bundle:
    """The MIME bundle of a card."""
    whole: Bundle = {"text/plain": readable(plain), "text/html": html}
    if png is not None:
        whole["image/png"] = base64.b64encode(png).decode("ascii")
    return whole


def readable(plain: str) -> str:
    """What a card says where only text is shown."""
    return _sendable(mask(plain if len(plain) <= _PLAIN else f"{plain[:_PLAIN]}…"))


def weight(*parts: str | bytes | None) -> int:
    """The bytes that parts take in a bundle; bytes travel as base64."""
    return sum(
        0 if p is None else len(p.encode()) if isinstance(p, str) else (len(p) + 2) // 3 * 4
        for p in parts
    )
