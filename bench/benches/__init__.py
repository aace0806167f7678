"""One module per bench: its function ``rows()`` makes what it measures, and returns the figures."""
