"""The picture that social media show of the academy, drawn here: two rings of months and a house of bricks."""

import io
from functools import cache
from math import cos, pi, sin

from django.core.files.images import ImageFile
from PIL import Image, ImageDraw
from wagtail.images import get_image_model
from wagtail.models import Collection

WIDTH, HEIGHT = 1200, 630
#: Drawn so many times larger and made smaller at the end, which smooths the edges.
SCALE = 3
GROUND, LINE, INK, ACCENT, DUE = "#f8f5ee", "#d5cebd", "#1f231c", "#3d5a33", "#a0442a"
CENTRE = (860, 315)
#: Day of the year and ring of each mark: those of 2023 outside, those of 2024 inside.
MARKS = ((151, 230, DUE), (255, 230, ACCENT), (283, 230, ACCENT), (326, 230, ACCENT), (32, 165, ACCENT))
#: The bricks of a wall that is being built: one is still on its way.
BRICKS = ((96, 430), (236, 430), (376, 430), (166, 340), (306, 340), (236, 250), (396, 205))
BRICK = (128, 78)


def make_picture(title: str):
    """The picture by what it shows, which is said in a language; made once."""
    model = get_image_model()
    picture = model.objects.filter(title=title).first()
    if picture is None:
        picture = model(title=title, description=title, collection=Collection.get_first_root_node())
        picture.file = ImageFile(io.BytesIO(draw()), name="akatemia.png")
        picture.save()
    return picture


@cache
def draw() -> bytes:
    """The picture as a PNG."""
    image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), GROUND)
    pen = ImageDraw.Draw(image)
    _bricks(pen)
    _rings(pen)
    file = io.BytesIO()
    image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(file, "PNG", optimize=True)
    return file.getvalue()


def _bricks(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle(_scaled(64, 520, 536, 524), fill=INK)
    for number, (x, y) in enumerate(BRICKS):
        fill = DUE if number == len(BRICKS) - 1 else ACCENT
        pen.rectangle(_scaled(x, y, x + BRICK[0], y + BRICK[1]), fill=fill)


def _rings(pen: ImageDraw.ImageDraw) -> None:
    for radius, colour in ((230, ACCENT), (165, LINE)):
        _arc(pen, radius, 0, 365, colour, 10)
    _arc(pen, 230, 122, 151, DUE, 26)
    for month in range(12):
        _stroke(pen, month * 365 / 12, 258, 274, INK, 3)
    _stroke(pen, 130, 40, 258, INK, 5)
    for day, radius, colour in MARKS:
        x, y = _at(day, radius)
        pen.ellipse(_scaled(x - 17, y - 17, x + 17, y + 17), fill=GROUND, outline=colour, width=6 * SCALE)


def _arc(pen: ImageDraw.ImageDraw, radius: int, first: int, last: int, colour: str, width: int) -> None:
    x, y = CENTRE
    reach = radius + width / 2
    box = _scaled(x - reach, y - reach, x + reach, y + reach)
    pen.arc(box, _turn(first), _turn(last), fill=colour, width=width * SCALE)


def _stroke(pen: ImageDraw.ImageDraw, day: float, inner: int, outer: int, colour: str, width: int) -> None:
    pen.line(_scaled(*_at(day, inner), *_at(day, outer)), fill=colour, width=width * SCALE)


def _turn(day: float) -> float:
    """The angle of a day of the year in degrees: January begins at the top."""
    return day / 365 * 360 - 90


def _at(day: float, radius: float) -> tuple[float, float]:
    angle = _turn(day) * pi / 180
    return CENTRE[0] + radius * cos(angle), CENTRE[1] + radius * sin(angle)


def _scaled(*numbers: float) -> list[float]:
    return [number * SCALE for number in numbers]
