"""What the site itself says, by id, in English and Chinese; pages come from elsewhere.

It is not in ``glmkit/texts``, which holds what the package says: the site is no part of that.
"""

from __future__ import annotations

from typing import Final

from glmkit.texts import Language

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "lead": (
        "Learn, try and measure the GLM-Realtime voice API: every lesson as it ran, with its "
        "sounds and figures.",
        "学习、试用和测量 GLM-Realtime 语音 API。每一课都已运行过，声音和图都在页面上。",
    ),
    "peer": (
        "All outputs are from the kit's **emulator**, a server on one's own computer that speaks "
        "the same protocol. It is not the model: no number here says anything about the live "
        "service, which the makers of the kit have not tried.",
        "页面上的输出全部来自工具包自带的**仿真器**。它在自己的电脑上运行，协议与真实服务相同，但不是模型本身；"
        "这里的数字都不能说明真实服务的表现，作者也没有在真实服务上试过。",
    ),
    "begin": (
        "New here? Begin with [{title}]({file}); to run it yourself, see [{install}](readme.md).",
        "第一次来，请从[{title}]({file})开始；想自己动手，请看[{install}](readme.md)。",
    ),
    "offline": (
        "These pages need no network. Words of the course are in the [glossary](glossary.md).",
        "这些页面不需要网络。课程里的词在[词汇表](glossary.md)里都有解释。",
    ),
    "chapter_start": ("Start", "开始"),
    "chapter_course": ("The course", "课程"),
    "chapter_plans": ("For teachers", "给教师"),
    "chapter_experiments": ("Experiments", "实验"),
    "chapter_guides": ("Guides", "指南"),
    "chapter_reference": ("Reference", "参考"),
    "install": ("Install and use", "安装与使用"),
    "lesson": ("[{name}]({file}): {question}", "[{name}]({file})：{question}"),
    "hears": (
        "Run against the emulator, with its speech models; not the live service.",
        "本页在仿真器上运行，已装语音模型；不是真实服务。",
    ),
    "no_models": (
        "Run against the emulator, without its speech models; not the live service.",
        "本页在仿真器上运行，没有装语音模型；不是真实服务。",
    ),
    "not_run": (
        "Not run when these pages were built: the code is here, its outputs are not.",
        "生成这些页面时没有运行本页，只有代码，没有输出。",
    ),
    "experiment_figure": (
        "An experiment takes about half an hour; its code is shown as it is stored. The figure is "
        "from a run with all repeats, against the emulator, not the live service; "
        "[its conditions and what was found](index.md).",
        "完整运行一个实验约需半小时，这里只列出代码。下图来自一次完整运行，对端是仿真器，不是真实服务；"
        "[测量条件与结论](index.md)。",
    ),
    "download": ("Take this notebook along", "下载这份笔记本"),
    "widget": (
        "In Jupyter there is a control here. It needs a kernel, which a page has not.",
        "在 Jupyter 里，这里有一个控件。它需要内核，网页上没有。",
    ),
    "slider": (
        "In Jupyter you can slide here, and the picture follows. It is shown at {values}.",
        "在 Jupyter 里，这里有滑块，图会随之变化。下面是 {values} 时的图。",
    ),
    "glossary": ("Glossary", "词汇表"),
    "glossary_lead": (
        "The words of the course, each in one sentence. Lessons link to them.",
        "课程里的词，每个用一句话解释。课文里的词会链接到这里。",
    ),
    "also": ("Also: {names}", "又称：{names}"),
    "comma": (", ", "、"),
    "other_language": ("Chinese: {word}", "英文：{word}"),
    "api": ("API", "API"),
    "api_lead": (
        "Everything public, from the docstrings. ``import glmkit as glm`` has all of it under "
        "``glm``.",
        "全部公开接口，取自代码里的说明（只有英文）。运行 ``import glmkit as glm`` 之后，"
        "都在 ``glm`` 之下。",
    ),
    "api_functions": ("Functions", "函数"),
    "api_classes": ("Classes", "类"),
    "api_modules": ("Modules", "模块"),
    "switch": ("简体中文", "English"),
    "switch_label": ("This page in Chinese", "本页的英文版"),
    "toggle_theme": ("Light, dark or the system's theme", "切换浅色、深色或跟随系统"),
    "toggle_navigation": ("Show or hide the navigation", "显示或隐藏导航"),
    "toggle_branch": ("Show or hide what is below", "展开或收起"),
    "toggle_contents": ("Show or hide the contents of this page", "显示或隐藏本页目录"),
    "no_copy": (
        "{name} could not be executed ({found}), expected a notebook that runs from top to bottom: "
        "run it in Jupyter and mend the cell",
        "无法运行 {name}（{found}），应能从头跑到尾。请在 Jupyter 里运行它，改好出错的单元格",
    ),
    "no_edition": (
        "{path} is not there, expected an edition of each page in both languages: write it",
        "缺少 {path}，每一页都应有两种语言的版本，请补上",
    ),
    "no_lesson": (
        "no lesson is called {found}, expected some of: {expected}",
        "没有叫 {found} 的课，应为其中一个或几个：{expected}",
    ),
    "no_site": (
        "{folder} holds other things, expected a new folder, an empty one or a site that was "
        "built before: name another",
        "{folder} 里有别的内容，应为新文件夹、空文件夹或以前生成的网站，请另给一个",
    ),
    "sphinx_failed": (
        "Sphinx could not build the pages in {lang}, expected no warning; it said:\n{found}",
        "Sphinx 没能生成 {lang} 页面，应没有任何警告；它的输出是：\n{found}",
    ),
    "too_slow": (
        "the pages in {lang} took longer than {seconds} s: found Sphinx still at work; try again "
        "when the computer is less busy",
        "{lang} 页面超过 {seconds} 秒还没有生成完，请等电脑空闲时再试",
    ),
    "bad_pages": (
        "the pages are not as they must be, {count} found, the first of them:\n{found}\n"
        "Expected links that lead, nothing from another host, no folder of this computer and no "
        "key: mend the page's source",
        "页面有 {count} 处不合要求，前几处是：\n{found}\n"
        "应做到链接有效、不请求其他主机、不出现本机路径和密钥，请修改该页的源文件",
    ),
    "executing": ("executing {name} …", "正在运行 {name}……"),
    "executed": (
        "{count} notebooks executed, {kept} kept from before",
        "运行了 {count} 份笔记本，{kept} 份用已有的",
    ),
    "writing": (
        "writing the pages with Sphinx, both languages at once: one to two minutes …",
        "正在用 Sphinx 生成页面，两种语言同时进行，需要一两分钟……",
    ),
    "checking": (
        "looking through the pages: links, other hosts, folders, keys; then the zip …",
        "正在检查页面：链接、其他主机、本机路径、密钥；随后打包……",
    ),
    "built": (
        "{pages} pages in {seconds} s. Open {index}; {archive} ({size} MB) is the same "
        "to take along.",
        "共 {pages} 页，用时 {seconds} 秒。请打开 {index}；"
        "{archive}（{size} MB）内容相同，可以带走。",
    ),
    "help": (
        "Builds the site of the course, in both languages.",
        "生成课程网站，中英文各一套。",
    ),
    "help_out": ("where to", "生成到哪个文件夹"),
    "help_only": (
        "execute these lessons alone; of others what is kept is shown, else their code",
        "只运行这几课；其余的用已有的运行结果，没有的只显示代码",
    ),
}


def sentence(lang: Language, key: str, /, **values: object) -> str:
    """The sentence ``key`` in ``lang``, its ``{names}`` filled in."""
    return TEXTS[key][lang == "zh"].format(**values)
