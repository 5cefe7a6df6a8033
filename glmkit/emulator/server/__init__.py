"""The server: who is let in, and one connection from its first byte to its last."""
