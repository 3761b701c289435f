"""The composition root: wires relay, recording, library and cloud, supervises them and serves the API."""
