"""The platforms: what each one wants, and what their answers mean in plain words."""
