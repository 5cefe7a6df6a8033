"""How fast the client is, as ratios to a hand-written loop measured in the same run."""
