"""Every text and file field is declared, and what is personal lies in the vault."""

import importlib

import pytest

from office.privacy import IN_VAULT, declared, text_fields, undeclared
from office.vault import VaultField

OURS = {"office", "cms", "publications", "matters"}


@pytest.fixture(autouse=True)
def declarations():
    for room in ("casework.matters.privacy", "cms.privacy", "publications.privacy"):
        importlib.import_module(room)


def test_no_text_or_file_field_is_undeclared():
    assert undeclared(OURS) == []


def test_personal_data_and_free_text_of_records_lie_in_the_vault_only():
    # encrypted by their own code
    outside = {"office.keptform.body", "matters.importjob.problems", "matters.importjob.found"}
    for model, field in text_fields(OURS):
        kind = declared(model, field.name).kind
        name = f"{model}.{field.name}"
        assert (kind in IN_VAULT) == (isinstance(field, VaultField) or name in outside), name
