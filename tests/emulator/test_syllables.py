"""The table of how characters sound."""

from __future__ import annotations

import pytest

from glmkit.emulator.think.syllables import syllable, toneless
from tests.emulator.renew_syllables import sounds

WRITTEN = ["a", "cat5", "1", "123", "？"]


@pytest.mark.slow
def test_table_is_as_its_source_has_it() -> None:
    """Where this fails for a newer pypinyin: python -m tests.emulator.renew_syllables."""
    from pypinyin import lazy_pinyin

    said = sounds()
    assert len(said) > 20_000
    assert {character: syllable(character) for character in said} == said
    assert {each: toneless(each) for each in said} == {each: lazy_pinyin(each)[0] for each in said}


def test_what_is_no_character_stays() -> None:
    """Letters, digits and signs sound like themselves."""
    assert [syllable(each) for each in WRITTEN] == [toneless(each) for each in WRITTEN] == WRITTEN
