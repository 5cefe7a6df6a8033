"""glmkit: learn, try and measure the GLM-Realtime voice API, with a key or without one.

import glmkit as glm
session = glm.connect()                   # no key found: the local emulator, and it says so
turn = session.say(glm.sample("joke_zh")) # speak, wait for the answer
turn.transcript, turn.audio, turn.latency # what it said, how it sounds, how long it took
session.ask("Hello")                      # in writing
session.tool(function)                    # let the model call a function
glm.plots.waveform(turn)                  # both voices on one time axis
glm.events()                              # the protocol, event by event
async with glm.aio.connect() as session: turn = await session.say(clip)
glm.use_key(); glm.doctor()               # a key; what works here and what doesn't
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glmkit.environment.lazy_names import module_attributes

__version__ = "0.1.0"

if TYPE_CHECKING:
    from glmkit import aio as aio
    from glmkit import auth as auth
    from glmkit import errors as errors
    from glmkit import lab as lab
    from glmkit import lessons as lessons
    from glmkit import plots as plots
    from glmkit.auth.key_prompt import join as join
    from glmkit.auth.key_prompt import use_key as use_key
    from glmkit.doctor import _DoctorModule
    from glmkit.emulator import _EmulatorModule
    from glmkit.emulator.launch import Emulator as Emulator
    from glmkit.emulator.speak.mandarin.pronunciation import pronounce as pronounce
    from glmkit.emulator.speak.voice import speak as speak
    from glmkit.emulator.speak.voice import voices as voices
    from glmkit.environment.languages import use_language as use_language
    from glmkit.environment.looks import look as look
    from glmkit.errors import GlmError as GlmError
    from glmkit.events import _EventsModule
    from glmkit.explain import _ExplainModule
    from glmkit.lessons.check_answer import check as check
    from glmkit.lessons.explained_word import what as what
    from glmkit.lessons.give_hint import hint as hint
    from glmkit.media.clip import Clip as Clip
    from glmkit.media.kit_samples import picture as picture
    from glmkit.media.kit_samples import sample as sample
    from glmkit.media.kit_samples import samples as samples
    from glmkit.protocol.event import Event as Event
    from glmkit.protocol.settings import Settings as Settings
    from glmkit.session.blocking.blocking_session import Session as Session
    from glmkit.session.blocking.blocking_session import connect as connect
    from glmkit.session.blocking.nested_loops import allow_nested_loops as allow_nested_loops
    from glmkit.session.budget import Budget as Budget
    from glmkit.session.waits import Waits as Waits
    from glmkit.turns.latency import Latency as Latency
    from glmkit.turns.trace import Trace as Trace
    from glmkit.turns.turn import Turn as Turn
    from glmkit.widgets.recorder import Recorder as Recorder
    from glmkit.widgets.talk import Talk as Talk

    # modules that can be called
    doctor: _DoctorModule
    emulator: _EmulatorModule
    events: _EventsModule
    explain: _ExplainModule

#: Public name → where it lives; imported at first use, so that ``import glmkit`` costs nothing.
_HOMES = {
    "Budget": "session.budget",
    "Clip": "media.clip",
    "Emulator": "emulator.launch",
    "Event": "protocol.event",
    "GlmError": "errors",
    "Latency": "turns.latency",
    "Recorder": "widgets.recorder",
    "Session": "session.blocking.blocking_session",
    "Settings": "protocol.settings",
    "Talk": "widgets.talk",
    "Trace": "turns.trace",
    "Turn": "turns.turn",
    "Waits": "session.waits",
    "allow_nested_loops": "session.blocking.nested_loops",
    "check": "lessons.check_answer",
    "connect": "session.blocking.blocking_session",
    "hint": "lessons.give_hint",
    "join": "auth.key_prompt",
    "look": "environment.looks",
    "picture": "media.kit_samples",
    "pronounce": "emulator.speak.mandarin.pronunciation",
    "sample": "media.kit_samples",
    "samples": "media.kit_samples",
    "speak": "emulator.speak.voice",
    "use_key": "auth.key_prompt",
    "use_language": "environment.languages",
    "voices": "emulator.speak.voice",
    "what": "lessons.explained_word",
}
_ROOMS = (
    "aio",
    "auth",
    "doctor",
    "emulator",
    "errors",
    "events",
    "explain",
    "lab",
    "lessons",
    "plots",
)

__all__ = [  # noqa: PLE0604 - the names are literal, in two tables
    *_HOMES,
    *_ROOMS,
]

if not TYPE_CHECKING:
    __getattr__, __dir__ = module_attributes(__name__, _HOMES, rooms=_ROOMS)
