"""The search for markers would find them: in any encoding, at any place of a longer text."""

import base64
import json

import pytest

from tests.markers.marks import RARE, Marks, found_in

ENCODINGS = [
    str.encode,
    lambda text: text.encode("utf-16-le"),
    lambda text: text.encode("utf-16-be"),
    lambda text: text.encode().hex().encode(),
    lambda text: text.encode().hex().upper().encode(),
    lambda text: b"x" + base64.b64encode(b"a" + text.encode() + b"z"),
    lambda text: base64.b64encode(b"ab" + text.encode() + b"z"),
    lambda text: base64.urlsafe_b64encode(b"abc" + text.encode() + b"zz"),
]


@pytest.mark.parametrize("encode", ENCODINGS)
@pytest.mark.parametrize("kind", ["token", "phone", "paper"])
def test_a_marker_is_found_in_any_encoding(encode, kind):
    marker = getattr(Marks(), kind)("matters.matter.claim")

    assert found_in(b"before " + encode(marker) + b" after")


def test_the_rare_word_is_found_where_only_the_text_beside_a_marker_survived():
    for data in (RARE.encode("gb18030"), json.dumps(RARE).encode(), RARE.encode("utf-16-le")):
        assert found_in(data)


def test_a_marker_knows_its_field_and_nothing_else_is_one():
    marks = Marks()
    marks.text("matters.matter.claim")
    token = next(iter(marks.of))

    assert [marks.named(found) for found in found_in(token.encode())] == ["matters.matter.claim"]
    assert found_in("民宿保洁员四个月加班费未付 19900001234 E12345678".encode()) == []
