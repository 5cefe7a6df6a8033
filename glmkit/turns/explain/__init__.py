"""The checks behind ``glm.explain``; ``all_checks`` lists them and runs them."""
