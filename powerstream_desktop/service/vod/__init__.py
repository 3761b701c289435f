"""The library's side of the service: what becomes of replays from the moment they are recorded until they are gone."""
