"""Encoders of pictures: what there is, what works here, and how a broadcast survives one that fails."""
