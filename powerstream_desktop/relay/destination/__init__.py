"""One platform's own life: its state, its lanes, its light."""
