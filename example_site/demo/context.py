"""What the bar of the demonstration shows."""

from django.http import HttpRequest

from example_site.demo import clock
from keino_academy.core import clock as academy_clock
from keino_academy.core import dates


def demo(request: HttpRequest) -> dict[str, object]:
    """Give ``demo`` to every template."""
    return {"demo": Bar(request)}


class Bar:
    """The bar: asked only when it is drawn."""

    def __init__(self, request: HttpRequest) -> None:
        self.back = request.get_full_path()

    @property
    def now(self) -> str:
        """The demonstration's moment."""
        local = academy_clock.now().astimezone(clock.HELSINKI)
        return f"{dates.day(local)} {dates.clock(local)}"

    @property
    def jumps(self) -> list[dict[str, object]]:
        """Where one can go."""
        standing = clock.standing()
        return [
            {"name": name, "label": label, "current": name == standing}
            for name, (label, _moment) in clock.JUMPS.items()
        ]
