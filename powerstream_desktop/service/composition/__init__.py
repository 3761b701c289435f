"""What a service is made of, put together: the one place where its parts are wired (DESIGN 2)."""
