"""Statements 46 to 58 and 73 to 75: what is not spoken: functions, texts and pictures.

Scenes of what is not spoken: functions, texts and pictures.
"""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Annotated, Final

from glmkit.media.kit_samples import picture_path
from glmkit.protocol.tools.tool import as_tool
from glmkit.verify.checks.opening import CREATED, VIDEO
from glmkit.verify.evidence import Evidence, Untestable
from glmkit.verify.scene import Scene, plays, words
from glmkit.verify.scene_client import SceneClient, Stage
from glmkit.verify.statement import completed, states


def _phone_call(contact_name: Annotated[str, "联系人姓名"]) -> None:
    """拨打电话给指定的联系人"""


PHONE = as_tool(_phone_call, name="phoneCall").schema()


@plays(up=3, answers=2)
async def called(client: SceneClient) -> None:
    """A function call, its output after response.done and without a call_id."""
    await client.update(tools=[PHONE], instructions="需要打电话时请调用函数。")
    client.step("call")
    await client.ask(words("call_zh"))
    client.step("answer")
    await client.output('{"status": "success"}')
    await client.request()


@plays(up=2, answers=1)
async def written(client: SceneClient) -> None:
    """A text message, found again, answered, deleted."""
    await client.update()
    await client.quiet()
    client.step("item")
    await client.write("你好，请打个招呼。")
    made = await client.next(CREATED, "error")
    item_id = made.inner("item").get("id", "") if made else ""
    client.step("retrieved")
    await client.send("conversation.item.retrieve", item_id=item_id)
    await client.next("conversation.item.retrieved", "error")
    client.step("answer")
    await client.request()
    client.step("deleted")
    await client.send("conversation.item.delete", item_id=item_id)
    await client.next("conversation.item.deleted", "error")
    client.step("gone")
    await client.send("conversation.item.retrieve", item_id=item_id)
    await client.next("conversation.item.retrieved", "error")


@plays(up=1, answers=1)
async def in_parts(client: SceneClient) -> None:
    """Messages whose part is no input_text, and a request for an answer to them."""
    sound = b64encode(words("hello_en")).decode("ascii")
    await client.update()
    client.step("items")
    for part in ({"type": "text", "text": "你好"}, {"type": "input_audio", "audio": sound}):
        item = {"type": "message", "role": "user", "content": [part]}
        await client.send("conversation.item.create", item=item)
    await client.quiet()
    client.step("answer")
    await client.request()


async def _forgotten(stage: Stage) -> Evidence:
    """A name told on one connection, asked for there and on the next; all of it in writing."""
    told = {}
    for name, messages in (("same", ("我叫安娜。", _WHO)), ("next", (_WHO,))):
        async with stage.joined(f"forgotten: {name}") as client:
            await client.update(modalities=["text"])
            for message in messages:
                client.step(message)
                await client.write(message)
                await client.request()
        told[name] = client.evidence
    return Evidence(facts=told)


_WHO: Final = "我叫什么名字？"
forgotten = Scene("forgotten", _forgotten)


@plays(up=3, answers=1)
async def remembered(client: SceneClient) -> None:
    """A name that was given on an earlier connection, as the instructions of this one tell it."""
    await client.update(instructions=_EARLIER)
    await client.ask(words("two_questions_zh"))


_EARLIER: Final = (
    "以下是此前的对话，供你记住，不要念出来。\n"
    "对方说：“以后你就叫小安吧。”你说：“好的，以后我就叫小安。”"
)


@plays(up=6, answers=1, video=True)
async def seen(client: SceneClient) -> None:
    """A video question without a picture, and with one."""
    await client.update(beta_fields=VIDEO)
    for name in ("blind", "shown"):
        client.step(name)
        if name == "shown":
            await client.show(picture_path("ball").read_bytes())
        await client.say(words("hello_en"))
        await client.commit()
        await client.create()
        await client.next("response.done", "error")


# -- what they show --------------------------------------------------------------------------


@states("46", "called", "call")
def _call(e: Evidence) -> str:
    call = e.first("response.function_call_arguments.done")
    name, arguments = call.get("name"), call.get("arguments")
    given = json.loads(str(arguments))
    right = name == PHONE["name"] and isinstance(given, dict) and given.get("contact_name")
    return e.need(right, f"{name}({arguments})")


@states("48", "called", "answer")
def _second(e: Evidence) -> str:
    return e.need(e.of("response.audio.delta"), f"response.done {e.done().get('status')}")


@states("51", "written", "answer")
def _text_turn(e: Evidence) -> str:
    said = _said(e)
    return e.need(said, f"response.done {e.done().get('status')}, {len(said)}")


@states("73", "in_parts")
def _taken(e: Evidence) -> str:
    return e.need(not e.of("error"), f"response.done {e.part('answer').done().get('status')}")


@states("74", "forgotten")
def _no_memory(e: Evidence) -> str:
    same, anew = (_said(e.facts[name].part(_WHO)) for name in ("same", "next"))
    if "安娜" not in same:
        raise Untestable(f"response.done, {len(same)}")  # it does not read messages, or forgets
    return e.need("安娜" not in anew, f"{len(same)}, {len(anew)}")


@states("75", "remembered")
def _told_memory(e: Evidence) -> str:
    said = _said(e)
    return e.need("小安" in said, f"response.done, {len(said)}")


def _said(e: Evidence) -> str:
    spoken = [event.get("transcript") for event in e.of("response.audio_transcript.done")]
    return "".join(map(str, spoken or [event.get("text") for event in e.of("response.text.done")]))


@states("58", "seen")
def _blind(e: Evidence) -> str:
    code = e.part("blind").error().get("code")
    e.need(code == "video_model_query_error", f"error {code}")
    return f"error {code}; with a picture {completed(e.part('shown'))}"


SCENES: Final = (
    called,
    written,
    in_parts,
    forgotten,
    remembered,
    seen,
)
STATEMENTS: Final = (
    _call,
    _second,
    _text_turn,
    _taken,
    _no_memory,
    _told_memory,
    _blind,
)
