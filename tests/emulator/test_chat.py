"""A chat endpoint as the dialogue, against a real HTTP server that speaks its protocol."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from glmkit.emulator.log import Log
from glmkit.emulator.options import Options
from glmkit.emulator.pipeline import SpeechPipeline
from glmkit.emulator.think.chat import Chat
from glmkit.emulator.think.choose_dialogue import dialogue_for
from glmkit.emulator.think.dialogue import Heard, Output
from glmkit.emulator.think.persona import SaidLine
from glmkit.errors import BadFile, ConnectFailed, ServiceError, TurnTimeout

KEY = "sk-abcdefghijklmnop"
WEATHER = {
    "type": "function",
    "name": "get_weather",
    "description": "Weather",
    "parameters": {"type": "object", "properties": {"city": {"type": "string"}}},
}


class Endpoint(ThreadingHTTPServer):
    """Answers each request with the next of ``answers``: a status and the pieces to send."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.answer: tuple[int, list[str]] = (200, [])
        self.wait = threading.Event()
        self.waited = threading.Event()
        self.gone = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def says(self, *deltas: dict[str, Any] | str, status: int = 200) -> None:
        chunks = [d if isinstance(d, str) else sse({"choices": [{"delta": d}]}) for d in deltas]
        self.answer = (status, chunks)


def sse(chunk: dict[str, Any]) -> str:
    return f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n"


WAIT = "wait"


class Answering(BaseHTTPRequestHandler):
    server: Endpoint

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.server.asked.append(json.loads(self.rfile.read(length)))
        self.server.headers.append(dict(self.headers))
        self.server.paths.append(self.path)
        status, chunks = self.server.answer
        self.send_response(status)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            for chunk in chunks:
                if chunk == WAIT:
                    self.server.wait.wait(10)
                    self.server.waited.set()
                    continue
                self.wfile.write(chunk.encode("utf-8"))
                self.wfile.flush()
        except OSError:
            self.server.gone.set()

    def log_message(self, format: str, *args: object) -> None:
        """Keeps the test's output clean."""


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # nothing listens there
    monkeypatch.setenv("GLMKIT_DIALOGUE_KEY", KEY)
    with Endpoint() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.wait.set()
        server.shutdown()
        thread.join(5)


def chat(endpoint: Endpoint) -> Chat:
    made = dialogue_for(f"openai:{endpoint.url}#tiny")
    assert isinstance(made, Chat)
    return made


def test_words_come_clause_by_clause(endpoint: Endpoint) -> None:
    """The first clause is there while the endpoint still thinks about the next."""
    endpoint.says({"content": "It is sunny. "}, {"content": "Take a "}, WAIT, {"content": "hat."})
    reply = chat(endpoint).reply(Heard("How is it?"), configuration={})
    clauses = iter(reply.clauses)
    assert next(clauses).strip() == "It is sunny."
    assert not endpoint.wait.is_set()
    endpoint.wait.set()
    assert "".join(clauses).strip() == "Take a hat."
    assert (reply.lang, list(reply.calls)) == ("en", [])


def test_chinese_answer(endpoint: Endpoint) -> None:
    """A Chinese answer is Chinese, its text complete and free of markup and thoughts."""
    endpoint.says(
        {"content": "<thi"}, {"content": "nk>嗯</think>**今天**晴，"}, {"content": "不冷。"}
    )
    reply = chat(endpoint).reply(Heard("天气"), configuration={})
    assert "".join(reply.clauses) == "今天晴，不冷。"
    assert reply.lang == "zh"


def test_request_holds_the_conversation(endpoint: Endpoint) -> None:
    """Instructions, history, calls with their outputs, tools and limits are sent; the key too."""
    endpoint.says({"content": "ok."})
    history = [
        SaidLine("user", "Weather in Oslo?"),
        SaidLine("call", '{"city": "Oslo"}', "get_weather"),
        SaidLine("output", "snow", "get_weather"),
        SaidLine("assistant", "Snow."),
    ]
    configuration = {
        "instructions": "Be kind.",
        "tools": [WEATHER],
        "temperature": 0.5,
        "max_response_output_tokens": "64",
    }
    reply = chat(endpoint).reply(Heard("And Rome?"), configuration=configuration, history=history)
    list(reply.clauses)
    asked = endpoint.asked[0]
    roles = [message["role"] for message in asked["messages"]]
    assert roles == ["system", "user", "assistant", "tool", "assistant", "user"]
    assert asked["messages"][0]["content"].startswith("Be kind.")
    call = asked["messages"][2]["tool_calls"][0]
    assert asked["messages"][3]["tool_call_id"] == call["id"]
    assert asked["tools"][0]["function"]["name"] == "get_weather"
    assert (asked["model"], asked["temperature"], asked["max_tokens"]) == ("tiny", 0.5, 64)
    assert endpoint.headers[0]["Authorization"] == f"Bearer {KEY}"
    assert endpoint.paths == ["/v1/chat/completions"]


def test_calls_are_put_together(endpoint: Endpoint) -> None:
    """Calls that come in pieces are complete when the clauses are."""

    def piece(index: int, name: str | None, words: str) -> dict[str, Any]:
        return {"tool_calls": [{"index": index, "function": {"name": name, "arguments": words}}]}

    endpoint.says(
        piece(0, "get_weather", '{"city":'),
        piece(0, None, '"Oslo"}'),
        piece(1, "get_weather", '{"city":"Rome"}'),
    )
    reply = chat(endpoint).reply(Heard("Oslo and Rome"), configuration={"tools": [WEATHER]})
    assert list(reply.clauses) == []
    assert [call.arguments["city"] for call in reply.calls] == ["Oslo", "Rome"]


def test_outputs_go_back_in_order(endpoint: Endpoint) -> None:
    """Outputs answer the calls in the order these were made."""
    endpoint.says({"content": "Snow and sun."})
    history = [
        SaidLine("user", "Oslo and Rome?"),
        SaidLine("call", '{"city": "Oslo"}', "get_weather"),
        SaidLine("call", '{"city": "Rome"}', "get_weather"),
    ]
    outputs = [Output("snow"), Output("sun")]
    reply = chat(endpoint).reply(outputs, configuration={}, history=history)
    assert "".join(reply.clauses) == "Snow and sun."
    sent = endpoint.asked[0]["messages"]
    calls = [call["id"] for call in sent[2]["tool_calls"]]
    assert [(m["tool_call_id"], m["content"]) for m in sent[3:]] == [
        (calls[0], "snow"),
        (calls[1], "sun"),
    ]


def test_answer_in_one_piece(endpoint: Endpoint) -> None:
    """An endpoint that does not stream is understood as well."""
    endpoint.says(json.dumps({"choices": [{"message": {"content": "All at once."}}]}) + "\n")
    reply = chat(endpoint).reply(Heard("hi"), configuration={})
    assert "".join(reply.clauses) == "All at once."


def test_picture_goes_along(endpoint: Endpoint) -> None:
    """In a video call the newest picture is sent with the words."""
    endpoint.says({"content": "A cat."})
    list(chat(endpoint).reply(Heard("What?", pictures=(b"a", b"b")), configuration={}).clauses)
    parts = endpoint.asked[0]["messages"][-1]["content"]
    assert parts[1]["image_url"]["url"] == "data:image/jpeg;base64,Yg=="


def test_refusal_shows_status_and_never_the_key(endpoint: Endpoint) -> None:
    """An HTTP error carries its status and words; the key is in no text and no repr."""
    endpoint.says('{"error": "no such model"}', status=404)
    asked = chat(endpoint)
    with pytest.raises(ServiceError, match=r"404.*no such model") as raised:
        asked.reply(Heard("hi"), configuration={})
    assert raised.value.status == 404
    assert KEY not in repr(asked) + str(raised.value)


CALL = 'data: {"choices": [{"delta": {"tool_calls": [%s]}}]}\n\n'


@pytest.mark.parametrize(
    "line",
    [
        "data: {nonsense\n\n",
        'data: {"choices": [7]}\n\n',
        "<html>\n",
        f"data: {'[' * 5_000}\n\n",
        'data: {"choices": [{"delta": {"content": 5}}]}\n\n',
        'data: {"choices": [{"delta": [1]}]}\n\n',
        CALL % "null",
        CALL % '{"index": "first", "function": {"name": "f"}}',
        CALL % '{"function": {"name": 5}}',
        CALL % f'{{"function": {{"name": "f", "arguments": "{"[" * 5_000}"}}}}',
    ],
)
def test_what_is_no_completion_is_said(endpoint: Endpoint, line: str) -> None:
    """A server that answers something else is named with what it sent."""
    endpoint.says(line)
    with pytest.raises(ServiceError, match=r"chat completion|聊天补全"):
        chat(endpoint).reply(Heard("hi"), configuration={})


def test_half_a_character_is_passed_on(endpoint: Endpoint) -> None:
    """A pair that the endpoint cut in two arrives, and what was said so can be sent back."""
    endpoint.says(r'data: {"choices": [{"delta": {"content": "Look: \ud83d"}}]}' + "\n\n")
    asked = chat(endpoint)
    said = "".join(asked.reply(Heard("hi"), configuration={}).clauses)
    asked.reply(Heard("and?"), configuration={}, history=[SaidLine("assistant", said)])
    assert endpoint.asked[1]["messages"][-2]["content"] == said


def test_deadline(endpoint: Endpoint) -> None:
    """An endpoint that does not finish is given up at its deadline, while it still waits."""
    endpoint.says({"content": "Well"}, WAIT)
    hasty = Chat(f"{endpoint.url}/chat/completions", "tiny", seconds=0.3)
    with pytest.raises(TurnTimeout):
        hasty.reply(Heard("hi"), configuration={})
    assert not endpoint.waited.is_set()


def test_unreachable() -> None:
    """Nobody there: the error says the address."""
    with pytest.raises(ConnectFailed, match=r"127\.0\.0\.1:9"):
        Chat("http://127.0.0.1:9/v1", "m").reply(Heard("hi"), configuration={})


async def test_many_wait_for_it_at_once(endpoint: Endpoint) -> None:
    """Whoever waits for the endpoint keeps nobody else from asking."""
    endpoint.says(WAIT, {"content": "Here."})
    options = Options(key=f"id.{KEY}", dialogue=f"openai:{endpoint.url}#tiny")
    senses = SpeechPipeline(options, Log())
    said = Heard("Where?")
    asking = [
        asyncio.create_task(senses.reply(said, configuration={}, history=())) for _ in range(12)
    ]
    async with asyncio.timeout(8):
        while len(endpoint.asked) < len(asking):
            await asyncio.sleep(0.02)
    endpoint.wait.set()
    for reply in await asyncio.gather(*asking):
        assert "".join(reply.clauses) == "Here."
    await senses.aclose()


def test_closing_ends_the_request(endpoint: Endpoint) -> None:
    """An interrupted answer closes its connection."""
    endpoint.says(
        {"content": "One. "}, {"content": "Two. "}, WAIT, *[{"content": "x" * 9000}] * 500
    )
    reply = chat(endpoint).reply(Heard("hi"), configuration={})
    clauses = iter(reply.clauses)
    next(clauses)
    clauses.close()  # type: ignore[attr-defined]
    endpoint.wait.set()
    assert endpoint.gone.wait(5)


def test_nothing_recognised_is_answered_by_the_rules(endpoint: Endpoint) -> None:
    """What has no words never reaches the endpoint."""
    reply = chat(endpoint).reply(Heard(None, "en", 2.0, -30.0, "measured"), configuration={})
    assert "2.0" in "".join(reply.clauses)
    assert endpoint.asked == []


def test_key_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key may be in a file; one that cannot be read is named."""
    monkeypatch.delenv("GLMKIT_DIALOGUE_KEY", raising=False)
    file = tmp_path / "钥匙"
    file.write_text(KEY + "\n", encoding="utf-8")
    monkeypatch.setenv("GLMKIT_DIALOGUE_KEY_FILE", str(file))
    found = Chat.parse("openai:http://a.example/v1#m").key
    assert found is not None
    assert found.reveal() == KEY
    file.unlink()
    with pytest.raises(BadFile, match="GLMKIT_DIALOGUE_KEY_FILE"):
        Chat.parse("openai:http://a.example/v1#m")
