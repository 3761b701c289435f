"""The program as the audience sees it, taken from the engine's ring."""
