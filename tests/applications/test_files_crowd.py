"""Several processes add files to one question at the same moment."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from keino_academy.applications.attaching import attach
from keino_academy.applications.models import Attachment
from keino_academy.core.scanning import RefusedFile
from tests.applications.test_drafts_crowd import stand  # noqa: F401 - a fixture
from tests.applications.test_files import ASKED
from tests.booking.test_crowd import crowd, modes
from tests.factories.announcement import make_academy
from tests.factories.applications import make_application
from tests.factories.site import make_site
from tests.sample_files import PDF

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def application(stand, settings, tmp_path):  # noqa: F811
    settings.KEINO_ACADEMY |= {"PRIVATE_ROOT": tmp_path, "FILE_MOST_EACH": 2}
    return make_application(make_academy(make_site()))


def test_of_six_files_for_two_places_two_are_kept_whole_and_four_leave_nothing(application, tmp_path):
    def work(number: int) -> str:
        upload = SimpleUploadedFile(f"{number}.pdf", PDF + b"\n% " + str(number).encode())
        try:
            attach(application, ASKED, upload)
        except RefusedFile as reason:
            return "full" if "2 tiedostoa" in str(reason) else str(reason)
        return "kept"

    for mode in modes():
        Attachment.objects.all().delete()
        assert crowd(6, work, **mode) == {"kept": 2, "full": 4}
        stored = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert sorted(map(str, stored)) == sorted(one.file.path for one in Attachment.objects.all())
        assert len(stored) == 2


def test_one_file_that_is_sent_six_times_is_kept_once(application, tmp_path):
    def work(number: int) -> str:
        return str(attach(application, ASKED, SimpleUploadedFile(f"{number}.pdf", PDF)).pk)

    for mode in modes():
        Attachment.objects.all().delete()
        answers = crowd(6, work, **mode)
        assert answers == {str(Attachment.objects.get().pk): 6}
        assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1
