"""The PowerStream server that lists a station's replays: its REST client, its tokens, and the comparison with what we have."""
