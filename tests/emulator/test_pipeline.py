"""What the sessions of one server share."""

from __future__ import annotations

import pytest

from glmkit.emulator import pipeline
from glmkit.emulator.hear.recognition import Recogniser
from glmkit.texts import text
from tests.bare import joined, running, sample

FAILED = "conversation.item.input_audio_transcription.failed"


@pytest.mark.voices
async def test_recognition_that_is_too_busy_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Past its deadline an utterance is not heard: transcript and answer fail with the reason."""
    if not Recogniser.available():
        pytest.skip("the weights of whisper-base are not in place")
    monkeypatch.setattr(pipeline, "_HEARING_SECONDS", 0.001)
    reason = text("voices.too_busy", seconds=0.001)
    async with running() as server, joined(server) as bare:
        await bare.update()
        await bare.append(sample("joke_zh"))
        await bare.send("input_audio_buffer.commit")
        await bare.send("response.create")
        response = (await bare.next("response.done"))["response"]
        assert response["status"] == "failed"
        assert reason in response["status_details"]["error"]["message"]
        [failed] = [event for event in bare.came if event["type"] == FAILED]
        assert failed["error"]["message"] == reason
