"""Mandarin: characters to syllables as they are said, and these to the voice model's phonemes.

``words`` and ``contexts`` give each character its reading, ``neutral``, ``sandhi`` and ``erhua``
what speech makes of it, ``alphabet`` the model's letters for it.
"""

from glmkit.emulator.speak.mandarin.alphabet import phonemes as phonemes
from glmkit.emulator.speak.mandarin.alphabet import spelt as spelt
from glmkit.emulator.speak.mandarin.alphabet import syllable as syllable
from glmkit.emulator.speak.mandarin.pronunciation import pinyin as pinyin
from glmkit.emulator.speak.mandarin.pronunciation import shown as shown
