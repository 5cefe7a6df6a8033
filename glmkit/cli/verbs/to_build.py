"""To build: talks rehearsed, recordings answered, a relay that records, a token for a program of
one's own, and whether the service does as documented.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

from glmkit.cli.console import key_from, make_folder, path_argument, say
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
        say(text("cli.token_hidden", seconds=f"{given.ttl:g}"))
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
        show=say,
        profile=given.profile,
        api_key=key_from(given.key_file),
    )
    say(text("verify.written", path=path))


def _take_answer(answer: argparse.ArgumentParser) -> None:
    answer.add_argument("recordings", nargs="+", metavar="WHERE", help=text("cli.recordings"))
    take_peer(answer)
    answer.add_argument("--instructions", help=text("cli.instructions"))
    answer.add_argument("--save", type=path_argument, metavar="DIR", help=text("cli.answer_save"))
    answer.add_argument("--out", type=path_argument, metavar="FILE", help=text("cli.answer_out"))
    answer.add_argument("--at-once", type=int, default=5, metavar="N", help=text("cli.at_once"))
    answer.add_argument("--yuan", type=float, help=text("cli.answer_yuan"))
    answer.add_argument("--minutes", type=float, help=text("lab.answer_minutes"))
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
        minutes=given.minutes,
        out=given.out,
        save=given.save,
        progress=sys.stderr.isatty(),
    )
    for line in lines:
        print(line)
    return 0 if well else 1


def _take_relay(parser: argparse.ArgumentParser) -> None:
    from glmkit.cli.relay import take

    take(parser)


def _relay(given: argparse.Namespace) -> int:
    from glmkit.cli.relay import run

    return run(given)


# -- rehearse ------------------------------------------------------------------------------


def _take_rehearse(rehearse: argparse.ArgumentParser) -> None:
    add = rehearse.add_argument
    add("files", nargs="*", metavar="FILE", help=text("rehearsal.files"))
    take_peer(rehearse)
    add("--runs", type=int, default=1, metavar="N", help=text("rehearsal.help_runs"))
    add("--at-least", type=int, metavar="N", help=text("rehearsal.help_at_least"))
    add("--pass-rate", type=float, metavar="SHARE", help=text("rehearsal.help_pass_rate"))
    add("--at-once", type=int, default=1, metavar="N", help=text("rehearsal.help_at_once"))
    add("--written", action="store_true", help=text("rehearsal.help_written"))
    add("--unpaced", action="store_true", help=text("rehearsal.help_unpaced"))
    add("--lang", choices=("zh", "en"), help=text("rehearsal.help_lang"))
    add("--junit", type=path_argument, metavar="XML", help=text("rehearsal.help_junit"))
    add("--out", type=path_argument, metavar="JSONL", help=text("rehearsal.help_out"))
    add("--plot", type=path_argument, metavar="PNG", help=text("rehearsal.help_png"))
    add("--yuan", type=float, help=text("rehearsal.help_yuan"))
    add("--minutes", type=float, help=text("rehearsal.help_minutes"))
    add("--emulator", action="append", metavar="NAME=VALUE", help=text("rehearsal.help_emulator"))
    add("--steady", action="store_true", help=text("rehearsal.help_steady"))


def _rehearse(given: argparse.Namespace) -> int:
    from glmkit.cli.rehearsals import budget_of, rehearse_files, switches_of

    return rehearse_files(
        given.files,
        show=lambda words: print(words, flush=True),
        lang=given.lang,
        junit=given.junit,
        drawn=given.plot,
        to=given.to,
        api_key=key_from(given.key_file),
        model=given.model,
        runs=given.runs,
        at_least=given.at_least,
        pass_rate=given.pass_rate,
        at_once=given.at_once,
        written=given.written,
        speed=None if given.unpaced else 1.0,
        budget=budget_of(given.yuan, given.minutes),
        out=given.out,
        emulator=switches_of(given.emulator or (), steady=given.steady),
    )


VERBS: Final = {
    "rehearse": Verb(_take_rehearse, _rehearse),
    "relay": Verb(_take_relay, _relay),
    "token": Verb(_take_token, _token),
    "answer": Verb(_take_answer, _answer),
    "verify": Verb(_take_verify, _verify),
}
