"""Statements 7 to 21, and others of their kind: greeting, configuration, and wrong events."""

from __future__ import annotations

import json

from glmkit.verify.evidence import Evidence
from glmkit.verify.stating import client_vad, completed, echo, error, refused, states


@states("7", "greeted")
def _unasked(e: Evidence) -> str:
    both = {"heartbeat", "session.created"} <= set(e.types())
    return e.need(both, ", ".join(e.types()) or "-")


@states("8", "greeted")
def _created(e: Evidence) -> str:
    session = e.first("session.created").inner("session")
    right = session.get("id") and "chat_mode" in (session.get("beta_fields") or {})
    return e.need(right, ", ".join(sorted(session)))


@states("9", "greeted")
def _conversation(e: Evidence) -> str:
    made = e.first("conversation.created").inner("conversation").get("object")
    return e.need(made == "realtime.conversation", str(made))


@states("10", "beaten", "later")
def _beats(e: Evidence) -> str:
    return e.first("heartbeat").type


# -- configuration ---------------------------------------------------------------------------


@states("12", "configured", "whole")
def _echoed(e: Evidence) -> str:
    count, voice = len(e.of("session.updated")), echo(e).get("voice")
    right = count == 1 and voice == "xiaochen"
    return e.need(right, f"session.updated × {count}, voice {voice}")


@states("13", "configured", "less")
def _reset(e: Evidence) -> str:
    voice = echo(e).get("voice")
    return e.need(voice != "xiaochen", f"voice {voice}")


@states("17", "configured", "whole")
def _tokens(e: Evidence) -> str:
    echoed = echo(e).get("max_response_output_tokens")
    return e.need(echoed == "64", json.dumps(echoed))


@states("57", "configured", "video")
def _fps(e: Evidence) -> str:
    beta = echo(e).get("beta_fields") or {}
    return e.need(beta.get("fps"), f"fps {beta.get('fps')}")


states("14", "misconfigured", "tool_choice")(refused)
states("16", "configured", "null")(client_vad)


@states("15", "flattened")
def _flat(e: Evidence) -> str:
    code, ending = e.error().get("code"), "" if e.closed is None else f", closed {e.closed}"
    right = e.closed is None or code == "downstream_reconnect_exceeded"
    return e.need(right and not e.of("session.updated"), f"error {code}{ending}")


@states("67", "elsewhere")
def _elsewhere(e: Evidence) -> str:
    code = str(e.error().get("code"))
    return e.need(code == "1234" and e.closed == 1003, f"error {code}, closed {e.closed}")


# -- events nobody should send ---------------------------------------------------------------


states("11", "beating", "sent")(error)
states("20", "mistaken", "no json")(error)
states("49", "mistaken", "empty output")(error)
states("50", "mistaken", "empty text")(error)
states("60", "mistaken", "good turn")(completed)
states("68", "mistaken", "unknown item")(error)


@states("18", "mistaken", "unknown type")
def _unknown(e: Evidence) -> str:
    seen = error(e)
    return e.need(e.closed is None, seen)


@states("19", "mistaken", "no type")
def _typeless(e: Evidence) -> str:
    error = e.error()
    found = (error.get("type"), error.get("code"))
    return e.need(found == ("invalid_request_error", "invalid_event"), f"{found[0]}, {found[1]}")


@states("59", "mistaken", "frame")
def _frame(e: Evidence) -> str:
    seen = error(e) if e.of("error") else "nothing"
    return e.need(e.closed is None, seen)


@states("21", "spoken", "appended")
def _stray(e: Evidence) -> str:
    return e.need(not e.of("error"), "no error")
