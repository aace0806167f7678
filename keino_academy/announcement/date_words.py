"""Words of dates in Finnish, Swedish and English, as patterns. Pure.

Whichever language a line is written in, the words of all three are understood.
"""

from __future__ import annotations

_MONTHS = (
    ("tammi", "januari", "january", "jan"),
    ("helmi", "februari", "february", "feb"),
    ("maalis", "mars", "march", "mar"),
    ("huhti", "april", "apr"),
    ("touko", "maj", "may"),
    ("kesä", "juni", "june", "jun"),
    ("heinä", "juli", "july", "jul"),
    ("elo", "augusti", "august", "aug"),
    ("syys", "september", "sept", "sep"),
    ("loka", "oktober", "october", "okt", "oct"),
    ("marras", "november", "nov"),
    ("joulu", "december", "dec"),
)

#: The number of each month's names; Finnish ones are kept without ``kuu`` and its endings.
MONTHS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}

_WEEKDAYS = (
    ("ma", "maanantai", "mån", "måndag", "mon", "monday"),
    ("ti", "tiistai", "tis", "tisdag", "tue", "tues", "tuesday"),
    ("ke", "keskiviikko", "ons", "onsdag", "wed", "wednesday"),
    ("to", "torstai", "tor", "tors", "torsdag", "thu", "thur", "thurs", "thursday"),
    ("pe", "perjantai", "fre", "fredag", "fri", "friday"),
    ("la", "lauantai", "lör", "lördag", "sat", "saturday"),
    ("su", "sunnuntai", "sön", "söndag", "sun", "sunday"),
)

#: The number of each weekday's names, Monday being 0.
WEEKDAYS = {name: number for number, names in enumerate(_WEEKDAYS) for name in names}

#: The first month of each season's names, by which the year is counted.
SEASONS = {
    name: month
    for month, names in (
        (1, ("talvi", "talvella", "vinter", "vintern", "winter")),
        (3, ("kevät", "keväällä", "vår", "våren", "spring")),
        (6, ("kesä", "kesällä", "sommar", "sommaren", "summer")),
        (9, ("syksy", "syksyllä", "höst", "hösten", "autumn", "fall")),
    )
    for name in names
}


def _any(names: dict[str, int]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


YEAR = r"(?:1[89]|2[01])[0-9]{2}(?![0-9])"
MONTH = rf"(?:{_any(MONTHS)})(?:kuu(?:ta|ssa|n)?)?\b\.?"
WEEKDAY = rf"(?:(?:på|on)\s+)?(?P<weekday>{_any(WEEKDAYS)})(?:na|en)?\b\.?,?\s+"
SEASON = rf"(?:{_any(SEASONS)})\b"
#: Between the ends of a range. After a number or a name, ``to`` is no Thursday.
DASH = r"\s*(?:[-‐‑‒–—−]|\bto\b|\btill\b)\s*"
#: Before a deadline, and after it.
BY = r"(?:viimeistään|senast|by|no\s+later\s+than|until|deadline:?)\b:?\s+"
BY_AFTER = r"[\s,]*(?:mennessä|saakka|asti)\b"
#: Before a date, a month, a season and a year.
ON = r"(?:(?:den|on|in|i|under|during)\s+)?"
IN_YEAR = r"(?:vuonna|vuosina|vuosi|under(?:\s+åren|\s+året|\s+år)?|åren|året|år|during|in)"


def fold(written: str) -> str:
    """Small letters. Patterns that ignore case take a long s and a dotless i for s and i too."""
    return written.casefold().replace("ı", "i").replace("i̇", "i")


def month_number(written: str) -> int:
    """The month that a name means, with or without its ending."""
    name = fold(written).rstrip(".")
    return MONTHS[name.partition("kuu")[0] if "kuu" in name else name]
