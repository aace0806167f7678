"""Every model of the package, listed for Django."""

from keino_academy.announcement.models import *  # noqa: F403 - a facade
from keino_academy.applications.models import *  # noqa: F403
from keino_academy.booking.models import *  # noqa: F403
from keino_academy.core.models import *  # noqa: F403
from keino_academy.learning.models import *  # noqa: F403
