"""A local server that speaks GLM-Realtime's protocol: for learning and testing, without a key.

It is not the model, and says so. From the street to the loft, each importing only those above it
in this list:

- ``options`` ``profiles`` ``faults`` ``log`` ``threads``: how one emulator is to run
- ``weights/``: the model files · ``think/``: what to answer
- ``hear/``: speech in · ``speak/``: speech out · ``senses``: both, shared by all sessions
- ``session/``: what one session consists of
- ``turn/``: whose turn it is, and its answer
- ``door/`` and ``replaying``: who comes in, and what they meet
- ``process`` ``launch`` ``replay`` ``child`` ``main``: the emulator as a program
"""

from __future__ import annotations

from glmkit.upward import callable_module

__all__: list[str] = []  # the room is called; what it gives is a glm.Emulator

callable_module(__name__, "emulator")  # glm.emulator() is the one of this process
