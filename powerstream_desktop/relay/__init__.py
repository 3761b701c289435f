"""The relay: takes one stream in, and sends it to every destination, each living its own life."""
