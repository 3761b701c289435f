"""Asks platforms' servers, as far as their answer to ``connect``, without publishing."""
