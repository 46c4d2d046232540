"""文号 without gaps: several people at once, one letter pressed twice, a process cut off in the middle."""

import os
import signal
import subprocess
import sys
import threading

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from casework.matters.models import Letter, Matter
from office.models import NumberSeries
from tests.casework.matters.letters import making
from tests.casework.matters.opinions import making as opinions
from tests.conftest import make_cast, make_street

pytestmark = [pytest.mark.flush, pytest.mark.django_db(transaction=True)]


def stage(count):
    """A cast and as many drafts of acceptances."""
    street = make_street()
    cast = make_cast(street)
    making.bodies(cast)
    drafts = [
        making.drafted(opinions.handled(cast, street), "acceptance", cast.officehead)
        for _ in range(count)
    ]
    return cast, drafts


def serials():
    """The numbers of the letters that were issued, and what their documents say."""
    rows = Letter.objects.filter(stage="frozen").order_by("serial").select_related("document")
    assert [f"{row.serial}号" in row.document.number for row in rows] == [True] * len(rows)
    return [row.serial for row in rows]


def at_once(presses):
    """Each in a thread of its own, all at the same moment; what they were refused with."""
    start, told, failed = threading.Barrier(len(presses)), [], []

    def press(one):
        try:
            start.wait(20)
            one()
        except ValidationError as refused:
            told.extend(refused.messages)
        except BaseException as error:
            failed.append(error)
            raise
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(one,)) for one in presses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert failed == []
    return told


def test_four_people_at_once_share_no_number_and_leave_no_gap():
    cast, drafts = stage(8)

    def work(mine):
        for n, draft in enumerate(mine):
            letter = Letter.objects.get(pk=draft.pk)
            letter.matter = Matter.objects.get(pk=draft.matter_id)
            with transaction.atomic():
                making.issued(letter, cast.leader)
                transaction.set_rollback(n == 0)  # the signer changed their mind
            if n == 0:
                making.issued(Letter.objects.get(pk=draft.pk), cast.leader)

    assert at_once([lambda mine=drafts[n::4]: work(mine) for n in range(4)]) == []
    assert serials() == list(range(1, 9))


def test_of_two_who_sign_the_same_letter_at_once_one_is_told():
    cast, [draft] = stage(1)
    told = at_once(
        [
            lambda who=who: making.issued(Letter.objects.get(pk=draft.pk), who)
            for who in (cast.leader, cast.officehead2)
        ]
    )
    assert len(told) == 1
    assert "已经签发" in told[0]
    assert serials() == [1]
    assert draft.matter.files.count() == 1
    assert NumberSeries.objects.get(series="云街信/受").last == 1


SIGN_ALL = """
import django
django.setup()
from casework.matters.models import Letter
from office.models import User
from tests.casework.matters.letters import making
leader = User.objects.get(username="leader")
for draft in Letter.objects.filter(stage="draft").order_by("pk"):
    print(making.issued(draft, leader).document.number, flush=True)
"""


def signing():
    """A process of its own that signs every draft, and names each number kept."""
    name = str(connection.settings_dict["NAME"])
    code = (
        f"from config import settings; settings.DATABASES['default']['NAME'] = {name!r}\n"
        f"settings.PRIVATE_ROOT = {str(settings.PRIVATE_ROOT)!r}\n" + SIGN_ALL
    )
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": os.pathsep.join([str(settings.BASE_DIR), str(settings.BASE_DIR / "site")]),
        "KEYS_DIR": str(settings.KEYS_DIR),
    }
    return subprocess.Popen(
        [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True
    )


@pytest.mark.slow
def test_a_process_cut_off_while_it_signs_leaves_no_gap():
    cast, drafts = stage(9)
    told = []
    for enough in (2, 3):
        with signing() as process:
            told += [process.stdout.readline().strip() for _ in range(enough)]
            process.send_signal(signal.SIGKILL)
            told += process.stdout.read().split()
    connection.close()
    kept = serials()
    assert kept == list(range(1, len(kept) + 1))
    assert len(set(told)) == len(told) >= 5
    for draft in Letter.objects.filter(stage="draft"):
        making.issued(draft, cast.leader)
    assert serials() == list(range(1, 10))
    assert len(drafts) == Letter.objects.count()
