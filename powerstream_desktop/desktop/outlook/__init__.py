"""What the window knows of the service, as frozen snapshots: folded from its events, and told to whoever shows it."""
