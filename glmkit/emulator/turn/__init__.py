"""One turn: whose it is, and its answer from ``response.created`` to ``response.done``."""
