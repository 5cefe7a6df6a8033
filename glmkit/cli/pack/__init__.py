"""``glmkit pack``: one folder for a room without internet, for several systems and Pythons.

What is done from it at a seat is ``cli/seat/``, which the pack carries along.
"""
