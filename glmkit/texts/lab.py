"""Sentences of measurements and of tables of many recordings."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "lab.running": ("measuring", "测量中"),
    "lab.unit_runs": ("runs", "次"),
    "lab.interrupted": (
        "interrupted: the table holds the {done} of {runs} runs that were done.",
        "已中断，表中是已完成的 {done} 次（共 {runs} 次）。",
    ),
    "lab.task": (
        "found a value of type {found}, expected a function to call: lambda: session.say(clip)",
        "收到 {found}，应为可调用的函数：lambda: session.say(clip)",
    ),
    "lab.no_grid": (
        "the grid is of type {found}, expected names with their values: {{'chunk_ms': [20, 100]}}",
        "grid 是 {found}，应为名称及其取值：{{'chunk_ms': [20, 100]}}",
    ),
    "lab.grid_name": (
        "the grid has the name {found!r}, expected words, as the task's arguments are called: "
        "{{'chunk_ms': [20, 100]}}",
        "grid 里有名称 {found!r}，应为文字，与任务的参数同名：{{'chunk_ms': [20, 100]}}",
    ),
    "lab.grid_values": (
        "{name} in the grid is of type {found}, expected several values in a list, one too: "
        "{{'chunk_ms': [20, 100], 'voice': ['tongtong']}}",
        "grid 中的 {name} 是 {found}，应为列表，只有一个值也要写成列表："
        "{{'chunk_ms': [20, 100], 'voice': ['tongtong']}}",
    ),
    "lab.grid_untaken": (
        "the task takes no {names}. Does the grid mean: {near}?{settings}",
        "任务没有 {names} 这个参数，grid 里要写的可能是 {near}。{settings}",
    ),
    "lab.grid_settings": (
        " Settings of glm.connect may stand in a grid once connect={{…}} is given",
        "给出 connect={{…}} 之后，grid 里才可以写 glm.connect 的设置",
    ),
    "lab.grid_lacks": (
        "the task needs {names}, and the grid has nothing of that name: give a list of values",
        "任务需要参数 {names}，grid 里没有。请在 grid 里写上它的取值列表",
    ),
    "lab.count": (
        "{name} is {found!r}, expected a whole number",
        "{name} 是 {found!r}，应为整数",
    ),
    "lab.no_table": (
        "found a value of type {found}, expected the table that glm.lab.repeat or glm.lab.sweep "
        "gives",
        "收到 {found}，应为 glm.lab.repeat 或 glm.lab.sweep 得到的表",
    ),
    "lab.not_numbers": (
        "the column {name} holds no numbers: choose another with of=",
        "{name} 列中不是数字，请用 of= 另选一列",
    ),
    "lab.rows_busy": (
        "another sweep on this machine writes its rows to {path}: wait until it has ended, or give "
        "another out=. What it has so far is in that file",
        "本机另一个 sweep 正在往 {path} 写入数据。请等它结束，或用 out= 另选文件；"
        "已完成的行就在该文件里",
    ),
    "lab.not_finite": (
        "the column {name} is infinite in {count} of the runs that worked, and then has neither "
        "mean nor interval: leave such runs out, or write None where there is no number",
        "{name} 列在 {count} 次成功的运行中为无穷大，无法求均值和区间。请去掉这些行，"
        "没有数值时请写 None",
    ),
    "lab.grid": (
        "the grid cannot have {names}: a setting needs at least one value, and a name that is "
        "no column of the table",
        "grid 中的 {names} 不可用。每个设置至少要有一个值，且不能与表中的列同名",
    ),
    "lab.grid_alike": (
        "{name} in the grid has {times} values that are told apart by nothing: {found}. Expected "
        "each once (repeat= runs all of them again); functions and objects go by their names: put "
        "words into the grid, and let the task look up what they mean",
        "grid 中的 {name} 有 {times} 个无法区分的取值：{found}。每个取值只应写一次，"
        "重复运行请用 repeat=；函数和对象以名称区分，请在 grid 里写文字，再由任务去找对应的对象",
    ),
    "lab.grid_key": (
        "found api_key in the grid, which would stand in the table and in its file: give it as "
        "connect={{'api_key': …}}, one sweep for each",
        "grid 里有 api_key，它会出现在表和文件里。请写成 connect={{'api_key': …}}，"
        "每个密钥单独运行一次 sweep",
    ),
    "lab.runs": (
        "{found} runs were asked for, expected 1 to {most}",
        "要求运行 {found} 次，应为 1 到 {most} 次",
    ),
    "lab.network_name": (
        "found the network {found!r}, expected one of {names}",
        "收到网络 {found!r}，应为以下之一：{names}",
    ),
    "lab.network_option": (
        "found {found!r}, which no network has, expected {names}",
        "收到 {found!r}，网络没有这一项，应为：{names}",
    ),
    "lab.network_value": (
        "{name} is {found!r}, expected a number from 0 up: seconds, or bits a second for a "
        "bandwidth (None: without limit); a bandwidth or stall_every of 0 lets nothing through",
        "{name} 收到 {found!r}，应为不小于 0 的数，单位为秒，带宽则为比特每秒（None 表示不限）；"
        "带宽或 stall_every 为 0 时什么也通不过",
    ),
    "lab.network_stall": (
        "{name} is {found:g}, and nothing would stall {way}: expected both, stall=0.3 (seconds "
        "that nothing goes through) and stall_every=10 (seconds from one to the next, on average)",
        "{name} 收到 {found:g}，但 {way} 方向不会出现停顿。两项要一起给出：stall=0.3"
        "（每次停顿几秒），stall_every=10（平均每隔几秒停顿一次）",
    ),
    "lab.network_closed": (
        "the network {name} was closed: make it anew with glm.lab.network(…)",
        "网络 {name} 已关闭，请用 glm.lab.network(…) 重新创建",
    ),
    "lab.network_twice": (
        "found a network to lead over, expected whom it leads to: one network at a time",
        "to 收到的是另一个网络，应为要连接的对端；一次只能用一个网络",
    ),
    "lab.network_forked": (
        "this network was made in another process: make one here with glm.lab.network(…)",
        "这个网络是在另一个进程里创建的，请在这里用 glm.lab.network(…) 重新创建",
    ),
    "lab.broken": (
        "a worker of the executor died: the table holds the {done} of {runs} runs that were done. "
        "Call it again with a new executor and the same out= to go on",
        "执行器的一个工作进程退出了：表中是已完成的 {done} 次（共 {runs} 次）。"
        "换一个新的执行器、用同一个 out= 再调用一次即可继续",
    ),
    "lab.executor": (
        "executor is of type {found}, expected one of concurrent.futures, such as "
        "ProcessPoolExecutor(4)",
        "executor 收到 {found}，应为 concurrent.futures 的执行器，例如 ProcessPoolExecutor(4)",
    ),
    "lab.limits": (
        "{name} is {found}, expected 1 to {most}",
        "{name} 收到 {found}，应为 1 到 {most}",
    ),
    "lab.not_picklable": (
        "the task can't be sent to the executor ({found}): define it, and what it uses, at the top "
        "of a module of its own, and no lambda",
        "任务无法发送给执行器（{found}）。请把它和它用到的东西定义在单独模块的顶层，不要用 lambda",
    ),
    "lab.connect": (
        "connect is of type {found}, expected settings of glm.connect: "
        "{{'to': 'emulator', 'vad': 'server'}}",
        "connect 收到 {found}，应为 glm.connect 的设置：{{'to': 'emulator', 'vad': 'server'}}",
    ),
    "lab.connect_unknown": (
        "found {names}, which glm.connect does not know",
        "收到 {names}，glm.connect 没有这些设置",
    ),
    "lab.minutes": (
        "minutes is {found!r}, expected a number above 0: of the clock, over all runs",
        "minutes 收到 {found!r}，应为大于 0 的数，即全部运行合计的时钟分钟数",
    ),
    "lab.reached_yuan": (
        "the budget is used up (¥{used:.2f} of {limit:g}).",
        "预算已用完（{used:.2f} 元，上限 {limit:g} 元）。",
    ),
    "lab.reached_turns": (
        "the budget is used up (turns: {used:.0f} of {limit:g}).",
        "预算已用完（{used:.0f} 轮，上限 {limit:g} 轮）。",
    ),
    "lab.reached_seconds": (
        "the budget is used up (seconds: {used:.2f} of {limit:g}).",
        "预算已用完（声音 {used:.2f} 秒，上限 {limit:g} 秒）。",
    ),
    "lab.reached_minutes": (
        "the time is over ({used:.1f} of {limit:g} minutes).",
        "时间已到（{used:.1f} 分钟，上限 {limit:g} 分钟）。",
    ),
    "lab.near_yuan": (
        "one more run would pass the budget (¥{used:.2f} of {limit:g}).",
        "再运行一次就会超出预算（已花 {used:.2f} 元，上限 {limit:g} 元）。",
    ),
    "lab.near_turns": (
        "one more run would pass the budget (turns: {used:.0f} of {limit:g} and those under way).",
        "再运行一次就会超出预算（已有 {used:.0f} 轮，另有正在进行的，上限 {limit:g} 轮）。",
    ),
    "lab.near_seconds": (
        "one more run would pass the budget (seconds: {used:.2f} of {limit:g}).",
        "再运行一次就会超出预算（声音已有 {used:.2f} 秒，上限 {limit:g} 秒）。",
    ),
    "lab.left": (
        "The table holds {done} of {runs} runs; {left} are left.",
        "表中是已完成的 {done} 次（共 {runs} 次），还剩 {left} 次。",
    ),
    "lab.go_on": (
        "To go on, call it again with the same out= ({path}) and a larger budget= or minutes=: "
        "what was spent counts there, too",
        "要接着测，请用同一个 out=（{path}）并调高 budget= 或 minutes= 再调用一次，"
        "已经用掉的也会计入",
    ),
    "lab.go_on_interrupted": (
        "To go on, call it again with the same out= ({path})",
        "要接着测，请用同一个 out=（{path}）再调用一次",
    ),
    "lab.bad_suffix": (
        "{path} cannot be a table of this kind: rows are written as they come, as JSON lines. Name "
        "it .jsonl (or .parquet), and write the table that comes back: table.to_csv('runs.csv')",
        "{path} 不能直接写成这种表格。结果按 JSON 逐行写入，请用 .jsonl（或 .parquet）作后缀；"
        "需要表格时，把返回的表另存：table.to_csv('runs.csv')",
    ),
    "lab.go_on_nowhere": (
        "With out= a file, such as out='runs.jsonl', a later call could go on from there",
        "如果用 out= 指定文件（例如 out='runs.jsonl'），下次调用就能从那里接着测",
    ),
    "lab.mixed": (
        "the rows in {file} were measured otherwise, and these would be mixed with them: {differ}. "
        "Give another out=, or make it as it was. If you know that they are alike, delete the file "
        "{file}.about, which says so",
        "{file} 里的结果是在不同条件下测的，接着测会混在一起：{differ}。"
        "请换一个 out=，或改回原来的条件。如果确定两者可比，可以删除记着这些条件的 {file}.about",
    ),
    "lab.mixed_whom": (
        "the rows in {file} were measured otherwise, and these would be mixed with them: {differ}. "
        "Give another out=, or make it as it was",
        "{file} 里的结果是在不同条件下测的，接着测会混在一起：{differ}。请换一个 out=，"
        "或改回原来的条件",
    ),
    "lab.mixed_value": (
        "{name} was {before} and is {now}",
        "{name} 原为 {before}，现为 {now}",
    ),
    "lab.mixed_task": (
        "the code of {name} has changed",
        "{name} 的代码改过",
    ),
    "lab.foretold": (
        "{runs} runs, about ¥{yuan:.2f} and {minutes:.1f} minutes by the first; they stop at "
        "{limits}",
        "共 {runs} 次，按第一次估算约 {yuan:.2f} 元、{minutes:.1f} 分钟；停止条件：{limits}",
    ),
    "lab.budget": (
        "{runs} runs; they stop at {limits}",
        "共 {runs} 次；停止条件：{limits}",
    ),
    "lab.no_budget": ("no limit (budget= sets one)", "没有上限（可用 budget= 设定）"),
    "lab.limit_yuan": ("¥{limit:g}", "花到 {limit:g} 元"),
    "lab.limit_turns": ("{limit:g} turns", "满 {limit:g} 轮"),
    "lab.limit_seconds": ("{limit:g} s of sound", "声音满 {limit:g} 秒"),
    "lab.limit_minutes": ("{limit:g} minutes", "满 {limit:g} 分钟"),
    "lab.limit_or": (" or ", "，或"),
    "lab.before": (". {each} were spent before", "。此前已用 {each}"),
    "lab.before_yuan": ("¥{used:.2f} of ¥{limit:g}", "{used:.2f} 元（共 {limit:g} 元）"),
    "lab.before_turns": ("{used:.0f} of {limit:g} turns", "{used:.0f} 轮（共 {limit:g} 轮）"),
    "lab.before_seconds": (
        "{used:.0f} of {limit:g} s of sound",
        "声音 {used:.0f} 秒（共 {limit:g} 秒）",
    ),
    "lab.before_minutes": (
        "{used:.1f} of {limit:g} minutes",
        "{used:.1f} 分钟（共 {limit:g} 分钟）",
    ),
    "lab.before_and": (" and ", "、"),
    # -- places of an account
    "lab.places_taken": (
        "All {limit} places that this account has on this machine are taken: runs wait for one "
        "(account_limit=)",
        "这个账户在本机的 {limit} 个并发名额都已占用，运行会等到有空位再开始（account_limit=）",
    ),
    "lab.no_place": (
        "found no free place of {limit} within {minutes:g} minutes: other sweeps of this account "
        "run on this machine; wait for them, or raise account_limit= as far as the account allows",
        "{minutes:g} 分钟内没有等到空位（共 {limit} 个）：本机上还有同一账户的其他测量在运行。"
        "请等它们结束，或在账户允许的范围内调大 account_limit=",
    ),
    "lab.places_folder": (
        "cannot keep count of an account's sessions in {folder} ({why}): set GLMKIT_CACHE to a "
        "folder you may write to, or account_limit=None",
        "无法在 {folder} 记录账户的并发名额（{why}），"
        "请用 GLMKIT_CACHE 指定可写的文件夹，或设 account_limit=None",
    ),
    "lab.cancelled": (
        "the executor was shut down while runs were under way",
        "执行器在运行途中被关闭",
    ),
    # -- tables in files
    "lab.bad_table": (
        "{path} holds no rows of a measurement as a Parquet table: give another out=",
        "{path} 不是测量结果的 Parquet 表，请换一个 out=",
    ),
    "lab.not_tabled": (
        "the table could not be written to {path} ({why}): every row is in {lines}, and the next "
        "call with the same out= tries again",
        "无法把表写入 {path}（{why}）。所有行都在 {lines} 里，用同一个 out= 再调用一次会重试",
    ),
    # -- many recordings
    "lab.recordings": (
        "found a value of type {found}, expected a folder, a pattern such as 'calls/*.wav', or "
        "a list of files",
        "收到 {found}，应为文件夹、'calls/*.wav' 这样的通配符，或文件列表",
    ),
    "lab.pattern": (
        "{found} is no pattern of file names ({why}): calls/*.wav and calls/**/*.wav are",
        "{found} 不是文件名通配符（{why}），可以写 calls/*.wav 或 calls/**/*.wav",
    ),
    "lab.no_recordings": (
        "found no sound to say at {where}: expected WAV, MP3, FLAC or OGG files, or .glm "
        "recordings in which somebody speaks",
        "{where} 没有可以播送的声音，应有 WAV、MP3、FLAC、OGG 文件，或其中有人说话的 .glm 录制文件",
    ),
    "lab.no_sound": (
        "{name} is no turn in which somebody speaks: give one that has sound",
        "{name} 这一轮里没有人说话，请换成有声音的",
    ),
    "lab.answer_minutes": (
        "stop after so many minutes of the clock; with --out a later call goes on",
        "运行满这么多分钟（时钟时间）后停下；用了 --out 时，以后可以接着来",
    ),
    "lab.answer_foretold": (
        "{count} recordings, {sound:.1f} minutes of sound. If answers are as long: about "
        "{minutes:.1f} minutes, and ¥{yuan:.2f} where the service charges",
        "共 {count} 条录音，声音 {sound:.1f} 分钟。若回答也这么长，约需 {minutes:.1f} 分钟；"
        "计费的服务约收 {yuan:.2f} 元",
    ),
    "lab.estimate": (
        "runs: {runs}; about {minutes:.1f} minutes at most{wait}, ¥{yuan:.2f} where {model} "
        "charges (prices of {date}; the emulator is free)",
        "共 {runs} 次，最多约 {minutes:.1f} 分钟{wait}；如果连的是真实服务（{model}），"
        "约 {yuan:.2f} 元（{date} 的价格；仿真器不收费）",
    ),
    "lab.estimate_wait": (
        " ({seconds:g} s of waiting in each included)",
        "（每次含 {seconds:g} 秒等待，不计费）",
    ),
    "lab.estimate_number": (
        "{name} is {found!r}, expected a number from {least} (of runs a whole one)",
        "{name} 收到 {found!r}，应为不小于 {least} 的数（次数须为整数）",
    ),
    "lab.estimate_model": (
        "model is of type {found}, expected a name such as 'glm-realtime-flash'",
        "model 的类型是 {found}，应为模型名，例如 'glm-realtime-flash'",
    ),
    "lab.compared": (
        "{of}, {statistic}: {b} has {difference} beside {a} ({low} to {high} at {percent:g}%, "
        "{pairs}, effect {effect:.2g}, seed {seed}).",
        "{of}（{statistic}）：{b} 比 {a} 相差 {difference}（{percent:g}% 区间 {low} 到 {high}，"
        "{pairs}，效应量 {effect:.2g}，种子 {seed}）。",
    ),
    "lab.statistic_median": ("median", "中位数"),
    "lab.statistic_mean": ("mean", "均值"),
    "lab.statistic_share": ("share", "占比"),
    "lab.statistic": (
        "statistic is {found!r}, expected one of {known}",
        "statistic 收到 {found!r}，应为以下之一：{known}",
    ),
    "lab.no_share": (
        "the column {name} holds more than yes and no: its share is of nothing. Compare medians or "
        "means with statistic=",
        "{name} 列中不只有“是”和“否”，谈不上占比。请用 statistic= 改比中位数或均值",
    ),
    "lab.compare_counts": (
        "{pairs}, {yes_b} of {n_b} beside {yes_a} of {n_a}",
        "{pairs}，前者 {n_b} 次中有 {yes_b} 次，后者 {n_a} 次中有 {yes_a} 次",
    ),
    "lab.compare_seconds": (" s", " 秒"),
    "lab.compare_pairs": ("{n} pairs by {by}", "按 {by} 配成 {n} 对"),
    "lab.compare_runs": ("{n} runs each, not paired", "各 {n} 次，未配对"),
    "lab.compare_enough": ("Enough runs to tell.", "次数足够，可以下结论。"),
    "lab.compare_more": (
        "The interval holds 0: about {more} more would decide, if the effect is what it seems.",
        "区间包含 0；如果效应确实这么大，大约再测 {more} 次才能下结论。",
    ),
    "lab.compare_hopeless": (
        "No difference was seen: no number of runs can be named that would decide.",
        "没有看到差别，说不出再测多少次才能下结论。",
    ),
    "lab.compare_confidence": (
        "confidence is {found!r}, expected a number between 0 and 1, such as 0.95",
        "confidence 收到 {found!r}，应为 0 到 1 之间的数，例如 0.95",
    ),
    "lab.compare_few": (
        "one of the tables has {found} runs with a number in {of}, expected at least {least} in "
        "each{why}. Let the measurement go on (the same out=, a larger budget= or minutes=), and "
        "compare again",
        "其中一张表里 {of} 列有数值的只有 {found} 次，每张表至少应有 {least} 次{why}。"
        "请先接着测（同一个 out=，调高 budget= 或 minutes=），再来比较",
    ),
    "lab.compare_failed": (
        " ({count} failed, most often of {error})",
        "（失败 {count} 次，最常见的是 {error}）",
    ),
    "lab.compare_few_pairs": (
        "the tables have {found} pairs by {by} that worked in both, expected at least {least}. Let "
        "the measurement go on (the same out=), or compare without pairs: by=[]",
        "两张表按 {by} 只能配成 {found} 对，至少应有 {least} 对。请先接着测（同一个 out=），"
        "或用 by=[] 不配对地比较",
    ),
    "lab.no_runs": (
        "the table is empty, no run was done or all were left out: nothing can be said of {of}. "
        "Call the measurement again; with the same out= it goes on",
        "表是空的，也许一次也没有测，也许都被排除了，{of} 无从谈起。"
        "请再测一次，用同一个 out= 会接着测",
    ),
    "lab.none_worked": (
        "none of the {count} runs worked, most often of {error}: nothing can be said of {of}. See "
        "to that first; with the same out= the measurement tries them again",
        "{count} 次运行全部失败，最常见的是 {error}，{of} 无从谈起。请先解决这个问题，"
        "用同一个 out= 再测会重试这些运行",
    ),
    "lab.compare_zero": (
        "these times count from different moments ({zeros}): compare runs of one kind of turn",
        "这些时间的零点不同（{zeros}），请比较同一种轮次",
    ),
    "lab.score_text": (
        "found a value of type {found}, expected the words that were said, as text",
        "收到 {found}，应为说的原话（文本）",
    ),
    "lab.score_empty": (
        "found the reference {found!r}, expected at least one word to compare with",
        "参照文本收到 {found!r}，至少应有一个词可比较",
    ),
    "lab.unlike_answered": (
        "{quick} of the answers were at hand and {slow} were synthesised",
        "回答有 {quick} 次是现成的声音、{slow} 次是现合成的",
    ),
    "lab.unlike_understood": (
        "{quick} of the questions were looked up and {slow} recognised",
        "提问有 {quick} 次是查表得知、{slow} 次是语音识别的",
    ),
    "lab.unlike_and": (", and ", "，"),
    "lab.unlike": (
        "{what}: their times differ by what this machine took for that. Measure on "
        "Emulator.start(steady=True), where every answer begins after the same wait",
        "{what}。它们的时间差别里含有本机处理所花的时间。请改用 Emulator.start(steady=True) 测量，"
        "那里每个回答都等同样长的时间再开始",
    ),
    "lab.answers_late": (
        "{late} of {n} answers were not ready when they were due, by up to {most:.1f} s: start the "
        "steady emulator with a longer wait, or fewer runs at once",
        "{n} 个回答中有 {late} 个没能准时开始，最多晚了 {most:.1f} 秒。"
        "请调大仿真器的 wait，或减少同时运行的次数",
    ),
    "lab.sentences": (". ", "。"),
    "lab.result": (
        "the task returned {found}, expected a turn (session.say(…)), a mapping of columns, or "
        "both as a pair",
        "任务返回了 {found}，应为轮次（session.say(…)）、列名到值的映射，或二者组成的一对",
    ),
    "lab.result_names": (
        "the task returned {names}, which a row has already: what was set, run, repetition, date "
        "or took. Give the columns of the task other names",
        "任务返回的 {names} 与每行已有的列重名（grid 中的设置，以及 run、repetition、date、took），"
        "请给任务的列换个名字",
    ),
    "lab.bad_row": (
        "line {number} of {path} is no row of a measurement: give another out=, or mend the line",
        "{path} 第 {number} 行不是测量结果，请换一个 out=，或修复该行",
    ),
    "lab.summary": (
        "no summary by {names}: expected columns of the table ({known}), and a confidence "
        "between 0 and 1",
        "无法按 {names} 汇总，应为表中的列（{known}），置信水平在 0 与 1 之间",
    ),
    "lab.no_folder_none": (
        "there is no folder {folder}: check the name; what a class takes in lies in "
        "ROSTER.class/hand_ins",
        "没有文件夹 {folder}，请检查名称；班级收到的作业在 名单.class/hand_ins 中",
    ),
    "lab.no_folder_file": (
        "{folder} is a file, expected the folder of recordings: give the one that it lies in",
        "{folder} 是文件，应为存放录制文件的文件夹，请写出它所在的文件夹",
    ),
    "lab.nothing_to_collect": (
        "found no recording (*.glm) below {folder}: check the folder",
        "{folder} 下没有录制文件（*.glm），请检查文件夹",
    ),
    # -- manners
    "lab.manners_what": (
        "found a value of type {found}, expected a session, a trace, a recording's path, or a "
        "list of them",
        "收到 {found}，应为会话、会话记录、录制文件的路径，或由它们组成的列表",
    ),
    "lab.manners_none_given": (
        "an empty list has no manners: give at least one session or recording",
        "列表是空的，请至少给出一个会话或录制文件",
    ),
    "lab.manners_peers": (
        "these were measured against different peers ({found}): what differs is not averaged; ask "
        "for the manners of each alone",
        "这些记录的对端不同（{found}），不能放在一起平均，请分别计算",
    ),
    "lab.manners_no_sound": (
        "the trace kept no sound, so that nothing says when you spoke: record a session with "
        'keep="all"',
        '会话记录里没有保留声音，无从知道你何时说话。请用 keep="all" 的会话重新录制',
    ),
    "lab.manners_clips": (
        "{name} holds {found}, expected clips with something to be heard: glm.Clip.read(path)",
        "{name} 中有 {found}，应为有声音的 Clip，例如 glm.Clip.read(path)",
    ),
    "lab.manners_title": ("Manners in conversation", "对话礼貌"),
    "lab.manners_played": (
        "Answers are timed as if played while they come.",
        "回答按边收边放计时。",
    ),
    "lab.manners_line": ("{name}: {found}", "{name}：{found}"),
    "lab.manners_measure": ("measure", "指标"),
    "lab.manners_found": ("found", "结果"),
    "lab.manners_means": ("what it is", "含义"),
    "lab.manners_none": ("none", "没有"),
    "lab.manners_of": ("{count} of {n}", "{n} 次中 {count} 次"),
    "lab.manners_of_many": (
        "{count} of {n} ({percent:.0f}%)",
        "{n} 次中 {count} 次（{percent:.0f}%）",
    ),
    "lab.manners_wait": ("{seconds:.2f} s (median of {n})", "{seconds:.2f} 秒（{n} 次的中位数）"),
    "lab.manners_response_latency": ("response latency", "回答延迟"),
    "lab.manners_response_latency_is": (
        "from your last voiced sample, as spoken, to the first audible one of the answer "
        "(τ-voice: response latency)",
        "从你最后一个有声采样（说出的时刻）到回答的第一个可听采样（τ-voice 的 response latency）",
    ),
    "lab.manners_response_latency_from": (
        "from {zero} to the first audible sample of the answer: what you sent came faster than "
        "anybody speaks",
        "从{zero}到回答的第一个可听采样；你的声音是以快于说话的速度发送的",
    ),
    "lab.manners_answered": ("answered", "得到回答"),
    "lab.manners_answered_is": (
        "turns of yours with an answer that sounds (τ-voice: response rate)",
        "你说的各轮中，有声音回答的（τ-voice 的 response rate）",
    ),
    "lab.manners_yield_latency": ("yield latency", "让出话轮的延迟"),
    "lab.manners_yield_latency_is": (
        "from the first voiced sample that broke into an answer to the answer's end (τ-voice: "
        "yield latency; Full-Duplex-Bench 1.5: stop latency)",
        "从你打断时的第一个有声采样到回答停止（τ-voice 的 yield latency，"
        "Full-Duplex-Bench 1.5 的 stop latency）",
    ),
    "lab.manners_yielded": ("yielded", "让出话轮"),
    "lab.manners_yielded_is": (
        "answers that you broke into and that stopped within {seconds:g} s, by the service "
        "(τ-voice: yield rate)",
        "被你打断的回答中，由服务在 {seconds:g} 秒内停下的（τ-voice 的 yield rate）",
    ),
    "lab.manners_spoke_into": ("spoke into you", "抢话"),
    "lab.manners_spoke_into_is": (
        "answers that began to sound while you were speaking (τ-voice: agent interruption)",
        "在你说话时就开始出声的回答（τ-voice 的 agent interruption）",
    ),
    "lab.manners_backchannel_stopped": ("stopped by “mm-hm”", "被“嗯哼”打断"),
    "lab.manners_backchannel_stopped_is": (
        "“mm-hm” and the like said into an answer, which stopped within {seconds:g} s (τ-voice: "
        "backchannel yield; LiveKit tells backchannels from interruptions likewise)",
        "在回答中说“嗯哼”之类的附和，回答在 {seconds:g} 秒内停下（τ-voice 的 backchannel "
        "yield；LiveKit 也这样区分附和与打断）",
    ),
    "lab.manners_backchannel_answered": ("answered “mm-hm”", "回应“嗯哼”"),
    "lab.manners_backchannel_answered_is": (
        "“mm-hm” and the like that became turns with an answer",
        "“嗯哼”之类的附和被当成一轮并得到回答",
    ),
    "lab.manners_noise_stopped": ("stopped by a cough", "被咳嗽打断"),
    "lab.manners_noise_stopped_is": (
        "coughs in an answer, which stopped within {seconds:g} s (τ-voice: vocal tic yield)",
        "回答中有人咳嗽，回答在 {seconds:g} 秒内停下（τ-voice 的 vocal tic yield）",
    ),
    "lab.manners_noise_answered": ("answered a cough", "回应咳嗽"),
    "lab.manners_noise_answered_is": (
        "coughs that became turns with an answer (τ-voice: responds to vocal tic)",
        "咳嗽被当成一轮并得到回答（τ-voice 的 responds to vocal tic）",
    ),
    "lab.manners_stopped_here": ("stopped from here", "由本端停止"),
    "lab.manners_stopped_here_is": (
        "answers that this side cancelled, or stopped playing: not in the yields",
        "由本端取消或停止播放的回答，不计入“让出话轮”",
    ),
    "lab.manners_unknown": ("left out", "未计入"),
    "lab.manners_unknown_is": (
        "sounds in an answer that the service let pass and that nobody can name: speech that was "
        "missed, or noise; name them with noises= or backchannels=",
        "回答中服务没有理会、也无法判断的声音，可能是漏听的话，也可能是噪声，"
        "可用 noises= 或 backchannels= 指明",
    ),
    # -- the measurements of the notebooks
    "lab.drift": (
        "Drift({late:+.0f} ms at the end of {seconds:.1f} s in {chunks} chunks)",
        "Drift（共 {seconds:.1f} 秒、{chunks} 块，最后一块偏差 {late:+.0f} 毫秒）",
    ),
    "lab.no_appends": (
        "found {found} chunks of sound among these events, expected at least 2: give a turn's "
        "events or a trace of a session that keeps its sound (keep='all')",
        "这些事件中有 {found} 块声音，至少需要 2 块。请传入一轮对话的 events，"
        "或保留了声音（keep='all'）的会话的 trace",
    ),
    "lab.by_sleep": ("sleep after each chunk", "每块之后 sleep"),
    "lab.by_deadline": ("absolute deadlines", "绝对时刻"),
    "lab.ms_late": ("{name}: {ms:+d} ms", "{name}：{ms:+d} 毫秒"),
    "lab.sent": ("sound sent (s)", "已发送的声音（秒）"),
    "lab.late": ("behind schedule (ms)", "落后于计划（毫秒）"),
    "lab.drift_found": (
        "Sleeping after each chunk drifts to {sleep} ms; absolute deadlines end at {deadline} ms",
        "每块之后 sleep，累计偏差 {sleep} 毫秒；按绝对时刻发送，结束时偏差 {deadline} 毫秒",
    ),
    "lab.drift_note": (
        "{seconds} s of sound in chunks of {ms} ms, timed as they left this computer",
        "{seconds} 秒声音，每块 {ms} 毫秒；时间取自数据离开本机的一刻",
    ),
    "lab.drift_note_sizes": (
        "{seconds} s of sound in chunks of {sleep} ms with sleep, of {deadline} ms by deadlines; "
        "timed as they left this computer",
        "{seconds} 秒声音，sleep 的每块 {sleep} 毫秒，按绝对时刻的每块 {deadline} 毫秒；"
        "时间取自数据离开本机的一刻",
    ),
    "lab.envelope": ("JSON around it", "外层 JSON"),
    "lab.base64": ("base64", "base64"),
    "lab.a_second": ("{rate:g} a second", "每秒 {rate:g} 条"),
    "lab.chunk_ms": ("chunk (ms)", "每块长度（毫秒）"),
    "lab.extra": ("bytes above the bare samples (%)", "比裸采样多出的字节（%）"),
    "lab.overhead_found": (
        "Chunks of {small:g} ms cost {much:.0f}% extra bytes, of {large:g} ms {little:.0f}%",
        "每块 {small:g} 毫秒多花 {much:.0f}% 的字节，每块 {large:g} 毫秒多花 {little:.0f}%",
    ),
    "lab.cap_note": (
        "✗ more than {cap} messages a second: the service refuses them",
        "✗ 每秒超过 {cap} 条消息，服务会拒绝",
    ),
}
