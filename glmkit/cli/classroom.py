"""``glmkit class``: stdout has the pupils' address and the teacher's page, one line each."""

from __future__ import annotations

import argparse
import asyncio
import secrets
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from glmkit.auth.masking import Secret
from glmkit.cli.class_amounts import idle_seconds, limit, places, whole_limit
from glmkit.cli.class_hours import hours_told, opening_hours
from glmkit.cli.class_password import password_from
from glmkit.cli.class_roster import roster_told
from glmkit.cli.console import note, path_argument
from glmkit.cli.serving import (
    announce,
    listening_at,
    take_listening,
    tell_doubt,
    until_stopped,
    upstream_of,
)
from glmkit.cli.verbs.verb import take_key
from glmkit.texts import text

if TYPE_CHECKING:
    from glmkit.classroom.core import Classroom, ClassRules
    from glmkit.classroom.running_class import RunningClass

_LIMITS: Final = {"yuan": limit, "minutes": limit, "turns": whole_limit}
_LETTERS: Final = 12  # of a password that is made: 72 bits


def take(parser: argparse.ArgumentParser) -> None:
    """Give its parser the words it takes."""
    parser.add_argument("roster", type=path_argument, help=text("classroom.help_roster"))
    parser.add_argument("--to", required=True, help=text("classroom.help_to"))
    take_key(parser)
    take_listening(parser, host="0.0.0.0", port=8765)  # noqa: S104 - pupils are elsewhere
    _take_files(parser)
    parser.add_argument("--places", type=places, help=text("classroom.help_places"))
    idle = text("classroom.help_release_idle")
    parser.add_argument("--release-idle", type=idle_seconds, metavar="SECONDS", help=idle)
    for whose in ("", "class-"):
        for name, kind in _LIMITS.items():
            about = text(f"classroom.help_{whose.replace('-', '_')}{name}")
            parser.add_argument(f"--{whose}{name}", type=kind, help=about)
    parser.add_argument("--from", dest="begins", metavar="TIME", help=text("classroom.help_from"))
    parser.add_argument("--until", dest="ends", metavar="TIME", help=text("classroom.help_until"))


def _take_files(parser: argparse.ArgumentParser) -> None:
    for name, shown in (("keep", "DIR"), ("seats-json", "OUT"), ("password-file", "FILE")):
        about = text(f"classroom.help_{name.replace('-', '_')}")
        parser.add_argument(f"--{name}", type=path_argument, metavar=shown, help=about)


def run(given: argparse.Namespace) -> int:
    """Hold a class until interrupted."""
    from glmkit.classroom.core import Classroom
    from glmkit.classroom.roster import whole_roster

    roster, rules = whole_roster(given.roster), _rules(given)
    pupils = roster.pupils
    folder = given.keep or given.roster.with_suffix(".class")
    found = password_from(given.password_file)
    password = found or Secret(secrets.token_urlsafe(_LETTERS * 3 // 4))
    upstream = upstream_of(given)
    if upstream.plays and given.places is None:  # no account counts who hears a recording
        rules = replace(rules, places=len(pupils))
    classroom = Classroom(pupils, folder, upstream, rules)

    async def serve(end: asyncio.Event) -> None:
        from glmkit.classroom.running_class import serve_class

        async with await serve_class(classroom, password, at=listening_at(given)) as running:
            announce(running.url, running.page)
            note(text("classroom.pages", page=running.page, seat=f"{running.page}seat"))
            if found is None:
                note(text("classroom.shown_password", password=password.reveal()))
            for words in roster_told(roster):
                note(words)
            _tell(given, classroom, running, folder)
            await tell_doubt(given, running.url)
            await end.wait()

    return until_stopped(serve)


def _rules(given: argparse.Namespace) -> ClassRules:
    from glmkit.classroom.core import ClassRules
    from glmkit.classroom.limits import Limits

    return ClassRules(
        places=5 if given.places is None else given.places,
        seat=Limits(given.yuan, given.minutes, given.turns),
        whole=Limits(given.class_yuan, given.class_minutes, given.class_turns),
        opening=opening_hours(given.begins, given.ends, _now()),
        release_idle=given.release_idle,
    )


def _now() -> datetime:
    return datetime.now().astimezone()


def _tell(
    given: argparse.Namespace, classroom: Classroom, running: RunningClass, folder: Path
) -> None:
    from glmkit.relay.peer_in_words import who_answers

    answers = who_answers(classroom.upstream.peer)
    at_once = classroom.rules.places
    about = {"pupils": len(classroom.seats), "places": at_once, "folder": folder}
    note(text("classroom.begun", answers=answers, **about))
    if (hours := hours_told(classroom.rules.opening, _now())) is not None:
        note(hours)
    if classroom.stopped:
        note(text("classroom.still_stopped"))
    if given.release_idle is None and len(classroom.seats) > at_once:
        note(text("classroom.more_seats"))
    if classroom.upstream.plays:
        note(text("classroom.plays"))
        if _ends_turns(given.to):
            note(text("classroom.plays_server_vad"))
    if classroom.upstream.live:
        note(text("relay.charged"))
    if given.certfile is None:
        note(text("classroom.unencrypted"))
    if given.seats_json is not None:
        running.write_seats(given.seats_json)
        note(text("classroom.seats_written", path=given.seats_json))


def _ends_turns(recording: str) -> bool:
    """Whether the service ended the turns of a recording."""
    from glmkit.protocol.event_kinds import is_server_vad
    from glmkit.protocol.settings import Settings
    from glmkit.recordings.replay_settings import recorded_settings, recording_at

    path = recording_at(recording)
    return path is not None and is_server_vad(recorded_settings(path, Settings()).vad)
