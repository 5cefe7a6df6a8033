"""What Sphinx's pages get besides: the switch of language, its labels, and texts for the search.

A line of Chinese goes on in the next one without a blank, and none stands behind its punctuation.
"""

from __future__ import annotations

import json
import re
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
_LETTER, _MARK = r"\u2e80-\u2fff\u3400-\u9fff", r"\u3000-\u303f\uff00-\uffef"
_IDLE: Final = re.compile(
    rf"(?<=[{_MARK}])[ \n]|[ \n](?=[{_MARK}])|(?<=[{_LETTER}“”])\n(?=[{_LETTER}“”])"
)
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

    if lang == "zh":
        app.connect("doctree-read", _close_up_prose)
    app.connect("html-page-context", add_words)
    app.connect("build-finished", write_texts)


def _close_up_prose(app: Any, doctree: Any) -> None:
    if not app.env.docname.startswith("api/"):  # these are English in both trees
        close_up(doctree)


def close_up(doctree: Any) -> None:
    """Take out blanks and line breaks that would stand between Chinese letters or marks."""
    for node in list(doctree.findall(nodes.Text)):
        if not isinstance(node.parent, nodes.literal | nodes.FixedTextElement | nodes.raw):
            _close_up_one(node)


def _close_up_one(node: Any) -> None:
    siblings = node.parent.children
    at = siblings.index(node)
    before = "".join(each.astext()[-1:] for each in siblings[:at][-1:])
    after = "".join(each.astext()[:1] for each in siblings[at + 1 :][:1]).strip()
    closed = _IDLE.sub("", f"{before}{node}{after}")
    node.parent.replace(node, nodes.Text(closed[len(before) : len(closed) - len(after)]))


def _plain(doctree: Any) -> str:
    """The words of a page, without the HTML that outputs are made of."""
    kinds = (nodes.title, nodes.paragraph, nodes.literal_block)
    parts = (node.astext() for node in doctree.findall(lambda node: isinstance(node, kinds)))
    return " ".join(" ".join(parts).split())
