"""One stream inside the relay: its timeline, headers and running group, handed out in bursts."""
