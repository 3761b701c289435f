"""What a stream carries while its publisher is away."""
