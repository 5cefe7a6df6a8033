"""Keys are kept in memory, and asked for only where somebody can type."""

from __future__ import annotations

import os
import sys
import types
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from glmkit.auth import Key
from glmkit.auth.key_prompt import key_field, use_key
from glmkit.auth.key_search import Found, find_key, forget_key
from glmkit.auth.masking import Secret
from glmkit.errors import BadKey

PLAIN = "0a1b2c3d4e5f60718293a4b5c6d7e8f9.Sx7Kq0Lm3Nv9Rt2W"
ROOT = str(Path(__file__).parents[2])


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder of its own, and .env files count."""
    monkeypatch.delenv("GLMKIT_TO")
    monkeypatch.chdir(tmp_path)


def test_use_key_keeps_it_in_memory_only() -> None:
    """Nothing is written unasked, and what is said shows no key."""
    note = use_key(PLAIN)
    assert note
    assert "nothing was written" in repr(note)
    assert PLAIN[-16:] not in repr(note)
    assert list(Path.cwd().iterdir()) == []
    with pytest.raises(BadKey):
        use_key("nothing")


def test_use_key_saves_when_asked() -> None:
    """save=True writes .env, says where, and git ignores it."""
    Path(".git").mkdir()
    note = use_key(PLAIN, save=True)
    assert str(Path.cwd() / ".env") in repr(note)
    assert ".gitignore" in repr(note)
    forget_key()
    assert find_key() == Found(Key(PLAIN), str(Path.cwd() / ".env"))


def test_use_key_asks_nothing_where_nobody_can_type() -> None:
    """In a script without a terminal it says so and goes on."""
    note = use_key()
    assert not note
    assert "ZHIPU_API_KEY" in repr(note)


@pytest.mark.slow
def test_unattended_notebook_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under nbclient the cell shows one sentence and the next cell runs."""
    monkeypatch.setenv("PYTHONPATH", ROOT)
    cells = [
        "import glmkit.auth.key_prompt as k; k.use_key()",
        "from glmkit.auth.key_search import find_key; find_key(dotenv=False) is None",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    shown = [output["data"]["text/plain"] for cell in notebook.cells for output in cell.outputs]
    assert "nobody can type" in shown[0]
    assert shown[1:] == ["True"]


def test_field_hands_over_and_forgets() -> None:
    """The password field is emptied before the key is used; a bad one is explained beside it."""
    kept: list[Secret] = []

    def keep(secret: Secret) -> str:
        kept.append(Key.parse(secret))
        return "kept"

    box = key_field(keep)
    (field, button), words = box.children[0].children, box.children[1]
    field.value = "nothing"
    button.click()
    assert "has 1 part" in words.value
    field.value = PLAIN
    button.click()
    assert (kept, words.value, field.value) == ([Key(PLAIN)], "kept", "")


def test_colab_secret_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """In Colab the notebook's secret is taken without asking."""

    class SecretNotFoundError(Exception):
        pass

    def get(name: str) -> str:
        if name != "ZHIPUAI_API_KEY":
            raise SecretNotFoundError(name)
        return PLAIN

    userdata = types.SimpleNamespace(get=get, SecretNotFoundError=SecretNotFoundError)
    colab = types.ModuleType("google.colab")
    colab.userdata = userdata  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "google.colab", colab)
    assert use_key()
    assert find_key() == Found(Key(PLAIN), "use_key()")


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
def test_terminal_asks_without_showing() -> None:
    """In a terminal the key is typed unseen."""
    import pexpect

    code = "import glmkit.auth.key_search as k, glmkit as glm; print(glm.use_key()); "
    code += "print('left', k.find_key().where)"
    child = pexpect.spawn(
        sys.executable,
        ["-c", code],
        env={**os.environ, "PYTHONPATH": ROOT},
        encoding="utf-8",
        timeout=30,
    )
    child.expect("API key, id.secret")
    child.waitnoecho()
    child.sendline(PLAIN)
    child.expect("left use_key")
    assert "kept in memory" in child.before
    assert PLAIN not in child.before
    child.close()
