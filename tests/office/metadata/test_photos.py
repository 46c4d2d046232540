"""Photos of residents: the picture stays as it is, what it told of place and telephone is gone."""

from io import BytesIO

import pytest
from PIL import Image

from office.metadata import CannotClean, cleaned, traces
from tests.office.metadata.samples import noise, photo

KINDS = [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")]


def opened(data):
    picture = Image.open(BytesIO(data))
    picture.load()
    return picture


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_a_photo_keeps_every_pixel_and_its_orientation_and_nothing_else(name, kind):
    told = photo(name, "柏舟的手机")
    done = cleaned(told + b"\x01film of a live photo", kind)

    assert opened(done.data).tobytes() == opened(told).tobytes()
    assert dict(opened(done.data).getexif()) == {0x0112: 6}
    assert {"拍摄地点", "拍摄设备与时间", "附在末尾的数据"} <= set(done.removed)
    assert "柏舟".encode() not in done.data
    assert b"film" not in done.data


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_a_photo_without_traces_is_left_as_it_is(name, kind):
    out = BytesIO()
    noise().save(out, name)

    assert cleaned(out.getvalue(), kind) == type(cleaned(out.getvalue(), kind))(out.getvalue(), ())


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_what_was_cleaned_tells_nothing_any_more(name, kind):
    once = cleaned(photo(name), kind)

    assert traces(once.data, kind) == []
    assert cleaned(once.data, kind).data == once.data


def test_colours_keep_their_profile_and_a_progressive_photo_its_scans():
    out = BytesIO()
    noise().save(out, "JPEG", progressive=True, icc_profile=b"profile" * 40, xmp=b"<x>place</x>")
    done = cleaned(out.getvalue(), "image/jpeg")

    assert opened(done.data).info["icc_profile"] == b"profile" * 40
    assert opened(done.data).tobytes() == opened(out.getvalue()).tobytes()
    assert done.removed == ("文字说明",)


def test_the_thumbnail_of_a_photo_goes_too():
    exif = Image.Exif()
    exif[0x010F] = "x"
    out = BytesIO()
    noise().save(out, "PNG", exif=exif)
    thumbnail = b"MM\x00*\x00\x00\x00\x08" + bytes.fromhex(
        "00000000000e000102010004000000010000002000000000"
    )
    told = BytesIO()
    noise().save(told, "JPEG", exif=b"Exif\x00\x00" + thumbnail + b"THUMBNAIL")

    done = cleaned(told.getvalue(), "image/jpeg")

    assert b"THUMBNAIL" not in done.data
    assert "内嵌小图" in done.removed


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_a_photo_that_breaks_off_is_refused_in_words_or_kept_as_far_as_it_goes(name, kind):
    whole = photo(name)
    said = set()
    for end in range(4, len(whole), max(1, len(whole) // 40)):
        try:
            assert len(cleaned(whole[:end], kind).data) <= len(whole)
        except CannotClean as error:
            said.add(str(error))
    assert said == {"照片打不开，可能没有传完整。请重新拍照或另存后再上传。"}


def test_a_photo_of_a_telephone_becomes_a_jpeg_that_stands_upright():
    heif = pytest.importorskip("pillow_heif")
    heif.register_heif_opener()
    exif = Image.Exif()
    exif[0x010F] = "柏舟的手机"
    out = BytesIO()
    noise().save(out, "HEIF", exif=exif.tobytes())

    done = cleaned(out.getvalue(), "image/heic")

    picture = opened(done.data)
    assert (picture.format, picture.size) == ("JPEG", (120, 80))
    assert not picture.getexif()
    assert "柏舟".encode() not in done.data


def test_a_photo_with_megabytes_of_filling_is_read_in_one_go():
    """Such a file once held the server for hours: each filling byte was read from anew."""
    out = BytesIO()
    noise().save(out, "JPEG")
    told = out.getvalue()[:-2] + b"\xff" * 4_000_000 + b"\xff\xd9"

    assert cleaned(told, "image/jpeg").data == out.getvalue()
