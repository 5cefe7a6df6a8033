"""Sentences about a locale that cannot read the names of files."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "utf8.misread": (
        "this Python takes the names of files for {encoding}, so libraries cannot be loaded from "
        "a folder whose name has other letters: set the environment variable PYTHONUTF8=1 where "
        "Jupyter or Python is started, and start it again",
        "当前 Python 把文件名当作 {encoding} 编码，无法从含中文等字符的文件夹加载程序库："
        "请在启动 Jupyter 或 Python 的地方设置环境变量 PYTHONUTF8=1，然后重新启动",
    ),
}
