"""The studio page: what the audience sees and hears, and everything that changes it."""
