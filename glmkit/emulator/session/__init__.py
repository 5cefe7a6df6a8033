"""One session: its configuration, what came in and what was said; and the shapes that go out."""
