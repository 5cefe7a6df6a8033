"""Sums in spoken words: 三乘以四等于多少, "half plus a third", 根号十六, 3×7=?

``sentences`` finds the sums in what somebody said; ``tokens`` cuts them into numbers and
signs by the words of ``vocabulary``,
``grammar`` makes a ``tree`` of these, ``values`` computes it exactly; ``wording`` says it;
``prices`` reads what each of several costs, and knows a discount that lacks its price.

Rules
- A sum is computed when every word of it was understood; of one that was asked for and was not,
  the answer names the part.
- Numbers that nobody wants computed (dates, telephone numbers, 三加一活动) are no sum.
- Signs that recognition mishears (成以, 架) count only between numbers; those that are words of
  their own only where a result is asked for.
"""

from glmkit.emulator.think.arithmetic.numbers import plain
from glmkit.emulator.think.arithmetic.prices import lacks_price, price_in, priced
from glmkit.emulator.think.arithmetic.sentences import formula, goes_on, result
from glmkit.emulator.think.arithmetic.wording import spoken_sums

__all__ = [
    "formula",
    "goes_on",
    "lacks_price",
    "plain",
    "price_in",
    "priced",
    "result",
    "spoken_sums",
]
