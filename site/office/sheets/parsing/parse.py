"""Which reader a file goes to, by what is in it."""

from office.sheets.parsing.answering import Answer, Refused
from office.sheets.parsing.diagnosis import is_text, is_web_page
from office.sheets.parsing.engines import read_with_calamine, read_with_openpyxl
from office.sheets.parsing.plaintext import read_text


def parse(data: bytes, job: dict, answer: Answer) -> None:
    """Read `data` with the engine the job names and write the answer."""
    if not data.strip():
        raise Refused("empty")
    if is_web_page(data):
        raise Refused("web_page")
    if is_text(data):
        read_text(data, job["suffix"], answer)
    elif job["engine"] == "calamine":
        read_workbook(data, job["scanned"], answer)
    else:
        read_with_openpyxl(data, answer, job["scanned"])
    answer.say(end=True)


def read_workbook(data: bytes, scanned: int, answer: Answer) -> None:
    """Read with calamine; what it finds damaged, openpyxl may still be able to read."""
    try:
        read_with_calamine(data, answer, scanned)
    except Refused as refused:
        if refused.code != "damaged" or not data.startswith(b"PK"):
            raise
        answer.again()
        try:
            read_with_openpyxl(data, answer, scanned)
        except ImportError:
            raise refused from None
        except Refused as second:
            raise (refused if second.code == "damaged" else second) from None
