"""Who holds the disk reads nothing, and nothing cut, reordered or exchanged passes for a file."""

import tracemalloc
from pathlib import Path

import pytest
from django.conf import settings

from office.private_files import FRAME, Writer, load, put, read, remove, verify
from office.vault import VaultError, encrypt, new_data_key

HEAD, SEALED = 8, FRAME + 16  # bytes before the first frame, bytes of a sealed frame


@pytest.fixture
def key(db):
    return new_data_key()


def on_disk(path):
    return Path(settings.PRIVATE_ROOT) / path


def frames(path):
    """The bytes before the frames, and the frames as they lie on the disk."""
    raw = on_disk(path).read_bytes()
    return raw[:HEAD], [raw[at : at + SEALED] for at in range(HEAD, len(raw), SEALED)]


@pytest.mark.parametrize("length", [0, 1, FRAME - 1, FRAME, FRAME + 1, 3 * FRAME, 3 * FRAME + 7])
def test_a_clerk_gets_back_every_byte_whatever_the_length(key, length):
    data = bytes(number % 251 for number in range(length))
    path = put(data, key)
    assert load(path, key) == data
    assert verify(path, key) == length
    assert max(map(len, read(path, key)), default=0) <= FRAME


def test_a_file_written_in_crumbs_counts_and_sums_what_it_holds(key):
    with Writer(key) as file:
        for _ in range(1000):
            file.write("台账".encode())
    assert load(file.path, key) == "台账".encode() * 1000
    assert (file.size, len(file.sha256)) == (6000, 64)


def test_a_thief_of_the_disk_finds_no_plain_word_and_nobody_else_may_read_the_file(key):
    path = put("王某某的来信".encode() * 5000, key)
    assert "王某某".encode() not in on_disk(path).read_bytes()
    assert on_disk(path).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("left", [0, 1, 2])
def test_a_file_cut_off_between_frames_does_not_open(key, left):
    path = put(bytes(3 * FRAME), key)
    head, parts = frames(path)
    assert len(parts) == 3
    on_disk(path).write_bytes(head + b"".join(parts[:left]))
    with pytest.raises(VaultError, match="改动过"):
        load(path, key)


def test_a_file_cut_off_inside_a_frame_or_its_head_does_not_open(key):
    path = put(bytes(FRAME + 100), key)
    raw = on_disk(path).read_bytes()
    for length in (0, 1, HEAD - 1, HEAD + 5, len(raw) - 1):
        on_disk(path).write_bytes(raw[:length])
        with pytest.raises(VaultError):
            load(path, key)


def test_frames_in_another_order_doubled_or_added_do_not_open(key):
    path = put(bytes(4 * FRAME), key)
    head, (one, two, three, four) = frames(path)
    for order in (
        [two, one, three, four],
        [one, one, two, three, four],
        [one, three, two, four],
        [one, two, three, four, four],
        [four],
    ):
        on_disk(path).write_bytes(head + b"".join(order))
        with pytest.raises(VaultError):
            load(path, key)


def test_a_frame_of_another_file_under_the_same_key_does_not_open(key):
    mine, other = put(b"a" * 2 * FRAME, key), put(b"b" * 2 * FRAME, key)
    head, (one, two) = frames(mine)
    _, (foreign, _) = frames(other)
    on_disk(mine).write_bytes(head + foreign + two)
    with pytest.raises(VaultError):
        load(mine, key)
    on_disk(mine).write_bytes(head + one + two)
    assert load(mine, key) == b"a" * 2 * FRAME


def test_a_whole_file_put_in_the_place_of_another_does_not_open(key):
    mine, other = put(b"a" * 10, key), put(b"b" * 10, key)
    on_disk(mine).write_bytes(on_disk(other).read_bytes())
    with pytest.raises(VaultError):
        load(mine, key)


def test_one_flipped_bit_anywhere_is_found_and_verifying_tells_before_a_byte_goes_out(key):
    path = put(bytes(2 * FRAME), key)
    raw = bytearray(on_disk(path).read_bytes())
    for place in (0, 3, HEAD + 1, len(raw) - 1):
        broken = bytearray(raw)
        broken[place] ^= 1
        on_disk(path).write_bytes(broken)
        with pytest.raises(VaultError):
            verify(path, key)


def test_another_key_opens_nothing(key):
    path = put(b"secret", key)
    with pytest.raises(VaultError):
        load(path, new_data_key())


def test_a_writer_that_failed_leaves_no_half_file(key):
    def fails():
        with Writer(key) as file:
            file.write(bytes(3 * FRAME))
            raise ValueError(file.path)

    with pytest.raises(ValueError, match="/") as told:
        fails()
    assert not on_disk(str(told.value)).exists()


def test_a_writer_that_was_forgotten_left_a_file_that_does_not_open(key):
    file = Writer(key)
    file.write(bytes(3 * FRAME))
    path = file.path
    del file
    with pytest.raises(VaultError):
        load(path, key)


def test_a_file_sealed_in_one_piece_still_opens(key):
    path = put(b"", key)
    on_disk(path).write_bytes(encrypt(key, f"office.file:{path}", b"before"))
    assert load(path, key) == b"before"


def test_a_removed_file_is_gone_and_removing_it_again_is_no_error(key):
    path = put(b"x", key)
    remove(path)
    remove(path)
    with pytest.raises(FileNotFoundError):
        load(path, key)


def test_a_large_file_is_written_and_read_in_the_memory_of_a_few_frames(key):
    block = bytes(FRAME)
    put(b"", key)
    tracemalloc.start()
    try:
        with Writer(key) as file:
            for _ in range(320):  # 20 MB
                file.write(block)
        assert verify(file.path, key) == 320 * FRAME
        assert tracemalloc.get_traced_memory()[1] < 20 * FRAME
    finally:
        tracemalloc.stop()
