"""What a bare ``turn``, ``clip``, ``event``, ``trace``, ``session`` or token shows in a cell.

Each kind has a room with one function, ``…_card(thing)``, which gives a MIME bundle: HTML for a
notebook, a PNG where there is a figure, and text for everything that shows neither.

Rules
- No scripts but the player's, which a turn brings (``player/``). A card reads the same where
  scripts or styles are taken away; its colours come from the one palette and follow the page's
  theme.
- Whatever came from outside goes through ``frame.safe``: masked, cut to a size, escaped.
- A card takes 300 kB at most, a conversation 500. Long sound is shown shortened, and says so.
- A latency that is not the live service's says in the first row whom it was measured against.
"""
