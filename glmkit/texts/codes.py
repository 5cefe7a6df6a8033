"""What the service's error codes mean, in words, with what to do."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "codes.1000": (
        "authentication failed: make a new key on the open platform and copy it whole",
        "身份验证失败：请在开放平台新建密钥并完整复制",
    ),
    "codes.1001": (
        "no Authorization header arrived: a proxy may have removed it",
        "服务没有收到 Authorization 头：可能被代理去掉了",
    ),
    "codes.1002": (
        "the key or token is not valid: copy the key again, whole, 'id.secret'",
        "密钥或令牌无效：请重新完整复制密钥（id.secret）",
    ),
    "codes.1003": (
        "the token has expired: make a new one; if it was fresh, this computer's clock is wrong",
        "令牌已过期：请重新生成；若刚生成，说明本机时钟不准",
    ),
    "codes.1005": (
        "the account asks for a second factor: sign in on the open platform first",
        "账户需要二次验证：请先登录开放平台",
    ),
    "codes.1113": (
        "the account has no balance: top it up (real-name verification may be needed), "
        "then connect again",
        "账户欠费：请充值（可能需要实名认证）后重新连接",
    ),
    "codes.1200": (
        "the service failed inside: wait a little and try again",
        "服务内部错误：请稍后重试",
    ),
    "codes.1210": (
        "a parameter is wrong: look at the event that was sent just before",
        "参数错误：请检查刚才发送的事件",
    ),
    "codes.1211": (
        "the model does not exist or is not offered to this account: try the model glm-realtime",
        "模型不存在或未对该账户开放：可试模型 glm-realtime",
    ),
    "codes.1213": ("a required field is missing", "缺少必填字段"),
    "codes.1214": ("a field has a value that is not allowed", "字段取值不合法"),
    "codes.1215": ("two fields exclude each other", "字段之间互相冲突"),
    "codes.1220": (
        "this account may not use that: look at the model's page on the open platform",
        "该账户无权使用：请在开放平台查看该模型的权限",
    ),
    "codes.1230": ("the call failed on the way: try again", "调用过程出错：请重试"),
    "codes.1234": (
        "network fault inside the service, or a wrong ?model= in the address",
        "服务网络错误，或地址中的 ?model= 不正确",
    ),
    "codes.1261": (
        "the conversation is too long (8K tokens): session.reset(remember=True) begins again with "
        "the newest of it",
        "对话过长（8K tokens）：session.reset(remember=True) 可带上最近的内容重新开始",
    ),
    "codes.1301": ("the content filter stopped this turn", "内容审核拦截了这一轮"),
    "codes.1302": (
        "too many requests at once: wait, then try again with fewer sessions",
        "并发过高：请稍等，减少会话数后重试",
    ),
    "codes.1305": ("the service is busy: wait, then try again", "服务繁忙：请稍后重试"),
    "codes.1311": (
        "the account's plan does not include this model",
        "账户套餐不包含该模型",
    ),
    "codes.422": (
        "a tool's schema has an empty list or object: leave it out (glm.tool does)",
        "工具的 schema 含有空列表或空对象：请去掉（glm.tool 会自动处理）",
    ),
    "codes.rate_limit_error": (
        "too many messages a second (the cap is 50): send 100 ms chunks",
        "每秒消息过多（上限 50）：请用 100 毫秒的块发送",
    ),
    "codes.audio_buffer_size_exceeded": (
        "the input buffer is full (30 s of speech, or about 10 MB): clear it, or commit earlier",
        "输入缓冲区已满（30 秒语音，或约 10 MB）：请清空或更早提交",
    ),
    "codes.downstream_reconnect_exceeded": (
        "the service lost its model: flat beta_fields, no permission for the model, or an outage",
        "服务与模型断开：beta_fields 未嵌套、无模型权限或服务故障",
    ),
    "codes.video_model_query_error": (
        "a video turn needs at least one picture: session.show(picture) before it",
        "视频轮次至少需要一帧画面：请先调用 session.show(图片)",
    ),
    "codes.model_query_error": (
        "the model failed on this turn: try again",
        "模型本轮推理失败：请重试",
    ),
    "codes.asr_no_result": ("nothing was recognised in the sound", "没有识别出语音"),
    "codes.invalid_event": ("an event was malformed", "事件格式不正确"),
    "codes.model_not_found": (
        "the model does not exist or is not offered to this account",
        "模型不存在或未对该账户开放",
    ),
    "codes.replay_mismatch": (
        "this is a recording, and it does not continue that way",
        "这是一份录制文件，它后面没有这一步",
    ),
    # -- where no code says anything: by the HTTP status, exactly or by its first digit
    "codes.http_2xx": (
        "a page came instead: if this network asks for a sign-in, open any page in a browser "
        "first; else check the address",
        "返回的是普通网页：如果当前网络需要登录，请先用浏览器打开任意网页登录；否则请检查地址",
    ),
    "codes.http_3xx": (
        "it points to another address: if this network asks for a sign-in, do that in a browser "
        "first; else check the address",
        "对方要求转到另一个地址：如果当前网络需要登录，请先在浏览器中登录；否则请检查地址",
    ),
    "codes.http_401": (
        "the key or token is wrong, has expired or was deleted: copy the key again, whole, from "
        "the console of the platform whose address this is ('id.secret', bigmodel or z.ai); make "
        "a token anew, and see that this computer's clock is right",
        "密钥或令牌不正确、已过期或已删除：请到该地址所属的平台（bigmodel 或 z.ai）重新完整复制密钥"
        "（id.secret）；令牌请重新生成，并确认本机时钟准确",
    ),
    "codes.http_403": (
        "access is forbidden: to this account (look at the model's page on the open platform), "
        "or by a firewall on the way (try another network)",
        "没有访问权限：可能是账户未开通（请在开放平台查看模型权限），"
        "也可能被途中的防火墙拦截（可换一个网络试试）",
    ),
    "codes.http_404": (
        "nothing is served at this path: check the address",
        "该路径上没有服务：请检查地址",
    ),
    "codes.http_407": (
        "the proxy wants a name and a password: write them into the proxy variable, "
        "http://name:password@host:port",
        "代理要求用户名和密码：请写进代理变量，http://用户名:密码@主机:端口",
    ),
    "codes.http_429": (
        "too many requests, or too many sessions at once: wait, then try again with fewer",
        "请求过于频繁，或同时打开的会话过多：请稍等，减少会话数后重试",
    ),
    "codes.http_4xx": (
        "the request to open a WebSocket was not accepted: check the address; a proxy on the way "
        "may not let WebSockets through",
        "打开 WebSocket 的请求没有被接受：请检查地址；途中的代理可能不支持 WebSocket",
    ),
    "codes.http_451": (
        "access is barred for legal reasons, by the other side or on the way: try another network",
        "因法律原因被禁止访问，可能是对方，也可能是途中的设备：可换一个网络试试",
    ),
    "codes.http_501": (
        "the other side does not open WebSockets: check the address",
        "对方不支持打开 WebSocket：请检查地址",
    ),
    "codes.http_502": (
        "a gateway got no answer from the server behind it: wait a little and try again",
        "网关没有得到后端服务器的应答：请稍后重试",
    ),
    "codes.http_503": (
        "the other side is busy or under maintenance: wait a little and try again",
        "对方繁忙或正在维护：请稍后重试",
    ),
    "codes.http_504": (
        "a gateway waited in vain for the server behind it: wait a little and try again",
        "网关等待后端服务器超时：请稍后重试",
    ),
    "codes.http_511": (
        "this network asks for a sign-in: open any page in a browser, sign in there, then connect "
        "again",
        "当前网络需要登录：请用浏览器打开任意网页并登录，然后重新连接",
    ),
    "codes.http_5xx": (
        "the other side failed inside: wait a little and try again",
        "对方内部错误：请稍后重试",
    ),
    "codes.none": ("no code came with it", "没有附带错误码"),
    "codes.unknown": ("no explanation is known for this code", "该代码没有已知的说明"),
}
