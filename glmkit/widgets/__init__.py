"""What runs in the page: the recorder, live talk, and a page of its own where Jupyter has no sound.

::

    front end ── comm or WebSocket ── channel ── recorder | talk ── the session's loop

The JavaScript is one ES module, joined from the files in ``static/``; nothing is built and
nothing is fetched. ipywidgets and anywidget are imported when a widget is shown.
"""
