"""The bin of the system: where a replay goes that was removed for good."""
