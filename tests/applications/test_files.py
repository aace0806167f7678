"""Files that answer a question: taking, removing, reading and saying them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import override
from wagtail.models import ModelLogEntry

from keino_academy.announcement.enums import Right
from keino_academy.applications.actions import NotPossible
from keino_academy.applications.answers import say_all
from keino_academy.applications.attaching import attach, detach, has_answer, take_files
from keino_academy.applications.models import Application, ApplicationPage, Attachment
from keino_academy.applications.publishing import publish_form
from keino_academy.applications.queries import (
    all_answers,
    application_link,
    find_application,
    revision_content,
    sections_for,
    with_all,
)
from keino_academy.applications.section_forms import application_form
from keino_academy.core.private_files import PrivateStorage
from keino_academy.core.scanning import RefusedFile
from tests.applications.journeys import Journey
from tests.applications.organisers import copies, exported, organiser
from tests.factories.announcement import make_academy
from tests.factories.applications import make_application, make_form
from tests.sample_files import PDF

pytestmark = pytest.mark.django_db

ASKED = "5f0c6a52-8c86-4c0e-9f0e-0d3b3f4f0a01"


@pytest.fixture
def folder(settings, tmp_path):
    settings.KEINO_ACADEMY = {"PRIVATE_ROOT": tmp_path, "FILE_MOST_EACH": 2}
    return tmp_path


@pytest.fixture
def application(academy, folder):
    make_form(academy)
    page = ApplicationPage.objects.get()
    page.questions = [
        {"id": ASKED, "type": "file", "value": {"question": "Strategia", "help": "", "required": True}}
    ]
    page.save_revision().publish()
    publish_form(academy)
    return find_application(pk=make_application(academy).pk)


def upload(name="Strategia.pdf", content=PDF, content_type="text/html"):
    return SimpleUploadedFile(name, content, content_type)


def stored(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def further(application):
    return next(part for part in sections_for(application) if part.id == "further")


def opened(application):
    client = Client()
    client.get(application_link(application).partition("testserver")[2] or application_link(application))
    return client


def own_url(application, attachment, language="fi"):
    return reverse(
        "keino_academy:application_file",
        kwargs={"language": language, "reference": application.reference, "pk": attachment.pk},
    )


def admin_url(application, attachment):
    return reverse("keino_applications:file", args=[application.pk, attachment.pk])


def test_a_file_is_kept_under_a_name_that_tells_nothing(application, folder):
    made = attach(application, ASKED, upload("../Salainen suunnitelma.PDF"))
    row = Attachment.objects.get()
    assert (row.pk, row.question, row.name, row.content_type, row.size) == (
        made.pk,
        ASKED,
        "Salainen suunnitelma.pdf",
        "application/pdf",
        len(PDF),
    )
    (path,) = stored(folder)
    assert path.read_bytes() == PDF
    assert "suunnitelma" not in str(path).lower()


def test_the_same_file_twice_is_kept_once_and_no_more_than_the_question_takes(application, folder):
    first = attach(application, ASKED, upload())
    assert attach(application, ASKED, upload("toinen nimi.pdf")).pk == first.pk
    attach(application, ASKED, upload(content=PDF + b"2"))
    with override("en"), pytest.raises(RefusedFile, match="takes 2 files"):
        attach(application, ASKED, upload(content=PDF + b"3"))
    assert (Attachment.objects.count(), len(stored(folder))) == (2, 2)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"", "is empty"),
        ("a.exe", PDF, "Add one of these: PDF, DOCX"),
        ("a", PDF, "of a kind that cannot be added"),
        ("a.pdf", b"<html>", "not what its name says"),
        ("a.pdf", PDF + b"x" * 2048, "at most 2\u00a0kB"),
    ],
)
def test_what_is_refused_says_what_is_taken_and_leaves_nothing(
    application, folder, settings, name, content, words
):
    settings.KEINO_ACADEMY |= {"FILE_MOST_BYTES": 2048}
    with override("en"), pytest.raises(RefusedFile, match=words):
        attach(application, ASKED, upload(name, content))
    assert (Attachment.objects.count(), stored(folder)) == (0, [])


def test_a_row_that_cannot_be_written_leaves_no_file(application, folder, monkeypatch):
    def fail(self, *args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(Attachment, "save", fail)
    with pytest.raises(RuntimeError):
        attach(application, ASKED, upload())
    assert stored(folder) == []


def test_a_full_disk_is_told_in_words(application, folder, monkeypatch, caplog):
    def full(self, name, content):
        raise OSError(28, "No space left on device", "Strategia.pdf")

    monkeypatch.setattr(PrivateStorage, "_save", full)
    with override("en"), pytest.raises(RefusedFile, match="could not be stored just now"):
        attach(application, ASKED, upload())
    assert Attachment.objects.count() == 0
    assert "Strategia" not in caplog.text


@pytest.mark.parametrize("state", ["final_sent", "in_review", "withdrawn", "erased"])
def test_what_is_decided_or_gone_takes_and_loses_no_files(application, folder, state):
    kept = attach(application, ASKED, upload())
    Application.objects.filter(pk=application.pk).update(state=state)
    with pytest.raises(NotPossible):
        attach(application, ASKED, upload(content=PDF + b"2"))
    with pytest.raises(NotPossible):
        detach(kept)
    assert (Attachment.objects.count(), len(stored(folder))) == (1, 1)


def test_a_removed_row_takes_its_file_along_after_the_commit(
    application, folder, django_capture_on_commit_callbacks
):
    kept = attach(application, ASKED, upload())
    Application.objects.filter(pk=application.pk).update(state="draft")
    with django_capture_on_commit_callbacks(execute=True):
        detach(kept)
        detach(kept)
        assert len(stored(folder)) == 1
    assert (Attachment.objects.count(), stored(folder)) == (0, [])
    attach(application, ASKED, upload())
    with django_capture_on_commit_callbacks(execute=True):
        Application.objects.filter(pk=application.pk).delete()
    assert stored(folder) == []


def test_a_section_takes_what_it_can_and_tells_of_the_rest(application, folder):
    section = further(application)
    (question,) = section.questions
    assert not has_answer(application, question)
    files = MultiValueDict({f"q-{ASKED}": [upload(), upload("b.exe")], "q-other": [upload("c.pdf")]})
    with override("en"):
        ((asked, words),) = take_files(application, section, files)
    assert asked == ASKED
    assert words.startswith("“b.exe” is of a kind that cannot be added.")
    assert has_answer(application, question)
    assert [row.name for row in Attachment.objects.all()] == ["Strategia.pdf"]


def test_the_form_offers_kinds_and_says_the_limits(application):
    with override("en"):
        form = application_form((further(application),))()
        (field,) = form.rows[0].asked[0].fields
        drawn = str(field)
        hint = str(field.help_text)
    assert 'type="file"' in drawn
    assert " multiple" in drawn
    assert 'accept=".pdf,.docx,' in drawn
    assert hint.startswith("At most 2 files of at most 10\u00a0MB each: PDF, DOCX,")
    assert form.is_multipart()


def test_answers_name_the_files_and_revisions_know_their_content(application, folder):
    kept = attach(application, ASKED, upload())
    attach(application, ASKED, upload("b.pdf", PDF + b"2"))
    application = find_application(pk=application.pk)
    sections = sections_for(application)
    answers = all_answers(application, sections)
    assert answers[ASKED][0] == {"id": kept.pk, "name": "Strategia.pdf", "size": len(PDF)}
    (said,) = next(part for part in say_all(sections, answers) if part.section.id == "further").rows
    assert said.text == "Strategia.pdf\nb.pdf"
    assert revision_content(application)["files"][str(kept.pk)] == kept.digest


def test_many_applications_are_read_in_as_many_queries_as_one(application, folder, django_assert_num_queries):
    attach(application, ASKED, upload())
    copies(application, 3)
    with django_assert_num_queries(3):
        read = [all_answers(one)[ASKED] for one in with_all(Application.objects.order_by("pk"))]
    assert [len(one or []) for one in read] == [1, 0, 0, 0]


def test_the_applicant_gets_the_file_to_save_and_nothing_can_run(application, folder):
    kept = attach(application, ASKED, upload("Näin.pdf"))
    answer = opened(application).get(own_url(application, kept))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''N%C3%A4in.pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_others_and_other_files_are_not_found(application, folder, django_user_model, site):
    kept = attach(application, ASKED, upload())
    assert Client().get(own_url(application, kept)).status_code == 404
    other = make_application(
        application.academy, organisation="Toinen", business_id="", contact_email="t@toinen.example"
    )
    theirs = opened(other).get(own_url(other, kept))
    assert theirs.status_code == 404


def test_a_lost_file_is_told_in_words_and_logged_without_its_name(application, folder, caplog):
    kept = attach(application, ASKED, upload())
    stored(folder)[0].unlink()
    answer = opened(application).get(own_url(application, kept, "en"))
    assert answer.status_code == 404
    assert "This file cannot be opened" in answer.content.decode()
    assert f"File {kept.pk} is not in the storage" in caplog.text
    assert "Strategia" not in caplog.text


def test_organisers_read_it_and_the_log_knows(application, folder, django_user_model):
    kept = attach(application, ASKED, upload())
    reader = organiser(django_user_model, application.academy, Right.READ)
    page = reader.get(reverse("keino_applications:inspect", args=[application.pk])).content.decode()
    assert f'<a href="{admin_url(application, kept)}">Strategia.pdf</a>' in page
    before = ModelLogEntry.objects.count()
    answer = reader.get(admin_url(application, kept))
    assert b"".join(answer.streaming_content) == PDF
    assert (answer["Cache-Control"], answer["Content-Security-Policy"]) == (
        "private, no-store, max-age=0, no-cache, must-revalidate",
        "sandbox; default-src 'none'",
    )
    assert ModelLogEntry.objects.count() == before + 1
    (row,) = exported(reader)
    assert row[f"Strategia [{ASKED}]"] == "Strategia.pdf"


@pytest.mark.parametrize(("late", "status"), [(False, 404), (True, 200)])
def test_a_draft_is_the_applicants_alone_unless_it_came_too_late(
    application, folder, django_user_model, late, status
):
    kept = attach(application, ASKED, upload())
    at = application.begun_at if late else None
    Application.objects.filter(pk=application.pk).update(state="draft", late_at=at)
    reader = organiser(django_user_model, application.academy, Right.READ)
    answer = reader.get(admin_url(application, kept), follow=True)
    assert b"".join(getattr(answer, "streaming_content", ())) == (PDF if late else b"")
    assert answer.status_code == status


def test_organisers_of_another_academy_find_nothing(application, folder, django_user_model, site):
    kept = attach(application, ASKED, upload())
    elsewhere = make_academy(site, code="toinen", slug="toinen", title="Toinen akatemia")
    stranger = organiser(django_user_model, elsewhere, Right.READ)
    assert stranger.get(admin_url(application, kept), follow=True).status_code == 404
    other = make_application(
        application.academy, organisation="Toinen", business_id="", contact_email="t@toinen.example"
    )
    reader = organiser(django_user_model, application.academy, Right.READ)
    assert reader.get(admin_url(other, kept), follow=True).status_code == 404


def test_files_that_are_there_stand_above_the_control_each_with_a_button(application, folder):
    kept = attach(application, ASKED, upload("<b>.pdf"))
    application = find_application(pk=application.pk)
    with override("en"):
        form = application_form((further(application),))()
        context = {"asked": form.rows[0].asked[0], "application": application, "language": "en"}
        drawn = render_to_string("keino_academy/applications/asked.html", context)
    link = f'<a href="{own_url(application, kept, "en")}">&lt;b&gt;.pdf</a> (1\u00a0kB)'
    button = f'name="remove_file" value="{kept.pk}"'
    assert drawn.index('<button class="ka-hidden" type="submit"') < drawn.index(link)
    assert drawn.index(link) < drawn.index(button) < drawn.index('type="file"')


def test_what_is_sent_loses_no_file(application, folder):
    kept = attach(application, ASKED, upload())
    with pytest.raises(NotPossible):
        detach(kept)
    assert len(stored(folder)) == 1


@pytest.fixture
def way(application, academy):
    """The browser of one whose draft asks for a file."""
    way = Journey(academy, email="toinen@kunta.example", organisation="Toinen", business_id="")
    way.begin()
    return way


def the_part(way):
    return way.client.get(way.url("application_section", section="further"))


def test_a_file_is_added_and_removed_in_its_part(way, folder):
    assert 'enctype="multipart/form-data"' in the_part(way).content.decode()
    assert way.save("further").status_code == 422
    missing = way.client.get(way.url("application")).context["missing"]
    assert "further" in [one.section.id for one in missing]
    assert way.post("further", count=1, **{f"q-{ASKED}": upload()}).status_code == 303
    attachment = way.application.attachments.get()
    page = the_part(way).content.decode()
    assert own_url(way.application, attachment) in page
    assert f'name="remove_file" value="{attachment.pk}"' in page
    answer = way.post("further", count=2, remove_file=attachment.pk)
    assert (answer.status_code, answer["Location"]) == (
        303,
        way.url("application_section", section="further"),
    )
    assert not way.application.attachments.exists()


def test_a_file_that_is_not_taken_is_told_and_nothing_else_is_lost(way, folder):
    answer = way.post("further", count=0, later="1", **{f"q-{ASKED}": upload("ohjelma.exe")})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "ohjelma.exe" in page
    assert "Lisää vähintään yksi tiedosto." not in page
    assert not way.application.attachments.exists()


def test_nobody_removes_anothers_file(way, application, folder):
    other = attach(application, ASKED, upload())
    way.post("further", count=0, remove_file=other.pk)
    assert Attachment.objects.get() == other


def test_after_sending_a_file_can_be_added_and_none_removed(way, folder):
    for section in ("organisation", "contact", "pilot", "team", "management"):
        way.save(section)
    for section in [one.id for one in sections_for(way.application) if len(one.id) > 20]:
        way.save(section)
    assert way.post("further", count=0, **{f"q-{ASKED}": upload()}).status_code == 303
    assert way.send().status_code == 303
    kept = way.application.attachments.get()
    assert way.application.state == "interest_sent"
    assert "remove_file" not in the_part(way).content.decode()
    way.post("further", count=1, remove_file=kept.pk)
    assert way.post("further", count=1, **{f"q-{ASKED}": upload("Toinen.pdf", PDF + b"2")}).status_code == 303
    assert way.application.attachments.count() == 2
