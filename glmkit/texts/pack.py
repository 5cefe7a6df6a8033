"""Sentences of ``glmkit pack`` and of the sheet it prints."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "pack.folder": (
        "the folder to make, on a stick or a share; what is there and whole stays",
        "生成到哪个文件夹（U 盘或共享目录），已有且完好的文件会保留",
    ),
    "pack.for": (
        "systems, with commas: windows,macos,linux",
        "操作系统，用逗号分隔：windows,macos,linux",
    ),
    "pack.pythons": ("versions of Python, with commas", "Python 版本，用逗号分隔"),
    "pack.python_file": (
        "a Python to bring for seats without one: the Windows installer, or a portable archive; "
        "FILE#sha256=… checks it; may be repeated",
        "给没有 Python 的座位带上一个，可以是 Windows 安装程序或便携压缩包；"
        "写成 文件#sha256=… 会核对哈希；可重复",
    ),
    "pack.home": (
        "where seats install to, for example D:\\glmkit in a room that resets C:; by default the "
        "folder glmkit of each person",
        "座位上安装到哪里，例如重启会还原 C: 盘的机房可用 D:\\glmkit；默认是每个人自己的 glmkit "
        "文件夹",
    ),
    "pack.with": (
        "a folder to bring besides, for example lesson plans; may be repeated",
        "另外带上的文件夹，例如教案；可重复",
    ),
    "pack.without_voices": ("leave the speech models out", "不带语音模型"),
    "pack.untried": (
        "don't install from it once to see that it works and how long it takes",
        "不试装（试装用来确认可用，并测量用时）",
    ),
    "pack.try_in": (
        "install it there to try it, and leave it installed",
        "试装到这个文件夹，并保留下来",
    ),
    "pack.unlisted": (
        "{option} names {found}, expected some of: {expected}",
        "{option} 收到 {found}，应为其中一个或几个：{expected}",
    ),
    "pack.bad_home": (
        "--home is {found}, expected a whole path without quotes and without % $ ` !: for example "
        "D:\\glmkit",
        "--home 收到 {found}，应为不含引号和 % $ ` ! 的完整路径，例如 D:\\glmkit",
    ),
    "pack.no_folder": (
        "{path} is no folder, expected one to bring along: check its name",
        "{path} 不是文件夹，应为要一起带上的文件夹，请检查名称",
    ),
    "pack.not_empty": (
        "{folder} holds other things ({found}), expected an empty folder, a new one, or a pack: "
        "name a folder of its own, for example {folder}/glmkit-pack",
        "{folder} 里有别的内容（{found}），应为空文件夹、新文件夹或已有的安装包。请另给一个，例如 "
        "{folder}/glmkit-pack",
    ),
    "pack.full": (
        "{free} are free where {folder} is, expected {needed}: make room, or pack for fewer "
        "systems "
        "and Pythons (--for, --pythons)",
        "{folder} 所在磁盘剩余 {free}，需要 {needed}。请腾出空间，或用 --for、--pythons "
        "减少系统和 Python 版本",
    ),
    "pack.no_room": (
        "{path} could not be written to ({found}), expected a folder with room that may be written "
        "to: try another; what was done is kept",
        "无法写入 {path}（{found}），应为有空间且有写入权限的文件夹，请换一个；已完成的部分会保留",
    ),
    "pack.not_built": (
        "the kit's own wheel could not be built ({found}), expected pip with setuptools 77 or "
        'newer, or a network: python -m pip install "setuptools>=77"',
        "无法构建工具包自己的 wheel（{found}），需要 pip 和 setuptools 77 以上，或能联网。"
        '请运行 python -m pip install "setuptools>=77"',
    ),
    "pack.no_constraints": (
        "constraints.txt is not in {folder}: the kit is not completely installed; install it again",
        "{folder} 里没有 constraints.txt，工具包安装不完整，请重新安装",
    ),
    "pack.python_missing": (
        "{path} is no file, expected a Python installer or archive: check its name",
        "{path} 不是文件，应为 Python 安装程序或压缩包，请检查名称",
    ),
    "pack.python_hash": (
        "{path} has the SHA-256 {found}, expected {expected}: fetch the file again",
        "{path} 的 SHA-256 是 {found}，应为 {expected}，请重新下载该文件",
    ),
    "pack.python_name": (
        "{path}: found a name with blanks or other letters, expected plain ones (a-z, 0-9, . _ + "
        "-): "
        "rename the file as it was when it was fetched",
        "{path} 的文件名含有空格或其他字符，应只有字母、数字和 . _ + -，请改回下载时的名字",
    ),
    "pack.python_version": (
        "no version is in the name of {path}, expected one like python-3.12.7-amd64.exe: rename "
        "the "
        "file as it was when it was fetched",
        "{path} 的文件名里没有版本号，应像 python-3.12.7-amd64.exe 这样，请改回下载时的名字",
    ),
    "pack.python_administrator": (
        "{path} is a package that only an administrator can install, expected a portable archive "
        "(.tar.gz), or Windows' .exe",
        "{path} 需要管理员才能安装，应为便携压缩包（.tar.gz）或 Windows 的 .exe",
    ),
    "pack.python_none": (
        "no interpreter is in {path}, expected an archive that holds python.exe or bin/python3",
        "{path} 里没有解释器，应为含有 python.exe 或 bin/python3 的压缩包",
    ),
    "pack.python_no_venv": (
        "the Python in {path} has no venv (Windows' embeddable package is like that), expected a "
        "whole one: the installer, or an archive of a full installation",
        "{path} 里的 Python 没有 venv（Windows 的 embeddable 包就是这样），应为完整的 Python，"
        "例如安装程序或完整安装的压缩包",
    ),
    "pack.python_zip": (
        "{path} is a zip, which keeps no file's right to run; expected a .tar.gz for macOS and "
        "Linux",
        "{path} 是 zip，不保留可执行权限；macOS 和 Linux 应使用 .tar.gz",
    ),
    "pack.python_unreadable": (
        "{path} cannot be read as an archive ({found}), expected .tar.gz, .zip or .nupkg: fetch it "
        "again",
        "无法把 {path} 当作压缩包读取（{found}），应为 .tar.gz、.zip 或 .nupkg，请重新下载",
    ),
    "pack.unknown_voices": (
        "the {name} weights here are not those of a known source, by their hash: unset "
        "GLMKIT_MODELS, then glmkit voices install",
        "本机的 {name} 权重与已知来源的哈希不符，请取消 GLMKIT_MODELS，再运行 glmkit voices "
        "install",
    ),
    "pack.trial_failed": (
        "the pack was made, but installing from it failed here:\n{found}",
        "安装包已做好，但在本机试装失败：\n{found}",
    ),
    "pack.kit": ("the kit itself: {name}", "工具包本身：{name}"),
    "pack.fetching": ("{target}: fetching …", "{target}：正在下载……"),
    "pack.set": ("{target}: {count} packages, {size}", "{target}：{count} 个软件包，{size}"),
    "pack.set_there": (
        "{target}: {count} packages, {size}, all there already",
        "{target}：{count} 个软件包，{size}，已经齐全",
    ),
    "pack.taken": (
        "another glmkit pack is at work in {folder}: let it end, or stop it with Ctrl+C there, "
        "then run this one again",
        "另一个 glmkit pack 正在 {folder} 里工作。请等它结束，或在那边按 Ctrl+C 停止，再运行这一个",
    ),
    "pack.no_index": (
        "the package index was not reached, check the network; pip says: {found}",
        "连不上软件包索引，请检查网络。pip 的提示：{found}",
    ),
    "pack.set_lacks": (
        "{target}: INCOMPLETE, not to be had: {found}",
        "{target}：不完整，无法取得：{found}",
    ),
    "pack.voices": ("voices: {size}, verified", "语音模型：{size}，已校验"),
    "pack.no_voices": ("voices: INCOMPLETE: {found}", "语音模型：不完整：{found}"),
    "pack.extra": ("besides: {folder}", "另外带上：{folder}"),
    "pack.no_site": (
        "without the course's site, which was not built here: make site, or python -m docs.site, "
        "in a clone; then pack again",
        "不含课程网站，本机还没有生成。请在代码仓库里运行 make site 或 python -m docs.site，"
        "再重新打包",
    ),
    "pack.python": ("brought: {line}", "带上的 Python：{line}"),
    "pack.trying": (
        "installing from it once, as a seat would …",
        "像座位上那样试装一次……",
    ),
    "pack.tried": (
        "tried here, from a folder to a spoken turn: {minutes} minutes and {size} a seat",
        "在本机试装，从开始到完成一轮对话：每个座位 {minutes} 分钟，占 {size}",
    ),
    "pack.not_tried": (
        "not tried: it has nothing for this Python and system",
        "未试装：其中没有适合本机系统和 Python 的软件包",
    ),
    "pack.done": (
        "The pack is in {folder}, {size}. Copy the whole folder; SHEET.html says how it goes on.",
        "安装包在 {folder}，共 {size}。请复制整个文件夹，后面怎么做见 SHEET.html。",
    ),
    "pack.incomplete": (
        "The pack in {folder} ({size}) is INCOMPLETE, see above. Run the same command again where "
        "the rest can be had.",
        "{folder} 里的安装包（{size}）不完整，缺什么见上文。"
        "请在能取得其余部分的地方再次运行同一命令。",
    ),
    "pack.no_python": (
        "No Python was found. The pack works with Python {pythons}: see SHEET.html.",
        "没有找到 Python。这个安装包适用于 Python {pythons}，请看 SHEET.html。",
    ),
    "pack.sheet_title": ("glmkit without internet", "没有网络也能用的 glmkit"),
    "pack.sheet_lead": (
        "Learn the GLM-Realtime voice API in a room without internet. Everything is in this "
        "folder; "
        "nothing is fetched, no administrator is needed.",
        "在没有网络的机房里学习 GLM-Realtime 语音 API。所需的一切都在这个文件夹里，不联网下载，"
        "也不需要管理员权限。",
    ),
    "pack.sheet_steps": ("At each seat", "每个座位上"),
    "pack.sheet_step_windows": (
        "Windows: double-click <b>install.bat</b>, later <b>open.bat</b>.",
        "Windows：双击<b>安装.bat</b>，以后双击<b>打开课程.bat</b>。",
    ),
    "pack.sheet_step_unix": (
        "macOS and Linux: in a terminal <b>sh install.sh</b>, later <b>sh open-course.sh</b>.",
        "macOS 和 Linux：在终端里运行 <b>sh install.sh</b>，以后运行 <b>sh open-course.sh</b>。",
    ),
    "pack.sheet_step_where": (
        "It goes into {home}. Another drive: install.bat --home D:\\glmkit. Delete that folder "
        "to be "
        "rid of it.",
        "安装到 {home}。换一个磁盘：install.bat --home D:\\glmkit。删除该文件夹即可卸载。",
    ),
    "pack.sheet_home": ("the folder glmkit of each person", "每个人自己的 glmkit 文件夹"),
    "pack.sheet_step_reset": (
        "A room that resets C: when it starts: install to a drive that stays.",
        "开机会还原 C: 盘的机房，请安装到不会还原的磁盘。",
    ),
    "pack.sheet_step_trouble": (
        "If something goes wrong, photograph the end of install.log. Damaged files are named: copy "
        "those again.",
        "出了问题，请把 install.log 的末尾拍下来。已损坏的文件会列出名字，重新复制即可。",
    ),
    "pack.sheet_python": ("Python at the seat", "座位上的 Python"),
    "pack.sheet_python_needed": (
        "One of Python {pythons} must be there.",
        "需要已有 Python {pythons} 中的一个。",
    ),
    "pack.sheet_python_brought": (
        "Where there is none, this one is taken, for that person alone:",
        "没有的话会使用带来的这一个，只为当前用户安装：",
    ),
    "pack.sheet_holds": ("What is inside", "里面有什么"),
    "pack.sheet_system": ("system", "系统"),
    "pack.sheet_packages": ("packages", "软件包"),
    "pack.sheet_size": ("to copy", "复制"),
    "pack.sheet_place": ("in place", "安装后"),
    "pack.sheet_state": ("state", "状态"),
    "pack.sheet_whole": ("complete", "完整"),
    "pack.sheet_lacks": ("INCOMPLETE: {found}", "不完整：{found}"),
    "pack.sheet_voices": ("voices: {size}", "语音模型：{size}"),
    "pack.sheet_no_voices": (
        "no voices: the emulator answers with prepared recordings",
        "没有语音模型，仿真器用预先录好的声音回答",
    ),
    "pack.sheet_extras": ("besides: {names}", "另有：{names}"),
    "pack.sheet_measured": ("What a seat takes", "每个座位的用时和空间"),
    "pack.sheet_took": (
        "{minutes} minutes and {size}, measured on {date} with Python {python} on {system}, "
        "{cores} processors, from this folder on a disk. A stick and a virus scanner take longer.",
        "{minutes} 分钟，{size}。{date} 在 {system}、Python {python}、{cores} "
        "个处理器上从硬盘测得。"
        "U 盘和杀毒软件会让它更慢。",
    ),
    "pack.sheet_untried": (
        "Not measured: this pack was not tried where it was made.",
        "未测量：制作时没有试装过。",
    ),
    "pack.sheet_unseen": (
        "The starters for Windows and macOS were checked by reading; the kit's makers have not "
        "seen "
        "them run. The emulator speaks the service's protocol, but is not the model.",
        "Windows 和 macOS 的启动文件只经过阅读检查，工具包的作者没有亲眼看到它们运行。"
        "仿真器使用与真实服务相同的协议，但不是模型本身。",
    ),
}
