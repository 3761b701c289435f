"""Keeps the computer from falling asleep while something is live."""
