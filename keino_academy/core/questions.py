"""Questions that a person answers at once, also without seeing or hearing: a sum, a number, a word, a day.

A question is a short code without a language, such as ``sum 3 4``; its words are made
where it is shown, so that a page in another language asks the same in its own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from random import SystemRandom

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext_lazy

from keino_academy.core.languages import current_language, language_codes

#: What people put around an answer.
_AROUND = " \t\r\n.,!?\"'”“„’‘»«"

_random = SystemRandom()

_NUMBERS = {
    1: pgettext_lazy("a number", "one"),
    2: pgettext_lazy("a number", "two"),
    3: pgettext_lazy("a number", "three"),
    4: pgettext_lazy("a number", "four"),
    5: pgettext_lazy("a number", "five"),
    6: pgettext_lazy("a number", "six"),
    7: pgettext_lazy("a number", "seven"),
    8: pgettext_lazy("a number", "eight"),
    9: pgettext_lazy("a number", "nine"),
    10: pgettext_lazy("a number", "ten"),
    11: pgettext_lazy("a number", "eleven"),
    12: pgettext_lazy("a number", "twelve"),
    13: pgettext_lazy("a number", "thirteen"),
    14: pgettext_lazy("a number", "fourteen"),
    15: pgettext_lazy("a number", "fifteen"),
    16: pgettext_lazy("a number", "sixteen"),
    17: pgettext_lazy("a number", "seventeen"),
    18: pgettext_lazy("a number", "eighteen"),
}
_WORDS = {
    1: pgettext_lazy("a word to repeat", "apple"),
    2: pgettext_lazy("a word to repeat", "boat"),
    3: pgettext_lazy("a word to repeat", "chair"),
    4: pgettext_lazy("a word to repeat", "forest"),
    5: pgettext_lazy("a word to repeat", "house"),
    6: pgettext_lazy("a word to repeat", "lake"),
    7: pgettext_lazy("a word to repeat", "moon"),
    8: pgettext_lazy("a word to repeat", "river"),
    9: pgettext_lazy("a word to repeat", "road"),
    10: pgettext_lazy("a word to repeat", "stone"),
}
#: What answers to each kind of question mean, by number.
_TABLES: dict[str, Mapping[int, object]] = {"sum": _NUMBERS, "top": _NUMBERS, "nth": _WORDS, "day": WEEKDAYS}


@dataclass(frozen=True)
class Question:
    """``code`` says what is asked, ``answer`` the number of the right answer in its table."""

    code: str
    answer: str


def new_question() -> Question:
    """A question of some kind."""
    return _random.choice((_sum, _top, _nth, _day))()


def wording(code: str) -> str:
    """The question in the active language."""
    kind, *rest = code.split()
    numbers = [int(one) for one in rest]
    if kind == "sum":
        first, second = (_NUMBERS[one] for one in numbers)
        return _("What is %(first)s plus %(second)s?") % {"first": first, "second": second}
    if kind == "top":
        listed = _listed(_NUMBERS[one] for one in numbers)
        return _("Which of these numbers is the largest: %(numbers)s?") % {"numbers": listed}
    if kind == "day":
        days = _listed(WEEKDAYS[(numbers[0] + step) % 7] for step in (0, 1))
        return _("Which day of the week comes next: %(days)s?") % {"days": days}
    place, words = numbers[0], _listed(_WORDS[one] for one in numbers[1:])
    said = (
        _("Which of these words is the first: %(words)s?"),
        _("Which of these words is the second: %(words)s?"),
        _("Which of these words is the last: %(words)s?"),
    )
    return said[place] % {"words": words}


def how_to_answer(code: str) -> str:
    """In what form an answer is taken, in the active language."""
    if _table(code) is _NUMBERS:
        return _("Answer with a number, in digits or in words.")
    return _("Answer with one word.")


def meaning(code: str, text: str) -> str:
    """What an answer to the question means, as :attr:`Question.answer`; empty where it means nothing.

    Words are understood in every language of the site.
    """
    text = unicodedata.normalize("NFKC", text[:100]).casefold().strip(_AROUND)
    table = _table(code)
    if table is _NUMBERS and text.isascii() and text.isdigit():
        return str(int(text))
    for language in dict.fromkeys([current_language(), *language_codes()]):
        with override(language):
            for number, word in table.items():
                if str(word).casefold() == text:
                    return str(number)
    return ""


def _table(code: str) -> Mapping[int, object]:
    return _TABLES[code.partition(" ")[0]]


def _listed(words: Iterable[object]) -> str:
    return ", ".join(map(str, words))


def _sum() -> Question:
    first, second = _random.randint(1, 9), _random.randint(1, 9)
    return Question(f"sum {first} {second}", str(first + second))


def _top() -> Question:
    numbers = _random.sample(sorted(_NUMBERS), 3)
    return Question(f"top {' '.join(map(str, numbers))}", str(max(numbers)))


def _nth() -> Question:
    place, words = _random.randrange(3), _random.sample(sorted(_WORDS), 3)
    return Question(f"nth {place} {' '.join(map(str, words))}", str(words[place]))


def _day() -> Question:
    day = _random.randrange(7)
    return Question(f"day {day}", str((day + 2) % 7))
