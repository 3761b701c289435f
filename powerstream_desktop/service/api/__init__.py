"""The HTTP API (DESIGN 7): routes, their words, and what they ask of the service."""
