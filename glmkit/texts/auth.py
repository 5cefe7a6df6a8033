"""Sentences about keys and tokens."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "auth.word_key": ("key", "密钥"),
    "auth.word_token": ("token", "令牌"),
    "auth.again": (
        "copy the whole key again from {page} (on z.ai: {overseas}); a key works once your real "
        "name is verified and the account has a balance",
        "请到 {page} 重新复制完整的密钥（z.ai 平台为 {overseas}）；账号需完成实名认证并有余额，"
        "密钥才能使用",
    ),
    "auth.make_again": (
        "copy the whole token again, or make a new one with make_token(key)",
        "请重新复制完整的令牌，或用 make_token(key) 生成新的",
    ),
    "auth.pasted_empty": (
        "no {what} was given: it is empty or missing; {again}",
        "没有给出 {what}，内容为空或缺失；{again}",
    ),
    "auth.pasted_masked": (
        "this is a masked {what}, as displays show it, not the {what} itself: use .reveal() to "
        "get the text on purpose, or {again}",
        "这是脱敏后的 {what}，只用于显示，不是 {what} 本身。需要原文时请用 .reveal()，或{again}",
    ),
    "auth.pasted_bearer": (
        "the {what} begins with 'Bearer ', which belongs to the header and is added for you: "
        "leave it out, or {again}",
        "{what} 前面多了 “Bearer ”，它属于请求头，会自动加上。请去掉它，或{again}",
    ),
    "auth.pasted_named": (
        "there is a name in front of the {what}, as a settings file has it (NAME=…): give only "
        "what stands behind it, or {again}",
        "{what} 前面带着名称（如 NAME=…），请只给出后面的内容，或{again}",
    ),
    "auth.pasted_wrapped": (
        "there are brackets or other marks around the {what}, or one behind it: remove them, or "
        "{again}",
        "{what} 两端或末尾有括号、标点等符号，请去掉，或{again}",
    ),
    "auth.pasted_quoted": (
        "there are quotation marks around the {what}: remove them, or {again}",
        "{what} 两端有引号，请去掉引号，或{again}",
    ),
    "auth.pasted_newline": (
        "there is a line break in the {what} or at its end: remove it, or {again}",
        "{what} 中间或末尾有换行，请删除换行，或{again}",
    ),
    "auth.pasted_blank": (
        "there are blanks in the {what} or around it: remove them, or {again}",
        "{what} 中间或两端有空格，请删除空格，或{again}",
    ),
    "auth.key_character": (
        "the key's character {place} is {code}, which no key contains (expected plain ASCII "
        "letters, digits and one dot): {again}",
        "密钥的第 {place} 个字符是 {code}，密钥中不会有这个字符（应只含英文字母、"
        "数字和一个半角点）。{again}",
    ),
    "auth.key_is_token": (
        "this is a token (three parts, begins with eyJ), expected a key 'id.secret'; to connect "
        "with a token pass it as api_key=, to make tokens {again}",
        "这是令牌（三段，以 eyJ 开头），这里需要 'id.secret' 形式的密钥；"
        "用令牌连接请写 api_key=；要生成令牌，{again}",
    ),
    "auth.key_no_dot": (
        "the key has 1 part, expected 2 ('id.secret', with a dot between): {again}",
        "密钥只有 1 段，应为 2 段（'id.secret'，中间有一个点）。{again}",
    ),
    "auth.key_dots": (
        "the key has {parts} parts, expected 2 ('id.secret', with one dot): {again}",
        "密钥有 {parts} 段，应为 2 段（'id.secret'，只有一个点）。{again}",
    ),
    "auth.key_half": (
        "the key's {half} is empty, expected 'id.secret' with both: {again}",
        "密钥的 {half} 部分为空，应为完整的 'id.secret'。{again}",
    ),
    "auth.key_example": (
        "this is a placeholder, as examples have it, not a key: {again}",
        "这是示例中的占位内容，不是真正的密钥，{again}",
    ),
    "auth.key_foreign": (
        "this begins with sk-, as the keys of other services do, expected 'id.secret': {again}",
        "这个密钥以 sk- 开头，属于其他服务，这里需要 'id.secret' 形式的密钥。{again}",
    ),
    "auth.key_unusable": (
        "the key cannot sign a token: {again}",
        "这个密钥无法用来签名，{again}",
    ),
    "auth.key_unknown": (
        "the key is not known here: check that it was copied whole and not deleted",
        "这里不认识这个密钥，请确认复制完整，且没有被删除",
    ),
    "auth.now": (
        "now is {found}, expected seconds since 1970, as time.time() gives them",
        "now 是 {found}，应为自 1970 年起的秒数，即 time.time() 给出的值",
    ),
    "auth.ttl": (
        "ttl is {found}, expected seconds above 0 and at most 604800 (7 days)",
        "ttl 是 {found}，应为大于 0 且不超过 604800（7 天）的秒数",
    ),
    "auth.token_is_key": (
        "this has 2 parts, like a key 'id.secret', expected a token with 3: make one with "
        "make_token(key)",
        "这段文字有 2 段，像是密钥（'id.secret'），令牌应有 3 段。请用 make_token(key) 生成",
    ),
    "auth.token_parts": (
        "not a token: it has {parts} part(s) between dots, expected 3 (header.payload.signature); "
        "copy it whole, or make one with make_token(key)",
        "这不是令牌，以点分隔只有 {parts} 段，应为 3 段（header.payload.signature，"
        "即头部.载荷.签名）；请完整复制，或用 make_token(key) 生成",
    ),
    "auth.token_character": (
        "the token's character {place} is {code}, which no token contains (expected plain ASCII "
        "letters, digits, - and _, and two dots): {again}",
        "令牌的第 {place} 个字符是 {code}，令牌中不会有这个字符（应只含英文字母、数字、- 和 _，"
        "以及两个半角点）。{again}",
    ),
    "auth.token_unreadable": (
        "the token's {part} cannot be read (expected base64url of a JSON object): it was altered "
        "or cut; copy it whole, or make one with make_token(key)",
        "令牌的 {part} 部分无法读取（应为 JSON 对象的 base64url 编码），内容被改动或截断；"
        "请完整复制，或用 make_token(key) 生成",
    ),
    "auth.token_alg_none": (
        "the token says alg {found}: it is not signed at all, so anybody could have written it; "
        "expected HS256, as make_token(key) signs",
        "令牌的 alg 是 {found}，完全没有签名，任何人都能伪造。应为 HS256，"
        "请用 make_token(key) 生成",
    ),
    "auth.token_alg": (
        "the token says alg {found}, expected 'HS256': make one with make_token(key)",
        "令牌的 alg 是 {found}，应为 'HS256'。请用 make_token(key) 生成",
    ),
    "auth.token_sign_type": (
        "the token's header says sign_type {found}, expected 'SIGN': make one with make_token(key) "
        'or add headers={{"sign_type": "SIGN"}} where you sign',
        "令牌头部的 sign_type 是 {found}，应为 'SIGN'。请用 make_token(key) 生成，"
        '或在签名时加上 headers={{"sign_type": "SIGN"}}',
    ),
    "auth.token_exp": (
        "the token's exp is {found}, expected a number: seconds since 1970, as make_token(key) "
        "writes it",
        "令牌的 exp 是 {found}，应为自 1970 年起的秒数（数字），make_token(key) 就是这样写的",
    ),
    "auth.token_exp_ms": (
        "the token's exp is {found}: that is in milliseconds, expected seconds ({seconds}); only "
        "timestamp is in milliseconds. Divide it by 1000 where you sign, or use make_token(key)",
        "令牌的 exp 是 {found}，单位是毫秒，应为秒（{seconds}）；只有 timestamp 用毫秒。"
        "请在签名处除以 1000，或改用 make_token(key)",
    ),
    "auth.token_expired": (
        "the token expired {seconds} s ago: make a new one with make_token(key); if it is new, "
        "check this computer's clock",
        "令牌已过期 {seconds} 秒，请用 make_token(key) 生成新的；如果刚生成，请检查本机时钟",
    ),
    "auth.token_unverified": (
        "the token's signature does not fit: it was altered, or signed with another key; make one "
        "with make_token(key)",
        "令牌的签名对不上，内容被改动，或用了另一个密钥签名；请用 make_token(key) 生成",
    ),
    "auth.frozen": (
        "{kind} cannot be changed: make a new one",
        "{kind} 不可修改，请新建一个",
    ),
    "auth.not_pickled": (
        "{kind} is not pickled, so that it cannot end up in a file or a message: let the other "
        "process find its own key (ZHIPU_API_KEY or .env)",
        "{kind} 不能被 pickle，以免写进文件或消息。"
        "请让另一个进程自己查找密钥（ZHIPU_API_KEY 或 .env）",
    ),
    # -- finding and keeping a key
    "auth.none": (
        "no key was found: pass api_key=, call use_key(), or set one of {names} in the "
        "environment or in a .env file here or in a parent folder; make a key at {page} (it works "
        "once your real name is verified and the account has a balance). Without a key, use "
        'to="emulator"',
        "没有找到密钥，请传入 api_key=、调用 use_key()，或在环境变量、"
        "当前或上级文件夹的 .env 中设置 {names} 之一；"
        '在 {page} 创建密钥（账号需完成实名认证并有余额才能使用）。没有密钥时，请用 to="emulator"',
    ),
    "auth.bad_at": (
        "the key in {where}: {why}",
        "{where} 中的密钥有问题：{why}",
    ),
    "auth.unofficial": (
        "the key found in {where} is not sent to {host}: a found key goes only over wss (on this "
        "computer over ws, too) to the official service or to the address in {own}; to send one "
        "there on purpose, pass api_key=",
        "不会把在 {where} 中找到的密钥发往 {host}。"
        "找到的密钥只会通过 wss 发往官方服务或 {own} 指定的地址（本机可用 ws）；确实要发往那里时，"
        "请传入 api_key=",
    ),
    "auth.unreadable": (
        "{path} cannot be read ({why}), so no key was looked for there",
        "无法读取 {path}（{why}），因此没有在其中查找密钥",
    ),
    "auth.bad_file": (
        "the key file {path} cannot be read ({why}): expected a key a line, id.secret",
        "无法读取密钥文件 {path}（{why}），应为每行一个密钥，格式为 id.secret",
    ),
    "auth.prompt": (
        "API key, id.secret, from {page} (nothing is shown while you type): ",
        "请输入密钥（id.secret，来自 {page}；输入时不显示）：",
    ),
    "auth.field": (
        "Your API key (id.secret) from {page}. It stays in this kernel's memory.",
        "请输入来自 {page} 的密钥（id.secret）。它只保存在当前内核的内存中。",
    ),
    "auth.button": ("Use this key", "使用这个密钥"),
    "auth.kept": (
        "{key} is kept in memory until this process ends; nothing was written to disk",
        "{key} 已保存在内存中，进程结束即消失；没有写入磁盘",
    ),
    "auth.saved": (
        "{key} is kept in memory and written to {path}, which later runs will find",
        "{key} 已保存在内存中，并写入 {path}，以后运行时会自动找到",
    ),
    "auth.ignored": (
        "; .env was added to {path}, so that git does not take it",
        "；并已把 .env 加入 {path}，以免被 git 提交",
    ),
    "auth.seat_line": (
        "this is no line of a class's slip: copy it whole, it looks like "
        "ws://seat-07.abc…@192.168.1.5:8765",
        "这不是班级纸条上的连接行，请完整复制，形如 ws://seat-07.abc…@192.168.1.5:8765",
    ),
    "auth.seat_none": (
        "no seat of a class is known here: paste the line of your slip with glm.join(), then run "
        "this cell again; in a script, set {name} or pass api_key=",
        "还没有班级座位。请先运行 glm.join() 粘贴纸条上的连接行，再运行这个单元格；"
        "在脚本里请设置 {name} 或传入 api_key=",
    ),
    "auth.seat_asked": (
        "Paste the line of your slip into the field above, then run this cell again.",
        "请把纸条上的连接行粘贴到上面的输入框，再运行这个单元格。",
    ),
    "auth.seat_prompt": (
        "the line of your slip, ws://… (nothing is shown while you paste): ",
        "请粘贴纸条上的连接行（ws://…，输入时不显示）：",
    ),
    "auth.seat_field": (
        "The line of your slip. It stays in this kernel's memory.",
        "请粘贴纸条上的连接行。它只保存在当前内核的内存中。",
    ),
    "auth.seat_button": ("Take this seat", "使用这个座位"),
    "auth.seat_kept": (
        "{seat} is kept in memory until this process ends; nothing was written to disk",
        "{seat} 已保存在内存中，进程结束即消失；没有写入磁盘",
    ),
    "auth.seat_saved": (
        "{seat} is kept in memory and written to {path}: whoever uses this computer then has your "
        "seat",
        "{seat} 已保存在内存中，并写入 {path}。此后使用这台电脑的人都能用你的座位",
    ),
    "auth.not_asked": (
        "No key was asked for, because nobody can type into this run; set one of {names} instead.",
        "当前运行方式无法输入，因此没有询问密钥；请改为设置 {names} 之一。",
    ),
}
