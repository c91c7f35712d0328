"""PostgreSQL, Redis, the web process and the worker on one machine, without anything to install beforehand.

``run.py`` is what ``make run`` starts; ``embedded.py`` is what the tests use. Django is not imported here.
"""
