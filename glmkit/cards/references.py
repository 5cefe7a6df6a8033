"""``glm.events()``: the protocol's table as a page to read, in the reader's language.

A view of ``protocol/table`` and nothing else: text in a terminal, a card in a notebook.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from glmkit.cards.events import ARROWS, MEANINGS
from glmkit.cards.frame import card, chip, quiet, row, safe, say, type_name
from glmkit.errors import BadArgument
from glmkit.protocol.table import SESSION, SPECS, Field, Spec
from glmkit.texts import language, text

_COLUMNS: Final = ("event", "meaning", "fields")


@dataclass(frozen=True, repr=False)
class Reference:
    """The events whose type contains ``part``; all of them by default.

    Raises BadArgument if there is none.
    """

    part: str = ""

    def __post_init__(self) -> None:
        if not self.specs:
            raise BadArgument(text("cards.reference_none", part=self.part))

    @property
    def specs(self) -> list[Spec]:
        """The rows of the table that are shown."""
        return [spec for spec in SPECS.values() if self.part in spec.type]

    def __repr__(self) -> str:
        return "\n".join(line for spec in self.specs for line in self._lines(spec))

    def _repr_html_(self) -> str:
        return reference_card(self)

    @staticmethod
    def fields(spec: Spec) -> tuple[Field, ...]:
        """An event's fields; those of the configuration, too, where it carries one."""
        return spec.fields + (SESSION if spec.type == "session.update" else ())

    @staticmethod
    def facts(field: Field) -> str:
        """What a field may be, whether it must be there, and who says so."""
        need = text("cards.reference_required" if field.required else "cards.reference_optional")
        source = text(f"cards.reference_{field.source}")
        return text("cards.reference_facts", kinds="|".join(field.kinds), need=need, source=source)

    @staticmethod
    def words(row: Spec | Field) -> str:
        """What it is for, in the reader's language."""
        return row.zh if language() == "zh" else row.en

    def _lines(self, spec: Spec) -> list[str]:
        way = "→" if spec.direction == "client" else "←"
        source = text(f"cards.reference_{spec.source}")
        head = text("cards.reference_line", way=way, type=spec.type, source=source)
        fields = (
            text("cards.reference_field", name=f.name, facts=self.facts(f), words=self.words(f))
            for f in self.fields(spec)
        )
        return [head, f"    {self.words(spec)}", *(f"      {field}" for field in fields)]


# -- the card ----------------------------------------------------------------------------


def reference_card(reference: Reference) -> str:
    """Each event with its direction, its source, what it means, and its fields. HTML."""
    specs = reference.specs
    sent = sum(spec.direction == "client" for spec in specs)
    title = say("cards.events")
    counts = say("cards.events_count", sent=sent, came=len(specs) - sent)
    head = row(f"<b>{title}</b>", counts)
    parts = head, _table(reference, title), quiet(say("cards.events_more"))
    return card("reference", title, *parts)


def _table(reference: Reference, label: str) -> str:
    heads = "".join(f'<th scope="col">{say(f"cards.reference_{name}")}</th>' for name in _COLUMNS)
    rows = "".join(_row(reference, spec) for spec in reference.specs)
    return (
        f'<div class="glm-scroll" tabindex="0" role="region" aria-label="{label}"><table>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(reference: Reference, spec: Spec) -> str:
    way = chip(ARROWS[spec.direction], MEANINGS[spec.direction])
    facts = f"{say(f'cards.reference_{spec.direction}')} · {say(f'cards.reference_{spec.source}')}"
    name = f"{way} {type_name(spec.type)}{quiet(facts)}"
    fields = "".join(f"<li>{_field(reference, field)}</li>" for field in reference.fields(spec))
    listed = f"<ul>{fields}</ul>" if fields else "–"
    words = safe(reference.words(spec))
    return f'<tr><th scope="row">{name}</th><td>{words}</td><td>{listed}</td></tr>'


def _field(reference: Reference, field: Field) -> str:
    facts = f'<span class="glm-quiet">{safe(reference.facts(field))}</span>'
    name, words = f"<code>{safe(field.name)}</code>", safe(reference.words(field))
    return text("cards.reference_field", name=name, facts=facts, words=words)
