"""Where the demonstration stands in time: an offset in a file, which all its processes read."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

HELSINKI = ZoneInfo("Europe/Helsinki")

#: Where the bar leads: ``{name: (what it says, the moment)}``.
JUMPS = {
    "before": (_("before the call"), datetime(2023, 4, 12, 12, 0, tzinfo=HELSINKI)),
    "open": (_("open"), datetime(2023, 5, 10, 12, 0, tzinfo=HELSINKI)),
    "last-hour": (_("the last hour"), datetime(2023, 5, 31, 23, 10, tzinfo=HELSINKI)),
    "closed": (_("closed"), datetime(2023, 6, 2, 12, 0, tzinfo=HELSINKI)),
    "autumn": (_("autumn"), datetime(2023, 10, 2, 12, 0, tzinfo=HELSINKI)),
}


def _file() -> Path:
    return Path(settings.DEMO_DIR) / "clock"


def offset() -> timedelta:
    """How far the demonstration is from real time. Without a file it is given the open call."""
    try:
        _name, seconds = _file().read_text().split()
        return timedelta(seconds=float(seconds))
    except (FileNotFoundError, ValueError):
        return JUMPS["open"][1] - timezone.now()


def jump(name: str) -> None:
    """Stand at one of the moments; raises ``KeyError`` for another name."""
    _label, moment = JUMPS[name]
    half = _file().with_suffix(".new")
    half.write_text(f"{name} {(moment - timezone.now()).total_seconds()}")
    half.replace(_file())


def standing() -> str:
    """The name of the last jump."""
    try:
        return _file().read_text().split()[0]
    except (FileNotFoundError, IndexError):
        return "open"
