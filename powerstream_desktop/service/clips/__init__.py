"""Clips as the service makes them: asked for, waiting, cut by a confined process, kept as replays of their own."""
