"""The API for other devices of the user's network: off, until the user lets them in, and then with TLS."""
