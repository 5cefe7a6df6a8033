"""What a pack does at a seat: install without a network, and open the course.

It runs by any Python that is there, before the kit is installed: these files, ``process_values``
and the sentences they say are copied into the pack's ``setup/`` as they are. They import nothing
but each other and the standard library.
"""
