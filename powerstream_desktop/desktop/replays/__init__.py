"""Replays: their cards, wherever they are listed, and the page of all of them."""
