"""The program's picture for whoever watches it in a window: scaled and handed over on a thread of its own."""
