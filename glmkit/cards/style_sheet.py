"""The cards' style sheet: the layout, in the palette's colours on the page's ground.

Colours are custom properties, set once a theme by ``plots/drawing/page_colours``. Selectors name
the card twice to outweigh a notebook's own.

Sizes are custom properties, too, ``--glm-font-size`` of what is read first and ``--glm-small`` of
what stands beside it; whatever is inside a card measures in these, and follows ``glm.look``. The
card carries the look chosen as ``data-glm-look="projector dark"``, or nothing by default.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from glmkit.plots.drawing.page_colours import chosen, grounds
from glmkit.plots.drawing.palette import MEANINGS

#: Every (letters, behind) that the layout below puts together; each reaches 4.5:1.
PAIRS: Final = (
    ("ink", "ground"),
    ("quiet", "ground"),
    ("ink", "silence-wash"),
    *((f"{meaning}-text", "ground") for meaning in MEANINGS),
    *((f"{meaning}-text", f"{meaning}-wash") for meaning in MEANINGS),
)

_LAYOUT: Final = """
.glm-card{box-sizing:border-box;background:var(--ground);color:var(--ink);max-width:72em;
border:1px solid var(--line);border-radius:8px;padding:12px 16px;margin:2px 0;
--glm-font-size:14px;--glm-small:calc(var(--glm-font-size)*.9);
font:var(--glm-font-size)/1.5 system-ui,"PingFang SC","Microsoft YaHei",
"Noto Sans CJK SC",sans-serif;
overflow-wrap:anywhere}
C *{box-sizing:border-box}
C .glm-row{display:flex;flex-wrap:wrap;align-items:center;gap:4px 8px;margin:0 0 6px}
C .glm-row b,C b{font-weight:600;color:var(--ink)}
C .glm-quiet,C .glm-aside{color:var(--quiet);font-size:var(--glm-small);text-align:left}
C .glm-chip{border-radius:9px;padding:0 9px;font-size:var(--glm-small);font-weight:600;
max-width:100%}
C .glm-scroll .glm-chip,C .glm-wide td .glm-chip{white-space:nowrap}
C .glm-tools td:first-child{min-width:10em}
C .glm-talk th+td{min-width:11em}
C .glm-scroll td:nth-child(4){min-width:15em}
C .glm-scroll td:nth-child(5){min-width:18em}
C .glm-voices{display:grid;gap:12px;margin:10px 0;
grid-template-columns:repeat(auto-fit,minmax(min(100%,260px),1fr))}
C .glm-voice{border-left:4px solid;padding:0 0 0 10px;min-width:0}
C .glm-voice>*{color:var(--ink)}
C .glm-voice>.glm-quiet{color:var(--quiet)}
C .glm-name{font-weight:600;font-size:var(--glm-small)}
C .glm-words{margin:2px 0 6px;white-space:pre-wrap;unicode-bidi:isolate;
font-size:calc(var(--glm-font-size)*1.07)}
C audio{display:block;width:100%;max-width:420px;height:40px;margin:4px 0}
C img{max-width:100%;height:auto;margin:6px 0;border-radius:4px}
C img.glm-light{display:var(--light)}
C img.glm-dark{display:var(--dark)}
C table{border-collapse:collapse;margin:6px 0;width:auto;min-width:min(100%,30em);max-width:100%;
background:none;color:var(--ink);font-size:var(--glm-small);table-layout:auto}
C caption{caption-side:top;padding:0 0 3px;text-align:left;color:var(--quiet)}
C tr{background:none!important}
C th,C td{text-align:left!important;vertical-align:top;padding:3px 14px 3px 0;border:0;
border-top:1px solid var(--line);background:none;color:var(--ink);font-size:var(--glm-small);
white-space:normal;max-width:none}
C th{overflow-wrap:normal}
C thead th{border-top:0;color:var(--quiet);font-weight:400;font-size:var(--glm-small)}
C .glm-facts th{font-weight:400;color:var(--quiet);white-space:nowrap}
C td.glm-figure{white-space:nowrap;font-variant-numeric:tabular-nums}
C td.glm-number,C th.glm-number{text-align:right!important;font-variant-numeric:tabular-nums;
white-space:nowrap}
C code,C pre{font:var(--glm-small)/1.45 ui-monospace,Menlo,Consolas,
"Noto Sans Mono CJK SC",monospace;
color:var(--ink);background:none;border:0;padding:0;margin:0;white-space:pre-wrap;
overflow-wrap:anywhere;unicode-bidi:isolate}
C pre.glm-json{background:var(--silence-wash);border-radius:4px;padding:6px 10px;margin:6px 0;
max-height:28em;overflow:auto}
C ul{margin:4px 0;padding:0 0 0 20px;color:var(--ink)}
C li{margin:0 0 4px;color:var(--ink)}
C summary{cursor:pointer;color:var(--quiet)}
C .glm-unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);
white-space:nowrap}
C .glm-scroll{position:relative;overflow:auto;max-height:30em;margin:6px 0}
C .glm-wide{overflow-x:auto}
C .glm-scroll table{width:100%;min-width:56em;max-width:none;margin:0}
C .glm-scroll thead th{position:sticky;top:0;background:var(--ground)}
C .glm-scroll:focus-visible{outline:2px solid var(--input)}
C form{display:flex;flex-wrap:wrap;gap:2px 18px;margin:6px 0}
C fieldset{border:0;margin:0;padding:0;min-width:0;display:flex;flex-wrap:wrap;gap:0 10px;
font-size:var(--glm-small);color:var(--ink)}
C legend{float:left;padding:0 10px 0 0;margin:0;border:0;width:auto;font-size:var(--glm-small);
color:var(--quiet)}
C label{display:inline-flex;align-items:center;gap:4px;margin:0;color:var(--ink);
font-size:var(--glm-small);font-weight:400}
C input{margin:0;accent-color:var(--input)}
.glm-card.glm-card.glm-reference details{border-top:1px solid var(--line);padding:3px 0}
.glm-card.glm-card.glm-reference summary{color:var(--ink)}
C table.glm-fields{width:100%;table-layout:fixed}
C .glm-fields thead th{width:22%}
C .glm-fields thead th:last-child{width:46%}
C .glm-fields thead th:first-child{width:32%}
C .glm-fields tbody th{overflow-wrap:anywhere}
C .glm-fields .glm-chip{display:inline-block;white-space:nowrap}
C .glm-fields tbody th{font-weight:400}
C .glm-turn{border-top:1px solid var(--line);padding:8px 0 4px}
C .glm-turn .glm-voices{margin:4px 0}
C del{color:var(--quiet);text-decoration:line-through}
C table.glm-looked{width:100%}
C .glm-looked tbody th{font-weight:600;width:21%}
C .glm-looked td:first-child{white-space:nowrap;width:1%}
PROJECTOR{--glm-font-size:28px;max-width:none;border-width:2px}
PROJECTOR img{width:100%}
PROJECTOR audio{max-width:none;height:64px}
PROJECTOR .glm-scroll{max-height:80vh}
PROJECTOR .glm-scroll table{min-width:100%}
PROJECTOR .glm-scroll :is(tbody th,td:nth-child(4),td:nth-child(5)){min-width:10em}
PROJECTOR :is(input[type="radio"],input[type="checkbox"]){width:1.1em;height:1.1em}
"""


@cache
def card_css() -> str:
    """The style sheet of every card."""
    return f"{grounds('.glm-card')}{scoped(_LAYOUT)}{''.join(map(_meaning, MEANINGS))}"


def scoped(layout: str) -> str:
    """Rules as a page reads them: here ``C`` stands for a card, ``PROJECTOR`` for one that is
    shown so, and colours have the palette's names."""
    named = (
        layout.replace("PROJECTOR", f".glm-card{chosen('.glm-card', 'projector')}")
        .replace("C ", ".glm-card.glm-card ")
        .replace("var(--", "var(--glmkit-")
        .replace("var(--glmkit-glm-", "var(--glm-")  # no colours
    )
    return named.replace("\n", "")


def _meaning(name: str) -> str:
    fill, words, wash = (f"var(--glmkit-{name}{part})" for part in ("", "-text", "-wash"))
    return (
        f".glm-card .glm-{name}{{background:{wash};color:{words}}}"
        f".glm-card.glm-card .glm-of-{name}{{border-color:{fill}}}"
        f".glm-card.glm-card .glm-of-{name}>.glm-name{{color:{words}}}"
    )
