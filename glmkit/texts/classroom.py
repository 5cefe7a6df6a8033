"""Sentences of a class: to pupils, to the teacher, and about the roster."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # the roster
    "classroom.word_number": ("number", "学号"),
    "classroom.word_name": ("name", "姓名"),
    "classroom.roster_line": ("{path}, line {line}: {why}", "{path} 第 {line} 行：{why}"),
    "classroom.roster_empty": (
        "{path} names no pupil: expected a line each, number and name (07,Zhang San)",
        "{path} 中没有学生，应为每行一人，写学号和姓名（07,张三）",
    ),
    "classroom.roster_long": (
        "{path} names {found} pupils, expected at most {most}: split it into classes",
        "{path} 中有 {found} 名学生，应不超过 {most} 名，请分成几个班",
    ),
    "classroom.roster_large": (
        "{path} has {found} MB, expected at most {most} MB and {pupils} pupils: is it a roster? "
        "Delete what is not, or split it into classes",
        "{path} 有 {found} MB，应不超过 {most} MB、{pupils} 名学生。请确认这是名单，"
        "删去多余的内容，或分成几个班",
    ),
    "classroom.roster_none": (
        "there is no roster {path}: check the name, or give the whole path",
        "没有名单文件 {path}，请检查文件名，或写出完整路径",
    ),
    "classroom.roster_folder": (
        "{path} is a folder, expected the roster itself: give the CSV file in it",
        "{path} 是文件夹，应为名单文件，请写出其中的 CSV 文件",
    ),
    "classroom.roster_unread": (
        "{path} cannot be read ({why}): is it open in a spreadsheet? Close it there",
        "无法读取 {path}（{why}）。是否正被表格软件打开？请先关闭",
    ),
    "classroom.roster_no_csv": (
        "{path} is no CSV file: save it from the spreadsheet as CSV (UTF-8)",
        "{path} 不是 CSV 文件，请在表格软件中另存为 CSV（UTF-8）",
    ),
    "classroom.roster_quotes": (
        "the quotes cannot be read: write a name that holds quotes or commas between two quotes",
        "引号不成对，名字里有引号或逗号时，请用一对双引号括起来",
    ),
    "classroom.roster_columns": (
        "found {found} columns, expected number and name: write into the first line what the "
        "columns are (number,name), or leave out the others",
        "有 {found} 列，应为学号和姓名两列。请在第一行写明各列的含义（学号,姓名），或删去其余的列",
    ),
    "classroom.roster_no_number": (
        "found {found!r} and {other!r}, and nowhere a number: expected number and name "
        "(07,Zhang San), or names alone. Write a name that holds a comma between two quotes, and "
        "into the first line what the columns are (number,name)",
        "有 {found} 和 {other} 两列，都没有学号；应为学号和姓名（07,张三），或只有姓名。"
        "姓名里有逗号时，请用一对双引号括起来；并在第一行写明各列的含义（学号,姓名）",
    ),
    "classroom.roster_rounded": (
        "a spreadsheet has rounded the number to {found}: give the column the format Text there, "
        "type the numbers again, and save it anew",
        "学号被表格软件写成了 {found}，后几位已丢失。请把这一列改为“文本”格式，重新输入学号后另存",
    ),
    "classroom.roster_formula": (
        "{found} stands where a number is expected, a formula or its failure: copy the column in "
        "the spreadsheet, paste its values only, and save it anew",
        "学号的位置是 {found}，这是公式或公式的错误结果。请在表格软件中复制这一列，"
        "选择“粘贴为数值”后另存",
    ),
    "classroom.roster_beside": (
        "the heading {found} stands there more than once, and names below each: put the parts of "
        "the table below each other, so that every pupil has a line",
        "标题“{found}”出现不止一次，下面都有内容。请把并排的几栏上下接起来，每名学生一行",
    ),
    "classroom.roster_ends": (
        "the roster begins with {first} and ends with {last}",
        "名单第一名是 {first}，最后一名是 {last}",
    ),
    "classroom.roster_guessed": (
        "line {line} of the roster was taken for headings ({found}). If it is a pupil, write a "
        "line above it that says what the columns are (number,name)",
        "名单第 {line} 行被当作标题（{found}）。如果这一行是学生，请在它上面加一行，"
        "写明各列的含义（学号,姓名）",
    ),
    "classroom.roster_twice_number": (
        "the number {found} stands already in line {first}: give each pupil one of their own",
        "学号 {found} 已在第 {first} 行出现，请给每名学生不同的学号",
    ),
    "classroom.roster_twice_name": (
        "{found} stands already in line {first}: write a number before each name to tell two "
        "pupils apart, or delete the line",
        "{found} 已在第 {first} 行出现。如果是两名学生，请在姓名前加上学号，否则删去一行",
    ),
    "classroom.roster_lacks": (
        "there is no {what}: fill it in, or delete the line",
        "缺少{what}，请补上或删去这一行",
    ),
    "classroom.roster_cell_long": (
        "the {what} is longer than {most} letters: shorten it",
        "{what}超过 {most} 个字符，请缩短",
    ),
    "classroom.roster_control": (
        "the {what} holds a character that cannot be seen and changes how others look: type it "
        "anew",
        "{what}中有看不见、会改变显示内容的控制字符，请重新输入",
    ),
    # keys and ledger
    "classroom.unwritten": (
        "{path} cannot be written ({why}): make room there, or choose a place of your own with "
        "--keep (keys and ledger) or --seats-json",
        "无法写入 {path}（{why}）。请腾出空间，"
        "或用 --keep（密钥和账本）、--seats-json 指定可写的位置",
    ),
    "classroom.seats_unread": (
        "the seats' keys in {path} cannot be read ({why}): put back a copy; without it, delete "
        "the file, and every pupil gets a new slip",
        "无法读取 {path} 中的座位密钥（{why}），请恢复备份；没有备份就删除该文件，"
        "之后每名学生都要领新的纸条",
    ),
    "classroom.seats_form": ("not the form that was written", "格式与写入时不同"),
    "classroom.ledger": (
        "the ledger {path} cannot be used ({why}): is the disk full, or the file another "
        "program's? Turns that were counted stay counted",
        "无法使用账本 {path}（{why}）。磁盘是否已满，或文件被其他程序占用？已经计入的轮次不会丢失",
    ),
    "classroom.ledger_newer": (
        "it was written by another version of the kit ({found})",
        "它由另一个版本的工具包写入（{found}）",
    ),
    "classroom.ledger_slow": (
        "nothing was written within {seconds:g} s",
        "{seconds:g} 秒内没有写完",
    ),
    "classroom.ledger_stops": (
        "the class cannot write down what is used and so passes nothing on: {why}. Tell your "
        "teacher",
        "班级服务器无法记账，因此停止转发：{why}。请告诉老师",
    ),
    "classroom.folder_taken": (
        "the folder {path} belongs to a class that is held already, by process {pid} on {host} "
        "since {since}: end that one first, or choose another folder with --keep",
        "文件夹 {path} 正由另一个班级服务器使用（{host} 上的进程 {pid}，{since} 启动）。"
        "请先结束它，或用 --keep 另选一个文件夹",
    ),
    # rules
    "classroom.limit": (
        "the limit {name} is {found!r}, expected a number from 0 to {most} (turns: a whole one), "
        "or None for no limit",
        "限额 {name} 为 {found!r}，应为 0 到 {most} 之间的数（轮数为整数），不限则为 None",
    ),
    "classroom.limit_typed": (
        "found {found!r}, expected a number from {least} to {most}; without this switch there is "
        "no limit",
        "收到 {found!r}，应为 {least} 到 {most} 之间的数；不写这个选项就不限",
    ),
    "classroom.limit_typed_whole": (
        "found {found!r}, expected a whole number from {least} to {most}; without this switch "
        "there is no limit",
        "收到 {found!r}，应为 {least} 到 {most} 之间的整数；不写这个选项就不限",
    ),
    "classroom.idle_typed": (
        "found {found!r}, expected {least} to {most} seconds; without this switch nobody's place "
        "is lent",
        "收到 {found!r}，应为 {least} 到 {most} 秒；不写这个选项就不会让出名额",
    ),
    "classroom.limit_name": (
        "found the limit {found}, expected {known}",
        "收到限额 {found}，应为 {known}",
    ),
    "classroom.window": (
        "the class would begin at {begins} and end at {ends}, which is no time: change --from or "
        "--until",
        "开始时间是 {begins}，结束时间是 {ends}，中间没有时间。请修改 --from 或 --until",
    ),
    "classroom.hours_both": (
        "turns may begin from {begins} until {ends}",
        "{begins} 到 {ends} 之间可以开始新的一轮",
    ),
    "classroom.hours_from": ("turns may begin from {begins} on", "{begins} 起可以开始新的一轮"),
    "classroom.hours_until": ("turns may begin until {ends}", "{ends} 之前可以开始新的一轮"),
    "classroom.hours_past": (
        "the class is over already: --until was {ends}, and now it is {now}, so every turn is "
        "refused. Start it again with a later --until; a class that goes past midnight has a "
        "--from, too",
        "课堂时间已过：--until 是 {ends}，现在是 {now}，每一轮都会被拒绝。"
        "请用更晚的 --until 重新启动；跨过零点的课要同时写 --from",
    ),
    "classroom.password_none": ("it is empty", "文件是空的"),
    "classroom.password_file": (
        "the file of the password, {path}, cannot be used ({why}): expected the password in its "
        "first line",
        "无法使用口令文件 {path}（{why}），应在第一行写口令",
    ),
    "classroom.time": (
        "found the time {found!r}, expected hours and minutes of today: 08:30",
        "时间为 {found!r}，应为今天的时和分，如 08:30",
    ),
    "classroom.places": (
        "found {found!r} places, expected a whole number from 1 to 1000: how many sessions the "
        "account may have at once",
        "名额为 {found!r}，应为 1 到 1000 的整数，即账户允许同时打开的会话数",
    ),
    "classroom.seconds": (
        "{name} is {found!r}, expected 1 to 86400 seconds",
        "{name} 为 {found!r}，应为 1 到 86400 秒",
    ),
    "classroom.no_seat": (
        "there is no seat {found!r}: expected an id of the roster, such as seat-07",
        "没有座位 {found!r}，应为名单中的座位编号，如 seat-07",
    ),
    "classroom.message": (
        "a message is text of 1 to {most} letters",
        "消息应为 1 到 {most} 个字符的文本",
    ),
    # to a pupil
    "classroom.stopped_seat": (
        "your teacher has stopped this seat: ask them, and connect again once it is allowed",
        "老师已停用这个座位。请询问老师，重新启用后再连接",
    ),
    "classroom.stopped_class": (
        "your teacher has stopped the class: wait until it goes on, then connect again",
        "老师已暂停全班的使用，请等恢复后再连接",
    ),
    "classroom.seat_freed": (
        "your teacher has given this seat a new line: ask for it, the one you have opens nothing "
        "any more",
        "老师为这个座位更换了连接行，你手里的已失效，请向老师领取新的",
    ),
    "classroom.elsewhere": (
        "this seat was connected from another tab or notebook, which goes on there: a seat has "
        "one session at a time. To go on here, connect again",
        "这个座位已在另一个标签页或笔记本中连接，会话转到了那边；一个座位同时只能有一个会话。"
        "要在这里继续，请重新连接",
    ),
    "classroom.no_place": (
        "no place became free within {minutes} minutes: connect again, and ask your teacher "
        "whether others can close their sessions",
        "等了 {minutes} 分钟仍没有空出名额。请重新连接，也可以请老师让其他同学先关闭会话",
    ),
    "classroom.not_yet": (
        "the class begins at {time}, and on the teacher's computer it is {now}: wait until then, "
        "this session stays open",
        "课堂 {time} 开始，老师电脑上现在是 {now}。请等到那时，这个会话会保持打开",
    ),
    "classroom.over": (
        "the class ended at {time}, on the teacher's computer it is {now}, and no new turn begins: "
        "what was said is kept, save it with session.save('mine.glm')",
        "课堂已于 {time} 结束，老师电脑上现在是 {now}，不能再开始新的一轮。"
        "已有的内容都在，可用 session.save('我的.glm') 保存",
    ),
    "classroom.used_seat_yuan": (
        "your seat has used its ¥{limit}: this turn was not sent. Ask your teacher for more, or go "
        "on with the emulator: glm.connect('emulator')",
        "你的座位已用完 ¥{limit} 的额度，这一轮没有发送。可以请老师追加，"
        "或改用仿真器：glm.connect('emulator')",
    ),
    "classroom.used_seat_minutes": (
        "your seat has used its {limit} minutes of sound: this turn was not sent. Ask your teacher "
        "for more, or go on with the emulator: glm.connect('emulator')",
        "你的座位已用完 {limit} 分钟的语音时长，这一轮没有发送。可以请老师追加，"
        "或改用仿真器：glm.connect('emulator')",
    ),
    "classroom.used_seat_turns": (
        "your seat has had its {limit} turns: this one was not sent. Ask your teacher for more, or "
        "go on with the emulator: glm.connect('emulator')",
        "你的座位已用完 {limit} 轮，这一轮没有发送。可以请老师追加，"
        "或改用仿真器：glm.connect('emulator')",
    ),
    "classroom.used_class_yuan": (
        "the class has used its ¥{limit}: this turn was not sent. Tell your teacher",
        "全班已用完 ¥{limit} 的额度，这一轮没有发送。请告诉老师",
    ),
    "classroom.used_class_minutes": (
        "the class has used its {limit} minutes of sound: this turn was not sent. Tell your "
        "teacher",
        "全班已用完 {limit} 分钟的语音时长，这一轮没有发送。请告诉老师",
    ),
    "classroom.used_class_turns": (
        "the class has had its {limit} turns: this one was not sent. Tell your teacher",
        "全班已用完 {limit} 轮，这一轮没有发送。请告诉老师",
    ),
    # the teacher's page
    "classroom.password": (
        "this page is the teacher's: give the password that glmkit class has shown",
        "这是教师页面，请输入 glmkit class 显示的口令",
    ),
    "classroom.origin": (
        "a page of another address asks for this one: open it by itself",
        "请求来自其他地址的网页，请直接打开本页",
    ),
    "classroom.http": (
        "this request cannot be read: expected HTTP/1.1",
        "无法读取这个请求，应为 HTTP/1.1",
    ),
    "classroom.method": (
        "the method is {found}, expected {expected}",
        "请求方法为 {found}，应为 {expected}",
    ),
    # the command
    "classroom.begun": (
        "seats: {pupils}, at once: {places}; {answers}. Stop with Ctrl+C; started again, tokens "
        "and budgets are the same ({folder})",
        "共 {pupils} 个座位，最多同时 {places} 个会话，{answers}。按 Ctrl+C 停止；"
        "再次启动时令牌和额度不变（{folder}）",
    ),
    "classroom.pages": (
        "your page is {page}; the address above it is for notebooks. Pupils without a slip open "
        "{seat}, once your page lets them take their seats",
        "教师页面是 {page}，它上面的地址供学生的 Jupyter 连接。"
        "没有纸条的学生打开 {seat}，在教师页面开放领取后即可领取座位",
    ),
    "classroom.still_stopped": (
        "this class was stopped and still is: nobody comes in until you let it go on, on the "
        "teacher's page",
        "这个班之前已被暂停，现在仍是暂停状态。请在教师页面恢复后，学生才能连接",
    ),
    "classroom.plays": (
        "every pupil hears this recording from its beginning, at a pace of their own, and it costs "
        "nothing (¥0). What is not in it is refused in words. The waits that pupils see are the "
        "recording's, played again: they say how long it took then, not how long it takes now",
        "每名学生都从头听这份录制文件，各按各的进度，不产生费用（¥0）。录制文件里没有的内容会被拒绝，并说明原因。"
        "学生看到的等待时间是录制时的，照原样回放，并不代表现在要等多久",
    ),
    "classroom.plays_server_vad": (
        "in this recording the service ended the turns, so pupils have to connect likewise: "
        "glm.connect('class', vad='server')",
        "这份录制文件由服务端判断一轮何时结束，学生连接时也要用同样的设置："
        "glm.connect('class', vad='server')",
    ),
    "classroom.more_seats": (
        "there are more seats than places: with --release-idle 20, who is silent for 20 s lends "
        "the place to who waits",
        "座位多于名额。加上 --release-idle 20，静默 20 秒的座位会把名额让给排队的人",
    ),
    "classroom.shown_password": (
        "password of the teacher's page: {password}",
        "教师页面的口令：{password}",
    ),
    "classroom.unencrypted": (
        "without --certfile, whoever shares the network can read what passes, tokens included",
        "没有 --certfile 时，同一网络里的人能看到传输的内容，包括令牌",
    ),
    "classroom.seats_written": (
        "seats with their lines: {path} (readable by you only)",
        "座位及其连接行：{path}（仅你可读）",
    ),
    "classroom.help_roster": (
        "the roster, a CSV file: number and name, or names alone",
        "学生名单，CSV 文件，写学号和姓名，也可以只写姓名",
    ),
    "classroom.help_to": (
        "whom to pass sessions on to: live, emulator, zai, an address, a recording (x.glm)",
        "把会话转发到哪里：live、emulator、zai、地址，或录制文件（x.glm）",
    ),
    "classroom.help_keep": (
        "the folder of keys and ledger; beside the roster, roster.class, if not given",
        "存放密钥和账本的文件夹；默认在名单旁边，名为 名单.class",
    ),
    "classroom.help_seats_json": (
        "write every seat with the one line that a pupil pastes, as JSON",
        "把每个座位及学生要粘贴的那一行写成 JSON",
    ),
    "classroom.help_places": (
        "sessions at the service at once: what the account allows (5 at its lowest level, which "
        "is meant where nothing is said; a recording is there for all)",
        "同时在服务端打开的会话数，按账户等级填写（最低 5 个，不写就是 5；"
        "录制文件不限，全班可同时用）",
    ),
    "classroom.help_release_idle": (
        "lend the place of who is silent for so many seconds to who waits; the service then "
        "forgets that conversation",
        "静默这么多秒后，把名额让给排队的人；服务会忘记之前的对话",
    ),
    "classroom.help_yuan": ("at most so many ¥ a seat", "每个座位最多多少元"),
    "classroom.help_minutes": (
        "at most so many minutes of sound a seat",
        "每个座位最多多少分钟语音",
    ),
    "classroom.help_turns": ("at most so many turns a seat", "每个座位最多多少轮"),
    "classroom.help_class_yuan": ("at most so many ¥ in all", "全班最多多少元"),
    "classroom.help_class_minutes": ("at most so many minutes in all", "全班最多多少分钟"),
    "classroom.help_class_turns": ("at most so many turns in all", "全班最多多少轮"),
    "classroom.help_from": (
        "no turn before this time of today (08:00)",
        "今天这个时间之前不能开始新的一轮（08:00）",
    ),
    "classroom.help_until": (
        "no turn from this time of today on (09:40); with an earlier one than --from, of tomorrow",
        "今天这个时间之后不能开始新的一轮（09:40）；早于 --from 时指第二天",
    ),
    "classroom.help_password_file": (
        "a file with the password of the teacher's page in its first line; else "
        "GLMKIT_CLASS_PASSWORD, else one is made and shown",
        "第一行写有教师页面口令的文件；否则用 GLMKIT_CLASS_PASSWORD，都没有则生成一个并显示",
    ),
}
