"""A site whose users sign in with their address: the user model is swapped, so it runs beside the suite."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

SIGN_IN = """
import re
from datetime import datetime
from zoneinfo import ZoneInfo

import django
import time_machine

django.setup()

from django.contrib.auth import SESSION_KEY, get_user_model
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment
from keino_academy.core.models import OutboxMail
from tests.factories.announcement import make_academy_page
from tests.factories.learning import make_learning_pages, make_member, make_participation
from tests.factories.site import make_site
from keino_academy.announcement.models import Academy

setup_test_environment()
call_command("migrate", run_syncdb=True, verbosity=0)
User = get_user_model()


def sign_in(email):
    client = Client()
    client.post("/academy/fi/sign-in/", {"email": email})
    mail = OutboxMail.objects.filter(to=email, kind="learning/sign_in").first()
    link = re.search(r"http://localhost(/academy/\\S+)", mail.text)[1] if mail else None
    answer = client.post(link) if link else None
    return client, answer


with time_machine.travel(datetime(2023, 10, 2, 9, tzinfo=ZoneInfo("Europe/Helsinki")), tick=False):
    page = make_academy_page(make_site())
    home = make_learning_pages(page)
    participation = make_participation(Academy.objects.get(), "helena@koivuranta.example")
    make_member(participation, "known@koivuranta.example")
    make_member(participation, "root@koivuranta.example")
    known = User.objects.create(email="Known@koivuranta.example", name="Known")
    User.objects.create(email="root@koivuranta.example", is_superuser=True)

    client, answer = sign_in("helena@koivuranta.example")
    user = User.objects.get(email="helena@koivuranta.example")
    print("new", answer.status_code, user.has_usable_password(), client.session[SESSION_KEY] == str(user.pk))
    print("home", client.get("/academy/fi/my/").url == home.url, client.get(home.url).status_code)
    client, answer = sign_in("known@koivuranta.example")
    print("known", client.session[SESSION_KEY] == str(known.pk))
    client, answer = sign_in("root@koivuranta.example")
    print("staff", answer, list(OutboxMail.objects.filter(to="root@koivuranta.example").values_list("kind", flat=True)))
    print("users", User.objects.count())
"""


def test_a_members_sign_in_makes_an_account() -> None:
    root = Path(__file__).resolve().parent.parent
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings_email_user", "PYTHONPATH": str(root)}
    result = subprocess.run(
        [sys.executable, "-c", SIGN_IN], cwd=root, env=env, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines() == [
        "new 302 False True",
        "home True 200",
        "known True",
        "staff None ['learning/sign_in_password']",
        "users 3",
    ]
