"""Answers the control question as a person does: from the words on the page, in three languages."""

import re
from dataclasses import dataclass

from bs4 import BeautifulSoup

NUMBERS = {
    "en": "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen",
    "fi": "yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän kymmenen yksitoista kaksitoista"
    " kolmetoista neljätoista viisitoista kuusitoista seitsemäntoista kahdeksantoista",
    "sv": "ett två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton",
}
DAYS = {
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "fi": "maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai",
    "sv": "måndag tisdag onsdag torsdag fredag lördag söndag",
}
SUM = {
    "en": r"What is (\w+) plus (\w+)\?",
    "fi": r"Paljonko on (\w+) plus (\w+)\?",
    "sv": r"Hur mycket är (\w+) plus (\w+)\?",
}
LARGEST = {
    "en": r"Which of these numbers is the largest: (.+)\?",
    "fi": r"Mikä näistä luvuista on suurin: (.+)\?",
    "sv": r"Vilket av de här talen är störst: (.+)\?",
}
DAY = {
    "en": r"Which day of the week comes next: (.+)\?",
    "fi": r"Mikä viikonpäivä tulee seuraavaksi: (.+)\?",
    "sv": r"Vilken veckodag kommer sedan: (.+)\?",
}
PLACES = {
    0: r"(?:Which of these words is the first|Mikä näistä sanoista on ensimmäinen|Vilket av de här orden är det första): (.+)\?",
    1: r"(?:Which of these words is the second|Mikä näistä sanoista on toinen|Vilket av de här orden är det andra): (.+)\?",
    2: r"(?:Which of these words is the last|Mikä näistä sanoista on viimeinen|Vilket av de här orden är det sista): (.+)\?",
}


@dataclass(frozen=True)
class Riddle:
    """The question on a page: its words, which one it is, and the rest that its form needs."""

    text: str
    key: str
    form_token: str
    html: str

    def answered(self, answer: str | None = None) -> dict[str, str]:
        """What a browser sends of it; the right answer where none is given."""
        said = solve(self.text) if answer is None else answer
        return {"captcha_0": self.key, "captcha_1": said, "form_token": self.form_token}


def riddle(html: str) -> Riddle | None:
    """The question of a page, or None where it asks none."""
    soup = BeautifulSoup(html, "html.parser")
    line = soup.find("input", {"name": "captcha_1"})
    if line is None:
        return None
    return Riddle(
        soup.find("label", {"for": line["id"]}).get_text(strip=True),
        soup.find("input", {"name": "captcha_0"})["value"],
        soup.find("input", {"name": "form_token"})["value"],
        html,
    )


def hidden(html: str, *names: str) -> dict[str, str]:
    """Values of hidden fields."""
    soup = BeautifulSoup(html, "html.parser")
    return {name: soup.find("input", {"name": name}).get("value", "") for name in names}


def solve(text: str) -> str:
    """The right answer: a number in digits, or a word."""
    numbers = {word: place for words in NUMBERS.values() for place, word in enumerate(words.split(), 1)}
    for pattern in SUM.values():
        if found := re.fullmatch(pattern, text):
            return str(numbers[found[1]] + numbers[found[2]])
    for pattern in LARGEST.values():
        if found := re.fullmatch(pattern, text):
            return str(max(numbers[word] for word in found[1].split(", ")))
    for language, pattern in DAY.items():
        if found := re.fullmatch(pattern, text):
            return _day_after(found[1], language)
    for place, pattern in PLACES.items():
        if found := re.fullmatch(pattern, text):
            return found[1].split(", ")[place]
    raise AssertionError(f"no such question: {text}")


def _day_after(listed: str, language: str) -> str:
    first, second = listed.casefold().split(", ")
    # The days are Django's own, and so translated before the package's words are.
    days = next(one.split() for one in DAYS.values() if first in one.split())
    assert language in DAYS
    place = days.index(second)
    assert days.index(first) == (place - 1) % 7
    return days[(place + 1) % 7]
