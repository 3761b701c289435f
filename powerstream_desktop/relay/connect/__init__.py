"""How a connection to a platform comes about: names, addresses, TCP, TLS, and what its failures mean."""
