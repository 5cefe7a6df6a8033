"""What somebody mistypes; ``test_types.py`` has each mistake found by a checker, not by running it.

A line whose mistake is let pass has a ``type: ignore`` too many, which is an error itself.
"""

from __future__ import annotations

import glmkit as glm


def mistaken_turns(session: glm.Session, clip: glm.Clip) -> None:
    """Names that there are not, and what nobody can say."""
    session.sya(clip)  # type: ignore[attr-defined]
    session.say(5)  # type: ignore[arg-type]
    session.say(None)  # type: ignore[arg-type]
    session.say(clip, chunck_ms=20)  # type: ignore[call-arg]
    session.say(clip, with_=5)  # type: ignore[arg-type]
    session.stream(5)  # type: ignore[arg-type]
    session.update(voise="xiaochen")  # type: ignore[call-arg]
    session.talk(pages=True)  # type: ignore[call-arg]
    session.tool(5)  # type: ignore[type-var]
    session.turns[0].plot(axis=None)  # type: ignore[call-arg]


def mistaken_connections() -> None:
    """Settings and switches that nothing has."""
    glm.conect()  # type: ignore[attr-defined]
    glm.connect(voise="xiaochen")  # type: ignore[call-arg]
    glm.Settings(voise="xiaochen")  # type: ignore[call-arg]
    glm.connect(keep="al")  # type: ignore[arg-type]
    glm.connect(tools=[5])  # type: ignore[list-item]
    glm.aio.connect(timeout="5")  # type: ignore[arg-type]
    glm.Emulator.start(stedy=True)  # type: ignore[call-arg]
    glm.Emulator.start(wait="long")  # type: ignore[arg-type]
    glm.emulator().faults.set("cut", aftre=2)  # type: ignore[call-arg]
    glm.lab.network("4g", up_bandwith=5)  # type: ignore[call-arg]


def mistaken_measurements(session: glm.Session) -> None:
    """What is no script, no trace, no key."""
    glm.lab.rehearse(5)  # type: ignore[arg-type]
    glm.lab.rehearse("desk", to=5)  # type: ignore[arg-type]
    glm.lab.rehearse("desk", rusn=5)  # type: ignore[call-arg]
    glm.lab.manners(5)  # type: ignore[arg-type]
    glm.lab.manners(session, noises=5)  # type: ignore[arg-type]
    glm.lessons.knock(5)  # type: ignore[arg-type]
    glm.lessons.talk_estimate(5)  # type: ignore[arg-type]
    glm.plots.wavefrom(session.turns)  # type: ignore[attr-defined]
    glm.plots.waveform(session.turns, theme="drak")  # type: ignore[arg-type]
    glm.explain(5)  # type: ignore[arg-type]
    glm.events.comit()  # type: ignore[attr-defined]
