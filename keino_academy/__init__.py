"""A Wagtail package for academies, training rounds and open calls."""

__version__ = "0.1.0"
