"""Write the table of how characters sound anew: ``python -m tests.emulator.renew_syllables``.

Its source is pypinyin's dictionary; ``test_syllables.py`` holds the two together.
"""

from __future__ import annotations

from collections import defaultdict

from glmkit.emulator.think.syllables import FILE

CHARACTERS = range(0x4E00, 0xA000)
HEAD = "# How each character is most often said. Made of pypinyin's dictionary (MIT)."


def sounds() -> dict[str, str]:
    """Each character that has a sound, and the sound."""
    from pypinyin import Style, lazy_pinyin

    found = {}
    for number in CHARACTERS:
        [said] = lazy_pinyin(chr(number), style=Style.TONE3, neutral_tone_with_five=True)
        if said != chr(number):
            found[chr(number)] = said
    return found


def renew() -> None:
    """Writes the table, a line a syllable."""
    said: dict[str, list[str]] = defaultdict(list)
    for character, sound in sounds().items():
        said[sound].append(character)
    lines = (f"{sound} {''.join(characters)}" for sound, characters in sorted(said.items()))
    FILE.write_text("\n".join((HEAD, *lines, "")), encoding="utf-8")


if __name__ == "__main__":
    renew()
