"""What ``glmkit verify`` does: find the place, run, and tell each finding in a line."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from glmkit.aio import find_address
from glmkit.auth.credentials import credential
from glmkit.auth.masking import Secret
from glmkit.errors import BadArgument
from glmkit.session.address import Address
from glmkit.texts import text
from glmkit.verify.all_checks import find_statement
from glmkit.verify.record import Verdict
from glmkit.verify.run import verify_service

_QUIET_NEAR = 0.5  # on this machine an event that comes at all comes soon


def run(
    to: str | None,
    *,
    folder: Path,
    model: str,
    yuan: float,
    show: Callable[[str], None],
    profile: str | None = None,
    api_key: Secret | None = None,
) -> Path:
    """Verify ``to``; the report's path. ``show`` gets a line a finding."""

    def tell(finding: Verdict) -> None:
        outcome = text(f"verify.is_{finding.outcome}")
        show(f"{finding.id:>4}  {outcome}  {find_statement(finding.id).sentence}  [{finding.seen}]")

    with _place(to, profile, api_key) as address:
        quiet = 1.0 if address.live else _QUIET_NEAR
        return asyncio.run(
            verify_service(address, folder, model=model, yuan=yuan, quiet=quiet, tell=tell)
        )


@contextmanager
def _place(to: str | None, profile: str | None, api_key: Secret | None) -> Iterator[Address]:
    if profile is not None:
        if to != "emulator":
            raise BadArgument(text("verify.profile_of", to=to or "–"))
        from glmkit.emulator.launch import Emulator

        with Emulator.start(profile=profile) as emulator:
            yield Address(emulator.url, "emulator", emulator.key)
    else:
        yield find_address(to, None if api_key is None else credential(api_key))
