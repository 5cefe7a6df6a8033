"""What was said in one session: items by id, what still waits for an answer, the memory.

Rules
- An item stays until it is deleted, or dropped as the oldest of too many (``MOST_ITEMS``, or
  ``MOST_BYTES`` of words and pictures), or until the mode goes from video to audio, which drops
  all of them (documented; audio to video keeps them). A new item with a used id replaces the old.
- What came since the last answer waits for the next one. A ``response.create`` with nothing
  waiting repeats the last question, as inference over the same history would.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from glmkit.emulator.session.bounds import check_words
from glmkit.emulator.session.objects import message_item, new_id
from glmkit.emulator.session.refusals import ILLEGAL, Refusal, illegal, missing, wrong_kind
from glmkit.events import kind_of

if TYPE_CHECKING:
    from glmkit.emulator.session.steady_waits import SteadyTurn
    from glmkit.emulator.think.dialogue import Heard

MOST_ITEMS = 200
MOST_BYTES = 20_000_000
Role = Literal["user", "assistant", "system", "call", "output"]


@dataclass(slots=True, eq=False)
class Item:
    """One item: as the wire shows it, and what it means to the dialogue."""

    json: dict[str, Any]
    role: Role
    words: str | None = None
    """What it says: typed, recognised, spoken, or a function's output."""
    name: str = ""
    """The function of a call, or of the call an output answers."""
    written: bool = False
    """Whether it is a message that the client sent."""
    hearing: asyncio.Task[Heard] | None = None
    """The recognition of its sound, for a user's spoken item."""
    pictures: tuple[bytes, ...] = ()
    steady: SteadyTurn | None = None
    """When its transcript is due, and an answer to it; None where they come when they are ready."""
    seconds: float = 0.0
    sound_bytes: int = 0
    """Of its sound, which is kept until it is recognised."""
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    transcribed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def id(self) -> str:
        """Its id on the wire."""
        return str(self.json["id"])

    @property
    def size(self) -> int:
        """About the bytes it keeps."""
        return len(self.words or "") + sum(map(len, self.pictures))


@dataclass(frozen=True, slots=True)
class Prompt:
    """What an answer is to answer."""

    items: tuple[Item, ...]
    ignored: bool = False
    """Whether there was only what this service does not read."""

    @property
    def outputs(self) -> tuple[Item, ...]:
        """Functions' outputs among it."""
        return tuple(item for item in self.items if item.role == "output")

    @property
    def question(self) -> Item | None:
        """The last thing the user said in it."""
        return next((item for item in reversed(self.items) if item.role == "user"), None)


class Conversation:
    """The items of one session. ``reads``: whether written messages are part of it.

    They are documented to be; observed was that they have no effect, in whatever shape.
    """

    def __init__(self, *, reads: bool = True) -> None:
        self.reads = reads
        self.id = new_id("conv")
        self._items: OrderedDict[str, Item] = OrderedDict()
        self._waiting: list[Item] = []
        self._last: Prompt | None = None
        self._hearings: dict[asyncio.Task[Heard], int] = {}  # the bytes of their sound

    def add(self, item: Item, *, waiting: bool = True) -> str | None:
        """Put ``item`` at the end; the id of the one before it."""
        if item.id in self._items:
            self.delete(item.id)
        previous = next(reversed(self._items), None)
        self._items[item.id] = item
        if waiting:
            self._waiting.append(item)
        if item.hearing is not None:
            self._hearings[item.hearing] = item.sound_bytes
            item.hearing.add_done_callback(self._hearings.pop)
        while self._too_much():
            self.delete(next(iter(self._items)))
        return previous

    def _too_much(self) -> bool:
        if len(self._items) > MOST_ITEMS:
            return True
        return self._size > MOST_BYTES and len(self._items) > 1

    @property
    def _size(self) -> int:
        return sum(item.size for item in self._items.values())

    @property
    def kept(self) -> int:
        """About the bytes of its items, and of sound that is not recognised yet."""
        return self._size + sum(self._hearings.values())

    @property
    def unheard(self) -> frozenset[asyncio.Task[Heard]]:
        """The recognitions that still run or wait, also of items that are gone."""
        return frozenset(self._hearings)

    def get(self, id: str) -> Item:
        """The item ``id``. Raises Refusal for an unknown one."""
        if id not in self._items:
            raise Refusal("no_item", code=ILLEGAL, param="item_id", found=id[:80])
        return self._items[id]

    def delete(self, id: str) -> None:
        """Take the item ``id`` out. Raises Refusal for an unknown one."""
        gone = self.get(id)
        gone.pictures = ()  # who still transcribes or answers it keeps the rest
        del self._items[id]
        self._waiting = [item for item in self._waiting if item is not gone]

    def forget(self) -> None:
        """Drop everything: the mode went from video to audio."""
        self._items.clear()
        self._waiting, self._last = [], None

    @property
    def waits(self) -> bool:
        """Whether anything came since the last answer."""
        return bool(self._waiting)

    def take(self) -> Prompt:
        """What waits for an answer; with nothing new, what the last answer was for."""
        if self._waiting or self._last is None:
            read = [item for item in self._waiting if self._reads(item)]
            self._last = Prompt(tuple(_to_answer(read)), ignored=bool(self._waiting) and not read)
            self._waiting = []
        else:
            for item in self._last.items:  # only the last is looked at, and more may be added
                item.pictures = item.pictures[-1:]
        return self._last

    def before(self, prompt: Prompt) -> tuple[Item, ...]:
        """What the dialogue knows besides what it is to answer in ``prompt``, oldest first."""
        answered = prompt.outputs or (prompt.question,)
        read = (item for item in self._items.values() if self._reads(item))
        return tuple(item for item in read if item not in answered)

    def _reads(self, item: Item) -> bool:
        """Whether an item is part of the conversation: sound in a message is heard by nobody."""
        return not item.written or (self.reads and bool((item.words or "").strip()))

    def open_calls(self) -> list[Item]:
        """Function calls without an output, oldest first."""
        answered = sum(item.role == "output" for item in self._items.values())
        return [item for item in self._items.values() if item.role == "call"][answered:]


def _to_answer(waiting: list[Item]) -> list[Item]:
    """Outputs are answered unless somebody has spoken since: then they are only known."""
    if waiting and waiting[-1].role == "user":
        return [item for item in waiting if item.role != "output"]
    return waiting


_SOUND = "input_audio"  # a part of a message (documented)


def read_item(item: Mapping[str, Any], conversation: Conversation) -> Item:
    """The item of a conversation.item.create. Raises Refusal where it is not documented."""
    kind = item.get("type")
    if kind is None:
        raise missing("item.type")
    if kind == "message":
        return _message(item)
    if kind == "function_call_output":
        return _output(item, conversation)
    raise illegal("item.type", found=kind, expected="message, function_call_output")


def _message(item: Mapping[str, Any]) -> Item:
    role: Any = item.get("role") or "user"
    content = item.get("content")
    if role not in ("user", "assistant", "system"):
        raise illegal("item.role", found=role, expected="user, assistant, system")
    if content is None:
        raise missing("item.content")
    if not isinstance(content, list):
        raise wrong_kind("item.content", found=kind_of(content), expected="array")
    words = "".join(_words(part, number) for number, part in enumerate(content))
    sounds = [{"type": _SOUND, "transcript": None} for part in content if part["type"] == _SOUND]
    if not words.strip() and not sounds:
        raise Refusal("empty_text", code=ILLEGAL, param="item.content")
    check_words(words, "item.content")
    texts = [{"type": "text", "text": words}]  # of what is kept no input_text is documented
    json = message_item(_id_of(item), role, sounds + texts if words else sounds)
    return Item(json, role, words, written=True)


def _words(part: object, number: int) -> str:
    where = f"item.content[{number}]"
    if not isinstance(part, Mapping):
        raise wrong_kind(where, found=kind_of(part), expected="object")
    if part.get("type") == _SOUND:
        return ""  # taken, and heard by nobody (observed)
    if part.get("type") not in ("input_text", "text"):
        raise illegal(
            f"{where}.type", found=part.get("type"), expected=f"input_text, text, {_SOUND}"
        )
    words = part.get("text")
    if not isinstance(words, str):
        raise wrong_kind(f"{where}.text", found=kind_of(words), expected="string")
    return words


def _output(item: Mapping[str, Any], conversation: Conversation) -> Item:
    output, call_id = item.get("output"), item.get("call_id")
    if output is not None and not isinstance(output, str):
        raise wrong_kind("item.output", found=kind_of(output), expected="string")
    if not output:
        raise Refusal("empty_output", code=ILLEGAL, param="item.output")
    if call_id is not None and not isinstance(call_id, str):
        raise wrong_kind("item.call_id", found=kind_of(call_id), expected="string")
    check_words(output, "item.output")
    check_words(call_id or "", "item.call_id")
    made = {"id": _id_of(item), "object": "realtime.item", "type": "function_call_output"}
    if call_id:
        made["call_id"] = call_id
    name = _called(conversation, call_id)
    return Item({**made, "status": "completed", "output": output}, "output", output, name)


def _called(conversation: Conversation, call_id: str | None) -> str:
    """The function an output belongs to: by its call_id, else the oldest without an output."""
    calls = conversation.open_calls()
    by_id = [call for call in calls if call_id and call.json.get("call_id") == call_id]
    return (by_id or calls)[0].name if calls else ""


def _id_of(item: Mapping[str, Any]) -> str:
    given = item.get("id")
    return given[:80] if isinstance(given, str) and given else new_id("item")
