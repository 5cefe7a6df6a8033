"""The card of the event reference: the protocol's table, in the look of the other cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from glmkit.cards.frame import card, chip, quiet, row, safe, say, type_name
from glmkit.cards.single import ARROWS, MEANINGS
from glmkit.specs import Field, Spec
from glmkit.texts import text

if TYPE_CHECKING:
    from glmkit.reference import Reference

_COLUMNS: Final = ("event", "meaning", "fields")


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
    heads = "".join(f'<th scope="col">{say(f"reference.{name}")}</th>' for name in _COLUMNS)
    rows = "".join(_row(reference, spec) for spec in reference.specs)
    return (
        f'<div class="glm-scroll" tabindex="0" role="region" aria-label="{label}"><table>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(reference: Reference, spec: Spec) -> str:
    way = chip(ARROWS[spec.direction], MEANINGS[spec.direction])
    facts = f"{say(f'reference.{spec.direction}')} · {say(f'reference.{spec.source}')}"
    name = f"{way} {type_name(spec.type)}{quiet(facts)}"
    fields = "".join(f"<li>{_field(reference, field)}</li>" for field in reference.fields(spec))
    listed = f"<ul>{fields}</ul>" if fields else "–"
    words = safe(reference.words(spec))
    return f'<tr><th scope="row">{name}</th><td>{words}</td><td>{listed}</td></tr>'


def _field(reference: Reference, field: Field) -> str:
    facts = f'<span class="glm-quiet">{safe(reference.facts(field))}</span>'
    name, words = f"<code>{safe(field.name)}</code>", safe(reference.words(field))
    return text("reference.field", name=name, facts=facts, words=words)
