"""A local server that speaks GLM-Realtime's protocol: for learning and testing, without a key.

It is not the model, and says so. A room each:

- the door: ``options`` ``profiles`` ``server`` ``admission`` ``faults`` ``log``
- one session: ``connection`` (events in), ``configuration`` ``updating`` ``tool_schemas``,
  ``inbox`` ``riff`` ``frames`` (what came), ``turns`` ``server_vad`` ``listening`` (whose turn
  it is), ``conversation`` (what was said)
- one answer: ``responding`` ``speaking`` ``playing`` ``encoding`` ``mishaps``, ``outlet`` (events
  out), ``shapes`` and ``refusals`` (what they look like)
- hearing, thinking, speaking: ``senses``, and the rooms behind it
"""

from __future__ import annotations

from glmkit.upward import callable_module

callable_module(__name__, "emulator")  # glm.emulator() is the one of this process
