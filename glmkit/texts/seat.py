"""Sentences of an install from a pack, at a seat without internet."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "seat.old_python": (
        "This is Python {found}, expected 3.11 or newer: install the one the sheet (SHEET.html) "
        "names, then start again.",
        "当前的 Python 是 {found}，应为 3.11 或更高版本。请先安装 SHEET.html 里写的版本，"
        "再重新运行。",
    ),
    "seat.usage": (
        "found: {found}; expected: install, open or check, then perhaps --home FOLDER, and --again "
        "to install anew",
        "收到：{found}，应为 install、open 或 check，后面可加 --home 文件夹，以及表示重新安装的 "
        "--again",
    ),
    "seat.step_pack": ("What is in the pack: {folder}", "查看安装包的内容：{folder}"),
    "seat.fits": (
        "      glmkit {kit}, {count} packages for Python {python}",
        "      glmkit {kit}，适合 Python {python} 的软件包共 {count} 个",
    ),
    "seat.step_files": ("Checking every file that is needed", "逐个检查要用的文件"),
    "seat.step_room": ("Is there room in {folder}?", "检查 {folder} 的剩余空间"),
    "seat.room": (
        "      {needed} MB needed, {free} MB free",
        "      需要 {needed} MB，剩余 {free} MB",
    ),
    "seat.step_environment": ("Making the environment {folder}", "建立环境 {folder}"),
    "seat.step_install": (
        "Installing {count} packages (one to ten minutes)",
        "安装 {count} 个软件包（一到十分钟）",
    ),
    "seat.step_voices": ("Bringing the voices", "放入语音模型"),
    "seat.no_voices": (
        "      this pack has none: the emulator answers with prepared recordings",
        "      这个安装包里没有，仿真器将用预先录好的声音回答",
    ),
    "seat.step_try": ("Trying it: one spoken turn", "试一试：完成一轮对话"),
    "seat.not_tried": (
        "      everything is installed, but that turn did not succeed: open the course, and if its "
        "first page fails, too, show somebody the log",
        "      都已装好，但这一轮对话没有成功。请打开课程，如果第一页也失败，请把日志给别人看",
    ),
    "seat.done": (
        "Done in {minutes} minutes, {size} MB in {folder}. To open the course: open-course in "
        "that folder, or open on the stick.",
        "安装完成，用时 {minutes} 分钟，在 {folder} 中占 {size} MB。打开课程：运行该文件夹里的 "
        "open-course，或安装包里的“打开课程”。",
    ),
    "seat.already": (
        "It is installed in {folder} already. --again installs it anew.",
        "{folder} 里已经装好了。要重新安装，请加 --again。",
    ),
    "seat.log": (
        "Everything that happened is in {path}: photograph its end if you ask somebody.",
        "全部过程记录在 {path}。需要求助时，请把它的末尾拍下来。",
    ),
    "seat.interrupted": (
        "Interrupted. The next install begins anew; nothing is left half done.",
        "已中断。下次安装会重新开始，不会留下装了一半的东西。",
    ),
    "seat.no_pack": (
        "{folder} holds no pack that can be read ({found}), expected a folder that glmkit pack "
        "made: copy the whole folder again",
        "{folder} 里没有能读取的安装包（{found}），应为 glmkit pack 生成的文件夹。"
        "请重新复制整个文件夹",
    ),
    "seat.unfinished": (
        "the pack in {folder} was not finished ({found}): run glmkit pack with that folder once "
        "more, or copy the whole folder again",
        "{folder} 里的安装包没有做完（{found}）。请对这个文件夹再运行一次 glmkit pack，"
        "或重新复制整个文件夹",
    ),
    "seat.nothing": ("nothing", "没有任何软件包"),
    "seat.no_set": (
        "found {found}, for which the pack has no packages; on this system it has {has}: install "
        "one of those Pythons, or bring one with glmkit pack --python",
        "当前是 {found}，安装包里没有适合它的软件包；对这个系统有：{has}。请安装其中一个版本的 "
        "Python，或用 glmkit pack --python 带上一个",
    ),
    "seat.set_incomplete": (
        "the pack is incomplete for this Python and system ({found}): run glmkit pack with that "
        "folder once more where there is internet",
        "对这个系统和 Python，安装包不完整（{found}）。请在有网络的地方对这个文件夹再运行一次 "
        "glmkit pack",
    ),
    "seat.file_damaged": ("{name}: damaged", "{name}：已损坏"),
    "seat.file_missing": ("{name}: missing", "{name}：缺失"),
    "seat.file_unreadable": ("{name}: cannot be read", "{name}：无法读取"),
    "seat.damaged": (
        "these files are not as they were packed; copy them again from the original:\n{files}",
        "以下文件与打包时不一致，请从原处重新复制：\n{files}",
    ),
    "seat.whole": ("All {count} files are whole.", "全部 {count} 个文件完好。"),
    "seat.full": (
        "{free} MB are free where {folder} is, expected {needed} MB: make room, or choose another "
        "drive with --home D:\\glmkit",
        "{folder} 所在磁盘剩余 {free} MB，需要 {needed} MB。请腾出空间，或用 --home D:\\glmkit "
        "换一个磁盘",
    ),
    "seat.no_drive": (
        "{folder} is on a drive that is not there: choose another with --home",
        "{folder} 所在的磁盘不存在，请用 --home 另选一个",
    ),
    "seat.relative_home": (
        "the folder to install to is {found}, expected one that begins with its drive or a slash: "
        "for example D:\\glmkit",
        "安装位置是 {found}，应为带盘符或以斜杠开头的完整路径，例如 D:\\glmkit",
    ),
    "seat.not_installed": (
        "nothing is installed in {folder}: run install first, or say where with --home",
        "{folder} 里还没有安装。请先运行“安装”，或用 --home 说明装在哪里",
    ),
    "seat.long_path": (
        "paths in {home} would have {letters} letters, Windows takes {most}: choose a shorter "
        "folder with --home, for example D:\\g, or allow long paths in Windows",
        "{home} 里的路径会长达 {letters} 个字符，Windows 最多允许 {most} 个。请用 --home "
        "换一个更短的"
        "文件夹，例如 D:\\g，或在 Windows 中开启长路径",
    ),
    "seat.no_environment": (
        "no environment could be made in {folder} ({found}): may you write there? Choose another "
        "folder with --home",
        "无法在 {folder} 里建立环境（{found}）。是否没有写入权限？请用 --home 另选一个文件夹",
    ),
    "seat.failed": (
        "this step failed; the last that it said:\n{found}",
        "这一步失败了，最后的输出是：\n{found}",
    ),
    "seat.too_slow": (
        "this step was ended after {seconds} s; the last that it said:\n{found}",
        "这一步超过 {seconds} 秒，已终止，最后的输出是：\n{found}",
    ),
}
