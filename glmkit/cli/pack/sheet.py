"""``SHEET.html``: a pack on paper, in both languages, the reader's own first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Final
from urllib.parse import quote

from glmkit.cli.seat.contents import PackContents, WheelSet
from glmkit.emulator.weights.models import megabytes
from glmkit.texts import Language, language, text_in

FILE: Final = "SHEET.html"
_SYSTEMS: Final = {"win32": "Windows", "darwin": "macOS", "linux": "Linux"}
_PAGE: Final = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark }}
body {{ font: 16px/1.5 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif;
  margin: 2rem auto; max-width: 46rem; padding: 0 1rem }}
h1 {{ font-size: 1.7rem; line-height: 1.2; margin: 0 0 .5rem }}
h2 {{ font-size: 1.15rem; margin: 1.3rem 0 .3rem }}
section + section {{ border-top: 2px solid; margin-top: 2.5rem; padding-top: 1.5rem }}
ol, ul {{ margin: .3rem 0; padding-left: 1.6rem }}
.wide {{ overflow-x: auto }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ border-bottom: 1px solid color-mix(in srgb, currentColor 35%, transparent);
  padding: .2rem .6rem .2rem 0; text-align: left; vertical-align: top }}
td:first-child {{ white-space: nowrap }}
td:last-child {{ overflow-wrap: anywhere; padding-right: 0 }}
td.n, th.n {{ text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }}
code {{ overflow-wrap: anywhere }}
@media print {{ body {{ font-size: 12px; margin: 0; max-width: none }}
  section + section {{ break-before: page; border: 0 }} }}
</style></head><body>
{sections}
</body></html>
"""


def write_sheet(pack: Path, contents: PackContents) -> Path:
    """Write the page beside the starters; its path."""
    own = language()
    order: list[Language] = [own, "en" if own == "zh" else "zh"]
    sections = "\n".join(_section(lang, contents) for lang in order)
    title = escape(text_in(own, "pack.sheet_title"))
    page = _PAGE.format(lang=_tag(own), title=title, sections=sections)
    path = pack / FILE
    path.write_text(page, encoding="utf-8", newline="\n")
    return path


def _tag(lang: Language) -> str:
    return "zh-CN" if lang == "zh" else "en"


def _section(lang: Language, contents: PackContents) -> str:
    parts = [
        f"<h1>{escape(text_in(lang, 'pack.sheet_title'))}</h1>",
        f"<p>{escape(text_in(lang, 'pack.sheet_lead'))}</p>",
        *_steps(lang, contents),
        *_pythons(lang, contents),
        *_inside(lang, contents),
        *_measured(lang, contents),
        f"<p>{escape(text_in(lang, 'pack.sheet_unseen'))}</p>",
        f"<p>glmkit {escape(contents.kit)} · {escape(contents.made)}</p>",
    ]
    return f'<section lang="{_tag(lang)}">\n' + "\n".join(parts) + "\n</section>"


def _steps(lang: Language, contents: PackContents) -> Iterator[str]:
    home = contents.home or text_in(lang, "pack.sheet_home")
    where = text_in(lang, "pack.sheet_step_where", home=home)
    yield f"<h2>{escape(text_in(lang, 'pack.sheet_steps'))}</h2><ol>"
    yield f"<li>{text_in(lang, 'pack.sheet_step_windows')}</li>"
    yield f"<li>{text_in(lang, 'pack.sheet_step_unix')}</li>"
    yield f"<li>{escape(where)}</li>"
    yield f"<li>{escape(text_in(lang, 'pack.sheet_step_reset'))}</li>"
    yield f"<li>{escape(text_in(lang, 'pack.sheet_step_trouble'))}</li></ol>"


def _pythons(lang: Language, contents: PackContents) -> Iterator[str]:
    versions = dict.fromkeys(each.python for each in contents.sets if not each.lacks)
    needed = text_in(lang, "pack.sheet_python_needed", pythons=_listed(lang, versions))
    yield f'<h2 id="python-{lang}">{escape(text_in(lang, "pack.sheet_python"))}</h2>'
    yield f"<p>{escape(needed)}</p>"
    if contents.brought:
        yield f"<p>{escape(text_in(lang, 'pack.sheet_python_brought'))}</p><ul>"
        yield from (f"<li><code>{escape(line)}</code></li>" for line in contents.brought)
        yield "</ul>"


def _inside(lang: Language, contents: PackContents) -> Iterator[str]:
    heads = ("system", "packages", "size", "place", "state")
    yield f"<h2>{escape(text_in(lang, 'pack.sheet_holds'))}</h2>"
    numbers = (*("", ' class="n"', ' class="n"', ' class="n"'), "")
    titles = (escape(text_in(lang, f"pack.sheet_{name}")) for name in heads)
    row = "".join(f"<th{n}>{title}</th>" for n, title in zip(numbers, titles, strict=True))
    yield f'<div class="wide"><table><tr>{row}</tr>'
    yield from (_row(lang, each) for each in contents.sets)
    yield "</table></div><ul>"
    voices = text_in(lang, "pack.sheet_voices", size=megabytes(contents.voices))
    none = text_in(lang, "pack.sheet_no_voices")
    yield f"<li>{escape(voices if contents.voices else none)}</li>"
    if contents.voices_lack:
        lacks = text_in(lang, "pack.sheet_lacks", found=contents.voices_lack)
        yield f"<li>{escape(lacks)}</li>"
    if contents.extras:
        links = [f'<a href="{quote(name)}/">{escape(name)}</a>' for name in contents.extras]
        yield f"<li>{text_in(lang, 'pack.sheet_extras', names=_listed(lang, links))}</li>"
    yield "</ul>"


def _listed(lang: Language, names: Iterable[str]) -> str:
    return text_in(lang, "features.comma").join(names)


def _row(lang: Language, each: WheelSet) -> str:
    system = f"{_SYSTEMS[each.system]} {each.machine} · Python {each.python}"
    key = "pack.sheet_lacks" if each.lacks else "pack.sheet_whole"
    state = text_in(lang, key, found=each.lacks)
    known = (str(len(each.wheels)), megabytes(each.bytes), megabytes(each.unpacked))
    numbers = ("–", "–", "–") if each.lacks else known
    cells = "".join(f'<td class="n">{escape(each)}</td>' for each in numbers)
    return f"<tr><td>{escape(system)}</td>{cells}<td>{escape(state)}</td></tr>"


def _measured(lang: Language, contents: PackContents) -> Iterator[str]:
    yield f"<h2>{escape(text_in(lang, 'pack.sheet_measured'))}</h2>"
    took = contents.tried
    if took is None:
        yield f"<p>{escape(text_in(lang, 'pack.sheet_untried'))}</p>"
        return
    words = text_in(
        lang,
        "pack.sheet_took",
        minutes=f"{took.seconds / 60:.1f}",
        size=megabytes(took.bytes),
        date=took.date,
        python=took.python,
        system=_SYSTEMS.get(took.system, took.system),
        cores=took.cores,
    )
    yield f"<p>{escape(words)}</p>"
