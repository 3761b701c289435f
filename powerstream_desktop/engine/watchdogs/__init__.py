"""Watchdogs: policies that see, once a second, what a user would only notice when it is too late. Pure."""
