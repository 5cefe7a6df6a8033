"""``glm.events()``: the protocol's table as a page to read, in the reader's language.

A view of ``specs`` and nothing else: text in a terminal, a table in a notebook.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from glmkit.errors import BadArgument
from glmkit.specs import SESSION, SPECS, Field, Spec
from glmkit.texts import language, text


@dataclass(frozen=True, repr=False)
class Reference:
    """The events whose type contains ``part``; all of them by default.

    Raises BadArgument if there is none.
    """

    part: str = ""

    def __post_init__(self) -> None:
        if not self.specs:
            raise BadArgument(text("reference.none", part=self.part))

    @property
    def specs(self) -> list[Spec]:
        """The rows of the table that are shown."""
        return [spec for spec in SPECS.values() if self.part in spec.type]

    def __repr__(self) -> str:
        return "\n".join(line for spec in self.specs for line in _lines(spec))

    def _repr_html_(self) -> str:
        head = "".join(
            f"<th style='text-align:left'>{escape(text(f'reference.{name}'))}</th>"
            for name in ("event", "way", "source", "meaning", "fields")
        )
        rows = "".join(_row(spec) for spec in self.specs)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _row(spec: Spec) -> str:
    cells = (
        f"<code>{escape(spec.type)}</code>",
        escape(text(f"reference.{spec.direction}")),
        escape(text(f"reference.{spec.source}")),
        escape(_words(spec)),
        "<br>".join(_field_html(field) for field in _fields(spec)) or "–",
    )
    style = "text-align:left;vertical-align:top"
    return "<tr>" + "".join(f"<td style='{style}'>{cell}</td>" for cell in cells) + "</tr>"


def _field_html(field: Field) -> str:
    return f"<code>{escape(field.name)}</code> {escape(_facts(field))}: {escape(_words(field))}"


def _lines(spec: Spec) -> list[str]:
    way = "→" if spec.direction == "client" else "←"
    facts = text(f"reference.{spec.source}")
    lines = [f"{way} {spec.type}  ({facts})", f"    {_words(spec)}"]
    return lines + [f"      {f.name} {_facts(f)}: {_words(f)}" for f in _fields(spec)]


def _fields(spec: Spec) -> tuple[Field, ...]:
    return spec.fields + (SESSION if spec.type == "session.update" else ())


def _facts(field: Field) -> str:
    need = text("reference.required" if field.required else "reference.optional")
    return f"({'|'.join(field.kinds)}, {need}, {text(f'reference.{field.source}')})"


def _words(row: Spec | Field) -> str:
    return row.zh if language() == "zh" else row.en
