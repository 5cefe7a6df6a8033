"""The findings that ``explain`` gives: opening this room registers them, in this order.

Rooms: of a turn, the ``sound`` that was sent, what the ``client`` did, the ``answer`` that came
back; of a whole ``session``. ``reading`` is what they read off a turn.
"""

from __future__ import annotations

from glmkit.suspicions import sound as sound  # isort: skip
from glmkit.suspicions import client as client  # isort: skip
from glmkit.suspicions import answer as answer  # isort: skip
from glmkit.suspicions import session as session  # isort: skip
