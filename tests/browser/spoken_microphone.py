"""A microphone that says what a test says, when it says so: nobody counts on seconds of silence.

Silence until then. It is a real stream of the page's own audio, in place of the device's.
"""

from __future__ import annotations

import base64
from typing import Any

import glmkit as glm

STREAM = """
(() => {
  const context = new AudioContext({ sampleRate: 48000 });
  const mouth = context.createMediaStreamDestination();
  navigator.mediaDevices.getUserMedia = async () => {
    await context.resume();
    const tracks = mouth.stream.getTracks().map((track) => track.clone());
    window.__tracks?.push(...tracks);
    return new MediaStream(tracks);
  };
  window.__say = async (wav) => {
    const bytes = Uint8Array.from(atob(wav), (letter) => letter.charCodeAt(0));
    const source = context.createBufferSource();
    source.buffer = await context.decodeAudioData(bytes.buffer);
    source.connect(mouth);
    source.start();
  };
})()
"""


def install(page: Any) -> None:
    """From the next page that is opened on, the microphone is this one."""
    page.context.add_init_script(STREAM)


def speak(page: Any, clip: glm.Clip) -> None:
    """Begin to say a clip; it goes on while the test does."""
    page.evaluate("wav => window.__say(wav)", base64.b64encode(clip.to_wav()).decode("ascii"))
