"""``glmkit verify``: does a server do what is documented? Statement by statement, within a budget.

A room each: ``caller`` (one connection) and the ``evidence`` it leaves, ``scenes`` (what is said
and sent, put on by ``staging``), ``statements`` (what the evidence shows, put down by
``stating``), ``running`` (order, budget, going on where it stopped), ``report``.

A *statement* is something that is documented or was observed and that clients rely on; a
*probe* asks about what the sources say differently. Both are judged from the events that came.
"""
