"""Words of the event reference."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "reference.none": (
        "no event's type contains {part!r}: glm.events() shows all of them",
        "没有类型包含 {part!r} 的事件：glm.events() 可列出全部",
    ),
    "reference.event": ("event", "事件"),
    "reference.meaning": ("meaning", "含义"),
    "reference.fields": ("fields", "字段"),
    "reference.client": ("you → service", "你 → 服务"),
    "reference.server": ("service → you", "服务 → 你"),
    "reference.documented": ("documented", "文档"),
    "reference.observed": ("observed", "实测"),
    "reference.required": ("required", "必填"),
    "reference.optional": ("optional", "可选"),
    "reference.facts": ("({kinds}, {need}, {source})", "（{kinds}，{need}，{source}）"),
    "reference.line": ("{way} {type}  ({source})", "{way} {type}（{source}）"),
    "reference.field": ("{name} {facts}: {words}", "{name}{facts}：{words}"),
}
