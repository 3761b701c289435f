"""Encoders and players come in here: connections, keys, take-over, and the receiver of the rehearsal."""
