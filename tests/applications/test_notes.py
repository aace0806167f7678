"""Notes of a discussion: kept per criterion, never overwritten unseen, and never the applicant's to read."""

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from keino_academy.announcement.enums import Right
from keino_academy.applications.actions.noting import Written, keep_notes, stamp
from keino_academy.applications.models import DiscussionNote
from keino_academy.core import clock
from keino_academy.core.models import OutboxMail
from tests.applications.organisers import draft, exported, in_english, organiser, question_of
from tests.factories.announcement import make_academy
from tests.factories.applications import make_application

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_form")]

TEXT = "Kunnalla on strategia <b>2030</b>.\nPyydetään liite."


@pytest.fixture
def application(academy):
    return make_application(academy)


@pytest.fixture
def reader(django_user_model, academy):
    return in_english(organiser(django_user_model, academy, Right.READ))


@pytest.fixture
def other(django_user_model, academy):
    """Another organiser of the same academy."""
    return in_english(organiser(django_user_model, academy, Right.READ, Right.DECIDE))


def url_of(application, name="notes"):
    return reverse(f"keino_applications:{name}", args=[application.pk])


def opened(client, application):
    """What the form holds when it is opened, as a browser sends it back."""
    form = client.get(url_of(application)).context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def kept(application):
    return {note.question: (note.text, note.verdict) for note in application.notes.all()}


def user_of(client):
    return client.session["_auth_user_id"]


def test_the_page_shows_each_criterion_with_its_answer(reader, application):
    assert url_of(application) in reader.get(url_of(application, "inspect")).content.decode()
    response = reader.get(url_of(application))
    html = response.content.decode()
    asked = [row.question for row in response.context["form"].rows]
    assert asked[-1] == ""
    assert set(asked) == {
        question["id"]
        for section in application.document.content["fi"]["sections"]
        for question in section["questions"]
        if question.get("criterion")
    } | {""}
    assert "Kestävien hankintojen hanke 2021–2022." in html
    assert "Note on the whole" in html


def test_notes_are_kept_shown_and_logged(reader, application):
    yes_no = question_of(application, "yes_no")
    data = opened(reader, application) | {
        f"text-{yes_no}": f" {TEXT}\x00 ".replace("\n", "\r\n"),
        f"verdict-{yes_no}": "unsure",
        "text-": "Hyvä keskustelu.",
    }
    response = reader.post(url_of(application), data, follow=True)
    assert response.redirect_chain == [(url_of(application, "inspect"), 302)]
    assert kept(application) == {yes_no: (TEXT, "unsure"), "": ("Hyvä keskustelu.", "")}
    note = application.notes.get(question=yes_no)
    assert (str(note.author_id), note.written_at) == (user_of(reader), clock.now())
    html = response.content.decode()
    assert "Kunnalla on strategia &lt;b&gt;2030&lt;/b&gt;.<br>Pyydetään liite." in html
    assert "<strong>unsure</strong>" in html
    entry = ModelLogEntry.objects.get(action="keino_academy.notes")
    assert (entry.object_id, str(entry.user_id), entry.data) == (
        str(application.pk),
        user_of(reader),
        {"notes": 2},
    )


def test_saving_what_was_opened_changes_nothing(reader, other, application):
    reader.post(url_of(application), opened(reader, application) | {"text-": TEXT})
    before = application.notes.get()
    other.post(url_of(application), opened(other, application))
    after = application.notes.get()
    assert (after.author_id, after.text) == (before.author_id, TEXT)
    assert ModelLogEntry.objects.filter(action="keino_academy.notes").count() == 1


def test_an_emptied_note_is_taken_away(reader, application):
    reader.post(url_of(application), opened(reader, application) | {"text-": TEXT})
    reader.post(url_of(application), opened(reader, application) | {"text-": "  \r\n"})
    assert kept(application) == {}


def test_two_who_write_at_once_lose_nothing(reader, other, application):
    yes_no = question_of(application, "yes_no")
    first, second = opened(reader, application), opened(other, application)
    reader.post(url_of(application), first | {"text-": "Ensimmäisen <i>sana</i>."})
    response = other.post(
        url_of(application),
        second | {"text-": "Toisen sana.", f"text-{yes_no}": "Muualla ei kukaan kirjoittanut."},
    )
    assert response.status_code == 200
    # What nobody else touched is kept; where somebody did, both texts are there and nothing is lost.
    assert kept(application) == {
        "": ("Ensimmäisen <i>sana</i>.", ""),
        yes_no: ("Muualla ei kukaan kirjoittanut.", ""),
    }
    html = response.content.decode().replace("\xa0", " ")
    assert "Ensimmäisen &lt;i&gt;sana&lt;/i&gt;." in html
    assert "Toisen sana." in html
    username = reader.get(url_of(application)).wsgi_request.user.get_username()
    assert f"{username} wrote at 10 May 2023, 12:00:" in html
    assert html.count("wrote at") == 1
    # Who has seen both may save theirs.
    form = response.context["form"]
    again = {name: form[name].value() or "" for name in form.fields} | {"text-": "Molempien sanat."}
    assert other.post(url_of(application), again).status_code == 302
    assert kept(application)[""] == ("Molempien sanat.", "")
    assert kept(application)[yes_no] == ("Muualla ei kukaan kirjoittanut.", "")


def test_a_note_that_was_taken_away_meanwhile_is_told_as_well(reader, other, application):
    reader.post(url_of(application), opened(reader, application) | {"text-": TEXT})
    second = opened(other, application)
    reader.post(url_of(application), opened(reader, application) | {"text-": ""})
    html = other.post(url_of(application), second | {"text-": "Lisäys."}).content.decode()
    assert "The note was taken away meanwhile." in html
    assert "Lisäys." in html
    assert kept(application) == {}


def test_the_same_words_twice_are_no_clash(reader, other, application):
    first, second = opened(reader, application), opened(other, application)
    for client, data in ((reader, first), (other, second)):
        assert client.post(url_of(application), data | {"text-": TEXT}).status_code == 302
    assert str(application.notes.get().author_id) == user_of(reader)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"text-": "x" * 4001}, "text-"),
        ({"seen-": "x" * 65}, "seen-"),
    ],
)
def test_bad_input_is_an_error_beside_its_field(reader, application, changed, field):
    response = reader.post(url_of(application), opened(reader, application) | changed)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert kept(application) == {}


def test_an_unknown_verdict_and_what_is_no_criterion_keep_nothing(reader, application):
    yes_no = question_of(application, "yes_no")
    data = opened(reader, application)
    response = reader.post(url_of(application), data | {f"verdict-{yes_no}": "perhaps"})
    assert list(response.context["form"].errors) == [f"verdict-{yes_no}"]
    reader.post(url_of(application), data | {"text-contact_email": TEXT, "seen-contact_email": stamp()})
    assert kept(application) == {}


def test_a_form_without_what_was_seen_overwrites_nothing(reader, application):
    reader.post(url_of(application), opened(reader, application) | {"text-": TEXT})
    assert reader.post(url_of(application), {"text-": "Yli"}).status_code == 200
    assert kept(application) == {"": (TEXT, "")}


def test_the_applicant_reads_nothing_of_it(reader, application):
    mails = OutboxMail.objects.count()
    reader.post(url_of(application), opened(reader, application) | {"text-": TEXT})
    client = Client()
    client.get(reverse("keino_academy:application_open", args=["fi", application.secret]))
    own = client.get(reverse("keino_academy:application", args=["fi", application.reference]))
    assert own.status_code == 200
    assert "strategia &lt;b&gt;" not in own.content.decode()
    assert "Pyydetään liite" not in own.content.decode()
    assert OutboxMail.objects.count() == mails
    assert "Pyydetään" not in str(list(application.revisions.values_list("content", flat=True)))


def test_the_organisers_export_has_a_column_for_each_noted_question(reader, application, academy):
    assert not [key for key in exported(reader)[0] if "[note" in key]
    yes_no, kind = question_of(application, "yes_no"), question_of(application, "organisation_kind")
    for question, verdict in (("", ""), (yes_no, "unsure"), (kind, "met")):
        DiscussionNote.objects.create(
            application=application, question=question, text="=1+1", verdict=verdict, written_at=clock.now()
        )
    plain = make_application(academy)
    rows = {row["Reference [reference]"]: row for row in exported(reader, language="en")}
    row = rows[application.reference]
    noted = [key for key in row if "[note" in key]
    assert [key[key.rindex("[") :] for key in noted] == [f"[note_{kind}]", f"[note_{yes_no}]", "[note]"]
    assert [row[key] for key in noted] == ["met\n=1+1", "unsure\n=1+1", "'=1+1"]
    assert [rows[plain.reference][key] for key in noted] == ["", "", ""]


def test_other_rights_and_other_academies_are_closed(django_user_model, site, academy, application):
    elsewhere = make_academy(site, code="toinen", slug="toinen", title="Toinen akatemia")
    for client in (
        organiser(django_user_model, academy, Right.BOOKINGS),
        organiser(django_user_model, elsewhere, Right.READ, Right.DECIDE),
    ):
        for response in (client.get(url_of(application)), client.post(url_of(application), {"text-": TEXT})):
            assert response.status_code in {302, 404}
            assert "Koivurannan" not in response.content.decode()
    assert kept(application) == {}


def test_a_hidden_draft_has_no_notes_and_a_late_one_has(reader, application):
    hidden = draft(application)
    assert reader.get(url_of(hidden)).status_code in {302, 404}
    late = draft(application, late_at=clock.now())
    assert reader.post(url_of(late), opened(reader, late) | {"text-": TEXT}).status_code == 302
    assert kept(late) == {"": (TEXT, "")}


_words = st.text(max_size=20)


@given(_words, st.sampled_from(["", "met"]), _words, st.sampled_from(["", "met"]))
def test_a_stamp_tells_notes_apart(text, verdict, other_text, other_verdict):
    same = (text, verdict) == (other_text, other_verdict)
    assert (stamp(text, verdict) == stamp(other_text, other_verdict)) is same


def test_the_verb_tells_which_were_not_kept(application):
    assert (
        keep_notes(application, [Written("", TEXT, "", stamp()), Written("a", "x", "met", stamp())], None)
        == ()
    )
    late = [Written("", "Muu", "", stamp()), Written("a", "y", "met", stamp("x", "met"))]
    assert keep_notes(application, late, None) == ("",)
    assert kept(application) == {"": (TEXT, ""), "a": ("y", "met")}
