"""Measurements, each a ratio to a floor or a peer of the same run. Nothing here is asserted by the suite."""
