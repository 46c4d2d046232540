"""A reader of the back office meets Chinese alone, whatever the packages left in English.

When an upgrade brings new texts, the first two tests name them: write them into the `.po` files under
`site/config/locale`, then compile (`config.texts`).
"""

import json
import re
from collections import Counter
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils.translation import gettext, ngettext, npgettext, override, pgettext
from wagtail.admin.views.i18n import localized_js_catalog

from config import texts
from tests.config import msgids

CHINESE = re.compile(r"[\u4e00-\u9fff]")
PLACEHOLDER = re.compile(r"%\([^)]*\)[sdr]|%[sdr]|\{[a-z_]*\}")
TAG = re.compile(r"<[^>]*>")
# Texts that a Chinese page writes the same way.
SAME = {"IPv4", "IPv6", "%s KB", "%s MB", "%s GB", "%s TB", "%s PB"}
MANY = 2


def shown(text: msgids.Text) -> str:
    """What a page shows for `text`, by the functions a page calls."""
    with override(settings.LANGUAGE_CODE):
        if text.plural and text.context:
            return npgettext(text.context, text.text, text.plural, MANY)
        if text.plural:
            return ngettext(text.text, text.plural, MANY)
        return pgettext(text.context, text.text) if text.context else gettext(text.text)


def shown_by_scripts() -> dict[str, str]:
    """The catalogue the back office sends to the browser: English text to the text for many."""
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    page = localized_js_catalog(request).content.decode()
    sent = re.search(r"const newcatalog = (\{.*?\n  \});", page, re.DOTALL)
    assert sent, "the back office sends no catalogue"
    return {
        text: value[-1] if isinstance(value, list) else value
        for text, value in json.loads(sent[1]).items()
    }


def is_english(text: str, translated: str) -> bool:
    words = TAG.sub("", PLACEHOLDER.sub("", translated))
    return text not in SAME and bool(re.search("[A-Za-z]", words)) and not CHINESE.search(words)


def test_a_registrar_reads_every_text_of_the_packages_in_chinese():
    left = [
        f"{where}: {text.text!r}"
        for text, where in msgids.english().items()
        if is_english(text.text, shown(text))
    ]
    assert left == []


def test_an_editor_reads_every_text_of_the_scripts_in_chinese():
    sent = shown_by_scripts()
    left = [
        f"{where}: {text.text!r}"
        for text, where in msgids.english_of_scripts().items()
        if is_english(text.text, sent.get(text.text, text.text))
    ]
    assert left == []


def test_the_reading_of_the_packages_finds_all_that_their_own_catalogues_list():
    installed = {path for path in msgids.roots() if not msgids.of_an_absent_app(path / "x", path)}
    listed = {
        (entry.msgid, entry.msgctxt or "")
        for root in installed
        for path in root.glob("locale/en/LC_MESSAGES/django.po")
        for entry in polib.pofile(str(path))
    }
    read = {(text.text, text.context) for text in msgids.english()}
    names_of_absent_apps = {text for text, _ in listed - read if text.startswith("Wagtail ")}
    assert {text for text, _ in listed - read} == names_of_absent_apps
    assert len(read) > 1500


def test_an_editor_meets_our_word_where_a_package_has_another():
    with override(settings.LANGUAGE_CODE):
        assert gettext("Unpublish") == "撤回"
        assert gettext("Snippets") == "记录"
        assert gettext("revisions") == "修订记录"
    assert shown_by_scripts()["Dashboard"] == "工作台"


@pytest.mark.parametrize("source", texts.sources(), ids=lambda path: path.name)
def test_a_machine_without_gettext_finds_the_compiled_texts_up_to_date(source: Path):
    assert source.with_suffix(".mo").read_bytes() == texts.compiled(source)


def test_a_message_keeps_the_names_and_numbers_that_are_filled_in():
    changed = []
    for source in texts.sources():
        for entry in polib.pofile(str(source)):
            kept = Counter(PLACEHOLDER.findall(entry.msgstr or entry.msgstr_plural.get(0, "")))
            given = Counter(PLACEHOLDER.findall(entry.msgid))
            if entry.msgid_plural:
                # Chinese has one form, which must do for one as for many.
                given |= Counter(PLACEHOLDER.findall(entry.msgid_plural))
            if kept != given:
                changed.append(f"{source.name}: {entry.msgid!r}")
    assert changed == []


def test_every_text_of_ours_is_finished_and_in_chinese():
    unfinished = [
        f"{source.name}: {entry.msgid!r}"
        for source in texts.sources()
        for entry in polib.pofile(str(source))
        if entry.fuzzy
        or entry.obsolete
        or not (said := entry.msgstr or entry.msgstr_plural.get(0, ""))
        or is_english(entry.msgid, said)
    ]
    assert unfinished == []
