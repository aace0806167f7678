"""Finland's public holidays, and the eves on which offices are closed, for the plan of many times."""

from datetime import date

from holidays import Finland

#: Languages in which the list has names; others get English ones.
NAMES = {"fi": "fi", "sv": "sv_FI"}


def public_holidays(year: int, language: str) -> dict[date, str]:
    return dict(Finland(years=year, language=NAMES.get(language[:2], "en_US")))
