"""How it is done: a connection, its rules, and the calls of a session."""
