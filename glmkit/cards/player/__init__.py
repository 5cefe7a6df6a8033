"""The player: voices and events on one axis of time, and a playhead that moves with the sound.

Python describes once what there is to see and to hear (``scene``); the page draws it, plays it and
asks nothing of Python again. ``markup`` is the HTML of it: a block of JSON and the player's code
(``static/``, ES modules). Where scripts don't run, neither is seen, and the static card stays.

Rules
- A player stands in a turn's card (``cards/turns``), alone (``listen``) or on a page of its own
  (``page``). In a card the two audio elements are its sound; else it brings its own, lossless in
  a notebook and MP3 on a page that is handed on.
- Words from outside travel as JSON and become text, never markup.
- Whom the times were measured against is always in view.
"""
