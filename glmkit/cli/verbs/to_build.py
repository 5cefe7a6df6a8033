"""To build: a token for a program of one's own, whether the service does as documented, and many
recordings answered."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

from glmkit.cli.console import key_from, make_folder, path_argument
from glmkit.cli.verbs.verb import Verb, connection, take_key, take_peer
from glmkit.texts import text


def _take_token(token: argparse.ArgumentParser) -> None:
    token.add_argument("--ttl", type=float, default=600, help=text("cli.ttl"))
    take_key(token)
    token.add_argument("--show", action="store_true", help=text("cli.show"))


def _token(given: argparse.Namespace) -> None:
    from glmkit.auth.credentials import Key
    from glmkit.auth.key_search import need_key
    from glmkit.auth.tokens import make_token
    from glmkit.errors import BadKey

    found = need_key(key_from(given.key_file), dotenv=True)
    if not isinstance(found.key, Key):
        raise BadKey(text("cli.token_is_token", where=found.where))
    token = make_token(found.key, ttl=given.ttl)
    if sys.stdout.isatty() and not given.show:
        print(text("cli.token_hidden", seconds=f"{given.ttl:g}"))
    else:
        print(token.reveal())


def _take_verify(verify: argparse.ArgumentParser) -> None:
    take_peer(verify)
    verify.add_argument("--yuan", type=float, default=2.0, help=text("cli.yuan"))
    verify.add_argument("--profile", help=text("cli.profile"))
    verify.add_argument(
        "--out", type=path_argument, default=Path("verify"), help=text("cli.verify_out")
    )


def _verify(given: argparse.Namespace) -> None:
    from glmkit.verify.command import run

    make_folder(given.out)
    path = run(
        given.to,
        folder=given.out,
        model=given.model,
        yuan=given.yuan,
        show=lambda words: print(words, flush=True),
        profile=given.profile,
        api_key=key_from(given.key_file),
    )
    print(text("verify.written", path=path))


def _take_answer(answer: argparse.ArgumentParser) -> None:
    answer.add_argument("recordings", nargs="+", metavar="WHERE", help=text("cli.recordings"))
    take_peer(answer)
    answer.add_argument("--instructions", help=text("cli.instructions"))
    answer.add_argument("--save", type=path_argument, metavar="DIR", help=text("cli.answer_save"))
    answer.add_argument("--out", type=path_argument, metavar="FILE", help=text("cli.answer_out"))
    answer.add_argument("--at-once", type=int, default=5, metavar="N", help=text("cli.at_once"))
    answer.add_argument("--yuan", type=float, default=5.0, help=text("cli.answer_yuan"))
    answer.add_argument("--vad", choices=("client", "server"), help=text("cli.vad"))
    answer.add_argument("--unpaced", action="store_true", help=text("cli.unpaced"))


def _answer(given: argparse.Namespace) -> int:
    from glmkit.cli.answered import answer
    from glmkit.session.blocking.blocking_session import draw_progress

    draw_progress(False)  # of single recordings
    well, lines = answer(
        given.recordings,
        connect={**connection(given), "vad": given.vad or "client"},
        speed=None if given.unpaced else 1.0,
        at_once=given.at_once,
        account_limit=given.at_once,
        yuan=given.yuan,
        out=given.out,
        save=given.save,
        progress=sys.stderr.isatty(),
    )
    for line in lines:
        print(line)
    return 0 if well else 1


VERBS: Final = {
    "token": Verb(_take_token, _token),
    "answer": Verb(_take_answer, _answer),
    "verify": Verb(_take_verify, _verify),
}
