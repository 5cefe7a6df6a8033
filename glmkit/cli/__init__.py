"""From the shell: the commands, and what they share."""

from glmkit.cli.commands import main

__all__ = ["main"]
