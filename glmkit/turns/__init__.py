"""What happened: events folded into turns, their latency, and what is wrong with them."""
