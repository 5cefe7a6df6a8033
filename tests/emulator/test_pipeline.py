"""What the sessions of one server share."""

from __future__ import annotations

import pytest

from glmkit.emulator import pipeline
from glmkit.emulator.hear.recognition import Recogniser
from glmkit.texts import text
from tests.bare import joined, running, sample

FAILED = "conversation.item.input_audio_transcription.failed"


@pytest.mark.voices
@pytest.mark.parametrize("limit", ["_HEARING_SECONDS", "_MOST_WAIT"])
async def test_recognition_that_is_too_busy_says_so_aloud(
    monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    """Where others take too long there is no transcript; the answer asks to say it again."""
    if not Recogniser.available():
        pytest.skip("the weights of whisper-base are not in place")
    monkeypatch.setattr(pipeline, limit, -1)
    async with running() as server, joined(server) as bare:
        await bare.update()
        await bare.append(sample("joke_zh"))
        await bare.send("input_audio_buffer.commit")
        await bare.send("response.create")
        response = (await bare.next("response.done"))["response"]
        assert response["status"] == "completed"
        [failed] = [event for event in bare.came if event["type"] == FAILED]
        assert failed["error"]["message"] == text("voices.too_busy")
        [said] = [e for e in bare.came if e["type"] == "response.audio_transcript.done"]
        assert said["transcript"].endswith(text("dialogue.busy"))
