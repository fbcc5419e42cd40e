"""The story of the demo, in parts: see `play.Story`."""
