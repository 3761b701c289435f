"""Stations and their replays: the page of one station, the page of all replays, and the list that both show."""
