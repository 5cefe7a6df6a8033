"""A class at a port: pupils by WebSocket, the teacher's page by HTTP, on one port for firewalls.

::

    async with await serve_class(classroom, password) as running:
        print(running.url)      # ws://192.168.1.5:8765/api/paas/v4/realtime
        print(running.page)     # http://192.168.1.5:8765/_class/
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from glmkit.auth.masking import Secret
from glmkit.auth.seat_line import SeatLine
from glmkit.classroom.core import Classroom
from glmkit.classroom.desk_request import ROOT
from glmkit.classroom.hand_in_desk import HandInDesk
from glmkit.classroom.hand_ins import HandIns
from glmkit.classroom.held_conversations import HeldConversations
from glmkit.classroom.pupil_desk import PupilDesk
from glmkit.classroom.seat_keys import write_private
from glmkit.classroom.teacher_desk import TeacherDesk
from glmkit.protocol.serving.stated_peer import peer_headers
from glmkit.relay.entrance import Entrance
from glmkit.relay.listener import ListenAt, ListeningPort


async def serve_class(
    classroom: Classroom, password: Secret, *, at: ListenAt | None = None
) -> RunningClass:
    """A class that listens. Raises BadArgument where the address cannot be had, BadFile."""
    running = RunningClass(classroom, Secret.of(password))
    await running.start(at or ListenAt())
    return running


class RunningClass:
    """A class that listens: ``url`` is the pupils' address, ``page`` the teacher's."""

    def __init__(self, classroom: Classroom, password: Secret) -> None:
        self.classroom = classroom
        entrance = Entrance(classroom.key_of, via="class")
        self.hand_ins = HandIns(classroom.ledger.path.parent, classroom.ledger)
        """What pupils have handed in."""
        self.talks = HeldConversations(self._line_here, self.hand_ins.withdraw)
        """What pupils say on their pages, who have no notebook."""
        classroom.tell_others = self.talks.told_by_teacher
        pupils = PupilDesk(classroom, self.talks, entrance)
        self._desk = TeacherDesk(classroom, password, entrance, self.line_of, self.hand_ins, pupils)
        desk = HandInDesk(classroom, self.hand_ins, entrance, rest=self._desk)
        serve, headers = classroom.serve, self._headers
        self._listener = ListeningPort(entrance, serve, headers=headers, desk=desk)
        # for the pages' own sessions, whatever name and certificate the other port has
        self._inside = ListeningPort(entrance, serve, headers=headers, desk=desk)

    def _headers(self, guest: str) -> dict[str, str]:
        seat = self.classroom.seats[guest].name
        return peer_headers("class", self.classroom.upstream.peer, seat=seat)

    async def start(self, at: ListenAt) -> None:
        """Listen. Raises as ``serve_class``."""
        self._desk.listens(at)
        await self.classroom.open()
        await self._inside.start(ListenAt())
        await self._listener.start(at)
        self._desk.is_at(self.page)

    @property
    def port(self) -> int:
        """The port of both."""
        return self._listener.port

    @property
    def url(self) -> str:
        """The pupils' address."""
        return self._listener.url

    @property
    def page(self) -> str:
        """The teacher's page."""
        return self._listener.page(f"{ROOT}/")

    def line_of(self, id: str) -> SeatLine:
        """The one line that a pupil pastes: address and key of a seat."""
        parts = urlsplit(self.url)
        return SeatLine.joined(f"{parts.scheme}://{parts.netloc}", self.classroom.seats[id].key)

    def write_seats(self, path: Path) -> None:
        """Write every seat with its line as JSON, for slips. Raises BadFile."""
        seats = [
            {
                "id": seat.id,
                "number": seat.pupil.number,
                "name": seat.pupil.name,
                "address": self.url,
                "key": seat.key.reveal(),
                "line": self.line_of(seat.id).reveal(),
            }
            for seat in self.classroom.seats.values()
        ]
        write_private(path, Secret(json.dumps(seats, ensure_ascii=False, indent=1) + "\n"))

    def _line_here(self, id: str) -> SeatLine:
        """The line of a seat for whoever is on this machine."""
        parts = urlsplit(self._inside.url)
        return SeatLine.joined(f"{parts.scheme}://{parts.netloc}", self.classroom.seats[id].key)

    async def close(self) -> None:
        """End every session, count what they used, and let go of the ledger."""
        await self.talks.close()
        await self._inside.close()
        await self._listener.close()
        await self._desk.close()
        await self.classroom.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()
