"""The first page of all: what is seen and heard right now, and the few steps to the first broadcast."""
