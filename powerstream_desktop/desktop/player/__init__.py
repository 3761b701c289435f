"""Plays the running broadcast, and lends to the review what decodes. ``StreamPlayer`` is the widget; what decodes stands behind ``Media``.

The broadcast is played from its playlist, which is open to this computer: no token is put into an address. A replay is played from its
file by ``desktop/review``.
"""
