"""Stations: the page of one station, and the replay that is open beside its recorded shows."""
