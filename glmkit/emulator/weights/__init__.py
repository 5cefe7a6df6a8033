"""Weights: which model files there are, where they come from, and where they are kept."""
