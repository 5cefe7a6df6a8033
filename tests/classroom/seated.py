"""A pupil's page without its browser: cookie, word, tab, news and what it does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx

from glmkit.classroom.pupil_desk import WORD
from glmkit.classroom.running_class import RunningClass
from tests.bare import SECONDS

PIECE = 60_000


class PageClient:
    """One tab of a seat; ``told`` is all it was told, ``seat`` how the seat stands."""

    def __init__(self, http: httpx.AsyncClient, tab: str) -> None:
        self.http, self.tab = http, tab
        self.once: dict[str, Any] = {}
        self.told: list[dict[str, Any]] = []
        self.seat: dict[str, Any] = {}
        self._newest = 0

    async def arrive(self) -> httpx.Response:
        answer = await self.http.get("live", params={"tab": self.tab})
        if answer.status_code == 200:
            self.once, self.seat = answer.json(), answer.json()["seat"]
            self._newest = self.once["newest"]
        return answer

    async def look(self) -> httpx.Response:
        query = {"tab": self.tab, "after": self._newest, "seat": self.seat["mark"]}
        answer = await self.http.get("live", params=query)
        if answer.status_code == 200:
            found = answer.json()
            self.told += found["messages"]
            self._newest, self.seat = found["newest"], found["seat"]
        return answer

    async def until(self, wanted: Callable[[], object]) -> None:
        async with asyncio.timeout(SECONDS):
            while not wanted():
                assert (await self.look()).status_code == 200

    async def do(self, what: object, **more: Any) -> httpx.Response:
        return await self.post("do", json={"do": what, **more})

    async def post(self, name: str, **asked: Any) -> httpx.Response:
        headers = {WORD: self.once.get("token", "")}
        query = {"tab": self.tab, **asked.pop("params", {})}
        return await self.http.post(name, params=query, headers=headers, **asked)

    async def upload(self, content: bytes) -> httpx.Response:
        for at in range(0, len(content), PIECE):
            query = {"at": at, "bytes": len(content)}
            answer = await self.post("file", params=query, content=content[at : at + PIECE])
        return answer

    def words(self, who: str) -> list[str]:
        """What was last told of each line of somebody's."""
        lines = {each["id"]: each for each in self.told if each["type"] in ("said", "note")}
        return [each["words"] for each in lines.values() if each.get("who", "note") == who]

    def was_told(self, part: str) -> bool:
        """Whether some notice holds these words."""
        return any(part in words for words in self.words("note"))

    @property
    def over(self) -> list[int]:
        """The turns that are over."""
        turns = (each for each in self.told if each["type"] == "turn")
        return [each["number"] for each in turns if each["over"]]


@asynccontextmanager
async def browser_at(
    taking: RunningClass, *, lang: str = "en", line: str | None = None, verify: bool = True
) -> AsyncIterator[PageClient]:
    """A browser that has come in by the line of a seat."""
    headers = {"Accept-Language": lang}
    base = f"{taking.page}talk/"
    async with httpx.AsyncClient(
        base_url=base, headers=headers, trust_env=False, timeout=SECONDS, verify=verify
    ) as http:
        given = taking.line_of("seat-07").reveal() if line is None else line
        await http.post("enter", json={"line": given})
        yield PageClient(http, "tab00001")
