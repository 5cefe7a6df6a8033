"""The service's door, knocked at: whether it can be reached from here, and its clock beside ours.

Rules
- The knock is the WebSocket's own opening request, without any key: the service answers it with
  401, which is as good as open. It takes the way a session would take, through the same proxy, and
  what fails on it is said in the words that a session has for it.
- Its answer's Date header is the one clock there is to measure ours against; it counts whole
  seconds, and the knock takes time, so the result has a margin, which is said.
"""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from time import perf_counter, time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from glmkit.auth.masking import MaskedAddress, mask
from glmkit.auth.platforms import PLATFORMS, ZAI
from glmkit.doctor.check_guard import Begun, Late, within
from glmkit.doctor.report import Check, Level
from glmkit.texts import text

if TYPE_CHECKING:
    from websockets.http11 import Response

    from glmkit.session.opening import Opening

REACH_SECONDS = 3.0
SKEW_SECONDS = 30.0
TOKEN_SECONDS = 600.0  # a token's life: a clock this far behind makes only expired ones


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a knock: what failed (or ""), in ``words``, and what the door said, if it did.

    ``words`` is empty where the service itself answered as it should. ``skew``: seconds our clock
    is ahead of its, give or take ``margin``.
    """

    host: str
    failed: str = ""
    words: str = ""
    status: int = 0
    seconds: float = 0.0
    skew: float | None = None
    margin: float = 0.0


def knock(
    to: str | None = None, *, offline: bool = False, seconds: float = REACH_SECONDS
) -> Answer:
    """Ask the door that ``to`` means, without a key, and say what came of it in ``seconds``."""
    url = _door(to)
    if offline:
        return Answer(_host(url), "offline")
    with asyncio.Runner(loop_factory=_OwnThreadLoop) as runner:
        return runner.run(_asked(url, seconds))


def answered(begun: Begun[Answer], to: str | None = None) -> Answer:
    """What came of a knock that was begun; a name that takes for ever to look up is late, too."""
    try:
        return within(begun, REACH_SECONDS + 0.5)
    except Late:
        return _late(_host(_door(to)), REACH_SECONDS)


class _OwnThreadLoop(asyncio.SelectorEventLoop):
    """Looks names up in its own thread: a pool's is joined at Python's end, however long it takes.

    It serves one knock, so that nobody else waits for it.
    """

    async def getaddrinfo(self, host: Any, port: Any, **options: Any) -> Any:
        """The addresses of a name."""
        return socket.getaddrinfo(host, port, **options)


def _door(to: str | None) -> str:
    """The address that is knocked at; the service's where ``to`` names none."""
    from glmkit.session.address import live_url

    return MaskedAddress(to if to and "://" in to else live_url(to if to in PLATFORMS else "live"))


def _host(url: str) -> str:
    """Its host, to show: no name and password that are in it."""
    return mask(urlsplit(url).netloc.rpartition("@")[2] or url)


async def _asked(url: str, seconds: float) -> Answer:
    from websockets.exceptions import InvalidStatus

    from glmkit.session.connect_failure import UNOPENED, cause, explained

    host, opening = _host(url), _opening(url, seconds)
    began, now = perf_counter(), time()
    answer = Answer(host, status=101)
    try:
        await (await opening).close()
        return replace(answer, seconds=perf_counter() - began)
    except InvalidStatus as refused:
        return _said(answer, refused.response, opening, (now, perf_counter() - began))
    except UNOPENED as error:
        if isinstance(error, TimeoutError):
            return _late(host, seconds)
        words = str(explained(error, opening.route, host, seconds))
        return Answer(host, cause(error)[0], words)


def _opening(url: str, seconds: float) -> Opening:
    from glmkit.auth.masking import masked_logger
    from glmkit.environment.loopback import leads_here
    from glmkit.session.opening import Opening

    return Opening(
        url,
        proxy=None if leads_here(url) else True,
        compression=None,
        open_timeout=seconds,
        close_timeout=1,
        logger=masked_logger("glmkit.doctor"),
    )


def _said(
    answer: Answer, response: Response, opening: Opening, took: tuple[float, float]
) -> Answer:
    """The door's HTTP answer, and its clock; ``took``: when it was asked, and for how long."""
    from glmkit.session.http_refusal import body_in, refused

    asked, seconds = took
    as_expected = response.status_code == 401 and body_in(response).by != "other"
    route = opening.route._replace(keyless=False)  # that it was sent none is our doing
    return replace(
        answer,
        words="" if as_expected else str(refused(response, route, answer.host)),
        status=response.status_code,
        seconds=seconds,
        skew=_skew(_date(response), asked + seconds / 2),
        margin=0.5 + seconds / 2,
    )


def _late(host: str, seconds: float) -> Answer:
    return Answer(host, "late", text("doctor.late_door", host=host, seconds=f"{seconds:g}"))


def _date(response: Response) -> str | None:
    """The Date header, where there is one and no second one."""
    dates = response.headers.get_all("Date")
    return dates[0] if len(dates) == 1 else None


def _skew(date: str | None, now: float) -> float | None:
    """Seconds ``now`` is ahead of a Date header, which is cut to whole seconds."""
    try:
        return now - (parsedate_to_datetime(date).timestamp() + 0.5) if date else None
    except (ValueError, TypeError):
        return None


# -- what is said of it --------------------------------------------------------------------


def service(answer: Answer, *, live: bool) -> Check:
    """Whether the service can be resolved and reached from here."""
    facts: dict[str, Any] = {"host": answer.host}
    if answer.failed == "offline":
        found = text("doctor.service_offline", host=answer.host)
        return Check("service", "note", found, text("doctor.service_offline_todo"), facts)
    if answer.failed:
        level: Level = "missing" if live else "note"
        todo, facts = text("doctor.service_todo"), facts | {"failed": answer.failed}
        return Check("service", level, answer.words, todo, facts)
    facts |= {"status": answer.status, "seconds": round(answer.seconds, 3)}
    if answer.words:
        return Check("service", "note", answer.words, text("doctor.service_todo"), facts)
    seconds = f"{answer.seconds:.2f}"
    found = text("doctor.service", host=answer.host, status=answer.status, seconds=seconds)
    if answer.host == ZAI.host:
        found += text("doctor.service_unverified")
    return Check("service", "ok", found, facts=facts)


def skew(answer: Answer, *, live: bool) -> Check:
    """How far this computer's clock is off, where there is a clock to hold it against."""
    if answer.skew is None:
        found = text("doctor.skew_unknown", host=answer.host)
        return Check("skew", "note", found, text("doctor.skew_unknown_todo"))
    facts = {"against": answer.host, "ahead": round(answer.skew, 2), "margin": answer.margin}
    way = "doctor.skew_ahead" if answer.skew > 0 else "doctor.skew_behind"
    shown = {"seconds": f"{abs(answer.skew):.1f}", "margin": f"{answer.margin:.1f}"}
    found = text(way, host=answer.host, **shown)
    if abs(answer.skew) - answer.margin <= SKEW_SECONDS:
        return Check("skew", "ok", found, facts=facts)
    dead = live and -answer.skew >= TOKEN_SECONDS
    return Check("skew", "missing" if dead else "note", found, text("doctor.skew_todo"), facts)
