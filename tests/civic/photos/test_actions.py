"""Is an upload judged by what it holds, and is nothing left of where and with what it was taken?"""

import re
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from time import sleep

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from civic.photos.actions import draw_upload, keep_photo
from civic.photos.drawing import NoPicture, TooManyPixels, drawn_anew
from civic.photos.models import Photo
from civic.photos.queries import photos_by_key, photos_of
from civic.photos.rules import LARGEST
from civic.refusals import Refused
from tests.making import NOON

pytestmark = pytest.mark.django_db
GPS, ORIENTATION, MAKE = 0x8825, 0x0112, 0x010F


def picture(kind="JPEG", size=(60, 40), mode="RGB", colour="navy", **more):
    out = BytesIO()
    Image.new(mode, size, colour).save(out, kind, **more)
    out.seek(0)
    return out


def taken_here():
    """A JPEG as a telephone makes it: turned on its side, with camera and place."""
    exif = Image.Exif()
    exif[MAKE], exif[ORIENTATION] = "Telephone of somebody", 6
    exif.get_ifd(GPS).update({1: "N", 2: (37.0, 33.0, 41.0), 3: "E", 4: (127.0, 1.0, 39.0)})
    return picture(exif=exif, comment=b"in front of my house")


def keep(upload, key="fault:F-2026-000001"):
    return keep_photo(key=key, drawn=draw_upload(upload), public=False, at=NOON)


def test_ac_3_3_no_place_and_no_camera_is_left_in_the_served_picture():
    upload = taken_here()
    assert b"Telephone of somebody" in upload.getvalue()
    photo = keep(upload)
    served = default_storage.open(photo.file.name).read()
    for left in (b"Telephone", b"my house", b"Exif", b"ICC_PROFILE"):
        assert left not in served
    with Image.open(BytesIO(served)) as found:
        assert (found.format, found.size, dict(found.getexif())) == ("JPEG", (40, 60), {})
    assert (photo.width, photo.height) == (40, 60)


def test_name_is_guessed_by_nobody_and_never_the_uploaders():
    upload = picture()
    upload.name = "../../나의집.php"
    names = {keep(upload).file.name for _n in range(3)}
    assert len(names) == 3
    assert all(re.fullmatch(r"photos/[\w-]{2}/[\w-]{32}\.jpg", name) for name in names)


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB"), ("JPEG", "CMYK"), ("PNG", "L")]
)
def test_pictures_of_every_kind_become_jpeg(kind, mode):
    assert keep(picture(kind, mode=mode, colour=0)).file.name.endswith(".jpg")


def test_large_picture_is_drawn_smaller():
    photo = keep(picture(size=(3200, 1200)))
    assert (photo.width, photo.height) == (1600, 600)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<script>alert(1)</script>",
        b"GIF89a" + b"\0" * 40,
        b"\xff\xd8\xff\xe0" + b"\0" * 64,
        b"%PDF-1.7",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    ],
)
def test_what_is_no_picture_is_refused_whatever_it_calls_itself(data):
    upload = BytesIO(data)
    upload.name, upload.content_type = "lamp.jpg", "image/jpeg"
    with pytest.raises(Refused) as refused:
        keep(upload)
    assert (refused.value.refusal.code, refused.value.refusal.status) == ("no_picture", 422)
    assert not Photo.objects.exists()


def test_picture_cut_off_anywhere_or_damaged_is_refused_and_breaks_nothing():
    whole = {kind: picture(kind, size=(90, 70)).getvalue() for kind in ("JPEG", "PNG", "WEBP")}
    for data in whole.values():
        for cut in range(0, len(data) - 2, max(1, len(data) // 40)):
            for spoilt in (data[:cut], data[:cut] + b"\xff\0\xff" + data[cut + 3 :]):
                try:
                    drawn_anew(spoilt)
                except (NoPicture, TooManyPixels):
                    pass


def test_upload_that_is_too_large_is_refused_before_it_is_read_whole():
    with pytest.raises(Refused) as refused:
        keep(BytesIO(b"\xff" * (LARGEST + 1)))
    assert (refused.value.refusal.code, refused.value.refusal.status) == ("photo_too_large", 413)


def test_small_file_with_endless_pixels_is_refused():
    with pytest.raises(Refused) as refused:
        keep(picture("PNG", size=(8_000, 7_000), mode="1", colour=0))
    assert refused.value.refusal.code == "too_many_pixels"
    bomb = picture("PNG", size=(20_000, 20_000), mode="1", colour=0)
    with pytest.raises(TooManyPixels):
        drawn_anew(bomb.getvalue())


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "LA"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB")])
def test_what_must_be_decoded_whole_may_have_fewer_points_than_a_jpeg(kind, mode):
    """A hundred kilobytes of clear LA cost 600 MB when they were let in with 50 million points."""
    with pytest.raises(Refused) as refused:
        keep(picture(kind, size=(4_100, 4_000), mode=mode, colour=0))
    assert refused.value.refusal.code == "too_many_pixels"


def test_jpeg_in_passes_is_held_whole_too():
    with pytest.raises(Refused):
        keep(picture(size=(4_100, 4_000), progressive=True))


def test_large_jpeg_of_a_telephone_is_taken():
    assert keep(picture(size=(8_100, 6_100))).width == 1600


@pytest.mark.parametrize("mode", ["LA", "RGBA", "P", "1", "L"])
def test_large_png_of_every_mode_is_drawn_smaller_on_white(mode):
    drawn = draw_upload(picture("PNG", size=(3_200, 1_600), mode=mode, colour=0))
    assert (drawn.width, drawn.height) == (1600, 800)
    with Image.open(BytesIO(drawn.data)) as found:
        assert found.getpixel((800, 400)) == ((255,) * 3 if "A" in mode else (0,) * 3)


def test_whole_picture_is_never_converted_nor_turned(monkeypatch):
    """Each copy of 16 million points costs 64 MB; only colours by number are given theirs first."""
    sizes = []
    convert = Image.Image.convert

    def watched(self, mode=None, *args, **more):
        sizes.append((self.size, mode))
        return convert(self, mode, *args, **more)

    monkeypatch.setattr(Image.Image, "convert", watched)
    draw_upload(picture("PNG", size=(3_200, 1_600), mode="RGBA", colour=0))
    assert [mode for size, mode in sizes if size[0] > 1_600] == ["RGBa"]


def test_pictures_are_drawn_one_at_a_time(monkeypatch):
    inside, most = [], []
    thumbnail = Image.Image.thumbnail

    def slow(self, *args, **more):
        inside.append(1)
        most.append(len(inside))
        sleep(0.02)
        thumbnail(self, *args, **more)
        inside.pop()

    monkeypatch.setattr(Image.Image, "thumbnail", slow)
    uploads = [picture() for _n in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(draw_upload, uploads))
    assert most == [1, 1, 1, 1]


def test_picture_drawn_before_the_transaction_is_kept_as_it_is():
    drawn = draw_upload(taken_here())
    kept = keep_photo(key="fault:F-2026-000001", drawn=drawn, public=False, at=NOON)
    assert default_storage.open(kept.file.name).read() == drawn.data


def test_photos_are_found_by_the_key_of_their_thing(django_assert_num_queries):
    first, second = keep(picture(), "report:1"), keep(picture(), "report:1")
    keep(picture(), "report:2")
    assert photos_of("report:1") == [first, second]
    with django_assert_num_queries(1):
        found = photos_by_key(["report:1", "report:2", "report:3"])
    assert {key: len(photos) for key, photos in found.items()} == {"report:1": 2, "report:2": 1}
