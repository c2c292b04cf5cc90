"""What can a file do here? Its name and its claims count for nothing; what it holds is drawn anew, or refused."""

import re
import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from wagtail.images.models import Image as Picture
from wagtail.models import UploadedFile

from civic.faults.models import Fault
from civic.photos.models import Photo
from livinglab.uploads import LARGEST
from tests.making import make_lamp

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
SCRIPT = b"<script>alert(1)</script>"
NAMES = [
    "../../../../etc/cron.d/evil.jpg",
    "..\\..\\evil.jpg",
    "/etc/passwd.jpg",
    "evil.php.jpg",
    "evil.jpg\0.php",
    "%2e%2e%2fevil.jpg",
    "\u202egpj.exe.jpg",
    "a" * 300 + ".jpg",
    "<script>.jpg",
    'evil".jpg',
    "con.jpg",
    ".htaccess.jpg",
    "사진 (1).jpg",
]


def jpeg(size=(60, 40), **more) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "navy").save(out, "JPEG", **more)
    return out.getvalue()


def png_that_says(width: int, height: int, rows: int = 0) -> bytes:
    """A PNG of a few bytes whose header promises a picture of any size; `rows` of it are there, pressed."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    data = zlib.compress(b"\0" * ((width // 8 + 2) * rows), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


BOMBS = {
    "png of 2.5 gigapixels": png_that_says(50_000, 50_000),
    "png of 400 megapixels that are there": png_that_says(20_000, 20_000, rows=20_000),
    "png one row high": png_that_says(2_000_000_000, 1),
    "png of no size": png_that_says(0, 0),
    "text pressed into a png": png_that_says(8, 8)[:33]
    + struct.pack(">I", 100)
    + b"zTXt"
    + b"a\0\0"
    + zlib.compress(b"\0" * 50_000_000, 9),
}
NO_PICTURES = {
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "html": b"<html>" + SCRIPT,
    "gif": b"GIF89a" + b"\1\0\1\0" + b"\0" * 30,
    "tiff": b"II*\0" + b"\0" * 60,
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(%pipe%id) (r) file",
    "pdf": b"%PDF-1.7\n",
    "nothing": b"",
    "half a jpeg": jpeg()[:40],
}


def report(data: bytes, name: str = "lamp.jpg", kind: str = "image/jpeg"):
    lamp = make_lamp()
    return Client().post(
        f"/l/{lamp.tag}/", {"category": "dark", "photo": SimpleUploadedFile(name, data, content_type=kind)}
    )


def at_desk(admin, data: bytes, name: str = "lamp.jpg", kind: str = "image/jpeg", **more):
    form = {"title": "보안등", "collection": "1", "file": SimpleUploadedFile(name, data, content_type=kind), "tags": ""}
    return admin.post("/desk/images/add/", form | more)


def by_dropping(admin, data: bytes, name: str = "lamp.jpg", **more):
    """As the desk's uploader sends it."""
    form = {"collection": "1", "files[]": SimpleUploadedFile(name, data, content_type="image/jpeg")}
    return admin.post("/desk/images/multiple/add/", form | more, headers={"X-Requested-With": "XMLHttpRequest"})


def files() -> set[Path]:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


# --- names ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_name_of_a_residents_photo_leaves_no_trace(name):
    assert report(jpeg(), name).status_code == 302
    photo = Photo.objects.latest("pk")
    assert re.fullmatch(r"photos/[\w-]{2}/[\w-]{32}\.jpg", photo.file.name)


@pytest.mark.parametrize("name", NAMES)
def test_name_of_an_editors_picture_leaves_no_trace(admin, name):
    before = files()
    answer = at_desk(admin, jpeg(), name)
    made = files() - before
    assert answer.status_code in (200, 302)
    assert {bool(re.fullmatch(r"[\w.-]+\.jpg", path.name)) for path in made} <= {True}
    assert {path.relative_to(settings.MEDIA_ROOT).parts[0] for path in made} <= {"original_images", "images"}
    for picture in Picture.objects.all():
        assert re.fullmatch(r"original_images/[\w-]+\.jpg", picture.file.name)


# --- contents ---------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", NO_PICTURES)
def test_what_is_no_picture_is_refused_whatever_it_calls_itself(admin, kind):
    data, before = NO_PICTURES[kind], files()
    assert report(data).status_code in (302, 422)  # 302: a field without a byte is a field left out
    at_desk(admin, data)
    at_desk(admin, data, f"evil.{kind}", "image/svg+xml")
    by_dropping(admin, data)
    assert files() == before
    assert not Photo.objects.exists()
    assert not Picture.objects.exists()


@pytest.mark.parametrize("bomb", BOMBS)
def test_bomb_is_refused_with_a_sentence_and_without_its_memory(admin, bomb):
    data = BOMBS[bomb]
    assert len(data) < 1_000_000
    answer = report(data, "bomb.png", "image/png")
    assert answer.status_code in (422, 302)
    assert answer.status_code == 422 or bomb.startswith("text")  # its picture is sound, its text is not looked at
    at_desk(admin, data, "bomb.png", "image/png")
    by_dropping(admin, data, "bomb.png")
    assert not any(path.stat().st_size > 1_000_000 for path in files())


def test_second_content_behind_a_picture_is_gone(admin):
    double = jpeg(comment=SCRIPT) + SCRIPT + b"PK\x03\x04 a zip behind it"
    report(double)
    at_desk(admin, double)
    kept = [Photo.objects.get().file.name, Picture.objects.get().file.name]
    for name in kept:
        data = default_storage.open(name).read()
        assert SCRIPT not in data
        assert b"PK\x03\x04" not in data
        with Image.open(BytesIO(data)) as found:
            assert found.format == "JPEG"


def test_ac_3_3_place_and_camera_are_gone_from_an_editors_picture_too(admin):
    exif = Image.Exif()
    exif[0x010F] = "Telephone of somebody"
    exif.get_ifd(0x8825).update({1: "N", 2: (37.0, 33.0, 41.0)})
    assert at_desk(admin, jpeg(exif=exif)).status_code == 302
    data = default_storage.open(Picture.objects.get().file.name).read()
    assert b"Telephone" not in data
    assert dict(Image.open(BytesIO(data)).getexif()) == {}


def test_picture_that_is_dropped_at_the_desk_is_drawn_anew_as_well(admin):
    answer = by_dropping(admin, jpeg() + SCRIPT)
    assert answer.json()["success"] is True
    picture = Picture.objects.get()
    assert SCRIPT not in default_storage.open(picture.file.name).read()
    assert (picture.width, picture.height, picture.file_size) == (60, 40, picture.file.size)


def test_picture_that_is_sent_while_a_page_is_written_is_drawn_anew_as_well(admin):
    form = {"image-chooser-upload-title": "보안등", "image-chooser-upload-collection": "1"}
    sent = SimpleUploadedFile("lamp.jpg", jpeg() + SCRIPT, content_type="image/jpeg")
    answer = admin.post("/desk/images/chooser/create/", form | {"image-chooser-upload-file": sent})
    assert answer.json()["step"] == "chosen"
    assert SCRIPT not in default_storage.open(Picture.objects.get().file.name).read()


def test_uploader_keeps_no_file_as_it_came_while_it_asks_for_another_word(admin):
    """Wagtail would keep it, and make a picture of it later without asking the form again."""
    before = files()
    answer = by_dropping(admin, jpeg() + SCRIPT, title="보" * 300)
    assert answer.json()["success"] is False
    assert files() == before
    assert not UploadedFile.objects.exists()


def test_picture_replaced_at_the_desk_is_drawn_anew_and_other_words_alone_leave_it(admin):
    at_desk(admin, jpeg())
    picture = Picture.objects.get()
    first = picture.file.name
    path = f"/desk/images/{picture.pk}/"
    words = {"title": "새 이름", "collection": "1", "tags": ""}
    assert admin.post(path, words).status_code == 302
    picture.refresh_from_db()
    assert (picture.title, picture.file.name) == ("새 이름", first)
    admin.post(path, words | {"file": SimpleUploadedFile("b.jpg", jpeg((80, 20)) + SCRIPT)})
    picture.refresh_from_db()
    assert picture.file.name != first
    assert SCRIPT not in default_storage.open(picture.file.name).read()


# --- how much ---------------------------------------------------------------------------------


def test_request_larger_than_any_photo_is_refused_before_it_is_kept():
    answer = report(b"\xff" * (LARGEST + 1))
    assert answer.status_code == 413
    assert "<main" in answer.content.decode()
    assert not Fault.objects.exists()


def test_photo_larger_than_a_photo_is_refused_at_its_field():
    answer = report(jpeg() + b"\0" * 10_000_000)
    assert answer.status_code == 413
    assert "10MB" in answer.content.decode()


def test_hundred_files_at_once_are_refused():
    lamp = make_lamp()
    many = {f"photo{n}": SimpleUploadedFile("a.jpg", jpeg()) for n in range(100)}
    assert Client().post(f"/l/{lamp.tag}/", {"category": "dark", **many}).status_code == 400


# --- and back out -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/media/../settings.py",
        "/media/%2e%2e/%2e%2e/etc/passwd",
        "/media//etc/passwd",
        "/media/..%5c..%5cetc/passwd",
        "/media/photos/",
        "/media/",
        "/static/../manage.py",
        "/static/%2e%2e/%2e%2e/pyproject.toml",
        "/documents/1/../../etc/passwd",
    ],
)
def test_path_of_a_file_leads_nowhere_else(path):
    answer = Client().get(path)
    assert answer.status_code in (301, 302, 400, 404)
    assert b"root:" not in getattr(answer, "content", b"")
