"""What happens, told to whoever listens: the event stream of the API."""
