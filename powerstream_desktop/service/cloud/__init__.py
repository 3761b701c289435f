"""The cloud as the service has it: which store, what waits to go there, and what the other computers of a station have edited."""
