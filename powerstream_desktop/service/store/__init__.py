"""What the service keeps in SQLite: stations, endpoints, profiles, sessions with their timelines, replays, markers, uploads.

One thread owns the file and its only connection (``store``); everybody else hands it jobs. Opening, restoring and bringing up
to date is in ``opening``, what the rows look like in the module named after them. Keys are never here (DESIGN 6).
"""
