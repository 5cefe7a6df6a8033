"""Scenes of what is not spoken: functions, texts and pictures."""

from __future__ import annotations

from typing import Annotated

from glmkit.material import picture
from glmkit.tools import as_tool
from glmkit.verify.caller import Caller
from glmkit.verify.scenes.opening import CREATED, VIDEO
from glmkit.verify.staging import scene, words


def _call(contact_name: Annotated[str, "联系人姓名"]) -> None:
    """拨打电话给指定的联系人"""


PHONE = as_tool(_call, name="phoneCall").schema()


@scene(up=3, answers=2)
async def called(caller: Caller) -> None:
    """A function call, its output after response.done and without a call_id."""
    await caller.update(tools=[PHONE], instructions="需要打电话时请调用函数。")
    caller.step("call")
    await caller.ask(words("call_zh"))
    caller.step("answer")
    await caller.output('{"status": "success"}')
    await caller.request()


@scene(up=2, answers=1)
async def written(caller: Caller) -> None:
    """A text message, found again, answered, deleted."""
    await caller.update()
    await caller.quiet()
    caller.step("item")
    await caller.write("你好，请打个招呼。")
    made = await caller.next(CREATED, "error")
    item_id = made.inner("item").get("id", "") if made else ""
    caller.step("retrieved")
    await caller.send("conversation.item.retrieve", item_id=item_id)
    await caller.next("conversation.item.retrieved", "error")
    caller.step("answer")
    await caller.request()
    caller.step("deleted")
    await caller.send("conversation.item.delete", item_id=item_id)
    await caller.next("conversation.item.deleted", "error")


@scene(up=6, answers=1, video=True)
async def seen(caller: Caller) -> None:
    """A video question without a picture, and with one."""
    await caller.update(beta_fields=VIDEO)
    for name in ("blind", "shown"):
        caller.step(name)
        if name == "shown":
            await caller.show(picture("ball").read_bytes())
        await caller.say(words("hello_en"))
        await caller.commit()
        await caller.create()
        await caller.next("response.done", "error")
