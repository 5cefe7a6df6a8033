"""The site: the executed course, plans, experiments, glossary and API, in both languages.

``python -m docs.site`` (``make site``) builds ``build/site`` and ``build/glmkit-site.zip``. The
pages ask nothing of any other host, and open by a double click as they do from a server.
"""
