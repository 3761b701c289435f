"""Plays replays and the running broadcast. ``StreamPlayer`` is the widget; what decodes stands behind ``Media``.

A replay is played from its file: the window asks where it lies (``Library.file``, told to this computer's window only) and opens it,
so that no token is put into an address, seeking costs no round trip, and a service that is restarted disturbs nobody who watches.
The running broadcast is played from its playlist, which is open to this computer.
"""
