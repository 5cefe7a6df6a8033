"""The line of a class's slip: read as it is pasted, kept in memory, and shown by nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

import glmkit as glm
from glmkit.auth.credentials import Key
from glmkit.auth.key_prompt import seat_field
from glmkit.auth.masking import mask
from glmkit.auth.seat_line import SeatLine, find_line, has_key
from glmkit.process_values import process
from tests.listed import check_each

KEY = Key("seat-07.abcdefghjkmnpqrstu")
LINE = "ws://seat-07.abcdefghjkmnpqrstu@192.168.1.5:8765"
SECRET = "abcdefghjkmnpqrstu"


def test_a_line_is_address_and_key() -> None:
    """Whatever was copied along with it; IPv6 and TLS, too."""

    def check(pasted: str, url: str) -> None:
        place = SeatLine.parse(pasted).place()
        assert (place.url, place.key) == (f"{url}/api/paas/v4/realtime", KEY)

    plain = "ws://192.168.1.5:8765"
    check_each(
        check,
        [
            (LINE, plain),
            (f"  “{LINE}”，\n", plain),
            (f"<{LINE}>", plain),
            (LINE.replace("ws:", "wss:"), plain.replace("ws:", "wss:")),
            ("ws://seat-07.abcdefghjkmnpqrstu@[::1]:8765", "ws://[::1]:8765"),
        ],
    )
    assert SeatLine.joined(plain, KEY).reveal() == LINE


def test_other_addresses_are_no_lines() -> None:
    """A user without a key's form, a name and a password, another scheme."""

    def check(address: str) -> None:
        assert not has_key(address)

    others = ("emulator", "ws://host:1", "ws://user@host", "ws://a.b:pw@host", "http://a.b@host")
    check_each(check, [(each,) for each in (*others, "ws://a.b@host:x", "ws://a.b@[::1", "")])


def test_a_line_is_shown_by_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not by itself, what keeps it, an error, an address, or a text that holds it."""
    monkeypatch.setenv("GLMKIT_CLASS", LINE)
    found = find_line()
    assert found is not None
    shown = [repr(found), str(found), repr(glm.join(LINE)), mask(f"at {LINE}")]
    with pytest.raises(glm.errors.BadKey) as caught:
        SeatLine.parse(f"ws://seat-07.{SECRET}!@host")
    assert [each for each in (*shown, str(caught.value)) if SECRET in each] == []


def test_a_line_is_written_only_where_that_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then a later run finds it, unless tests and demos told it to look at no file."""
    monkeypatch.chdir(tmp_path)
    glm.join(LINE)
    assert list(tmp_path.iterdir()) == []
    assert "whoever uses this computer" in repr(glm.join(LINE, save=True))
    process.reset()
    assert find_line() is None
    monkeypatch.delenv("GLMKIT_TO")
    assert find_line() == SeatLine(LINE)


def test_the_field_is_emptied_before_anything_else() -> None:
    """A line that was pasted stays in no widget; what is none is told beside it."""
    box = seat_field()
    (field, button), words = box.children[0].children, box.children[1]
    field.value = "ws://nothing"
    button.click()
    assert (field.value, "slip" in words.value) == ("", True)
    field.value = LINE
    button.click()
    assert (field.value, "kept in memory" in words.value) == ("", True)
    assert SECRET not in words.value
    assert find_line() == SeatLine(LINE)
