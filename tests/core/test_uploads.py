"""Requests with files: bounded while they arrive, and answered in words, over a real server."""

import http.client
import json
import resource
import tempfile
import threading
import time
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from keino_academy.core import uploads
from keino_academy.core.uploads import takes_files

pytestmark = pytest.mark.django_db

MEGABYTE = 1024 * 1024
MARK = "----mark"


@csrf_exempt
def tell(request: HttpRequest, language: str) -> HttpResponse:
    """What arrived."""
    files = [
        [file.name, file.size, getattr(file, "reason", ""), len(file.read())]
        for file in request.FILES.getlist("q-file")
    ]
    return JsonResponse({"said": request.POST.get("said"), "files": files})


urlpatterns = [
    path("<str:language>/take/", takes_files(tell)),
    path("academy/", include("keino_academy.urls")),
]


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def temp(settings, tmp_path, monkeypatch):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    settings.ROOT_URLCONF = __name__
    settings.KEINO_ACADEMY = {"FILE_MOST_BYTES": 2 * MEGABYTE, "FILE_MOST_EACH": 5}
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def port(temp):
    server = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def is_emptied(folder: Path) -> bool:
    """Whether nothing is left; the server removes what it kept just after it has answered."""
    for _time in range(100):
        if not list(folder.iterdir()):
            return True
        time.sleep(0.05)
    return False


def part(name: str, content: bytes, file: str = "") -> bytes:
    more = f'; filename="{file}"' if file else ""
    return (
        f'--{MARK}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode()
        + content
        + b"\r\n"
    )


def body(*parts: bytes) -> bytes:
    return b"".join(parts) + f"--{MARK}--\r\n".encode()


def send(port: int, chunks: list[bytes], length: int = 0) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.putrequest("POST", "/en/take/")
    connection.putheader("Content-Type", f"multipart/form-data; boundary={MARK}")
    connection.putheader("Content-Length", str(length or sum(map(len, chunks))))
    connection.endheaders()
    for chunk in chunks:
        connection.send(chunk)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def test_a_hundred_megabytes_are_dropped_on_their_way_and_the_answers_arrive(port, temp, settings):
    settings.KEINO_ACADEMY |= {"FILE_MOST_BYTES": 10 * MEGABYTE, "FILE_MOST_EACH": 5}
    seen: list[int] = []

    def chunks():
        yield part("said", b"kept")
        yield part("q-file", b"", "big.pdf")[:-2]
        for _time in range(100):
            seen.append(sum(one.stat().st_size for one in temp.iterdir()))
            yield bytes(MEGABYTE)
        yield b"\r\n" + body(part("q-file", b"%PDF-", "small.pdf"))

    length = sum(map(len, chunks()))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seen.clear()
    connection_chunks = chunks()
    status, text = send(port, connection_chunks, length)  # type: ignore[arg-type]
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert (status, json.loads(text)) == (
        200,
        {"said": "kept", "files": [["big.pdf", 100 * MEGABYTE, "large", 0], ["small.pdf", 5, "", 5]]},
    )
    assert max(seen) <= 10 * MEGABYTE
    assert grown < 32 * 1024
    assert is_emptied(temp)


def test_files_that_together_are_too_much_are_told_apart(port, temp):
    full = bytes(2 * MEGABYTE)
    parts = [part("q-file", full, f"{number}.pdf") for number in range(6)]
    status, text = send(port, [body(*parts, part("said", b"kept"))])
    told = json.loads(text)
    assert (status, told["said"]) == (200, "kept")
    assert [reason for _name, _size, reason, _read in told["files"]] == [""] * 5 + ["crowded"]
    assert is_emptied(temp)


def test_a_body_that_is_far_too_large_is_refused_unread(port, temp):
    status, text = send(port, [b"x"], 101 * MEGABYTE)
    assert status == 413
    assert "What you sent at once is larger than the site can take." in text


@pytest.mark.parametrize("lost", [5, 40, 3000])
def test_a_body_that_was_cut_off_changes_nothing(client, temp, lost):
    whole = body(part("said", b"kept"), part("q-file", b"%PDF-" + bytes(4000), "a.pdf"))
    answer = client.generic(
        "POST", "/en/take/", whole[:-lost], content_type=f"multipart/form-data; boundary={MARK}"
    )
    assert answer.status_code == 400
    assert "The connection broke before everything had arrived." in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"


def test_a_long_ending_and_an_empty_file_arrive(client, temp):
    whole = body(part("q-file", b"x", "a." + "b" * 300), part("q-file", b"", "empty.pdf"))
    answer = client.generic("POST", "/en/take/", whole, content_type=f"multipart/form-data; boundary={MARK}")
    assert [[size, reason] for _name, size, reason, _read in answer.json()["files"]] == [[1, ""], [0, ""]]


def test_no_room_for_temporary_files_loses_no_answer(client, temp, monkeypatch, caplog):
    class Full(uploads.TemporaryUploadedFile):
        def write(self, data):
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(uploads, "TemporaryUploadedFile", Full)
    whole = body(part("q-file", b"x", "salainen.pdf"), part("said", b"kept"))
    answer = client.generic("POST", "/en/take/", whole, content_type=f"multipart/form-data; boundary={MARK}")
    assert answer.json() == {"said": "kept", "files": [["salainen.pdf", 1, "full", 0]]}
    assert is_emptied(temp)
    assert "salainen" not in caplog.text


def test_101_files_are_told_in_words(client, temp):
    whole = body(*(part("q-file", b"x", f"{number}.txt") for number in range(101)))
    answer = client.generic("POST", "/en/take/", whole, content_type=f"multipart/form-data; boundary={MARK}")
    assert answer.status_code == 413


def test_the_check_against_forgery_stays(temp, settings):
    from django.test import Client

    def guarded(request, language):
        return HttpResponse("in")

    urlpatterns.append(path("<str:language>/guarded/", takes_files(guarded)))
    whole = body(part("said", b"kept"))
    kind = f"multipart/form-data; boundary={MARK}"
    answer = Client(enforce_csrf_checks=True).generic("POST", "/en/guarded/", whole, content_type=kind)
    assert answer.status_code == 403
