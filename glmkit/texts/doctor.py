"""Sentences of the doctor: what was looked at, what was found, what to do."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # the report
    "doctor.ok": ("ok", "正常"),
    "doctor.note": ("note", "提示"),
    "doctor.missing": ("missing", "缺失"),
    "doctor.comma": ("; ", "；"),
    "doctor.todo": ("to do: {todo}", "处理办法：{todo}"),
    "doctor.head_what": ("looked at", "检查项"),
    "doctor.head_found": ("found, and what to do", "结果和处理办法"),
    "doctor.perfect": (
        "glmkit {version}: everything is here ({seconds} s)",
        "glmkit {version}：一切就绪（用时 {seconds} 秒）",
    ),
    "doctor.well": (
        "glmkit {version}: everything needed is here; notes: {notes} ({seconds} s)",
        "glmkit {version}：所需的都已具备；提示 {notes} 条（用时 {seconds} 秒）",
    ),
    "doctor.unwell": (
        "glmkit {version}: something needed is missing: {names} ({seconds} s)",
        "glmkit {version}：有必需的内容缺失（{names}）（用时 {seconds} 秒）",
    ),
    # what was looked at
    "doctor.what_python": ("Python", "Python"),
    "doctor.what_packages": ("packages", "软件包"),
    "doctor.what_kernel": ("notebook kernel", "Jupyter 内核"),
    "doctor.what_loop": ("event loop", "事件循环"),
    "doctor.what_front_end": ("front end", "前端界面"),
    "doctor.what_widgets": ("widgets", "交互控件"),
    "doctor.what_websockets": ("WebSocket library", "WebSocket 库"),
    "doctor.what_sound": ("sound formats", "声音格式"),
    "doctor.what_fonts": ("Chinese letters in figures", "图中的中文字体"),
    "doctor.what_voices": ("the emulator's models", "仿真器的模型"),
    "doctor.what_emulator": ("emulator", "仿真器"),
    "doctor.what_key": ("API key", "密钥"),
    "doctor.what_proxy": ("proxies", "代理"),
    "doctor.what_service": ("the service", "服务"),
    "doctor.what_skew": ("this computer's clock", "本机时钟"),
    "doctor.what_models": ("models for this key", "密钥可用的模型"),
    "doctor.what_balance": ("what pays for it", "费用来源"),
    "doctor.what_ticks": ("steps of the clocks", "时钟精度"),
    # when a check could say nothing
    "doctor.needs_package": (
        "could not be looked at without the package {package}",
        "缺少软件包 {package}，无法检查",
    ),
    "doctor.see_packages": (
        "install it: see the line about packages",
        "先安装它，见“软件包”一行",
    ),
    "doctor.late": ("no answer in time, so it is not known", "没有在时限内得到结果，情况未知"),
    "doctor.late_todo": ("run the doctor once more", "请再运行一次检查"),
    "doctor.failed": ("failed: {error}", "失败：{error}"),
    "doctor.failed_todo": (
        "reinstall the packages of requirements.txt; if it stays, report this line",
        "重新安装 requirements.txt 中的软件包；若仍如此，请反馈这一行",
    ),
    "doctor.run": ("run: {command}", "运行：{command}"),
    # machine
    "doctor.python": ("{version} on {system}: {path}", "{version}，{system}：{path}"),
    "doctor.python_todo": (
        "install Python 3.11 or later and set up again with it",
        "请安装 Python 3.11 或更高版本，并用它重新安装",
    ),
    "doctor.kernel_here": ("this kernel runs in {prefix}", "当前内核运行于 {prefix}"),
    "doctor.kernel_elsewhere": (
        "this runs in {prefix}, but glmkit was set up in {venv}",
        "当前运行于 {prefix}，而 glmkit 安装在 {venv}",
    ),
    "doctor.kernel_choose": (
        "in the notebook, choose the kernel of {venv}; in a terminal, use its Python",
        "在笔记本中选择 {venv} 的内核；在终端里用其中的 Python",
    ),
    "doctor.kernel_command": (
        "this kernel runs in {prefix}, but the command glmkit is {command}",
        "当前内核运行于 {prefix}，而命令 glmkit 是 {command}",
    ),
    "doctor.kernel_command_todo": (
        "what is installed for one is not there for the other: in a terminal, call this kernel's "
        "Python with -m glmkit",
        "两边安装的软件包互不相通。在终端里请用当前内核的 Python 加 -m glmkit 运行",
    ),
    "doctor.kernel_will": (
        "notebooks' kernel {name} is this Python",
        "笔记本的内核 {name} 就是这个 Python",
    ),
    "doctor.kernel_none": (
        "there is no kernel {name} for notebooks",
        "没有供笔记本使用的内核 {name}",
    ),
    "doctor.kernel_none_todo": (
        "run: {python} -m pip install ipykernel",
        "运行：{python} -m pip install ipykernel",
    ),
    "doctor.kernel_other": (
        "notebooks' kernel {name} is another Python: {path}",
        "笔记本的内核 {name} 是另一个 Python：{path}",
    ),
    "doctor.kernel_other_todo": (
        "run: {python} -m ipykernel install --sys-prefix",
        "运行：{python} -m ipykernel install --sys-prefix",
    ),
    "doctor.loop_kernel": (
        "a cell may await by itself (ipykernel {ipykernel}); for run_until_complete in a cell, "
        "allow_nested_loops() uses {nested_by}",
        "单元格里可直接 await（ipykernel {ipykernel}）；要在单元格里用 run_until_complete，"
        "allow_nested_loops() 会使用 {nested_by}",
    ),
    "doctor.loop_ipython": (
        "a prompt of IPython may await by itself; notebooks have ipykernel {ipykernel}, where "
        "allow_nested_loops() uses {nested_by}",
        "IPython 提示符下可直接 await；笔记本使用 ipykernel {ipykernel}，"
        "其中 allow_nested_loops() 会使用 {nested_by}",
    ),
    "doctor.loop_plain": (
        "no loop runs here: use asyncio.run; notebooks have ipykernel {ipykernel}, where a cell "
        "may await by itself and allow_nested_loops() uses {nested_by}",
        "这里没有运行中的事件循环，请用 asyncio.run；笔记本使用 ipykernel {ipykernel}，"
        "单元格里可直接 await，allow_nested_loops() 会使用 {nested_by}",
    ),
    "doctor.loop_nested": (
        "; {package} is at work in this process",
        "；当前进程中 {package} 已生效",
    ),
    "doctor.loop_old": (
        "with ipykernel 6, widgets hear nothing while a cell runs: update to ipykernel 7",
        "ipykernel 6 在单元格运行时收不到控件消息，请升级到 ipykernel 7",
    ),
    "doctor.loop_patched": (
        "nest_asyncio.apply() was called in this process: with ipykernel {ipykernel} and this "
        "Python it makes Run All stop for ever, or breaks asyncio.run",
        "当前进程调用过 nest_asyncio.apply()。在 ipykernel {ipykernel} 和当前 Python 下，"
        "它会让“全部运行”永远停住，或破坏 asyncio.run",
    ),
    "doctor.loop_patched_todo": (
        "take that call out, restart the kernel, and call glm.allow_nested_loops() instead",
        "删去那行调用，重启内核，改用 glm.allow_nested_loops()",
    ),
    "doctor.front_colab": ("Google Colab", "Google Colab"),
    "doctor.front_colab_todo": (
        "for the recorder and the player, run first: from google.colab import output; "
        "output.enable_custom_widget_manager()",
        "使用录音和播放控件前先运行：from google.colab import output; "
        "output.enable_custom_widget_manager()",
    ),
    "doctor.front_vscode": ("a notebook in VS Code", "VS Code 中的笔记本"),
    "doctor.front_vscode_todo": (
        "it gives notebooks no microphone: to record, open the notebook in a browser with "
        "`python -m glmkit lab`, or use a sound file",
        "它不允许笔记本使用麦克风。要录音请用 `python -m glmkit lab` 在浏览器中打开笔记本，"
        "或使用声音文件",
    ),
    "doctor.front_hub": ("a notebook on a JupyterHub", "JupyterHub 上的笔记本"),
    "doctor.front_hub_todo": (
        "browsers give the microphone to https pages only: if the address begins with http, use a "
        "sound file",
        "浏览器只允许 https 页面使用麦克风。若网址以 http 开头，请使用声音文件",
    ),
    "doctor.front_lab": ("JupyterLab (a guess)", "JupyterLab（推测）"),
    "doctor.front_notebook": ("Jupyter Notebook (a guess)", "Jupyter Notebook（推测）"),
    "doctor.front_voila": ("Voila (a guess)", "Voila（推测）"),
    "doctor.front_kernel": (
        "a notebook; which program shows it is not known",
        "Jupyter 笔记本，不清楚由哪个程序显示",
    ),
    "doctor.front_unattended": (
        "a notebook that runs with nobody to type",
        "无人值守运行的 Jupyter 笔记本",
    ),
    "doctor.front_ipython": ("IPython in a terminal", "终端里的 IPython"),
    "doctor.front_terminal": ("a terminal", "终端"),
    "doctor.front_script": ("a script, or a terminal nobody types into", "脚本，或无人输入的终端"),
    "doctor.ticks": (
        "perf_counter (measures) {perf_counter}, monotonic (paces) {monotonic} microseconds",
        "perf_counter（测量）{perf_counter} 微秒，monotonic（控制节奏）{monotonic} 微秒",
    ),
    "doctor.ticks_todo": (
        "chunks under 50 ms are sent unevenly with a clock this coarse; on Windows, Python 3.13 "
        "has a finer one",
        "时钟精度太低，短于 50 毫秒的块会发送不均匀；在 Windows 上 Python 3.13 的时钟更精细",
    ),
    # installed
    "doctor.packages": (
        "all {count} of requirements.txt, new enough",
        "requirements.txt 中的 {count} 个都已安装，版本符合要求",
    ),
    "doctor.goes_without": (
        "goes without {features}",
        "缺少相应的软件包，以下功能不可用：{features}",
    ),
    "doctor.absent": ("{package} is not installed", "未安装 {package}"),
    "doctor.too_old": (
        "{package} is {found}, expected {least} or later",
        "{package} 是 {found}，需要 {least} 或更高版本",
    ),
    "doctor.widgets": (
        "ipywidgets {ipywidgets}, anywidget {anywidget}",
        "ipywidgets {ipywidgets}，anywidget {anywidget}",
    ),
    "doctor.widgets_half": (
        "; the browser's half is not in this environment: {names}",
        "；当前环境缺少浏览器端的部分：{names}",
    ),
    "doctor.widgets_todo": (
        "where JupyterLab itself is installed, run: {command}; then reload the page",
        "在安装了 JupyterLab 的环境中运行：{command}；然后刷新页面",
    ),
    "doctor.websockets": ("websockets {version}", "websockets {version}"),
    "doctor.websockets_slow": (
        ", without its compiled part, so large messages are slow",
        "，没有编译好的加速部分，大消息会较慢",
    ),
    "doctor.sound": (
        "libsndfile {version} writes and reads {formats} (tried)",
        "libsndfile {version} 可读写 {formats}（已实测）",
    ),
    "doctor.sound_bad": ("; not {formats}", "；不支持 {formats}"),
    "doctor.fonts": ("{name}", "{name}"),
    "doctor.fonts_none": (
        "no font with Chinese letters: figures are lettered in English, and Chinese words stand "
        "in the card beside the figure",
        "没有中文字体，图中的文字将用英文，中文内容会显示在图旁的卡片里",
    ),
    "doctor.fonts_todo": (
        "install {name}, or another Chinese font, and restart Python",
        "请安装 {name} 或其他中文字体，然后重启 Python",
    ),
    "doctor.voice_here": ("{name} in place ({size})", "{name} 已就位（{size}）"),
    "doctor.voice_absent": (
        "{name} not in place ({size} to fetch)",
        "{name} 未就位（需下载 {size}）",
    ),
    "doctor.voices_todo": (
        "to be heard, and answered aloud, in free words: glmkit voices install; without them the "
        "emulator knows the kit's own samples only",
        "运行 glmkit voices install，仿真器就能听懂并说出任意内容；没有这些模型时，"
        "它只认得自带的示例录音",
    ),
    "doctor.engines": ("; not installed: {names}", "；未安装：{names}"),
    # the emulator
    "doctor.emulator": (
        "started in {start} s and answered a written question in {turn} s",
        "{start} 秒启动，{turn} 秒答完一个文字问题",
    ),
    "doctor.emulator_todo": (
        "without it nothing works that needs no key: see what it said, and whether a firewall or "
        "virus scanner keeps Python from listening on 127.0.0.1",
        "没有它，所有不需要密钥的功能都不能用。请看它的报错，"
        "并检查防火墙或杀毒软件是否阻止 Python 监听 127.0.0.1",
    ),
    # the way to the service
    "doctor.key": ("{key}, well-formed, found in {where}", "{key}，格式正确，来自 {where}"),
    "doctor.key_none": (
        "none found, and none needed for the emulator; for the live service, call glm.use_key()",
        "没有找到；使用仿真器不需要它，要用真实服务请调用 glm.use_key()",
    ),
    "doctor.key_none_live": (
        "none found, but {to} needs one",
        "没有找到，而 {to} 需要它",
    ),
    "doctor.key_skipped": (
        "; with GLMKIT_TO=emulator, .env was not looked into",
        "；由于 GLMKIT_TO=emulator，没有查看 .env",
    ),
    "doctor.key_todo": (
        "call glm.use_key(), set {name}, or give one (api_key=); a key is made at {page}; to use "
        "the emulator, unset GLMKIT_TO",
        "请调用 glm.use_key()，或设置 {name}，或直接给出密钥（api_key=），密钥在 {page} 创建；"
        "要使用仿真器，请取消 GLMKIT_TO",
    ),
    "doctor.key_bad_todo": (
        "correct or delete it there: as long as it is found, nothing else is tried",
        "请在原处改正或删除它。只要找得到它，就不会再尝试其他位置",
    ),
    "doctor.proxy_none": ("none set", "没有设置"),
    "doctor.proxy": (
        "{proxies} (the emulator is reached without)",
        "{proxies}（连接仿真器时不使用）",
    ),
    "doctor.proxy_todo": (
        "expected http://host:port or socks5://host:port in {names}",
        "{names} 应为 http://主机:端口 或 socks5://主机:端口",
    ),
    "doctor.proxy_unused": (
        "none of these is used on the way to the service; if it needs a proxy, set https_proxy",
        "通往真实服务时不会使用其中任何一个；如果需要代理，请设置 https_proxy",
    ),
    "doctor.service": (
        "{host} answered in {seconds} s (HTTP {status}, asked without a key)",
        "{host} 在 {seconds} 秒内应答（HTTP {status}，未携带密钥）",
    ),
    "doctor.service_unverified": (
        ". Nothing official has this address: it is what public clients use, unverified",
        "。该地址没有官方说明，取自公开的客户端代码，未实测",
    ),
    "doctor.to": (
        "to is {found!r}, expected 'live', 'zai', 'emulator', or a ws:// or wss:// address",
        "to 是 {found!r}，应为 'live'、'zai'、'emulator'，或 ws://、wss:// 地址",
    ),
    "doctor.service_offline": (
        "{host} was not asked: offline",
        "离线，未询问 {host}",
    ),
    "doctor.service_offline_todo": (
        "to have it asked, leave out offline (--offline) and GLMKIT_OFFLINE",
        "如需检查，请去掉 offline（--offline）和 GLMKIT_OFFLINE",
    ),
    "doctor.service_todo": (
        'do that, then run the doctor once more; meanwhile use to="emulator" (GLMKIT_TO=emulator)',
        '请先处理上述问题，再运行一次检查；在此之前可用 to="emulator"（GLMKIT_TO=emulator）',
    ),
    "doctor.late_door": (
        "{host} did not answer within {seconds} s: check the network and the proxy, a firewall may "
        "drop what is sent there",
        "{host} 在 {seconds} 秒内没有应答，请检查网络和代理，也可能被防火墙拦截",
    ),
    # what the key may use
    "doctor.model_taken": (
        "{model}: accepted; ¥{sound} a minute of sound, ¥{video} of video",
        "{model}：可以使用；音频 ¥{sound}/分钟，视频 ¥{video}/分钟",
    ),
    "doctor.model_taken_unpriced": (
        "{model}: accepted; its price is not published, counted here as ¥{sound} a minute of "
        "sound, ¥{video} of video",
        "{model}：可以使用；没有公布价格，这里按音频 ¥{sound}/分钟、视频 ¥{video}/分钟估算",
    ),
    "doctor.model_refused": ("{model}: not accepted, code {code}", "{model}：不可用，代码 {code}"),
    "doctor.model_failed": ("{model}: could not be tried", "{model}：无法检查"),
    "doctor.models_begin": (
        "begin with {model}. Prices of {date}; this is as far as connecting and configuring show "
        "it, without a turn",
        "建议先用 {model}。价格日期 {date}；以上只依据连接和配置的结果，没有进行对话",
    ),
    "doctor.models_overseas": (
        "these are bigmodel's prices: those of z.ai are not known here",
        "以上是 bigmodel 的价格，z.ai 的价格未知",
    ),
    "doctor.models_none": ("none of them can be used", "全部不可用"),
    "doctor.models_unpaid_todo": ("see the next line", "见下一行"),
    "doctor.models_untried": (
        "not tried: see the lines about the key and the service",
        "未检查，见“密钥”和“真实服务”两行",
    ),
    "doctor.models_untried_todo": (
        "put those in order, then run the doctor once more",
        "请先处理那两行的问题，再运行一次检查",
    ),
    "doctor.balance_unknown": (
        "not known: whether there is a balance or a package for this model shows only in a turn "
        "that is paid for; how many turns may run at once (5, 10, 15 or 20, by the account's "
        "level) shows only on the console",
        "未知：账户有没有余额、有没有适用于该模型的资源包，只有实际付费对话一轮才能知道；"
        "可同时进行多少路（按用户等级为 5、10、15 或 20 路），只能在控制台查看",
    ),
    "doctor.balance_no_model_todo": (
        "first have one model accepted: see the line above",
        "请先让至少一个模型可用，见上一行",
    ),
    "doctor.balance_offer": (
        "one shortest turn shows it, for ¥{yuan} at the most by this kit's prices ({model}, "
        "{seconds} s of sound both ways)",
        "进行最短的一轮对话即可知道，按本工具包的价格估算最多 ¥{yuan}"
        "（{model}，双方的声音合计 {seconds} 秒）",
    ),
    "doctor.balance_how": (
        "{offer}: glmkit doctor --to {to} asks first in a terminal, --yes does it at once; in "
        "Python, glm.doctor(to={to!r}, paid_turn=True)",
        "{offer}。在终端运行 glmkit doctor --to {to} 会先询问，加 --yes 则直接进行；"
        "在 Python 中用 glm.doctor(to={to!r}, paid_turn=True)",
    ),
    "doctor.balance_ask": ("{offer}. Have it now? [y/N]", "{offer}。现在进行吗？[y/N]"),
    "doctor.balance_there": (
        "there is something to pay with for {model}: a turn of {seconds} s of sound was answered, "
        "about ¥{yuan} by this kit's prices; the bill is the service's, and whether a balance or a "
        "package paid is seen on the console",
        "{model} 可以扣费。完成了一轮对话，双方的声音合计 {seconds} 秒，"
        "按本工具包的价格约 ¥{yuan}；以服务方账单为准，扣的是余额还是资源包请在控制台查看",
    ),
    "doctor.balance_unanswered": (
        "not known: a turn of {seconds} s of sound ended {status} and without an answer",
        "未知：这一轮对话（双方的声音合计 {seconds} 秒）没有得到回答，状态为 {status}",
    ),
    "doctor.balance_failed": (
        "not known: the turn failed, not for money as far as it says",
        "未知：这一轮对话失败了，从返回的信息看不是费用的问题",
    ),
    "doctor.balance_none": ("nothing pays for a call", "没有可扣的费用"),
    "doctor.skew_unknown": (
        "not compared: there was no time from {host} to compare it with",
        "未比对，没有得到 {host} 的时间",
    ),
    "doctor.skew_unknown_todo": (
        "hold it against a clock you trust: tokens carry this computer's time",
        "请与可靠的时钟核对，因为令牌带有本机时间",
    ),
    "doctor.skew_ahead": (
        "{seconds} s ahead of {host} (±{margin} s, by its Date header)",
        "比 {host} 快 {seconds} 秒（误差 ±{margin} 秒，依据其 Date 头）",
    ),
    "doctor.skew_behind": (
        "{seconds} s behind {host} (±{margin} s, by its Date header)",
        "比 {host} 慢 {seconds} 秒（误差 ±{margin} 秒，依据其 Date 头）",
    ),
    "doctor.skew_todo": (
        "set this computer's clock: tokens carry its time, and wrong ones are refused",
        "请校准本机时间，令牌带有本机时间，时间不对会被拒绝",
    ),
}
