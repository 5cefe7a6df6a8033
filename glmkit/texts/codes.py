"""What the service's error codes mean, in words: whose matter it is, where to look, what to do.

Rules
- The service's list is of its HTTP API (documented); which of its codes come over a WebSocket was
  seen of 1113, 1220 and 1234 only (observed). The cures were not tried here.
- A plan, a balance and a package are three purses: a sentence names the one that it means.
- Where several things may be the cause, they stand in the order in which to try them.
"""

from __future__ import annotations

from typing import Final

#: Pages of the console, where a person sees it.
_BALANCE: Final = "bigmodel.cn/finance-center/finance/overview"
_PACKAGES: Final = "bigmodel.cn/finance-center/resource-package/package-mgmt"
_REAL_NAME: Final = "bigmodel.cn/usercenter/settings/auth"
_LIMITS: Final = "bigmodel.cn/usercenter/proj-mgmt/rate-limits"
_LEVEL: Final = "bigmodel.cn/usercenter/equity-mgmt/user-rights"
_PLAN: Final = "bigmodel.cn/coding-plan/personal/overview"
_LIST: Final = "docs.bigmodel.cn/cn/api/api-code"
_OVERSEAS_BALANCE: Final = "z.ai/manage-apikey/billing"
_OVERSEAS_LIMITS: Final = "z.ai/manage-apikey/rate-limits"

#: What a plan's own codes say after their first words.
_OF_A_PLAN: Final = (
    "This is about a Coding Plan, which pays for no realtime call at this address: use a key of "
    f"an account with a balance ({_BALANCE}) or a package for the model; trying again is no help",
    "这是编程套餐（Coding Plan）的限制，而套餐额度不能用于此地址的实时通话。"
    f"请改用有余额（{_BALANCE}）或有该模型资源包的账户的密钥；重试无效",
)


def _of_a_plan(english: str, chinese: str) -> tuple[str, str]:
    return f"{english}. {_OF_A_PLAN[0]}", f"{chinese}。{_OF_A_PLAN[1]}"


_USED_UP: Final = _of_a_plan(
    "a plan's quota is used up until the time that the service's words name",
    "套餐额度已用完，恢复时间见服务端原文",
)
_UNKNOWN_MODEL: Final = (
    "there is no model of this name for this account: look whether the name is written right, "
    "then name another one outright: glm-realtime-flash, glm-realtime-air, glm-realtime-plus "
    "(some accounts have only the last one, reported); not glm-realtime, and not in the address as "
    f"?model=. Which ones the account has is on the console: {_LIMITS}; for each: glmkit doctor "
    "--to live",
    "该账户没有叫这个名字的模型，请先检查模型名是否写对，再明确写出另一个："
    "glm-realtime-flash、glm-realtime-air、glm-realtime-plus（据报告，有的账户只开通了最后一个）；"
    "不要用 glm-realtime，也不要写进地址的 ?model=。账户有哪些模型，见控制台 "
    f"{_LIMITS}，也可运行 glmkit doctor --to live 逐个检查",
)

TEXTS: dict[str, tuple[str, str]] = {
    "codes.1000": (
        "authentication failed: look whether key and address are of the same platform (bigmodel or "
        "z.ai), copy the key again, whole, then make a new one on its console",
        "身份验证失败，请确认密钥和地址属于同一平台（bigmodel 或 z.ai），重新完整复制密钥，"
        "仍不行再到控制台新建一个",
    ),
    "codes.1001": (
        "no Authorization header arrived: a proxy may have removed it; try without the proxy or on "
        "another network, or append ?Authorization= and a token (glmkit token --show) to the "
        "address",
        "服务没有收到 Authorization 头，可能被代理去掉了。请不用代理，或换一个网络再试；"
        "也可以在地址后面加上 ?Authorization= 和令牌（用 glmkit token --show 生成）",
    ),
    "codes.1002": (
        "the key or token is not valid: copy the key again, whole ('id.secret'), from the console "
        "of the platform whose address this is (bigmodel or z.ai)",
        "密钥或令牌无效，请到该地址所属平台（bigmodel 或 z.ai）的控制台，"
        "重新完整复制密钥（id.secret）",
    ),
    "codes.1003": (
        "the token has expired: make a new one; if it was fresh, this computer's clock is wrong",
        "令牌已过期，请重新生成；若刚生成，说明本机时钟不准",
    ),
    "codes.1004": (
        "the token was not accepted: sign it with the part of the key after the dot, exp in "
        "seconds (glmkit token does); if the key was deleted, make a new one",
        "令牌未通过验证，请用密钥点号后的部分签名，exp 以秒为单位（glmkit token 会处理）；"
        "如果密钥已删除，请新建",
    ),
    "codes.1005": (
        "the account asks for a second factor: sign in on the open platform first",
        "账户需要二次验证，请先登录开放平台",
    ),
    "codes.1100": (
        "the account could not be read: wait a little and try again",
        "读写账户信息出错，请稍后重试",
    ),
    "codes.1110": (
        "the account is not active: sign in to the console and look at its state",
        "账户处于非活动状态，请登录控制台查看账户状态",
    ),
    "codes.1111": (
        "there is no such account: look whether key and address are of the same platform (bigmodel "
        "or z.ai)",
        "账户不存在，请确认密钥和地址属于同一平台（bigmodel 或 z.ai）",
    ),
    "codes.1112": (
        "the account is locked: only the service's support can unlock it",
        "账户已被锁定，请联系平台客服，只有他们能够解锁",
    ),
    "codes.1113": (
        "there is nothing to pay for this call with: no balance, and no package for this model. "
        "Trying again is no help. Look in this order: 1. what was paid, a plan is no balance: a "
        "Coding Plan pays for no realtime call at this address; 2. whose key it is: bigmodel and "
        "z.ai have separate accounts and balances; 3. the package, which is no plan: credited, "
        f"not expired, and for realtime speech ({_PACKAGES}); 4. the model: name "
        "glm-realtime-flash outright, as glm-realtime may be billed elsewhere (reported); 5. the "
        f"balance ({_BALANCE}, on z.ai {_OVERSEAS_BALANCE}): top it up, for which a real-name "
        f"check may be asked ({_REAL_NAME})",
        "这次调用没有可扣的费用，账户没有余额，也没有适用于该模型的资源包。重试无效。请依次检查："
        "1. 买的是什么：套餐不等于余额，编程套餐（Coding Plan）不能用于此地址的实时通话；"
        "2. 密钥属于哪个平台：bigmodel 和 z.ai 的账户和余额互不相通；"
        f"3. 资源包（与套餐不同）：是否到账、未过期，并且适用于实时语音（{_PACKAGES}）；"
        "4. 模型，请明确写 glm-realtime-flash，据报告 glm-realtime 可能另行计费；"
        f"5. 余额（{_BALANCE}，z.ai 为 {_OVERSEAS_BALANCE}），请充值，"
        f"可能需要先实名认证（{_REAL_NAME}）",
    ),
    "codes.1120": (
        "the account could not be reached inside the service: wait a little and try again",
        "服务暂时无法访问账户信息，请稍后重试",
    ),
    "codes.1121": (
        "the account is locked for a breach of the rules: only the service's support can unlock it",
        "账户因违规被锁定，请联系平台客服，只有他们能够解锁",
    ),
    "codes.1200": (
        "the service failed inside: wait a little and try again",
        "服务内部错误，请稍后重试",
    ),
    "codes.1210": (
        "a parameter is wrong: look at the event that was sent just before",
        "参数错误，请检查刚才发送的事件",
    ),
    "codes.1211": _UNKNOWN_MODEL,
    "codes.1212": (
        "this model cannot be called in this way: name a realtime model, glm-realtime-flash",
        "该模型不支持这种调用方式，请换用实时模型 glm-realtime-flash",
    ),
    "codes.1213": (
        "a required field is missing, which the service's words name: look at the event that was "
        "sent just before",
        "缺少必填字段，字段名见服务端原文。请检查刚才发送的事件",
    ),
    "codes.1214": (
        "a field has a value that is not allowed, which the service's words name: look at the "
        "event that was sent just before",
        "字段取值不合法，字段名见服务端原文。请检查刚才发送的事件",
    ),
    "codes.1215": (
        "two fields exclude each other, which the service's words name: leave one of them out",
        "两个字段不能同时设置，字段名见服务端原文。请去掉其中一个",
    ),
    "codes.1220": (
        "this account may not use that; it is about permission, not about money. Look in this "
        "order: 1. the model: try glm-realtime-flash, then glm-realtime-plus, each named outright; "
        f"2. whether the account has it at all ({_LIMITS}); 3. whether its real name is verified "
        f"({_REAL_NAME}); then ask the service's support",
        "该账户无权使用（是权限问题，不是余额问题）。请依次检查："
        "1. 模型：先试 glm-realtime-flash，再试 glm-realtime-plus，都要明确写出；"
        f"2. 账户是否有该模型（{_LIMITS}）；3. 是否已实名认证（{_REAL_NAME}）；"
        "仍不行请联系平台客服",
    ),
    "codes.1221": (
        "this interface is no longer offered: look whether the address is still the documented one",
        "该接口已下线，请核对地址是否仍与文档一致",
    ),
    "codes.1222": (
        "there is no such interface: check the address and its path",
        "接口不存在，请检查地址和路径",
    ),
    "codes.1230": ("the call failed on the way: try again", "调用过程出错，请重试"),
    "codes.1231": (
        "the same request is already under way: wait for it, then try again",
        "相同的请求正在处理，请等它结束后再试",
    ),
    "codes.1234": (
        "the address has a ?model= that is not let in (glm-realtime-plus is one, reported), or the "
        "network failed inside the service: leave ?model= out and name the model in the settings; "
        "else wait a little and try again",
        "地址中的 ?model= 不被接受（据报告 glm-realtime-plus 就是如此），或服务内部网络出错。"
        "请去掉 ?model=，改在会话设置里写模型；否则请稍后重试",
    ),
    "codes.1261": (
        "the conversation is too long (8K tokens): session.reset(remember=True) begins again with "
        "the newest of it",
        "对话过长（8K tokens）：session.reset(remember=True) 可带上最近的内容重新开始",
    ),
    "codes.1300": (
        "a rule of the service stopped this call: say it in other words",
        "调用被服务的安全策略阻止，请换一种说法",
    ),
    "codes.1301": (
        "the content filter stopped this turn: say it in other words, and look at the instructions",
        "内容审核拦截了这一轮，请换一种说法，并检查 instructions",
    ),
    "codes.1302": (
        "more requests at once than this account may have: 5, 10, 15 or 20 for a model, by its "
        f"level V0, V1, V2 or V3 (documented; the limit: {_LIMITS}, the level: {_LEVEL}; on z.ai: "
        f"{_OVERSEAS_LIMITS}). Close sessions you don't use, wait, then try again with fewer; "
        "more can be asked for there. A Coding Plan does not raise it",
        "同时进行的请求超过了账户上限：每个模型为 5、10、15 或 20 路，对应用户等级 V0 至 V3"
        f"（文档；上限见 {_LIMITS}，等级见 {_LEVEL}，z.ai 见 {_OVERSEAS_LIMITS}）。"
        "请关闭不用的会话，稍等后用更少的会话重试；需要更多可在该页申请。购买编程套餐不会提高这个上限",
    ),
    "codes.1303": (
        "too many requests in a short time: wait, then try again more slowly",
        "请求过于频繁，请稍等，降低频率后重试",
    ),
    "codes.1304": (
        "this day's number of calls is used up: try again tomorrow, or ask the service's support "
        f"for more (limits: {_LIMITS})",
        f"当日调用次数已用完，请明天再试，或联系平台客服提高限额（限额见 {_LIMITS}）",
    ),
    "codes.1305": (
        "the service is busy with this model, which is no matter of your account: wait a little, "
        "then try again, or name another model",
        "该模型当前访问量过大，与你的账户无关。请稍后重试，或换一个模型",
    ),
    "codes.1308": _USED_UP,
    "codes.1309": _of_a_plan("the plan has expired", "套餐已到期"),
    "codes.1310": _USED_UP,
    "codes.1311": _of_a_plan("the plan does not include this model", "套餐不包含该模型"),
    "codes.1312": (
        "the service is busy with this model: wait a little, then try again, or name another model",
        "该模型当前访问量过大，请稍后重试，或换一个模型",
    ),
    "codes.1313": _of_a_plan(
        "the plan is throttled for unfair use (lifted on request: " + _PLAN + ")",
        "套餐因不符合公平使用策略被限速（可在 " + _PLAN + " 申请解除）",
    ),
    "codes.1314": _of_a_plan("the plan is void", "套餐已失效"),
    "codes.1315": _of_a_plan(
        "this key is one of an enterprise plan, and for that alone",
        "该密钥是企业编程套餐专用密钥",
    ),
    **{f"codes.{code}": _USED_UP for code in range(1316, 1322)},
    "codes.422": (
        "a tool's schema has an empty list or object: leave it out (glm.tool does)",
        "工具的 schema 含有空列表或空对象，请去掉（glm.tool 会自动处理）",
    ),
    "codes.rate_limit_error": (
        "too many messages a second (the cap is 50): send 100 ms chunks",
        "每秒消息过多（上限 50），请用 100 毫秒的块发送",
    ),
    "codes.audio_buffer_size_exceeded": (
        "the input buffer is full (30 s of speech, or about 10 MB): clear it, or commit earlier",
        "输入缓冲区已满（30 秒语音，或约 10 MB）。请清空或更早提交",
    ),
    "codes.downstream_reconnect_exceeded": (
        "the service lost its model: flat beta_fields, no permission for the model, or an outage",
        "服务与模型断开：beta_fields 未嵌套、无模型权限或服务故障",
    ),
    "codes.video_model_query_error": (
        "a video turn needs at least one picture: session.show(picture) before it",
        "视频轮次至少需要一帧画面，请先调用 session.show(图片)",
    ),
    "codes.model_query_error": (
        "the model failed on this turn: try again",
        "模型本轮推理失败，请重试",
    ),
    "codes.asr_no_result": (
        "nothing was recognised in the sound: listen to it, is it speech, and loud enough?",
        "没有识别出语音，请听一遍，是语音吗？够响吗？",
    ),
    "codes.invalid_event": (
        "an event was malformed: look at the one that was sent just before, it needs a type",
        "事件格式不正确，请检查刚才发送的事件，它必须有 type",
    ),
    "codes.model_not_found": _UNKNOWN_MODEL,
    "codes.not_installed": (
        "a package is missing on the computer the emulator runs on: install it there, as these "
        "words say, and start the emulator again",
        "运行仿真器的电脑上缺少软件包，请按原文在那台电脑上安装，再重新启动仿真器",
    ),
    "codes.replay_mismatch": (
        "this is a recording, and it does not continue that way",
        "这是一份录制文件，它后面没有这一步",
    ),
    # -- where no code says anything: by the HTTP status, exactly or by its first digit
    "codes.http_2xx": (
        "a page came instead: if this network asks for a sign-in, open any page in a browser "
        "first; else check the address",
        "返回的是普通网页。如果当前网络需要登录，请先用浏览器打开任意网页登录；否则请检查地址",
    ),
    "codes.http_3xx": (
        "it points to another address: if this network asks for a sign-in, do that in a browser "
        "first; else check the address",
        "对端要求转到另一个地址。如果当前网络需要登录，请先在浏览器中登录；否则请检查地址",
    ),
    "codes.http_401": (
        "the key or token is wrong, has expired or was deleted: copy the key again, whole, from "
        "the console of the platform whose address this is ('id.secret', bigmodel or z.ai); make "
        "a token anew, and see that this computer's clock is right",
        "密钥或令牌不正确、已过期或已删除，请到该地址所属的平台（bigmodel 或 z.ai）"
        "重新完整复制密钥（id.secret）；令牌请重新生成，并确认本机时钟准确",
    ),
    "codes.http_403": (
        "access is forbidden: to this account (which models it has: " + _LIMITS + "), or by a "
        "firewall on the way (try another network)",
        f"没有访问权限：可能是账户未开通（账户有哪些模型见 {_LIMITS}），"
        "也可能被途中的防火墙拦截（可换一个网络试试）",
    ),
    "codes.http_404": (
        "nothing is served at this path: check the address",
        "该路径上没有服务，请检查地址",
    ),
    "codes.http_407": (
        "the proxy wants a name and a password: write them into the proxy variable, "
        "http://name:password@host:port",
        "代理要求用户名和密码，请写进代理变量，http://用户名:密码@主机:端口",
    ),
    "codes.http_429": (
        "too many requests, or too many sessions at once: wait, then try again with fewer; how "
        f"many an account may have: {_LIMITS}",
        f"请求过于频繁，或同时打开的会话过多。请稍等，减少会话数后重试；账户的上限见 {_LIMITS}",
    ),
    "codes.http_4xx": (
        "the request to open a WebSocket was not accepted: check the address; a proxy on the way "
        "may not let WebSockets through",
        "打开 WebSocket 的请求没有被接受，请检查地址；途中的代理可能不支持 WebSocket",
    ),
    "codes.http_451": (
        "access is barred for legal reasons, by the other side or on the way: try another network",
        "因法律原因被禁止访问，可能是对端，也可能是途中的设备。可换一个网络试试",
    ),
    "codes.http_501": (
        "the other side does not open WebSockets: check the address",
        "对端不支持打开 WebSocket，请检查地址",
    ),
    "codes.http_502": (
        "a gateway got no answer from the server behind it: wait a little and try again",
        "网关没有得到后端服务器的应答，请稍后重试",
    ),
    "codes.http_503": (
        "the other side is busy or under maintenance: wait a little and try again",
        "对端繁忙或正在维护，请稍后重试",
    ),
    "codes.http_504": (
        "a gateway waited in vain for the server behind it: wait a little and try again",
        "网关等待后端服务器超时，请稍后重试",
    ),
    "codes.http_511": (
        "this network asks for a sign-in: open any page in a browser, sign in there, then connect "
        "again",
        "当前网络需要登录，请用浏览器打开任意网页并登录，然后重新连接",
    ),
    "codes.http_5xx": (
        "the other side failed inside: wait a little and try again",
        "对端内部错误，请稍后重试",
    ),
    "codes.none": ("no code came with it", "没有附带错误码"),
    "codes.class_elsewhere": (
        "the seat was connected once more, and a seat has one session at a time. Where a notebook "
        "opens a second session, as 01 does, that is meant",
        "这个座位又连接了一次，而一个座位同时只能有一个会话。"
        "像 01 那样在笔记本里再开一个会话时，这是正常的",
    ),
    "codes.class": (
        "this is a rule of the class, not the service's: the words that came with it say what to "
        "do, or ask the teacher",
        "这是课堂的规定，与服务无关。随附的原文说明了怎么办，也可以询问老师",
    ),
    "codes.unknown": (
        f"no explanation is known for this code: go by the words that came with it, or look it up "
        f"in the service's list, {_LIST}",
        f"该代码没有已知的说明，请参考随附的原文，或查阅服务的错误码列表 {_LIST}",
    ),
}
