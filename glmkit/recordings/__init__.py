"""How a session is kept: bundles, exports, comparisons, and what a recording says of itself."""
