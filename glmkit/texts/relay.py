"""Sentences of what passes sessions on: to the client, and in the terminal where it runs."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "relay.unreachable": (
        "your session came as far as the relay, but the service behind it could not be reached: "
        "{why}. Tell whoever runs the relay, and connect again later",
        "会话已到达中继，但中继无法连接后面的服务：{why}。请告诉运行中继的人，稍后再重新连接",
    ),
    "relay.lost": (
        "the connection between the relay and the service ({peer}) broke off: connect again; what "
        "was being answered may have been charged",
        "中继与服务（{peer}）之间的连接中断，请重新连接；正在回答的这一轮可能已经计费",
    ),
    "relay.not_kept": (
        "this relay keeps a recording of each session and cannot write it: {why}. Tell whoever "
        "runs the relay",
        "中继要录制每个会话，现在无法写入：{why}。请告诉运行中继的人",
    ),
    "relay.stranger_class": (
        "no seat of this class has this key: copy the line of your slip whole, from ws to the last "
        "digit; a seat that was given out anew has another line, which your teacher has",
        "这个班级没有使用这个密钥的座位。请完整复制纸条上的连接行，从 ws 到最后一个数字；"
        "座位重新开放后连接行会更换，请向老师领取",
    ),
    "relay.stranger_relay": (
        "this relay takes keys of its own, never the service's: use the one that it showed at its "
        "start, or ask whoever runs it",
        "这个中继只接受自己的密钥，不接受服务的密钥。请使用它启动时显示的密钥，或询问运行它的人",
    ),
    "relay.token_expired": (
        "the token's time is over by the clock of the computer that you connect to, which shows "
        "{time}: make a new one (the kit does by itself). If it was new, hold that time against "
        "your own clock: one of the two computers is wrong, set it, and connect again",
        "按你要连接的那台电脑的时钟（现在是 {time}），令牌已过期，请重新生成（工具包会自动生成）。"
        "如果令牌是刚生成的，请与本机时间对照，把两台电脑中不准的那台时钟调好，再重新连接",
    ),
    "relay.too_many_tries": (
        "too many wrong keys came from this address: wait half a minute, and copy the key again",
        "这个地址发来的错误密钥太多，请等半分钟，重新复制密钥后再试",
    ),
    "relay.certificate": (
        "the certificate {path} cannot be used ({why}): expected PEM files that belong together, "
        "--certfile CERT.pem --keyfile KEY.pem, the key without a password",
        "证书 {path} 无法使用（{why}），应为一对匹配的 PEM 文件，且私钥没有口令："
        "--certfile 证书.pem --keyfile 私钥.pem",
    ),
    "relay.certificate_doubted": (
        "a computer like this one refuses the certificate ({why}). Where you made it yourself: "
        "give it ({path}, never the key) to everybody who connects, by a way you trust",
        "这样的电脑会拒绝这张证书（{why}）。如果证书是你自己生成的，"
        "请用可靠的方式把证书文件 {path} 发给每个要连接的人（私钥不能给）",
    ),
    "relay.keyfile_alone": (
        "found --keyfile without --certfile: name both, or neither",
        "只给了 --keyfile，没有给 --certfile，请两个都给，或都不给",
    ),
    "relay.key_has_password": ("the key has a password", "私钥设有口令"),
    "relay.made_key": (
        "a key was made for this relay: {key}\n"
        "to connect: glm.connect(to={url!r}, api_key={key!r}); to choose one yourself: "
        "--client-keys FILE or GLMKIT_RELAY_KEY",
        "已为这个中继生成密钥：{key}\n"
        "连接方法：glm.connect(to={url!r}, api_key={key!r})；"
        "也可以用 --client-keys 文件 或 GLMKIT_RELAY_KEY 自己指定",
    ),
    "relay.passes_on": (
        "sessions may come now; {answers}. Stop with Ctrl+C",
        "可以连接了，{answers}。按 Ctrl+C 停止",
    ),
    "relay.answers_live": ("the live service answers", "由真实服务回答"),
    "relay.answers_emulator": ("the emulator answers", "由仿真器回答"),
    "relay.answers_file": ("a recording answers", "由录制文件回答"),
    "relay.answers_other": ("{peer} answers", "由 {peer} 回答"),
    "relay.keeps": ("recordings go to {folder}", "录制文件保存在 {folder}"),
    "relay.charged": (
        "what passes is charged to your account at the service",
        "经过中继的会话会计入你在服务端的账户",
    ),
    "relay.help_to": (
        "whom to pass sessions on to: live, emulator, zai, a ws:// or wss:// address",
        "把会话转发到哪里：live、emulator、zai，或 ws://、wss:// 地址",
    ),
    "relay.help_host": (
        "the address to listen at; 0.0.0.0 lets other machines in",
        "监听地址；0.0.0.0 允许其他机器连接",
    ),
    "relay.help_certfile": (
        "a certificate (PEM): clients then connect by wss://",
        "证书文件（PEM），之后客户端用 wss:// 连接",
    ),
    "relay.help_keyfile": ("the certificate's key (PEM)", "证书的私钥文件（PEM）"),
    "relay.help_save": (
        "keep a recording of each session in this folder: it replays with glmkit emulator --replay",
        "把每个会话录制到这个文件夹，可用 glmkit emulator --replay 回放",
    ),
    "relay.help_client_keys": (
        "a file with the keys that may connect, one a line; else GLMKIT_RELAY_KEY, else one is "
        "made and shown",
        "保存允许连接的密钥的文件，每行一个；否则用 GLMKIT_RELAY_KEY，都没有则生成一个并显示",
    ),
}
