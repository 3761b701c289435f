"""Driving the engine: the words spoken with the service, the studio's and the sound's truth, and the thread that obeys."""
