"""``glmkit verify``: does a server do what is documented? Statement by statement, within a budget.

A room each: ``raw_client`` (one WebSocket), ``scene_client`` (a scene's, on top of it) and the
``evidence`` it leaves, ``scene`` and ``statement`` (what is played, what is to be shown),
``checks/`` (all of both, a file a subject), ``run`` (order, budget, going on where it stopped),
``record`` and ``report``.

A *statement* is something that is documented or was observed and that clients rely on; a
*probe* asks about what the sources say differently. Both are judged from the events that came.
"""
