"""No key and no token in a display, a log or a traceback."""

from __future__ import annotations

import asyncio
import copy
import json
import logging
import pickle
import string
import sys
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import InvalidStatus

from glmkit import aio, auth
from glmkit.auth import Key, Token, bearer, make_token
from glmkit.auth.masking import (
    CUT,
    HeaderValue,
    MaskedAddress,
    MaskingFilter,
    Secret,
    mask,
    masked_logger,
    their_words,
)
from glmkit.cli.parser import understood
from glmkit.emulator.launch import Emulator
from glmkit.errors import (
    BadArgument,
    BadFile,
    BadKey,
    BadToken,
    GlmError,
    GlmWarning,
    Rejected,
    warn,
)
from glmkit.explain import explain
from glmkit.protocol.event import Event
from glmkit.protocol.settings import Settings
from glmkit.session.address import Address
from glmkit.session.blocking import blocking_session
from tests import bare
from tests.listed import check_each

KEY = Key("0a1b2c3d4e5f60718293a4b5c6d7e8f9.Sx7Kq0Lm3Nv9Rt2W")
PLAIN = KEY.reveal()
TOKEN = make_token(KEY)


def assert_hidden(shown: str) -> None:
    """Neither the key, its secret, nor the token's signature can be read in ``shown``."""
    for part in (PLAIN, PLAIN.partition(".")[2], TOKEN.reveal().rpartition(".")[2]):
        assert part not in shown


@pytest.mark.parametrize("value", [KEY, TOKEN, Secret(PLAIN), auth.TokenSource(KEY)])
def test_displays_are_masked(value: object) -> None:
    """No way of showing a value shows what it hides."""
    assert_hidden(f"{value} {value!r} {value!s} {[value]} {vars(type(value))}")
    assert_hidden("%s %r" % (value, value))  # noqa: UP031
    assert_hidden(string.Template("$value").substitute(value=value))
    names = [name for name in dir(value) if name not in {"reveal", "current"}]
    assert_hidden(repr([getattr(value, name) for name in names]))


def test_token_info_hides_a_key_put_into_the_claims() -> None:
    """Whoever signs the whole key as api_key doesn't see it again."""
    info = auth.TokenInfo({}, {"api_key": PLAIN}, 1.0, None, None)
    assert_hidden(repr(info))


def test_secret_reveals_on_purpose() -> None:
    """The text itself is there for the asking."""
    assert KEY.reveal() == PLAIN
    assert Secret(b"abc").reveal() == "abc"
    assert not Secret(None)


def test_secret_is_a_value() -> None:
    """Equal texts are equal, copies are the same, nothing can be set."""
    assert Key(PLAIN) == KEY
    assert len({Key(PLAIN), KEY}) == 1
    assert KEY != PLAIN
    assert copy.deepcopy(KEY) is copy.copy(KEY) is KEY
    with pytest.raises(AttributeError, match="cannot be changed"):
        KEY.anything = 1  # type: ignore[attr-defined]


def test_secret_is_not_pickled() -> None:
    """A key sent to another process is refused, with what to do."""
    with pytest.raises(BadArgument, match="ZHIPU_API_KEY"):
        pickle.dumps({"key": KEY})


@pytest.mark.parametrize(
    "line",
    [
        f"key {PLAIN}.",
        f"token={TOKEN.reveal()}",
        f"Authorization: Bearer {TOKEN.reveal()}",
        f"authorization: {PLAIN}",
        f"{{'Authorization': 'Bearer {PLAIN}'}}",
        f'[("Authorization", "Bearer {PLAIN}")]',
        f"GET /realtime?model=x&Authorization={TOKEN.reveal()}&y=1 HTTP/1.1",
        f"the secret alone: {PLAIN.partition('.')[2]}",
    ],
)
def test_mask_takes_out_keys_and_tokens(line: str) -> None:
    """Whatever looks like a key or a token goes."""
    assert_hidden(mask(line))


def test_mask_takes_out_keys_never_seen() -> None:
    """A key's shape and a header's place are enough."""
    assert mask("abcdef0123456789abcdef0123456789.AAAAbbbbCCCC1234") == "abcd…"
    assert mask("Authorization: odd-one.x\r\nHost: y") == "Authorization: …\r\nHost: y"
    inner = json.dumps({"Authorization": "Bearer odd\\\\one", "x": 1})
    assert json.loads(mask(inner)) == {"Authorization": CUT, "x": 1}
    for outer in (json.dumps(inner), json.dumps(json.dumps(inner)), repr(repr(inner))):
        assert "odd" not in mask(outer)
        assert "one" not in mask(outer)
    assert json.loads(json.loads(mask(json.dumps(inner)))) == {"Authorization": CUT, "x": 1}
    source = """head = {"Authorization": f"Bearer {token(os.environ['ZHIPU_API_KEY'])}"}"""
    assert mask(source) == source  # a program, which holds no secret
    assert mask('{"Authorization": f"Bearer odd.one"}') == '{"Authorization": f"…"}'
    assert PLAIN not in mask(f'{{"Authorization": f"Bearer {{token({PLAIN!r})}}"}}')
    for secret in ("{scheme}odd.one", "Bearer {scheme} odd.one", "{{odd.one", "Bearer {odd-one}"):
        assert "odd" not in mask(f'{{"Authorization": f"{secret}"}}')
    assert mask("/rt?Authorization=odd.one&model=z") == "/rt?Authorization=…&model=z"


def test_mask_knows_a_key_of_any_shape_while_it_lives() -> None:
    """A key of another shape is masked because it was seen."""
    odd = Key("classroom.open-sesame")
    assert mask("say classroom.open-sesame, or open-sesame") == "say …, or …"
    del odd
    assert mask("say open-sesame") == "say open-sesame"


def test_mask_leaves_other_text_alone() -> None:
    """Ordinary protocol lines stay as they are."""
    line = '< TEXT \'{"type":"session.created","event_id":"0a1b2c3d"}\' [123 bytes]'
    assert mask(line) == line


def verbose_traceback() -> str:
    """The current exception as a notebook in %xmode Verbose shows it."""
    from IPython.core.ultratb import VerboseTB  # takes a second

    kind, value, trace = sys.exc_info()
    assert kind is not None
    return VerboseTB(theme_name="nocolor", include_vars=True).text(kind, value, trace)


@pytest.mark.slow
@pytest.mark.parametrize("spoil", ["'%s'", "%s\n", " %s", "Bearer %s", "%s.x", "%s．"])
def test_verbose_traceback_of_a_bad_key_shows_none(spoil: str) -> None:
    """IPython's Verbose mode prints arguments and variables of our frames, but not the key."""
    pasted = Secret(spoil % PLAIN)
    for act in (make_token, auth.credential, Key, Key.parse, auth.TokenSource):
        with pytest.raises(BadKey):
            call(act, pasted)
        try:
            call(act, pasted)
        except BadKey:
            shown = verbose_traceback()
        assert "credentials.py" in shown
        assert_hidden(shown)


def call(act: object, pasted: Secret) -> None:
    """Calls ``act`` with plain text that this frame does not hold."""
    act(*map(Secret.reveal, [pasted]))  # type: ignore[operator]


def test_verbose_traceback_of_a_bad_token_shows_none() -> None:
    """The same for tokens, with the key in hand."""
    for spoil in ("'%s'", "%s.x", "x%s"):
        pasted = Secret(spoil % TOKEN.reveal())
        try:
            call(partial(auth.read_token, key=KEY), pasted)
        except BadToken:
            shown = verbose_traceback()
        assert "tokens.py" in shown
        assert_hidden(shown)


def test_verbose_traceback_through_a_bad_ttl_shows_none() -> None:
    """A fault in another argument shows that one only."""
    try:
        call(partial(make_token, ttl=-1), KEY)
    except BadArgument:
        shown = verbose_traceback()
    assert "ttl = -1" in shown
    assert_hidden(shown)


ADDRESSES = (
    "ws://127.0.0.1:1/?token=%s",
    "ws://user:%s@127.0.0.1:1/",
    "ws://127.0.0.1:%s/",
    "ws://[%s",
    "http://example.org/?key=%s",
)


@pytest.mark.slow
@pytest.mark.parametrize("key", [None, KEY], ids=["no key", "key"])
@pytest.mark.parametrize("spoil", ADDRESSES)
def test_verbose_traceback_of_an_address_with_a_key_in_it_shows_none(
    spoil: str, key: Key | None
) -> None:
    """Typed into the address, in the wrong place, it is masked all the same."""
    pasted = Secret(spoil % PLAIN)
    for face in (blocking_session.connect, awaited):
        try:
            call(partial(face, api_key=key, timeout=5), pasted)
        except GlmError:
            shown = verbose_traceback()
        assert "glmkit" in shown
        assert_hidden(shown)


def test_verbose_traceback_of_a_misspelt_argument_shows_none() -> None:
    """Under a name that does not exist a key is masked, and the right name is guessed."""
    for face in (blocking_session.connect, aio.connect):
        try:
            face("emulator", apikey=KEY.reveal())
        except BadArgument:
            shown = verbose_traceback()
        assert "did you mean api_key?" in shown
        assert_hidden(shown)


@pytest.mark.parametrize(
    "act",
    [lambda pasted: awaited(pasted), lambda pasted: Key(f"{pasted}.x")],
    ids=["as an address", "bad"],
)
def test_traceback_with_locals_shows_none(act: object) -> None:
    """What prints every variable of every frame finds only masked ones, and whole ones."""
    try:
        call(act, Secret(PLAIN))
    except BadArgument as error:
        stack = traceback.TracebackException.from_exception(error, capture_locals=True).stack
    ours = [frame for frame in stack if "test_masking" not in frame.filename]
    assert_hidden(repr([frame.locals for frame in ours]))


def awaited(to: str, **options: object) -> None:
    """The asyncio face, from a frame that masks what it got."""
    to = MaskedAddress(to)

    async def connect() -> None:
        await aio.connect(to, **options)  # type: ignore[arg-type]

    asyncio.run(connect())


def test_a_masked_address_is_whole_for_whoever_opens_it() -> None:
    """Its text is itself; displays leave out user, password and query, and nothing else."""
    address = MaskedAddress("wss://me:pw@example.org:8/v4?model=x&token=y")
    assert address == "wss://me:pw@example.org:8/v4?model=x&token=y"
    assert repr(address) == "'wss://…@example.org:8/v4?…'"
    assert repr(MaskedAddress("C:/课程/x.glm")) == "'C:/课程/x.glm'"
    assert MaskedAddress.of(3) == 3
    assert_hidden(repr(Address(f"ws://h/?token={PLAIN}", "h", KEY)))


async def turn_away(connection: ServerConnection, request: object) -> object:
    """Refuses every connection."""
    return connection.respond(401, "no")


async def echo(connection: ServerConnection) -> None:
    """Sends back what comes."""
    async for message in connection:
        await connection.send(message)


def address(server: Server, credential: Key | Token) -> str:
    """The server's URL with a credential in its query, as browsers send it."""
    port = server.sockets[0].getsockname()[1]
    return f"ws://127.0.0.1:{port}/realtime?Authorization={credential.reveal()}"


@pytest.mark.parametrize("credential", [KEY, TOKEN])
async def test_websockets_at_debug_logs_none(
    credential: Key | Token, caplog: pytest.LogCaptureFixture
) -> None:
    """Headers, query and frames that websockets logs at DEBUG are masked on both sides."""
    caplog.set_level(logging.DEBUG)
    client, server = masked_logger("glmkit.test.client"), masked_logger("glmkit.test.server")
    async with (
        serve(echo, "127.0.0.1", 0, logger=server) as listening,
        connect(
            address(listening, credential),
            additional_headers=bearer(credential),
            logger=client,
            proxy=None,
        ) as connection,
    ):
        await connection.send(f"my key is {PLAIN}")
        await connection.recv()
    lines = [f"{record.name} {record.getMessage()}" for record in caplog.records]
    for name in ("glmkit.test.client > ", "glmkit.test.server < "):
        assert any(line.startswith(f"{name}Authorization: …") for line in lines)
        assert any(line.startswith(f"{name}GET /realtime?Authorization=…") for line in lines)
    assert_hidden(caplog.text)


@pytest.mark.slow
async def test_verbose_traceback_of_a_refused_connection_shows_none() -> None:
    """The frames of websockets hold the header, and show it masked."""
    async with serve(echo, "127.0.0.1", 0, process_request=turn_away) as listening:
        port = listening.sockets[0].getsockname()[1]
        try:
            headers = bearer(KEY)
            await connect(f"ws://127.0.0.1:{port}", additional_headers=headers, proxy=None)
        except InvalidStatus:
            shown = verbose_traceback()
    assert "Authorization" in shown
    assert_hidden(shown)


def test_logged_tracebacks_are_masked(caplog: pytest.LogCaptureFixture) -> None:
    """An exception that quotes a key is logged without it."""
    logger = masked_logger("glmkit.test.traceback")
    try:
        raise ValueError(f"bad header {PLAIN}")
    except ValueError:
        logger.exception("failed with %s", PLAIN)
    assert "ValueError: bad header 0a1b…" in caplog.text
    assert_hidden(caplog.text)


def test_masked_logger_has_one_filter() -> None:
    """Asking twice gives the same logger, filtered once."""
    logger = masked_logger("glmkit.test.once")
    assert masked_logger("glmkit.test.once") is logger
    assert [type(each) for each in logger.filters] == [MaskingFilter]


def test_header_value_is_text_for_the_wire_only() -> None:
    """A header's value joins and formats in full, and displays masked."""
    value = HeaderValue("Bearer x")
    assert f"{value}" == "Bearer x"
    assert repr({"a": value}) == "{'a': '…'}"


MISPLACED = (
    (partial(blocking_session.connect, "emulator"), "timeout"),
    (partial(aio.connect, "emulator"), "timeout"),
    (partial(make_token, KEY), "ttl"),
    (partial(make_token, KEY), "now"),
    (partial(auth.TokenSource, KEY), "ttl"),
    (partial(auth.read_token, TOKEN), "now"),
)


@pytest.mark.parametrize(("act", "name"), MISPLACED)
@pytest.mark.parametrize("pasted", [Secret(PLAIN), Secret("classroom.open-sesame")])
def test_a_key_where_a_number_belongs_is_not_shown(
    act: partial[object], name: str, pasted: Secret
) -> None:
    """Neither in the words nor in the frames: only that it is a text."""
    with pytest.raises(BadArgument, match=f"^{name} is <str …>, expected"):
        act(**dict(zip([name], map(Secret.reveal, [pasted]), strict=True)))
    try:
        act(**dict(zip([name], map(Secret.reveal, [pasted]), strict=True)))
    except BadArgument:
        shown = verbose_traceback()
    assert "raise BadArgument" in shown
    assert pasted.reveal() not in shown


@pytest.mark.parametrize("content", [f"'{PLAIN}'\n".encode(), PLAIN.encode() + b"\xff\n"])
def test_verify_shows_nothing_of_a_bad_key_file(content: bytes, tmp_path: Path) -> None:
    """Neither a key in quotes nor one among bytes that are no text is in any frame or cause."""
    path = tmp_path / "key"
    path.write_bytes(content)
    run = understood(["verify", "--to", "live", "--key-file", str(path)])
    with pytest.raises((BadKey, BadFile)) as caught:
        run()
    frames = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    assert_hidden("".join(str(frame.locals) for frame in frames.stack[1:]))  # less this one
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


@pytest.mark.slow
def test_their_words_are_on_one_line_masked_and_bounded() -> None:
    """What the other side says, whatever that is, as people may see it."""
    esc = "\x1b"
    cases = [
        (f"{esc}[31mred{esc}[0m {esc}]0;title\x07x{esc}(B\x00\x9b1my", "red x y"),
        ("a\r\nb\tc\u2028d\u202ee\u200bf", "a b c d" + "ef"),
        ("x" * 8_000_000, "x" * 1997 + "…"),
        ("词" * 9_000, "词" * 665 + "…"),
        (f"say {PLAIN[:9]}{esc}[0m{PLAIN[9:]} back", f"say {PLAIN[:4]}… back"),
        (f"{'x' * 1980} {PLAIN}", f"{'x' * 1980} {PLAIN[:4]}…"),
        ("\ud83d half, 👩\u200d🔬 whole", "? half, 👩\u200d🔬 whole"),
        (None, ""),
        (["a", 1], "['a', 1]"),
    ]
    check_each(_becomes, cases)


def _becomes(said: object, shown: str) -> None:
    found = their_words(said)
    assert found == shown, found[-60:]
    assert len(found.encode()) <= 2_000


def test_no_error_and_no_warning_of_the_kit_says_a_key() -> None:
    """Whatever stands where it does not belong: an argument of the emulator's, a setting."""

    def check(call: Callable[[], object]) -> None:
        with pytest.raises(GlmError) as caught:
            call()
        assert PLAIN[5:] not in str(caught.value)
        assert PLAIN[5:] not in str(caught.value.args)

    names = ("profile", "host", "port", "faults", "timeout", "pace", "text_turns", "part_events")
    given: list[dict[str, Any]] = [{name: PLAIN} for name in names]
    given += [{PLAIN: 1}, {"keys": [[PLAIN]]}, {"key": [PLAIN]}, {"lenient_ms": [PLAIN]}]
    given += [{"faults": [f"cut={PLAIN}"]}, {"profile": (PLAIN,)}, {"connections": {PLAIN: 1}}]
    starts = [(partial(Emulator.start, **each),) for each in given]
    wrong: list[dict[str, Any]] = [{name: PLAIN} for name in ("vad", "mode", "input_format")]
    settings = [(partial(Settings().changed, **each),) for each in wrong]
    check_each(check, [*starts, *settings])
    with pytest.warns(GlmWarning) as warned:
        warn(f"not {PLAIN}")
    assert PLAIN[5:] not in str(warned[0].message)


async def test_no_refusal_and_no_log_of_the_emulator_says_a_key() -> None:
    """Of fields, ids and types that hold one: in the error event, its error, the log."""
    async with bare.running() as server, aio.connect(server.url, api_key=bare.KEY) as session:
        whole = session.settings.session()
        for event in (
            Event("session.update", {"session": {**whole, "voice": PLAIN}}),
            Event("session.update", {"session": {**whole, "modalities": [PLAIN]}}),
            Event("session.update", {"session": {**whole, "input_audio_format": TOKEN.reveal()}}),
            Event("session.update", {"session": {**whole, "tools": [{"type": PLAIN}]}}),
            Event(PLAIN, {PLAIN: PLAIN}, direction="client"),
            Event("conversation.item.delete", {"item_id": PLAIN}),
            Event("conversation.item.retrieve", {"item_id": TOKEN.reveal()}),
        ):
            with pytest.raises(Rejected) as caught, session.line.request() as request:
                await session.send(event)
                await session.line.until(lambda: None, request, within=5)
            error = caught.value
            assert error.event is not None
            shown = f"{error} {error.event!r} {error.event.data} {error.code} {explain(error)!r}"
            assert_hidden(shown + repr(event))
        assert len(server.log()[0]["events"]) > 14
        assert_hidden(str(server.log()))
