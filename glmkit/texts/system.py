"""Sentences about what the operating system refused, by the name of its error number."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "system.not_utf8": ("it is not text in UTF-8", "内容不是 UTF-8 文本"),
    "system.in_use": ("another program has it open", "正被其他程序打开"),
    "system.no_host": ("no such host was found", "找不到这个主机名"),
    # -- files and folders
    "system.errno_ENOENT": ("no such file or folder", "文件或文件夹不存在"),
    "system.errno_EACCES": ("permission denied", "没有访问权限"),
    "system.errno_EPERM": ("the system does not permit it", "系统不允许这样操作"),
    "system.errno_EISDIR": ("it is a folder, not a file", "它是文件夹，不是文件"),
    "system.errno_ENOTDIR": (
        "a part of the path is not a folder",
        "路径中有一段不是文件夹",
    ),
    "system.errno_EEXIST": ("it exists already", "已经存在同名的文件或文件夹"),
    "system.errno_ENOTEMPTY": ("the folder is not empty", "文件夹不是空的"),
    "system.errno_ENOSPC": ("no room is left on the disk", "磁盘空间不足"),
    "system.errno_EDQUOT": ("your share of the disk is used up", "磁盘配额已用完"),
    "system.errno_EROFS": ("the disk can only be read", "所在磁盘是只读的"),
    "system.errno_EFBIG": ("the file is larger than the system allows", "文件超出系统允许的大小"),
    "system.errno_ENAMETOOLONG": ("the name is too long", "名称太长"),
    "system.errno_ELOOP": ("its links lead in a circle", "符号链接互相指向，无法解析"),
    "system.errno_EBUSY": ("it is in use", "正在使用中"),
    "system.errno_EIO": ("the disk failed to read or write", "磁盘读写出错"),
    "system.errno_EMFILE": ("this program has too many files open", "本程序打开的文件太多"),
    "system.errno_ENFILE": ("the system has too many files open", "系统中打开的文件太多"),
    "system.errno_ENOMEM": ("there is not enough memory", "内存不足"),
    # -- addresses
    "system.errno_EADDRINUSE": (
        "another program listens on this port",
        "该端口已被其他程序占用",
    ),
    "system.errno_EADDRNOTAVAIL": ("this machine has no such address", "本机没有这个地址"),
    "system.errno_ECONNREFUSED": (
        "the connection was refused: nothing listens there",
        "连接被拒绝，那里没有程序在监听",
    ),
    "system.errno_ECONNRESET": ("the other side broke the connection off", "连接被对方中断"),
    "system.errno_EPIPE": ("nobody reads at the other end any more", "另一端已不再接收"),
    "system.errno_ETIMEDOUT": ("there was no answer in time", "等待应答超时"),
    "system.errno_ENETUNREACH": ("the network cannot be reached", "网络不通"),
    "system.errno_EHOSTUNREACH": ("the host cannot be reached", "无法到达该主机"),
}
