"""Exercises that are checked, words explained, measurements for the notebooks.

::

    glm.check("03-x", 36)                     # is that right? (also glm.lessons.check)
    glm.hint("03-x")                          # a first hint, then a second, then an answer
    glm.what("VAD")                           # a word of the course
    glm.lessons.results("03")                 # what was tried, for the hand-in
    glm.lessons.plot_drift(deadline=turn.events, sleep=session.trace)   # two ways of pacing
    glm.lessons.plot_overhead(glm.lessons.overhead(clip))               # chunk sizes, compared
    glm.lessons.plot_open_line(turn)          # what a WebSocket is; also while_sending(turn)
    glm.lessons.knock(token)                  # does the emulator's door open?
    glm.lessons.plot_noise(turns, (20, 0, -5), words)                   # noise and recognition
    glm.lessons.plot_prebuffer(turn, prebuffer=0.2)                     # does it stutter?
    glm.lessons.chunk_hand(clip); glm.lessons.network_hand(emulator, turns)   # moved by hand
    glm.lessons.interact(f, level=(0, 20))    # ipywidgets' own, with a still for exports
    glm.lessons.write_report("how_fast", near, far)                     # files to hand in
    glm.lessons.plot_day(glm.lessons.watch_day())                       # what a watch measured
    glm.lessons.talk_estimate("service_desk")                           # ¥ and minutes, live
    glm.lessons.run_script("blog_like", clip, seconds=5)                # does it end by itself?
    glm.lessons.plot_scripts(runs)              # also script(name), script_change(before, after)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from glmkit.environment.lazy_names import module_attributes

if TYPE_CHECKING:
    from glmkit.lessons.check_answer import check as check
    from glmkit.lessons.chunk_choice import chunk_hand as chunk_hand
    from glmkit.lessons.chunk_choice import plot_chunk as plot_chunk
    from glmkit.lessons.chunk_costs import CAP as CAP
    from glmkit.lessons.chunk_costs import SIZES as SIZES
    from glmkit.lessons.chunk_costs import Drift as Drift
    from glmkit.lessons.chunk_costs import drift as drift
    from glmkit.lessons.chunk_costs import overhead as overhead
    from glmkit.lessons.chunk_costs import plot_drift as plot_drift
    from glmkit.lessons.chunk_costs import plot_overhead as plot_overhead
    from glmkit.lessons.explained_word import what as what
    from glmkit.lessons.give_hint import hint as hint
    from glmkit.lessons.knocks import DoorAnswer as DoorAnswer
    from glmkit.lessons.knocks import knock as knock
    from glmkit.lessons.live_controls import interact as interact
    from glmkit.lessons.made_up_day import WatchDay as WatchDay
    from glmkit.lessons.made_up_day import plot_day as plot_day
    from glmkit.lessons.made_up_day import watch_day as watch_day
    from glmkit.lessons.moved_picture import MovedPicture as MovedPicture
    from glmkit.lessons.network_choice import network_hand as network_hand
    from glmkit.lessons.network_choice import over_network as over_network
    from glmkit.lessons.network_rows import plot_networks as plot_networks
    from glmkit.lessons.noise_steps import plot_noise as plot_noise
    from glmkit.lessons.open_line import plot_open_line as plot_open_line
    from glmkit.lessons.open_line import while_sending as while_sending
    from glmkit.lessons.prebuffers import Stutter as Stutter
    from glmkit.lessons.prebuffers import plot_prebuffer as plot_prebuffer
    from glmkit.lessons.prebuffers import stutter as stutter
    from glmkit.lessons.run_reports import write_report as write_report
    from glmkit.lessons.script_lanes import plot_scripts as plot_scripts
    from glmkit.lessons.script_runs import ScriptRun as ScriptRun
    from glmkit.lessons.script_runs import run_script as run_script
    from glmkit.lessons.script_runs import run_scripts as run_scripts
    from glmkit.lessons.script_texts import ScriptChange as ScriptChange
    from glmkit.lessons.script_texts import ScriptText as ScriptText
    from glmkit.lessons.script_texts import copy_script as copy_script
    from glmkit.lessons.script_texts import script as script
    from glmkit.lessons.script_texts import script_change as script_change
    from glmkit.lessons.talk_estimates import TalkEstimate as TalkEstimate
    from glmkit.lessons.talk_estimates import talk_estimate as talk_estimate
    from glmkit.lessons.tries import results as results

_HOMES = {
    "CAP": "chunk_costs",
    "DoorAnswer": "knocks",
    "Drift": "chunk_costs",
    "MovedPicture": "moved_picture",
    "SIZES": "chunk_costs",
    "ScriptChange": "script_texts",
    "ScriptRun": "script_runs",
    "ScriptText": "script_texts",
    "Stutter": "prebuffers",
    "TalkEstimate": "talk_estimates",
    "WatchDay": "made_up_day",
    "check": "check_answer",
    "chunk_hand": "chunk_choice",
    "copy_script": "script_texts",
    "drift": "chunk_costs",
    "hint": "give_hint",
    "interact": "live_controls",
    "knock": "knocks",
    "network_hand": "network_choice",
    "over_network": "network_choice",
    "overhead": "chunk_costs",
    "plot_chunk": "chunk_choice",
    "plot_day": "made_up_day",
    "plot_drift": "chunk_costs",
    "plot_networks": "network_rows",
    "plot_open_line": "open_line",
    "plot_noise": "noise_steps",
    "plot_overhead": "chunk_costs",
    "plot_prebuffer": "prebuffers",
    "plot_scripts": "script_lanes",
    "results": "tries",
    "run_script": "script_runs",
    "run_scripts": "script_runs",
    "script": "script_texts",
    "script_change": "script_texts",
    "stutter": "prebuffers",
    "talk_estimate": "talk_estimates",
    "watch_day": "made_up_day",
    "what": "explained_word",
    "while_sending": "open_line",
    "write_report": "run_reports",
}

__all__ = list(_HOMES)

if not TYPE_CHECKING:
    __getattr__, __dir__ = module_attributes(__name__, _HOMES)
