"""One session: its configuration, what came in and what was said; and the objects that go out."""
