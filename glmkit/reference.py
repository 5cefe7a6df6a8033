"""``glm.events()``: the protocol's table as a page to read, in the reader's language.

A view of ``specs`` and nothing else: text in a terminal, a card in a notebook.
"""

from __future__ import annotations

from dataclasses import dataclass

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
        return "\n".join(line for spec in self.specs for line in self._lines(spec))

    def _repr_html_(self) -> str:
        from glmkit.cards.references import reference_card

        return reference_card(self)

    @staticmethod
    def fields(spec: Spec) -> tuple[Field, ...]:
        """An event's fields; those of the configuration, too, where it carries one."""
        return spec.fields + (SESSION if spec.type == "session.update" else ())

    @staticmethod
    def facts(field: Field) -> str:
        """What a field may be, whether it must be there, and who says so."""
        need = text("reference.required" if field.required else "reference.optional")
        source = text(f"reference.{field.source}")
        return text("reference.facts", kinds="|".join(field.kinds), need=need, source=source)

    @staticmethod
    def words(row: Spec | Field) -> str:
        """What it is for, in the reader's language."""
        return row.zh if language() == "zh" else row.en

    def _lines(self, spec: Spec) -> list[str]:
        way = "→" if spec.direction == "client" else "←"
        source = text(f"reference.{spec.source}")
        head = text("reference.line", way=way, type=spec.type, source=source)
        fields = (
            text("reference.field", name=f.name, facts=self.facts(f), words=self.words(f))
            for f in self.fields(spec)
        )
        return [head, f"    {self.words(spec)}", *(f"      {field}" for field in fields)]
