"""A browser's part at the teacher's desk, without a browser: cookie, token, language."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from glmkit.classroom.running_class import RunningClass
from glmkit.classroom.teacher_desk import TOKEN
from tests.bare import SECONDS
from tests.classroom.taught import PASSWORD


class Visitor:
    """Asks one class; ``token`` is what its page has read."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http, self.token = http, ""

    async def login(self, password: object = PASSWORD) -> httpx.Response:
        return await self.http.post("login", json={"password": password})

    async def live(self, mark: str = "") -> dict[str, Any]:
        answer = await self.http.get("live", params={"after": mark})
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        self.token = found["token"]
        return found

    async def act(self, do: object, /, **more: object) -> httpx.Response:
        headers = {TOKEN: self.token, "Content-Type": "application/json"}
        content = json.dumps({"do": do, **more})  # ASCII: half a character gets through, too
        return await self.http.post("act", content=content, headers=headers)


@asynccontextmanager
async def visiting(
    taking: RunningClass, *, lang: str = "en", inside: bool = True
) -> AsyncIterator[Visitor]:
    """A visitor, past the password and the first view unless ``inside`` is false."""
    headers = {"Accept-Language": lang}
    async with httpx.AsyncClient(
        base_url=taking.page, headers=headers, trust_env=False, timeout=SECONDS
    ) as http:
        visitor = Visitor(http)
        if inside:
            assert (await visitor.login()).status_code == 200
            await visitor.live()
        yield visitor
