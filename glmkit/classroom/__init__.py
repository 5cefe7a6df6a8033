"""One key for a class: seats with keys of their own, budgets, places shared fairly, a ledger.

It stands on ``relay``: what passes is passed on unchanged, and the key of the service stays in the
teacher's process. ``core`` holds the class, ``running_class`` puts it at a port.
"""
