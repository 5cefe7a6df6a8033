"""``glm.events()``: the protocol's table as a page to read, in the reader's language.

A view of ``protocol/table`` and nothing else: an index whose lines unfold in a notebook, and are
asked for by name in a terminal. What is documented goes without saying; what is not is marked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from glmkit.cards.events import ARROWS, MEANINGS
from glmkit.cards.frame import card, chip, quiet, row, safe, say, type_name
from glmkit.errors import BadArgument
from glmkit.protocol.table import SESSION, SPECS, Field, Spec
from glmkit.texts import language, text

_COLUMNS: Final = ("name", "kind", "meaning")


@dataclass(frozen=True, repr=False)
class Reference:
    """The event of the type ``part``, else those whose type contains it; all of them by default.

    Raises BadArgument if there is none.
    """

    part: str = ""

    def __post_init__(self) -> None:
        if not self.specs:
            raise BadArgument(text("cards.reference_none", part=self.part))

    @property
    def specs(self) -> list[Spec]:
        """The rows of the table that are shown."""
        if self.part in SPECS:
            return [SPECS[self.part]]
        return [spec for spec in SPECS.values() if self.part in spec.type]

    def __repr__(self) -> str:
        specs = self.specs
        lines = [_line(spec) for spec in specs]
        if len(specs) == 1:
            [spec] = specs
            lines += [f"    {_field_line(spec, field)}" for field in fields_of(spec)]
        else:
            lines.append(text("cards.reference_one", type="session.update"))
        return "\n".join([*lines, text("cards.reference_sources")])

    def _repr_html_(self) -> str:
        return reference_card(self)


def fields_of(spec: Spec) -> tuple[Field, ...]:
    """An event's fields; those of the configuration, too, where it carries one."""
    return spec.fields + (SESSION if spec.type == "session.update" else ())


def _words(row: Spec | Field) -> str:
    """What it is for, in the reader's language."""
    return row.zh if language() == "zh" else row.en


def _is_own(field: Field, spec: Spec) -> bool:
    """Whether a field was only observed in an event that is documented."""
    return field.source == "observed" != spec.source


def _need(field: Field) -> str:
    return text("cards.reference_required" if field.required else "cards.reference_optional")


# -- in a terminal -----------------------------------------------------------------------


def _line(spec: Spec) -> str:
    mark = f" [{text('cards.reference_observed')}]" if spec.source == "observed" else ""
    way, words = ARROWS[spec.direction], _words(spec)
    return text("cards.reference_line", way=way, type=spec.type, mark=mark, words=words)


def _field_line(spec: Spec, field: Field) -> str:
    mark = f" [{text('cards.reference_observed')}]" if _is_own(field, spec) else ""
    kinds = "|".join(field.kinds)
    facts = text("cards.reference_facts", kinds=kinds, need=_need(field))
    line = {"name": field.name, "facts": facts, "mark": mark, "words": _words(field)}
    return text("cards.reference_field", **line)


# -- the card ----------------------------------------------------------------------------


def reference_card(reference: Reference) -> str:
    """An index of the events, each with its direction and a sentence; its fields unfold. HTML."""
    specs = reference.specs
    sent = sum(spec.direction == "client" for spec in specs)
    title = say("cards.events")
    counts = say("cards.events_count", sent=sent, came=len(specs) - sent)
    above = row(f"<b>{title}</b>", counts) + quiet(say("cards.reference_sources"))
    index = "".join(_unfolding(spec, " open" if len(specs) == 1 else "") for spec in specs)
    return card("reference", title, above, index, quiet(say("cards.events_more")))


def _unfolding(spec: Spec, opened: str) -> str:
    way = chip(
        f"{ARROWS[spec.direction]} {say(f'cards.reference_{spec.direction}')}",
        MEANINGS[spec.direction],
    )
    name = f"<b>{type_name(spec.type)}</b>"
    words = f"<span>{safe(_words(spec))}</span>"
    summary = f"{way} {name} {_observed(spec.source == 'observed')} {words}"
    return f"<details{opened}><summary>{summary}</summary>{_table(spec)}</details>"


def _observed(marked: bool) -> str:
    return chip(say("cards.reference_observed"), "speech") if marked else ""


def _table(spec: Spec) -> str:
    if not (fields := fields_of(spec)):
        return quiet(say("cards.reference_no_fields"))
    heads = "".join(f'<th scope="col">{say(f"cards.reference_{name}")}</th>' for name in _COLUMNS)
    rows = "".join(_row(spec, field) for field in fields)
    return f'<table class="glm-fields"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _row(spec: Spec, field: Field) -> str:
    name = (
        f"<code>{safe(field.name).replace('_', '_<wbr>')}</code> {_observed(_is_own(field, spec))}"
    )
    kinds = f"<code>{safe(' | '.join(field.kinds))}</code>{quiet(safe(_need(field)))}"
    return f'<tr><th scope="row">{name}</th><td>{kinds}</td><td>{safe(_words(field))}</td></tr>'
