"""People who book over HTTP, each with cookies of their own, and try again like people."""

import random
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue

import requests

TOKEN = re.compile(r'name="form_token" value="([^"]+)"|value="([^"]+)"[^>]*name="form_token"')
SECRET = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
SLOT = re.compile(r'name="slot" value="(\d+)"')
DAY = re.compile(r'href="(/academy/fi/book/\d+/\d{4}-\d\d-\d\d/)"')


@dataclass
class Person:
    """Somebody who wants a time; ``answers`` are (status, seconds) of all that they asked."""

    number: int
    address: str
    answers: list[tuple[int, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.browser = requests.Session()
        self.chance = random.Random(self.number)

    def ask(self, path: str, data: dict[str, str] | None = None) -> requests.Response:
        """One request, timed."""
        begun = time.perf_counter()
        method = "GET" if data is None else "POST"
        answer = self.browser.request(
            method, self.address + path, data=data, allow_redirects=False, timeout=110
        )
        self.answers.append((answer.status_code, time.perf_counter() - begun))
        return answer

    def book(self, days: str) -> str:
        """Look for a time until one is booked, or until told that there is none: then with a waiting list."""
        while True:
            page = self.ask(days)
            found = sorted(set(DAY.findall(page.text)))
            if not found:
                return "offered the waiting list" if f"{days}wait/" in page.text else "told nothing"
            kept = self.choose(self.chance.choice(found))
            if kept:
                return self.say_who(kept)

    def choose(self, day: str) -> str:
        """Take a time of the day; the address at which it is kept, or nothing when the day is full."""
        page = self.ask(day)
        while slots := SLOT.findall(page.text):
            page = self.ask(day, {"slot": self.chance.choice(slots), **hidden(page.text)})
            if page.status_code == 303:
                return page.headers["Location"]
        return ""

    def say_who(self, kept: str) -> str:
        """Say who comes."""
        page = self.ask(kept)
        who = {"person": f"Henkilö {self.number}", "organisation": f"Kunta {self.number}"}
        data = {**who, "email": f"h{self.number}@kunta{self.number}.example", **hidden(page.text)}
        answer = self.ask(kept, data)
        return "booked" if answer.status_code == 303 and "/booking/" in answer.headers["Location"] else "lost"


def hidden(page: str) -> dict[str, str]:
    """What a form sends along."""
    token, secret = TOKEN.search(page), SECRET.search(page)
    return {
        "form_token": token and (token[1] or token[2]),
        "csrfmiddlewaretoken": secret and secret[1],
        "website2": "",
    }  # type: ignore[return-value]


def all_at_once(people: list[Person], does: Callable[[Person], str], most: int) -> dict[int, str]:
    """Let the people do it, so many at any moment, and what became of each."""
    waiting: SimpleQueue[Person] = SimpleQueue()
    for person in people:
        waiting.put(person)
    became: dict[int, str] = {}
    gate = threading.Barrier(most)

    def go_on() -> None:
        gate.wait()
        while True:
            try:
                person = waiting.get_nowait()
            except Empty:
                return
            try:
                became[person.number] = does(person)
            except Exception as error:  # noqa: BLE001 - whatever it is, the test is told
                became[person.number] = f"{type(error).__name__}: {error}"

    threads = [threading.Thread(target=go_on) for _ in range(most)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return became
