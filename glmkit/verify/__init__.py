"""``glmkit verify``: does a server do what is documented? Statement by statement, within a budget.

A room each: ``caller`` (one connection, and the evidence it leaves), ``door`` and ``scenes``
(what is said and sent), ``statements`` and ``probes`` (what the evidence shows), ``running``
(order, budget, going on where it stopped), ``report``.

A *statement* is something that is documented or was observed and that clients rely on; a
*probe* asks about what the sources say differently. Both are judged from the events that came.
"""
