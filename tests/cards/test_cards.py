"""Cards: what is shown, nothing that could do harm, nothing too large, nothing left open."""

from __future__ import annotations

import base64
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import numpy as np
import pytest
from IPython.core.displayhook import DisplayHook
from IPython.core.interactiveshell import InteractiveShell
from matplotlib import pyplot
from PIL import Image

import glmkit as glm
from glmkit import aio
from glmkit.auth import Key, Token, make_token, read_token
from glmkit.cards import style_sheet
from glmkit.cards.frame import safe
from glmkit.cards.references import fields_of
from glmkit.emulator.options import Options
from glmkit.emulator.server.running import serve
from glmkit.events import append, append_video_frame, commit
from glmkit.explain import explain
from glmkit.media.clip import Clip
from glmkit.plots.drawing.page_colours import LOOK, colours_of
from glmkit.plots.drawing.palette import THEMES, contrast, palette_of
from glmkit.protocol.event import Event, stamped
from glmkit.protocol.table import SPECS
from glmkit.turns.fold import fold_turns
from glmkit.turns.trace import Clock, Trace
from glmkit.turns.turn import Turn
from tests.listed import check_each
from tests.pictured import a_trace, a_turn, exchange, server, voice

LARGEST = 300_000
OURS = set(
    re.findall(
        r"\w+",
        "section style div span b table caption thead tbody tr th td code pre ul li br details "
        "summary audio img form fieldset legend label input del",
    )
)
EVIL = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'><svg onload=alert(3)>"
KEY = Key.parse("0123456789abcdef0123456789abcdef.ABCDEFGHIJKLMNOP")


class Read(HTMLParser):
    """The tags, attributes and words of some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self._in_style = False
        self.feed(html.replace("<wbr>", ""))  # where a word may break

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in_style = tag in {"style", "script"}

    def handle_endtag(self, tag: str) -> None:
        self._in_style = False

    def handle_data(self, data: str) -> None:
        if not self._in_style:
            self.words += f"{data} "

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def card(thing: Any) -> Read:
    return Read(thing._repr_mimebundle_()["text/html"])


def weight(bundle: dict[str, str]) -> int:
    return sum(len(part.encode()) for part in bundle.values())


def called(arguments: str = '{"city": "Paris"}', output: str | None = '{"sky": "clear"}') -> Turn:
    """A turn in which the model called a function."""
    events = exchange(answer=voice(1.0, 24_000))
    at = next(e.at for e in events if e.type == "response.created")
    call = {"response_id": "r1", "name": "weather", "arguments": arguments, "call_id": "c"}
    events.append(server("response.function_call_arguments.done", at + 0.01, **call))
    if output is not None:
        item = {"type": "function_call_output", "output": output}
        sent = Event("conversation.item.create", {"item": item}, direction="client", at=at + 0.02)
        events.append(sent)
    [turn] = fold_turns(sorted(events, key=lambda e: e.at), peer="emulator", model="m")
    return turn


def evil_things() -> Iterator[Any]:
    """One of each kind, with markup wherever something comes from outside."""
    events = exchange(words=(EVIL, EVIL), answer=voice(0.5, 24_000))
    error = {"code": EVIL, "message": EVIL, "type": EVIL}
    events += [server("error", 14.0, error=error), server(EVIL, 14.1, **{EVIL: EVIL})]
    [turn] = fold_turns(events, peer=EVIL, model=EVIL)
    yield turn
    yield called(json.dumps({EVIL: EVIL}), EVIL)
    trace = Trace(Clock(1.7e9, 10.0), peer=EVIL, model=EVIL)
    for event in events:
        trace.add(event)
    yield trace
    yield from events[-2:]
    yield Event.from_json(EVIL)
    token = make_token(KEY)
    yield token
    info = read_token(token)
    yield type(info)({EVIL: EVIL}, {"api_key": EVIL, "exp": EVIL, EVIL: EVIL}, 1.0, True, None)
    yield Token(EVIL)


# -- a turn ----------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_turn_shows_who_said_what_how_long_it_took_and_against_whom() -> None:
    """Words, two players, a figure, a status, latencies, and the peer before anything else."""
    bundle = a_turn()._repr_mimebundle_()
    shown = Read(bundle["text/html"])
    for words in ("Tell me a joke", "Why did the chicken", "completed", "first audible sample"):
        assert words in shown.words
    assert shown.words.index("emulator") < shown.words.index("could be heard 0.70 s after")
    assert shown.words.index("could be heard") < shown.words.index("You")
    assert "These are not the live service's times" in str(shown.all("img")[0]["alt"])
    players = shown.all("audio")
    assert [p["aria-label"] for p in players] == ["Play what was said", "Play the answer"]
    sound = Clip.read(base64.b64decode(str(players[1]["src"]).partition(",")[2]))
    assert sound.seconds == pytest.approx(2.0, abs=0.1)
    assert bundle["text/plain"] == str(a_turn())
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")


@pytest.mark.slow
def test_the_live_service_is_named_as_such() -> None:
    """Only then nothing is said about other times."""
    words = card(a_turn(peer="live")).words
    assert "live service" in words
    assert "not the live" not in words


@pytest.mark.slow
def test_an_interruption_says_what_was_heard() -> None:
    """Both parts are named, and so is the status."""
    words = card(a_turn(cancel=1.0)).words
    assert "cancelled" in words
    assert re.search(r"interrupted: \d\.\d\d s were heard, \d\.\d\d s were not", words)


@pytest.mark.slow
def test_the_red_of_an_interruption_survives_the_saving_of_bytes() -> None:
    """The figure's thin line keeps its colour from the palette."""
    data = base64.b64decode(a_turn(cancel=1.0)._repr_mimebundle_()["image/png"])
    pixels = np.asarray(Image.open(io.BytesIO(data)).convert("RGB")).reshape(-1, 3)
    red = bytes.fromhex(palette_of("light").error.fill[1:])
    assert (np.abs(pixels.astype(int) - list(red)).sum(axis=1) < 6).sum() > 100


@pytest.mark.slow
def test_calls_are_shown_with_arguments_and_results() -> None:
    """Name, arguments and result stand in one row; a missing result says so."""
    words = card(called()).words
    for part in ("weather", '{"city": "Paris"}', '{"sky": "clear"}'):
        assert part in words
    assert "no result was sent" in card(called(output=None)).words


@pytest.mark.slow
def test_what_explain_found_is_there_and_nothing_says_so() -> None:
    """Each finding comes with its cure."""
    assert "Nothing stands out" in card(a_turn()).words
    turn = a_turn(answer=None, words=("", ""))
    found = turn.explain()
    assert found
    for finding in found:
        assert finding.fact in card(turn).words
        assert finding.cure in card(turn).words


def test_a_turn_without_sound_has_no_figure() -> None:
    """A written turn shows its words, and says that there is no sound."""
    sent = Event("response.create", at=1.0)
    done = server("response.done", 2.0, response={"id": "r", "status": "completed"})
    text = server("response.text.done", 1.5, response_id="r", text="Good day")
    [turn] = fold_turns([sent, text, done], peer="live", model="m")
    assert "image/png" not in turn._repr_mimebundle_()
    assert "Good day" in card(turn).words
    assert "(no sound)" in card(turn).words


def silent(lang: str, monkeypatch: pytest.MonkeyPatch) -> Turn:
    """A spoken question, answered in writing."""
    monkeypatch.setenv("GLMKIT_LANG", lang)
    return a_turn(answer=None)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "latency: 0.10 s from the commit to the first text · emulator"),
        ("zh", "延迟：0.10 秒（从提交（commit）到首段文字）· 仿真器"),
    ],
)
def test_an_answer_in_writing_has_the_time_of_its_first_text(
    lang: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Printed and on the card; a sound is measured to its first audible sample."""
    turn = silent(lang, monkeypatch)
    assert said in str(turn)
    assert "0.10" in card(turn).words
    monkeypatch.setenv("GLMKIT_LANG", "en")
    assert "0.70 s from the commit to the first audible sample" in str(a_turn())
    assert "– from" in str(a_turn(answer=Clip.silence(1.0, 24_000)))


@pytest.mark.slow
def test_what_has_no_sound_gets_no_panel() -> None:
    """The figure of an answer in writing is a good deal lower."""
    heights = []
    for turn in (a_turn(), a_turn(answer=None)):
        data = base64.b64decode(turn._repr_mimebundle_()["image/png"])
        heights.append(Image.open(io.BytesIO(data)).height)
    assert heights[1] < 0.8 * heights[0]


@pytest.mark.slow
def test_the_text_of_a_long_transcript_unfolds() -> None:
    """What is long is there, behind a summary, and cut where it is endless."""
    shown = card(a_turn(words=("word " * 500, "x")))
    assert shown.all("details")
    assert shown.words.count("word") > 450


@pytest.mark.slow
def test_it_speaks_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    """The card's own words follow the reader's language."""
    monkeypatch.setenv("GLMKIT_LANG", "zh")
    shown = card(a_turn())
    assert "已完成" in shown.words
    assert shown.all("section")[0]["lang"] == "zh"


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
async def test_numbers_and_brackets_are_the_languages_own(
    lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No hyphen before a number; wide brackets around Chinese words."""
    monkeypatch.setenv("GLMKIT_LANG", lang)
    clip = Clip.tone(440, 1.0)
    words = [card(each).words for each in (clip, commit(), a_turn(), a_trace(1))]
    async with (
        await serve(Options(key=KEY, pace=0)) as running,
        aio.connect(running.url, api_key=KEY) as session,
    ):
        words.append(card(session).words)
    assert ("0 (" if lang == "en" else "0（") in words[-1]
    for shown in words:
        assert not re.search(r"(?<![\w.])-\d+\.\d", shown)
        prose = re.sub(r'\w\("[^"]*"\)', "", shown)  # a call may say Chinese words
        assert not re.search(r"[一-鿿]\s?\(|\([^()]*[一-鿿]", prose)


# -- two traces ------------------------------------------------------------------------------


def test_equal_traces_are_a_sentence() -> None:
    """No table of nothing; the same words as where only text is shown."""
    same = a_trace(2).diff(a_trace(2))
    shown = Read(same._repr_html_())
    assert "0 rows differ" in shown.words
    assert not shown.all("table")
    assert str(same) in repr(same)


def test_a_difference_is_a_sentence_and_a_table() -> None:
    """Cells without a value are empty, and what came from outside is escaped."""
    other = Trace(Clock(1.7e9, 10.0), peer=EVIL, model="m")
    for event in exchange(answer=None):  # without some stages, and without a second turn
        other.add(event)
    shown = Read(a_trace(2).diff(other)._repr_html_())
    assert "rows differ" in shown.words
    assert shown.all("table")
    assert not shown.all("img")
    assert not re.search(r"\b(?:None|nan)\b", shown.words)


# -- safety ----------------------------------------------------------------------------------


@pytest.mark.slow
def test_nothing_from_outside_becomes_markup() -> None:
    """No tag, no attribute and no address in a card is anyone's but ours."""
    check_each(_holds_no_markup, [(type(thing).__name__, thing) for thing in evil_things()])


def _holds_no_markup(_: str, thing: Any) -> None:
    shown = card(thing)
    scripts = [attributes for tag, attributes in shown.tags if tag == "script"]
    player = [{"type": "application/json"}, {}]  # what it shows, and its code
    assert scripts == (player if isinstance(thing, Turn) else [])
    assert {tag for tag, _ in shown.tags} <= OURS | {"script"}
    for _, attributes in shown.tags:
        assert not [name for name in attributes if name.startswith("on")]
        for name in ("src", "href"):
            assert str(attributes.get(name, "data:")).startswith("data:")
    assert "onerror=alert" in shown.words or isinstance(thing, Token)


@pytest.mark.slow
def test_no_card_holds_a_key_or_a_signature() -> None:
    """Neither in a transcript, a tool's result, an event, nor in the token's own card."""
    secret, token = KEY.reveal(), make_token(KEY)
    plain = token.reveal()
    leaky = a_turn(words=(f"my key is {secret}", f"and my token {plain}"))
    things = (leaky, called(output=secret), server("x", 1, note=[secret, plain]), token)
    for thing in (*things, read_token(token, key=KEY)):
        whole = str(thing._repr_mimebundle_())
        assert secret.partition(".")[2] not in whole
        assert plain.rpartition(".")[2] not in whole
    assert KEY.id not in str(token._repr_mimebundle_())


@pytest.mark.slow
def test_what_cannot_be_sent_is_replaced() -> None:
    """Lone surrogates and control letters are shown as what they are: unreadable."""
    turn = a_turn(words=("a\ud800b\x00c\x1b[31m", "ok"))
    bundle = turn._repr_mimebundle_()
    bundle["text/html"].encode()
    bundle["text/plain"].encode()
    assert "\x1b" not in bundle["text/html"]
    assert "\x00" not in bundle["text/plain"]


@pytest.mark.slow
def test_nesting_without_end_is_cut() -> None:
    """Arguments and events nested deeper than Python can follow still have a card."""
    deep = '{"a":' * 600 + "1" + "}" * 600
    assert "weather" in card(called(deep, deep)).words
    assert "…" in card(Event.from_json('{"type": "x", "a": ' + deep + "}")).words


@pytest.mark.slow
def test_damaged_sound_is_told() -> None:
    """A card whose sound cannot be decoded says so and shows the rest."""
    data = base64.b64encode(b"RIFF\x00\x00\x00\x00WAVEjunk").decode()
    event = Event("input_audio_buffer.append", {"audio": data}, format="wav", at=10.0)
    events = [event, *exchange(answer=voice(0.5, 24_000))]
    [turn] = fold_turns(events, peer="emulator", model="m")
    assert "The sound cannot be decoded" in card(event).words
    assert "Tell me a joke" in card(turn).words
    assert "not the live service" in str(card(turn).all("img")[0]["alt"])


def test_safe_keeps_to_its_room() -> None:
    """However much a letter grows when it is escaped, the result fits."""
    for words in ("'" * 9_000, "山" * 9_000, "a" * 9_000):
        assert len(safe(words, 1_000).encode()) <= 1_000 + len("…".encode())
    assert safe("short") == "short"


# -- size ------------------------------------------------------------------------------------


def noise(seconds: float, rate: int) -> Clip:
    """Sound that neither MP3 nor PNG can make small."""
    samples = np.random.default_rng(7).uniform(-0.5, 0.5, int(seconds * rate))
    return Clip(samples.astype(np.float32), rate)


@pytest.mark.slow
def test_the_largest_turn_fits() -> None:
    """Minutes of noise and endless words stay below 300 kB, and the card says what is left out."""
    turn = a_turn(
        spoken=noise(60, 16_000), answer=noise(180, 24_000), words=("'" * 50_000, "山" * 50_000)
    )
    bundle = turn._repr_mimebundle_()
    assert weight(bundle) <= LARGEST
    assert re.search(
        r"The first \d+\.\d s of 180\.0 s; all of it is in turn\.audio", bundle["text/html"]
    )
    assert len(Read(bundle["text/html"]).all("audio")) == 2


def clicks(seconds: float, rate: int) -> Clip:
    """What takes MP3 the most bytes: twice those of a voice."""
    samples = np.zeros(int(seconds * rate), np.float32)
    samples[:: rate // 150] = 1.0
    return Clip(samples, rate)


@pytest.mark.slow
def test_what_has_room_is_played_whole() -> None:
    """However badly it is compressed: a short sound is never cut for a long one's sake."""
    for spoken, answer in ((2.0, 6.0), (6.0, 1.0), (0.2, 12.0), (3.0, 300.0)):
        turn = a_turn(spoken=clicks(spoken, 16_000), answer=clicks(answer, 24_000))
        bundle = turn._repr_mimebundle_()
        assert weight(bundle) <= LARGEST
        cut = re.findall(r"all of it is in turn\.(\w+)", bundle["text/html"])
        assert cut == (["audio"] if answer > 60 else [])


@pytest.mark.slow
def test_ten_minutes_of_a_clip_fit() -> None:
    """A long clip is played shortened, and says so."""
    bundle = noise(600, 16_000)._repr_mimebundle_()
    assert weight(bundle) <= LARGEST
    assert "of 600.0 s; all of it is in clip" in bundle["text/html"]


@pytest.mark.slow
def test_ten_thousand_events_fit() -> None:
    """The first and the last rows are shown, runs are collapsed, and the rest is counted."""
    trace = a_trace(400, pause=0.1)
    assert len(trace) > 10_000
    bundle = trace._repr_mimebundle_()
    assert weight(bundle) <= LARGEST
    shown = Read(bundle["text/html"])
    assert "×10" in shown.words
    assert "are not shown: trace.table()" in shown.words
    assert len(shown.all("tr")) < 200


def test_a_large_event_fits() -> None:
    """Endless fields are cut, a large picture is not shown."""
    event = server("session.created", 1, session={"a": "x" * 200_000, "b": ["'" * 900] * 900})
    assert weight(event._repr_mimebundle_()) <= LARGEST
    picture = append_video_frame(b"\xff\xd8" + bytes(400_000))
    assert "too large" in card(picture).words


# -- small cards -----------------------------------------------------------------------------


@pytest.mark.slow
def test_a_clip_shows_its_numbers_player_and_waveform() -> None:
    """Length, rate, level, one player, the figure twice: once a theme."""
    shown = card(Clip.tone(440, 1.0))
    assert "1.00 s · 16000 Hz · level −12.0 dBFS" in shown.words
    assert len(shown.all("audio")) == 1
    assert [i["class"] for i in shown.all("img")] == ["glm-light", "glm-dark"]
    for image in shown.all("img"):  # round corners have no other colour behind them
        coded = image["src"].partition(",")[2]
        figure = Image.open(io.BytesIO(base64.b64decode(coded))).convert("RGB")
        assert figure.getpixel((0, 0)) == figure.getpixel((figure.width // 2, 0))


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0, 0.0001, 0.01, 0.06])
def test_the_shortest_clips_have_a_card(seconds: float) -> None:
    """Nothing, one sample, and less than an MP3 frame."""
    assert "Clip" in card(Clip(np.zeros(round(seconds * 16_000), np.float32), 16_000)).words


@pytest.mark.slow
def test_clipping_and_silence_are_said() -> None:
    """In words, beside the numbers."""
    assert "probably clipped" in card(Clip(np.ones(16_000, np.float32), 16_000)).words
    assert "silent" in card(Clip.silence(1.0)).words


def test_an_event_trims_its_base64_and_plays_it() -> None:
    """The sound is a player and a few words; the direction is a word too."""
    event = a_turn().events[1]
    shown = card(event)
    assert "<3.2 kB audio, 0.10 s>" in shown.words
    assert "→ sent" in shown.words
    assert len(shown.all("audio")) == 1


def test_an_unknown_event_says_that_it_is() -> None:
    """It is kept and shown."""
    shown = card(server("response.surprise", 1.0, gift=1))
    assert "not in the protocol's table" in shown.words
    assert '"gift": 1' in shown.words


def test_a_trace_collapses_runs_and_names_its_peer_first() -> None:
    """Ten appends are one row; pieces that alternate are one row a type."""
    trace = a_trace(1)
    for n in range(6):
        kind = "audio_transcript" if n % 2 else "audio"
        trace.add(server(f"response.{kind}.delta", 30 + n, response_id="r9", delta=EVIL))
    words = card(trace).words
    assert words.index("not the live service") < words.index("time (s)")
    assert "×10" in words
    assert words.count("×3") == 2


def test_the_seconds_of_a_run_are_those_of_its_format() -> None:
    """Half a second at 48 kHz, each piece a whole file, is half a second."""
    trace = Trace(Clock(1.7e9, 0.0), peer="emulator", model="m")
    for number, chunk in enumerate(voice(0.5).chunks(100, "wav48")):
        trace.add(stamped(append(chunk), number / 10, "wav48"))
    assert "audio, 0.50 s>" in card(trace).words
    [left] = [each for each in explain(trace) if each.name == "never_committed"]
    assert "5 chunks (0.5 s)" in left.fact


def test_a_token_shows_its_claims_and_time_left() -> None:
    """Header, claims with a cut id, seconds left; expired and unreadable ones say so."""
    words = card(make_token(KEY, ttl=600)).words
    for part in ("HS256", "SIGN", '"api_key": "0123…"', "s left", "(never shown)"):
        assert part in words
    old = make_token(KEY, ttl=60, now=1_700_000_000)
    assert "expired" in card(old).words
    assert "signed with this key" in card(read_token(old, key=KEY)).words
    assert "unreadable" in card(Token("eyJ.not.one")).words


async def test_a_session_shows_state_configuration_cost_and_budget() -> None:
    """Open or closed, whom it talks to, what it costs, and both faces show the same."""

    def weather(city: str) -> str:
        """The weather of a city."""
        return "25"

    budget = glm.Budget(yuan=None, turns=3)
    async with (
        await serve(Options(key=KEY, pace=0)) as running,
        aio.connect(running.url, api_key=KEY, tools=[weather], budget=budget) as session,
    ):
        words = card(session).words
        for part in ("open", "127.0.0.1", "client_vad", "tongtong", "weather", "turns: 3"):
            assert part in words
        assert "These are not the live service's times" in words
        assert "the live service would take about ¥0.000" in words
        assert KEY.reveal() not in words
        face = glm.Session(session)
    assert "closed" in card(session).words
    assert face._repr_mimebundle_() == session._repr_mimebundle_()


# -- how it is shown -------------------------------------------------------------------------


@pytest.mark.slow
def test_no_figure_is_left_open() -> None:
    """Drawing for a card leaves nothing for a notebook to show a second time."""
    a_turn()._repr_mimebundle_()
    assert pyplot.get_fignums() == []


def test_a_terminal_shows_text() -> None:
    """IPython without a front end prints the repr, and draws nothing."""
    shell = InteractiveShell.instance()
    try:
        data, _ = shell.display_formatter.format(a_turn(), include=None)
        assert set(data) == {"text/plain"}
        assert data["text/plain"].startswith("<Turn 'Tell me a joke'")
        assert isinstance(shell.displayhook, DisplayHook)
    finally:
        InteractiveShell.clear_instance()


@pytest.mark.slow
def test_a_card_carries_the_look_chosen() -> None:
    """For its own style sheet and for whatever is in it; of two drawings the one chosen is left."""
    for chosen, look, themes in (
        ("projector, dark", "projector dark", ["dark"]),
        ("light", "light", ["light"]),
        ("auto", None, ["light", "dark"]),
    ):
        glm.look(chosen)
        bundle = a_turn()._repr_mimebundle_()
        shown = Read(bundle["text/html"])
        assert shown.all("section")[0].get(LOOK) == look
        assert [image["class"] for image in shown.all("img")] == [f"glm-{t}" for t in themes]
        picture = Image.open(io.BytesIO(base64.b64decode(bundle["image/png"]))).convert("RGB")
        assert (
            "#{:02x}{:02x}{:02x}".format(*picture.getpixel((1, picture.height // 2)))
            == THEMES[themes[0]].ground
        )


@pytest.mark.slow
def test_the_figure_of_a_card_can_be_read_in_a_narrow_column() -> None:
    """In one of 700 pixels its least letters, 9.5 points at 120 pixels an inch, are 11 high; with
    however few pixels it is saved, the page shows it as wide."""
    widths = {
        int(str(image["width"]))
        for thing in (a_turn(), noise(3.0, 16_000))
        for image in card(thing).all("img")
    }
    assert len(widths) == 1
    assert 9.5 / 72 * 120 * min(1, 700 / widths.pop()) >= 11


@pytest.mark.slow
def test_pictures_and_players_have_names() -> None:
    """Every image has an alt text with the finding and the peer, every player a label."""
    shown = card(a_turn())
    for image in shown.all("img"):
        assert "0.70 s after the commit · emulator" in str(image["alt"])
    for player in shown.all("audio"):
        assert player["aria-label"]
    assert shown.all("section")[0]["aria-label"] == "Turn"


@pytest.mark.slow
def test_without_styles_each_figure_is_there_once() -> None:
    """The second drawing is hidden until a style sheet shows it."""
    images = card(a_turn()).all("img")
    assert ["hidden" in image for image in images] == [False, True]


def test_every_word_can_be_read() -> None:
    """Letters reach 4.5:1 on whatever the style sheet puts them."""
    check_each(_can_be_read, [(theme, *pair) for theme in THEMES for pair in style_sheet.PAIRS])


def _can_be_read(theme: str, letters: str, behind: str) -> None:
    colours = colours_of(palette_of(theme))
    assert contrast(colours[letters], colours[behind]) >= 4.5


# -- the event reference ---------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_reference_looks_like_the_other_cards(
    monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    """A card in the reader's language: a line for each event, a head for each field."""
    monkeypatch.setenv("GLMKIT_LANG", lang)
    shown = Read(glm.events()._repr_html_())  # type: ignore[operator]
    [section] = shown.all("section")
    assert section["lang"] == lang
    assert "glm-card" in str(section["class"])
    assert {tag for tag, _ in shown.tags} <= OURS
    assert len(shown.all("details")) == len(shown.all("summary")) == len(SPECS)
    fields = sum(len(fields_of(spec)) for spec in SPECS.values())
    assert [head["scope"] for head in shown.all("th")].count("row") == fields


def test_the_reference_says_where_it_differs() -> None:
    """Documented goes without saying, once at the top; observed is said of an event or a field."""
    words = Read(glm.events()._repr_html_()).words  # type: ignore[operator]
    assert words.count("documented") == 1
    observed = sum(spec.source == "observed" for spec in SPECS.values())
    own = sum(
        field.source == "observed" != spec.source
        for spec in SPECS.values()
        for field in fields_of(spec)
    )
    assert words.count("observed") == observed + own + 1
    assert observed > 5
    assert own > 3


def test_one_event_is_shown_whole() -> None:
    """By its name, open; in a terminal with its fields, where many are an index."""
    one = glm.events("session.update")  # type: ignore[operator]
    [opened] = Read(one._repr_html_()).all("details")
    assert "open" in opened
    assert "input_audio_format (string, required): " in repr(one)
    every = repr(glm.events())  # type: ignore[operator]
    assert "required" not in every
    assert "→ session.update: " in every
    assert 'glm.events("session.update")' in every
    assert len(every.splitlines()) == len(SPECS) + 2
