"""Sentences of ``glmkit notebooks``: the course, copied to where a person works."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "course.where": (
        "the folder to copy the course into, glmkit-course here if not given",
        "复制到哪个文件夹，默认是当前目录下的 glmkit-course",
    ),
    "course.lang": (
        "one edition only; both if not given, and yours is opened",
        "只要一种语言的版本；默认两种都复制，打开你所用语言的版本",
    ),
    "course.no_open": ("copy only, don't open JupyterLab", "只复制，不打开 JupyterLab"),
    "course.copied": ("{count} files copied to {folder}", "已复制 {count} 个文件到 {folder}"),
    "course.renewed": (
        "{count} files renewed that nobody had changed",
        "更新了 {count} 个没有改动过的文件",
    ),
    "course.theirs": (
        "{count} files are left as you changed them",
        "{count} 个文件你改过，保持原样",
    ),
    "course.beside": (
        "{theirs} is yours and stays; the newer edition lies beside it: {newer}",
        "{theirs} 是你改过的，予以保留；新版放在旁边，名为 {newer}",
    ),
    "course.nothing_new": (
        "the course in {folder} is the newest this kit has",
        "{folder} 里的课程已是这个工具包里最新的",
    ),
    "course.onto_itself": (
        "{folder} is where the kit keeps its own notebooks, expected a folder of yours: name "
        "another one, for example glmkit-course",
        "{folder} 是工具包存放自带笔记本的位置，应为你自己的文件夹，请换一个，例如 glmkit-course",
    ),
    "course.in_the_way": (
        "{path} cannot be read as a file ({found}), expected a notebook or nothing: move it away, "
        "or copy the course to another folder",
        "无法把 {path} 当作文件读取（{found}），此处应为笔记本或没有文件。请把它移走，"
        "或把课程复制到别的文件夹",
    ),
}
