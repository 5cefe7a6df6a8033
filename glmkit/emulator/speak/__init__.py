"""Speaking: words to sound at 24 kHz, ready-made or synthesised, clause by clause."""
