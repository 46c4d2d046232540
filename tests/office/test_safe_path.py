"""Where a form may lead: a path of this site, beginning with a slash."""

import pytest

from office.forms import safe_path


@pytest.mark.parametrize(
    "path", ["foo", "wagtailadmin_home", "a/b", "?a=b", "#x", ".", "/" + "x" * 600]
)
def test_a_word_that_is_no_path_leads_home(path):
    assert safe_path(path) == "/admin/"


def test_a_path_of_this_site_is_kept():
    assert safe_path("/admin/matters/7/?a=b#files") == "/admin/matters/7/?a=b#files"
