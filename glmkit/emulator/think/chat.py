"""A chat endpoint as the dialogue: ``--dialogue openai:URL#MODEL``, GLM's own or a local one.

The transcript goes to any OpenAI-compatible ``/chat/completions``, tools included, and the
answer comes back clause by clause: recognition, chat and speech make a cascade, to be compared
with the end-to-end model. So the answers, the first one too, are the endpoint's own words.

Rules
- The key comes from ``GLMKIT_DIALOGUE_KEY``, or from the file ``GLMKIT_DIALOGUE_KEY_FILE`` names.
- Every wait has a deadline. What goes wrong is an error that names the address, never the key.
- What cannot be sent as words (nothing recognised) is answered by the rules.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from glmkit.auth.masking import Secret, mask, their_words
from glmkit.emulator.options import KEY_FILE_VARIABLE, KEY_VARIABLE
from glmkit.emulator.think.clauses import clauses_in, language_of
from glmkit.emulator.think.completion import Delta, Gathered, NoCompletion, delta_in
from glmkit.emulator.think.dialogue import Call, Heard, Output, Reply
from glmkit.emulator.think.persona import Said
from glmkit.emulator.think.rules import Rules
from glmkit.emulator.think.transcript import language_for, messages, tools
from glmkit.environment.loopback import leads_here
from glmkit.environment.saved_text import text_in
from glmkit.environment.system_refusals import why_refused
from glmkit.errors import BadArgument, BadFile, ConnectFailed, ServiceError, TurnTimeout
from glmkit.media.source import existing_path
from glmkit.protocol.event import as_json
from glmkit.texts import text, whole_characters

if TYPE_CHECKING:
    import httpx

ANSWER_SECONDS: Final = 60.0
_CONNECT_SECONDS: Final = 10.0
_READ_SECONDS: Final = 30.0
_MARKUP = re.compile(r"[*_`#>|]+")
_THOUGHT = re.compile(r"^\s*<think>.*?</think>\s*", re.DOTALL)
_MOST_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Chat:
    """The endpoint at ``url``, asked for ``model``; ``seconds`` is the deadline of one answer."""

    url: str
    model: str
    key: Secret | None = None
    seconds: float = ANSWER_SECONDS

    @classmethod
    def parse(cls, switch: str) -> Chat:
        """The endpoint ``openai:URL#MODEL`` names. Raises BadArgument if it names none."""
        kind, _, rest = switch.partition(":")
        url, _, model = rest.partition("#")
        parts = urlsplit(url)
        complete = parts.scheme in ("http", "https") and parts.hostname and model
        if kind != "openai" or not complete:
            raise BadArgument(text("dialogue.endpoint", found=mask(switch)))
        url = url.rstrip("/").removesuffix("/chat/completions")
        return cls(f"{url}/chat/completions", model, _key())

    def reply(
        self,
        heard: Heard | Sequence[Output],
        *,
        configuration: Mapping[str, Any],
        history: Sequence[Said] = (),
        now: datetime | None = None,
    ) -> Reply:
        """The endpoint's answer; returns at its first clause, the others are still to come.

        Goes on in the thread that iterates; closing the iterator ends the request. ``calls`` are
        complete when the clauses are.
        """
        if isinstance(heard, Heard) and not (heard.text and heard.text.strip()):
            return Rules().reply(heard, configuration=configuration, history=history, now=now)
        body = self._body(heard, configuration, history)
        calls: list[Call] = []
        rest = self._clauses(body, calls)
        first = next(rest, None)
        lang = language_of(first or "") or language_for(configuration, history)
        if first is None:
            return Reply((), lang, calls=calls)
        return Reply(_with(first, rest), lang, calls=calls)

    def _body(
        self,
        heard: Heard | Sequence[Output],
        configuration: Mapping[str, Any],
        history: Sequence[Said],
    ) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": self.model,
            "stream": True,
            "messages": messages(heard, configuration, history),
        }
        if declared := tools(configuration):
            body["tools"] = declared
        if isinstance(configuration.get("temperature"), int | float):
            body["temperature"] = configuration["temperature"]
        most = str(configuration.get("max_response_output_tokens") or "inf")
        if most.isdecimal():
            body["max_tokens"] = int(most)
        return body

    def _clauses(self, body: dict[str, Any], calls: list[Call]) -> Generator[str]:
        """Asks, and cuts the words into clauses as they come; fills ``calls`` at the end."""
        waiting, gathered = "", Gathered()
        try:
            with closing(self._deltas(body)) as deltas:
                for delta in deltas:
                    gathered.add(delta.tool_calls or ())
                    waiting += delta.content or ""
                    *ready, waiting = _ready(waiting)
                    yield from ready
            last = clauses_in(_THOUGHT.sub("", waiting))
            yield from (spoken for clause in last if (spoken := _spoken(clause.words)))
            calls += gathered.calls()
        except NoCompletion as error:
            raise self._odd(str(error)) from None

    def _deltas(self, body: dict[str, Any]) -> Generator[Delta]:
        """The deltas of the answer, streamed or in one piece."""
        import httpx

        deadline = time.monotonic() + self.seconds
        limits = httpx.Timeout(min(_READ_SECONDS, self.seconds), connect=_CONNECT_SECONDS)
        try:
            with (
                httpx.Client(timeout=limits, trust_env=not leads_here(self.url)) as client,
                client.stream(
                    "POST", self.url, content=as_json(body), headers=self._headers()
                ) as answer,
            ):
                self._check(answer)
                for line in answer.iter_lines():
                    if time.monotonic() > deadline:
                        raise self._late()
                    if delta := self._delta(line):
                        yield delta
        except httpx.TimeoutException:
            raise self._late() from None
        except httpx.HTTPError as error:
            reason = str(error) or type(error).__name__
            raise ConnectFailed(
                text("dialogue.endpoint_unreachable", url=self.url, reason=reason), peer=self.url
            ) from None

    def _late(self) -> TurnTimeout:
        return TurnTimeout(
            text("dialogue.endpoint_late", url=self.url, seconds=f"{self.seconds:g}"), peer=self.url
        )

    def _headers(self) -> dict[str, str]:
        key = {"Authorization": f"Bearer {self.key.reveal()}"} if self.key else {}
        return {"Content-Type": "application/json", **key}

    def _check(self, answer: httpx.Response) -> None:
        if answer.status_code >= 400 or answer.is_redirect:
            words = their_words(answer.read().decode("utf-8", "replace"), _MOST_SHOWN)
            status = answer.status_code
            raise ServiceError(
                text("dialogue.endpoint_refused", url=self.url, status=status, words=words),
                peer=self.url,
                status=status,
            )

    def _delta(self, line: str) -> Delta | None:
        """What one line of the stream adds: ``data: {…}``, or a whole answer without streaming."""
        line = line.strip()
        payload = line.removeprefix("data:").strip()
        if not line or payload == "[DONE]" or line.startswith((":", "event:", "id:", "retry:")):
            return None
        return delta_in(payload)

    def _odd(self, words: str) -> ServiceError:
        shown = their_words(words, _MOST_SHOWN)
        return ServiceError(text("dialogue.endpoint_odd", url=self.url, words=shown), peer=self.url)


def _ready(waiting: str) -> list[str]:
    """The clauses that are complete, and last what still waits for more."""
    if waiting.lstrip().startswith("<think>"):
        if "</think>" not in waiting:
            return [waiting]
        waiting = _THOUGHT.sub("", waiting)
    elif waiting and "<think>".startswith(waiting.strip()):
        return [waiting]
    found = clauses_in(waiting)
    if len(found) < 2:
        return [waiting]
    said = "".join(clause.words for clause in found[:-1])
    ready = [spoken for clause in found[:-1] if (spoken := _spoken(clause.words))]
    return [*ready, waiting[len(said) :]]


def _spoken(words: str) -> str:
    """Words without markup; empty when nothing is left to say."""
    plain = _MARKUP.sub("", whole_characters(words))
    return plain if re.search(r"\w", plain) else ""


def _with(first: str, rest: Generator[str]) -> Iterator[str]:
    try:
        yield first
        yield from rest
    finally:
        rest.close()


def _key() -> Secret | None:
    """The endpoint's key, if one was given."""
    if found := os.environ.get(KEY_VARIABLE, "").strip():
        return Secret(found)
    name = os.environ.get(KEY_FILE_VARIABLE, "").strip()
    if not name:
        return None
    try:
        return Secret(text_in(existing_path(name).read_bytes()).strip())
    except (OSError, UnicodeDecodeError) as error:
        said = {"path": name, "variable": KEY_FILE_VARIABLE, "reason": why_refused(error)}
        raise BadFile(text("dialogue.key_file", **said)) from None
