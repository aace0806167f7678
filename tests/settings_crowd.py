"""The suite's site in processes of its own, on the database of the test that starts them."""

import json
import os
from datetime import timedelta

from tests.settings import *  # noqa: F403

DATABASES = {"default": json.loads(os.environ["KEINO_CROWD_DATABASE"])}
KEINO_ACADEMY = {
    "CLOCK_OFFSET": timedelta(seconds=float(os.environ["KEINO_CROWD_OFFSET"])),
    "FORM_MIN_SECONDS": 0,
    # All of the crowd come from one machine.
    "RATE_HOLD": (100_000, 3600),
    "RATE_BOOK": (100_000, 3600),
}
