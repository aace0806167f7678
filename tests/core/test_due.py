"""What falls due by time alone, and the command that cron runs."""

import os
import signal

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import OperationalError

from keino_academy.core import due as due_module
from keino_academy.core.due import due, run_due

PERSON = "aino.virtanen@example.org"


@pytest.fixture(autouse=True)
def _works(monkeypatch):
    """Only what the test registers is due."""
    monkeypatch.setattr(due_module, "_works", {})


@pytest.fixture
def restored_signals():
    """The command takes signals over; give them back."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


def works(**numbers: int) -> None:
    for name, number in numbers.items():
        register(name, number)


def register(name: str, number: int) -> None:
    @due(name)
    def work() -> int:
        return number


def fails(name: str) -> None:
    @due(name)
    def broken() -> int:
        raise OperationalError(f"Key (email)=({PERSON}) is locked")


def test_everything_is_run_by_name():
    works(b=2, a=0, c=1)
    assert list(run_due()) == [("a", 0), ("b", 2), ("c", 1)]
    assert list(run_due(["c", "a"])) == [("a", 0), ("c", 1)]


def test_two_functions_of_one_name_are_a_fault():
    works(a=1)
    works(a=1)
    with pytest.raises(ValueError, match="Two functions are due as a"):
        fails("a")


def test_command_says_what_was_done_and_nothing_of_the_rest(capsys):
    works(a=0, b=2)
    call_command("keino_due")
    assert capsys.readouterr() == ("b: 2 done\n", "")


def test_one_that_fails_stops_no_other_and_the_log_holds_no_person(capsys, caplog):
    fails("a")
    works(b=2)
    with pytest.raises(SystemExit) as ended:
        call_command("keino_due")
    assert ended.value.code == 1
    assert capsys.readouterr() == ("b: 2 done\n", "a: failed, see the log\n")
    [record] = caplog.records
    assert (record.name, record.levelname) == ("keino_academy.due", "ERROR")
    assert record.getMessage().startswith("a could not be done: OperationalError at test_due.py:")
    assert PERSON not in caplog.text


def test_only_names_that_are_known(capsys):
    works(a=1, b=2)
    call_command("keino_due", only=["a"])
    assert capsys.readouterr().out == "a: 1 done\n"
    with pytest.raises(CommandError, match="invalid choice: 'c'"):
        call_command("keino_due", "--only", "c")


def test_loop_outlives_faults_and_ends_between_rounds(db, restored_signals, capsys):
    rounds = []

    @due("a")
    def work() -> int:
        rounds.append(len(rounds))
        if len(rounds) == 1:
            raise OperationalError("database is locked")
        os.kill(os.getpid(), signal.SIGTERM)
        return 1

    works(b=1)
    call_command("keino_due", "--loop", "--pause", "0")
    assert rounds == [0, 1]
    assert capsys.readouterr().out == "b: 1 done\na: 1 done\nb: 1 done\n"


def test_health_knows_when_it_ran(db, frozen, capsys):
    works(a=1)
    call_command("keino_health")
    with pytest.raises(SystemExit):
        call_command("keino_health", "--due-age", "60")
    call_command("keino_due")
    frozen.shift(60)
    call_command("keino_health", "--due-age", "60")
    frozen.shift(1)
    with pytest.raises(SystemExit) as ended:
        call_command("keino_health", "--due-age", "60")
    assert ended.value.code == 1
    told, faults = capsys.readouterr()
    assert [line for line in told.splitlines() if line.startswith("due")] == [
        "due: not known",
        "due: not known",
        "due: run 60 s ago",
        "due: run 61 s ago",
    ]
    assert faults == "what is due was not done for 60 s: does keino_due run?\n" * 2


def test_cache_that_is_down_stops_nothing(db, monkeypatch, capsys):
    def broken(*_args):
        raise ConnectionError

    works(a=1)
    monkeypatch.setattr(cache, "set", broken)
    monkeypatch.setattr(cache, "get", broken)
    call_command("keino_due")
    call_command("keino_health")
    assert (
        capsys.readouterr().out
        == "a: 1 done\nmail: 0 waiting, the oldest for 0 s; 0 failed\ndue: not known\n"
    )
