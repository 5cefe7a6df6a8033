"""The client's figures beside their limits: ``python -m benchmarks.client [FIGURE …]``.

Figures: upload, receive, iterate, first_audio, connect, drift, memory, import; all of them by
default, which takes about three minutes. See README.md for what each one is.
"""

from __future__ import annotations

import argparse
import io
import platform
import sys
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from statistics import median

from benchmarks import drift, imports, latency, memory, throughput
from benchmarks.faces import Found, ratio, ratio_of_medians, stub
from glmkit.texts import language

FIGURES = ("upload", "receive", "iterate", "first_audio", "connect", "drift", "memory", "import")
WIDTHS = (34, 13, 10, 10, 12)
WORDS = {
    "figure": ("figure", "指标"),
    "plain": ("plain loop", "手写循环"),
    "limit": ("limit", "上限"),
    "upload": ("upload 600 s, CPU", "上传 600 秒，CPU"),
    "constant": ("  … beside constant parts", "  …… 相对常量拼接的循环"),
    "wav": ("  … in WAV, beside constant parts", "  …… WAV，相对常量拼接的循环"),
    "iterate": ("iterate over 600 s, CPU", "逐事件接收 600 秒，CPU"),
    "receive": ("receive 600 s, CPU", "接收 600 秒，CPU"),
    "first_audio": ("first audio, p50", "首段音频，p50"),
    "connect": ("connect + configure, p50", "连接并配置，p50"),
    "blocking": ("  … beside a blocking loop", "  …… 相对手写的阻塞循环"),
    "drift": ("drift, 30 s in 20 ms chunks", "漂移，30 秒，每块 20 毫秒"),
    "worst": ("the chunk furthest off", "偏差最大的一块"),
    "memory": ("memory ({kind}), keep={keep!r}", "内存（{kind}），keep={keep!r}"),
    "import": ("import glmkit, over bare Python", "import glmkit，相对裸解释器"),
    "coarse": (
        "this system's clock steps by {ms:.1f} ms: pacing cannot be finer than that",
        "本机时钟的步进为 {ms:.1f} 毫秒：发送节奏不可能比它更细",
    ),
    "over": ("over the limit", "超出上限"),
}
Row = tuple[str, str, str, str, str]


def word(name: str, **values: object) -> str:
    """A word of the table in the reader's language."""
    return WORDS[name][language() == "zh"].format(**values)


def rows(names: list[str]) -> Iterator[Row]:
    """The table's rows, each as soon as it is measured."""
    with stub() as url:
        if "upload" in names:
            found = throughput.upload(url)
            yield ratios("upload", found, 1.25)
            yield ratios("constant", found, 1.0, peer="constant")
            yield ratios("wav", throughput.upload(url, "wav"), 1.1, peer="constant")
        if "receive" in names:
            yield ratios("receive", throughput.receive(url), 0.8)
        if "iterate" in names:
            yield ratios("iterate", throughput.iterate(url), 0.5)
        if "first_audio" in names:
            yield from short("first_audio", latency.first_audio(url), 1.15)
        if "connect" in names:
            yield from short("connect", latency.connect(url), 1.25)
        if "drift" in names:
            yield from drifts(drift.measure(url))
        if "memory" in names:
            yield grown(url, "nothing", 3)
            yield grown(url, "all", 45)
    if "import" in names:
        value = imports.measure()
        yield word("import"), "", "", f"{value:.0f} ms", limit(50, "ms", value)


def ratios(name: str, found: Found, most: float, peer: str = "plain") -> Row:
    """The peer's seconds, and the ratios of the faces that were measured to them."""
    faces = [face for face in ("aio", "blocking") if face in found]
    values = [ratio(found, face, peer) for face in faces]
    shown = [f"{value:.2f} ×" for value in values] + [""] * (2 - len(values))
    peers = f"{median(found[peer]):.3f} s"
    return word(name), peers, shown[0], shown[1], limit(most, "×", *values)


def short(name: str, found: Found, most: float) -> Iterator[Row]:
    """The same by the clock on the wall; and the blocking face beside a loop of its own kind."""
    aio, blocking = ratio_of_medians(found, "aio"), ratio_of_medians(found, "blocking")
    plain, kept = microseconds(found["plain"]), limit(most, "×", aio, blocking)
    yield word(name), plain, f"{aio:.2f} ×", f"{blocking:.2f} ×", kept
    peer = "plain blocking"
    ours = f"{ratio_of_medians(found, 'blocking', peer):.2f} ×"
    yield word("blocking"), microseconds(found[peer]), "", ours, ""


def microseconds(found: list[float]) -> str:
    """The median."""
    return f"{median(found) * 1e6:.0f} µs"


def drifts(found: dict[str, drift.Drift]) -> Iterator[Row]:
    """How late the last chunk came, and how far off the worst one was; sleep-per-chunk beside."""
    sleep, aio, blocking = (found[each] for each in ("sleep", "aio", "blocking"))
    late = [f"{each.drift * 1000:.1f} ms" for each in (sleep, aio, blocking)]
    worst = [f"{each.worst * 1000:.1f} ms" for each in (sleep, aio, blocking)]
    most = limit(20, "ms", 1000 * abs(aio.drift), 1000 * abs(blocking.drift))
    yield word("drift"), late[0], late[1], late[2], most
    yield word("worst"), worst[0], worst[1], worst[2], ""
    if (step := drift.clock_step()) > drift.COARSE:
        yield word("coarse", ms=step * 1000), "", "", "", ""


def grown(url: str, keep: str, most: float) -> Row:
    """What ten minutes of received sound cost."""
    value, kind = memory.measure(url, keep)
    name = word("memory", kind=kind, keep=keep)
    return name, "", "", f"{value:.1f} MB", limit(most, "MB", value)


def limit(most: float, unit: str, *values: float) -> str:
    """The limit, and whether it is kept."""
    mark = "" if max(values) <= most else f"  {word('over')}"
    return f"≤ {most:g} {unit}{mark}"


def line(row: Row) -> str:
    """A row as wide as its columns, whatever the script."""
    return "  ".join(cell + " " * (n - width(cell)) for cell, n in zip(row, WIDTHS, strict=True))


def width(words: str) -> int:
    """How many columns a terminal gives to ``words``."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in words)


def main() -> None:
    """Measure and print."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    parser = argparse.ArgumentParser(prog="python -m benchmarks.client")
    parser.add_argument("figures", nargs="*", metavar="FIGURE", help=", ".join(FIGURES))
    asked = parser.parse_args().figures
    if unknown := set(asked) - set(FIGURES):
        parser.error(f"{', '.join(sorted(unknown))}? {', '.join(FIGURES)}")
    machine = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    print(f"{datetime.now(UTC):%Y-%m-%d}, {machine}")
    print(line((word("figure"), word("plain"), "aio", "blocking", word("limit"))).rstrip())
    for row in rows(asked or list(FIGURES)):
        print(line(row).rstrip(), flush=True)


if __name__ == "__main__":
    main()
