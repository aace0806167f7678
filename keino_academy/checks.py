"""The system checks of every room, listed for Django."""

from importlib import import_module
from importlib.util import find_spec

for _room in ("core", "announcement", "booking", "applications", "selection", "learning"):
    if find_spec(f"keino_academy.{_room}.checks"):
        import_module(f"keino_academy.{_room}.checks")
