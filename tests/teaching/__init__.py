"""What the documents show is run: examples, commands, and clients in other languages."""
