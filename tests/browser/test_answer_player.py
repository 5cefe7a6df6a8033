"""``play=True`` in a real JupyterLab: the answer sounds while its cell waits for the rest."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Open
from tests.browser.jupyter import Notebook, Server

CELLS = [
    "import glmkit as glm\nsession = glm.connect()",
    """turn = session.ask("Who are you?", play=True)
done = next(e.at for e in turn.events if e.type == "response.done")
print("done", 1000 * session.trace.clock.date(done).timestamp())""",
    """import threading, _thread
threading.Timer(2, _thread.interrupt_main).start()
try:
    session.ask("Tell me a joke", play=True)
except KeyboardInterrupt:
    print("stopped", len(session.turns))""",
]
#: When the page began to play, by its own clock, and whether a player's context still runs.
SPY = """
window.__started = [];
new MutationObserver(() => {
  for (const each of document.querySelectorAll("section.glmkit[data-started]")) {
    window.__started.push(each.dataset.started);
  }
}).observe(document, { subtree: true, childList: true, attributes: true });
window.__contexts = [];
const Context = window.AudioContext;
window.AudioContext = class extends Context {
  constructor(...options) { super(...options); window.__contexts.push(this); }
};
"""
CLOSED = "window.__contexts.every((each) => each.state === 'closed')"


@pytest.mark.long
def test_an_answer_sounds_before_it_has_ended(lab: Server, open_browser: Open) -> None:
    """And leaves the usual player; an interrupt stops the sound, and leaves what there was."""
    lab.write("heard.ipynb", CELLS)
    page = open_browser()
    page.add_init_script(SPY)
    notebook = Notebook(page, lab, "heard.ipynb")
    notebook.run(0)
    done = float(notebook.run(1).split("done ")[1])
    (started,) = set(page.evaluate("window.__started"))
    assert float(started) < done
    players = notebook.cell(1).locator("audio")
    notebook.until(lambda: players.count() == 1)
    assert page.locator("section.glmkit").count() == 0
    notebook.until(lambda: page.evaluate(CLOSED))
    assert "stopped 2" in notebook.run(2)
    notebook.until(lambda: page.evaluate(CLOSED))
    assert notebook.cell(2).locator("audio").count() == 1
