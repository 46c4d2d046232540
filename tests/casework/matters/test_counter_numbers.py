"""Numbers of papers and phones at the counter: a wrong digit stops a registrar once, never a letter."""

from casework.matters.models import Matter
from office.models import Change
from tests.casework.matters.counter import text
from tests.casework.matters.test_reception import ADD, told

WRONG_ID = "110105194912310021"


def test_a_registrar_is_stopped_at_a_wrong_id_number_and_goes_on_with_the_paper_in_hand(
    cast, rules, login
):
    client = login(cast.registrar)

    refused = client.post(ADD, told(id_number=WRONG_ID))

    assert refused.status_code == 422
    assert "身份证号最后一位对不上" in text(refused)
    assert "证件上就是这样" in text(refused)
    assert "核对过了，号码就是这样" not in text(refused)  # the phone is fine
    assert not Matter.objects.exists()

    client.post(ADD, told(id_number=WRONG_ID, id_number_as_is="on"))

    person = Matter.objects.get().petitioners.get()
    assert person.text("id_number") == WRONG_ID
    reason = Change.objects.filter(kind="matters.petitioner").get().reason
    assert reason == "登记（证件号码：经办人声明原样如此）"


def test_another_certificate_is_taken_with_a_hint(cast, rules, login):
    page = login(cast.registrar).post(ADD, told(id_number="E12345678"), follow=True)

    assert "按其他证件" in text(page)
    assert Matter.objects.get().petitioners.get().text("id_number") == "E12345678"


def test_a_wrong_number_of_another_office_keeps_no_letter_out(cast, rules, login):
    page = login(cast.registrar).post(
        ADD, told(phone="1990000123", pasted="phone,name"), follow=True
    )

    assert "手机号是 11 位，这里有 10 位" in text(page)
    assert Matter.objects.get().petitioners.get().text("phone") == "1990000123"
