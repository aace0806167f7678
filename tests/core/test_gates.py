"""Signed links, tokens that are good once, form traps, rate limits, codes and business ids."""

from datetime import timedelta

import pytest
import time_machine
from django import forms
from django.core.exceptions import ValidationError
from django.test import RequestFactory, override_settings
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from stdnum.fi import ytunnus

from keino_academy.core import doors, ratelimits, spam
from keino_academy.core.codes import ALPHABET, new_reference
from keino_academy.core.organisations import normalise_business_id
from keino_academy.core.text import clean_line, clean_text
from keino_academy.core.used import use_once, was_used


def test_a_signed_link_is_good_for_its_purpose_and_time_only() -> None:
    token = doors.sign("sign-in", {"member": 7})
    assert doors.read("sign-in", token, max_age=60) == {"member": 7}
    with pytest.raises(doors.LinkError):
        doors.read("booking", token)
    with time_machine.travel(timezone.now() + timedelta(seconds=61)), pytest.raises(doors.LinkError):
        doors.read("sign-in", token, max_age=60)


def test_every_flipped_character_spoils_a_signed_link() -> None:
    token = doors.sign("sign-in", 7)
    for place, letter in enumerate(token):
        other = "A" if letter != "A" else "B"
        with pytest.raises(doors.LinkError):
            doors.read("sign-in", token[:place] + other + token[place + 1 :])


@pytest.mark.django_db
def test_a_token_is_used_once_and_purposes_are_apart() -> None:
    assert not was_used("sign-in", "x")
    assert use_once("sign-in", "x") is True
    assert use_once("sign-in", "x") is False
    assert was_used("sign-in", "x")
    assert use_once("other", "x") is True


class TrapForm(spam.TrapMixin):
    form_name = "trap"
    name = forms.CharField()


def filled(seconds: float, **more: str) -> TrapForm:
    with time_machine.travel(timezone.now() - timedelta(seconds=seconds)):
        token = spam.new_token("trap")
    return TrapForm({"name": "Aino", "form_token": token, **more})


def test_a_person_passes_the_traps() -> None:
    form = filled(10)
    assert form.is_valid()
    assert len(form.nonce) == 16


@pytest.mark.parametrize(
    ("seconds", "more"),
    [
        (1, {}),
        (10, {"website2": "https://spam.example"}),
        (24 * 3600 + 1, {}),
        (10, {"form_token": "forged"}),
        (10, {"form_token": spam.new_token("another")}),
    ],
    ids=["too quick", "honeypot", "too old", "forged", "of another form"],
)
def test_a_machine_meets_a_trap_and_what_was_typed_stays(seconds: float, more: dict[str, str]) -> None:
    form = filled(seconds, **more)
    assert not form.is_valid()
    assert "What you wrote is kept" in str(form.non_field_errors())
    assert form["name"].value() == "Aino"


def test_a_second_press_after_a_moment_keeps_the_same_sending() -> None:
    token = spam.new_token("trap")
    assert not TrapForm({"name": "Aino", "form_token": token}).is_valid()
    with time_machine.travel(timezone.now() + timedelta(seconds=5)):
        assert TrapForm({"name": "Aino", "form_token": token}).is_valid()


def test_a_rate_is_counted_by_who_and_what() -> None:
    with time_machine.travel("2023-05-10T12:00:00Z", tick=False):
        assert [ratelimits.allow("test", "192.0.2.1", (2, 60)) for _ in range(3)] == [True, True, False]
        assert ratelimits.allow("test", "192.0.2.2", (2, 60))
        assert ratelimits.allow("other", "192.0.2.1", (2, 60))
    with time_machine.travel("2023-05-10T12:01:00Z", tick=False):
        assert ratelimits.allow("test", "192.0.2.1", (2, 60))


@override_settings(
    CACHES={
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1",
        }
    }
)
def test_a_cache_that_is_down_stops_nobody(caplog: pytest.LogCaptureFixture) -> None:
    ratelimits._last_complaint[0] = 0.0
    assert all(ratelimits.allow("test", "192.0.2.9", (1, 60)) for _ in range(3))
    assert len(caplog.records) == 1


def test_a_forwarded_address_is_believed_as_far_as_proxies_are_trusted() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR="6.6.6.6, 198.51.100.7")
    assert ratelimits.network_of(request) == "192.0.2.1"
    with override_settings(KEINO_ACADEMY={"TRUSTED_PROXIES": 1}):
        assert ratelimits.network_of(request) == "198.51.100.7"


def test_ipv6_is_counted_by_its_network() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="2001:db8:1:2:3:4:5:6")
    assert ratelimits.network_of(request) == "2001:db8:1:2::/64"


def test_reference_codes_hold_no_look_alikes() -> None:
    code = new_reference()
    assert len(code) == 9
    assert code[4] == "-"
    assert set(code) - {"-"} <= set(ALPHABET)
    assert not set("0OI1LZ2S5B8UV") & set(ALPHABET)


@given(st.integers(min_value=0, max_value=99_999_999))
def test_business_ids_agree_with_an_independent_check(number: int) -> None:
    value = f"{number:08}"
    if ytunnus.is_valid(value):
        assert normalise_business_id(value) == f"{value[:7]}-{value[7]}"
    else:
        with pytest.raises(ValidationError):
            normalise_business_id(value)


def test_spellings_of_a_business_id_are_one() -> None:
    for spelling in ("2077474-0", "20774740", " fi20774740 ", "2077474 0"):
        assert normalise_business_id(spelling) == "2077474-0"


@given(st.text())
def test_cleaned_text_can_be_stored_and_written_everywhere(value: str) -> None:
    cleaned = clean_text(value)
    cleaned.encode()
    assert not set(cleaned) & set("\x00\x0b\x1b\r\u202e")
    assert "\n" not in clean_line(value)
    assert clean_text(cleaned) == cleaned
