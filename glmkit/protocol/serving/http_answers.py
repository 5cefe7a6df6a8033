"""Answers over plain HTTP: JSON, and refusals in the service's own shape."""

from __future__ import annotations

import json
from http import HTTPStatus

from websockets.datastructures import Headers
from websockets.http11 import Response

FAILED = "1210"  # a bad request's code (observed)
FORBIDDEN = "1220"


def refusal(status: HTTPStatus, code: str, message: str) -> Response:
    """``{"error": {"code", "message"}}``, as the service refuses (documented)."""
    return json_answer({"error": {"code": code, "message": message}}, status)


def json_answer(found: object, status: HTTPStatus = HTTPStatus.OK) -> Response:
    """A value as JSON, readable in a terminal."""
    body = json.dumps(found, ensure_ascii=False, default=str)
    return answer(status.value, status.phrase, body, "application/json")


def answer(status: int, phrase: str, body: str, type: str) -> Response:
    """A whole answer, after which the connection ends."""
    raw = body.encode("utf-8", "replace")
    headers = Headers(
        {
            "Content-Type": f"{type}; charset=utf-8",
            "Content-Length": str(len(raw)),
            "Connection": "close",
        }
    )
    return Response(status, phrase, headers, raw)


def code_of(refused: Response) -> str:
    """The code of a refusal; "" where a page of a gateway has none."""
    try:
        return str(json.loads(refused.body)["error"]["code"])
    except (ValueError, LookupError, TypeError):
        return ""
