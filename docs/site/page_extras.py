"""What Sphinx's pages get besides: the switch of language, its labels, and texts for the search."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from docutils import nodes

from docs.site.links import to_other_tree
from docs.site.sentences import sentence
from glmkit.texts import Language

FONTS: Final = (
    'system-ui, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'
)
FIXED_FONTS: Final = 'ui-monospace, Menlo, Consolas, "Noto Sans Mono CJK SC", monospace'
_TEXTS: Final = "page_texts.js"
_TOGGLES: Final = ("theme", "navigation", "branch", "contents")
_LABELS: Final = ("switch", "switch_label", *(f"toggle_{name}" for name in _TOGGLES))


def connect(app: Any, lang: Language) -> None:
    """Have it all added while Sphinx builds."""
    texts: dict[str, str] = {}

    def add_words(
        app: Any, name: str, template: str, context: dict[str, Any], doctree: Any
    ) -> None:
        other: Language = "en" if lang == "zh" else "zh"
        context["other_page"] = f"{to_other_tree(name, lang)}{name}.html"
        context["other_language"] = "zh-CN" if other == "zh" else "en"
        context["label"] = {key: sentence(lang, key) for key in _LABELS}
        if doctree is not None:
            texts[name] = _plain(doctree)

    def write_texts(app: Any, error: Exception | None) -> None:
        if error is None:
            script = f"globalThis.PAGE_TEXTS = {json.dumps(texts, ensure_ascii=False)};\n"
            Path(app.outdir, "_static", _TEXTS).write_text(script, encoding="utf-8", newline="\n")

    app.connect("html-page-context", add_words)
    app.connect("build-finished", write_texts)


def _plain(doctree: Any) -> str:
    """The words of a page, without the HTML that outputs are made of."""
    kinds = (nodes.title, nodes.paragraph, nodes.literal_block)
    parts = (node.astext() for node in doctree.findall(lambda node: isinstance(node, kinds)))
    return " ".join(" ".join(parts).split())
