"""Functions that the model may call: what is said of them, and what comes back."""
