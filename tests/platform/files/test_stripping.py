"""Pictures lose what they say of their maker and keep how they look."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image, ImageCms

from tests.platform.files import pictures
from zichtlijn.platform.files import stripping
from zichtlijn.platform.files.sniffing import GIF, JPEG, PNG, WEBP, Kind
from zichtlijn.platform.files.stripping import BadImageError, strip_image

CASES = [
    (pictures.photo(), JPEG),
    (pictures.png_with_words(), PNG),
    (pictures.webp_with_words(), WEBP),
    (pictures.moving("GIF"), GIF),
    (pictures.moving("WEBP"), WEBP),
    (pictures.picture("JPEG", mode="L", comment=pictures.SECRET.encode()), JPEG),
    (pictures.picture("PNG", mode="RGBA"), PNG),
    (pictures.picture("PNG", mode="P"), PNG),
]


def opened(data: bytes) -> Any:
    return Image.open(io.BytesIO(data))


def test_the_pictures_of_this_test_do_say_where_and_by_whom() -> None:
    for data, _kind in CASES[:3]:
        assert pictures.SECRET.encode() in data
        assert opened(data).getexif()


@pytest.mark.parametrize(("data", "kind"), CASES)
def test_nothing_is_left_of_place_time_and_maker(data: bytes, kind: Kind) -> None:
    stripped = strip_image(data, kind)
    for word in (pictures.SECRET.encode(), pictures.MADE_ON.encode(), b"Exif", b"xmpmeta", b"GPS"):
        assert word not in stripped
    with opened(stripped) as image:
        assert not image.getexif()
        assert not {"comment", "exif", "xmp", "Author"} & set(image.info)


def test_a_picture_that_lay_on_its_side_stands_upright() -> None:
    with opened(strip_image(pictures.photo(), JPEG)) as image:
        assert image.size == (20, 40)
        assert min(image.getpixel((17, 2))) > 200, "the white corner is now at the top right"


def test_the_colour_profile_stays() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    with opened(strip_image(pictures.photo(icc_profile=profile), JPEG)) as image:
        assert image.info["icc_profile"] == profile


@pytest.mark.parametrize("kind", [GIF, WEBP])
def test_a_picture_that_moves_keeps_moving(kind: Kind) -> None:
    name = stripping.FORMATS[kind]
    with opened(strip_image(pictures.moving(name), kind)) as image:
        assert image.n_frames == 3
        image.load()
        assert image.info["duration"] == 200


def test_what_hides_behind_the_picture_is_gone() -> None:
    assert b"<script>" not in strip_image(pictures.photo() + b"<script>alert(1)</script>", JPEG)


def test_what_is_clear_stays_clear() -> None:
    data = pictures.picture("PNG", mode="RGBA")
    with opened(data) as before, opened(strip_image(data, PNG)) as after:
        assert before.tobytes() == after.tobytes()


@pytest.mark.parametrize("data", [b"\xff\xd8\xff\xe0 no picture", pictures.photo()[:300], b"\xff\xd8\xff"])
def test_a_damaged_picture_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(BadImageError):
        strip_image(data, JPEG)


def test_a_picture_with_more_points_than_can_be_drawn_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pictures.picture("PNG", size=(400, 400))
    monkeypatch.setattr(stripping, "MOST_POINTS", 100_000)
    monkeypatch.setattr(stripping, "_drawn_anew", lambda *_args: pytest.fail("it was drawn"))
    with pytest.raises(BadImageError) as refused:
        strip_image(data, PNG)
    assert refused.value.code == "too-large"


def test_a_picture_of_another_kind_than_it_begins_as_is_refused() -> None:
    with pytest.raises(BadImageError):
        strip_image(pictures.picture("PNG"), JPEG)
