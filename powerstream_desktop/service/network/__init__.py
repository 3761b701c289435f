"""Whether there is a network, and whether its owner pays for what is sent."""
