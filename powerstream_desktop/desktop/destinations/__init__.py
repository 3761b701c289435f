"""The multistream dashboard: where broadcasts may go, how each destination stands, and the profiles."""
