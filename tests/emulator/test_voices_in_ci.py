"""Where CI runs, no test of hearing or speaking is skipped for want of weights."""

from __future__ import annotations

import os

import pytest

from glmkit.emulator.weights import models


@pytest.mark.voices
@pytest.mark.skipif("CI" not in os.environ, reason="a developer may go without the models")
def test_ci_has_the_models() -> None:
    """Every model is in place, in this machine's own cache."""
    assert [each.name for each in models.status() if each.path is None] == []
