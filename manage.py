#!/usr/bin/env python
"""Run a Django command, by default for the example site as the demo."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "example_site.settings.demo")
    execute_from_command_line(sys.argv)
