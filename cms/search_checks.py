"""Fails loudly when an upgrade of Wagtail changes what our search stands on.

Wagtail's search (the package modelsearch) has documented classes and undocumented ways of calling
them. An upgrade that renames one would leave the index empty and every search without results, in
silence; `manage.py check`, which the tests and every start of the server run, compares them.
"""

import inspect
from collections.abc import Mapping
from functools import reduce
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.checks import Error, register
from django.db.models import AutoField, ForeignKey, IntegerField

from cms.search_texts import kinds

OURS = "cms.search_backend"

#: module and name of each hook, with the names of its parameters in order
HOOKS: dict[str, str] = {
    "modelsearch.backends.base:BaseSearchBackend.search": "self query model_or_queryset fields operator order_by_relevance",
    "modelsearch.backends.base:BaseSearchBackend.autocomplete": "self query model_or_queryset fields operator order_by_relevance",
    "modelsearch.backends.base:BaseSearchBackend._search": "self query_compiler_class query model_or_queryset kwargs",
    "modelsearch.backends.base:BaseSearchBackend.add": "self obj",
    "modelsearch.backends.base:BaseSearchBackend.delete": "self obj",
    "modelsearch.backends.base:BaseSearchBackend.get_index_for_model": "self model",
    "modelsearch.backends.base:BaseSearchQueryCompiler.__init__": "self queryset query fields operator order_by_relevance",
    "modelsearch.backends.base:BaseSearchQueryCompiler.check": "self",
    "modelsearch.backends.base:BaseSearchQueryCompiler._get_filterable_field": "self field_attname",
    "modelsearch.backends.base:BaseSearchResults.__init__": "self backend query_compiler prefetch_related",
    "modelsearch.backends.base:BaseSearchResults._set_limits": "self start stop",
    "modelsearch.backends.base:BaseSearchResults._do_search": "self",
    "modelsearch.backends.base:BaseSearchResults._do_count": "self",
    "modelsearch.backends.base:BaseSearchResults.facet": "self field_name",
    "modelsearch.backends.base:BaseSearchResults.annotate_score": "self field_name",
    "modelsearch.backends.base:BaseIndex.__init__": "self backend",
    "modelsearch.backends.base:BaseIndex.add_item": "self obj",
    "modelsearch.backends.base:BaseIndex.add_items": "self model items",
    "modelsearch.backends.base:BaseIndex.add_model": "self model",
    "modelsearch.backends.base:BaseIndex.delete_item": "self item",
    "modelsearch.backends.base:BaseIndex.get_key": "self",
    "modelsearch.backends.base:BaseIndex.reset": "self",
    "modelsearch.backends.base:get_model_root": "model",
    "modelsearch.index:get_indexed_models": "",
    "modelsearch.index:insert_or_update_object": "instance",
    "modelsearch.index:remove_object": "instance",
    "modelsearch.index:BaseField.get_value": "self obj",
    "modelsearch.index:RelatedFields.get_value": "self obj",
    "modelsearch.index:Indexed.get_indexed_objects": "",
    "modelsearch.index:Indexed.get_search_fields": "",
    "modelsearch.signal_handlers:post_save_signal_handler": "instance kwargs",
    "modelsearch.signal_handlers:post_delete_signal_handler": "instance kwargs",
    "modelsearch.query:PlainText.__init__": "self query_string operator boost",
    "modelsearch.query:Phrase.__init__": "self query_string",
    "modelsearch.query:Boost.__init__": "self subquery boost",
    "modelsearch.query:And.__init__": "self subqueries",
    "modelsearch.query:Or.__init__": "self subqueries",
    "modelsearch.query:Not.__init__": "self subquery",
    "modelsearch.management.commands.rebuild_modelsearch_index:Command.update_backend": "self backend_name schema_only chunk_size",
    "wagtail.blocks:RichTextBlock.get_searchable_content": "self value",
    "wagtail.blocks:StructBlock.get_searchable_content": "self value",
    "wagtail.fields:StreamField.get_searchable_content": "self value",
}


def changed_hooks(hooks: Mapping[str, str]) -> list[str]:
    """Those that are gone or take other parameters, in words."""
    found = []
    for where, wanted in hooks.items():
        module, path = where.split(":")
        try:
            hook: Any = reduce(getattr, path.split("."), import_module(module))
        except (ImportError, AttributeError):
            found.append(f"{where} is gone")
            continue
        takes = " ".join(inspect.signature(hook).parameters)
        if takes != wanted:
            found.append(f"{where} takes ({takes}), not ({wanted})")
    return found


@register()
def search_hooks(**kwargs: Any) -> list[Error]:
    """Hooks unchanged, our backend in use, and every searched table keyed by a number."""
    found = [
        Error(words, hint="see cms/search_checks.py", id="cms.E001")
        for words in changed_hooks(HOOKS)
    ]
    if settings.WAGTAILSEARCH_BACKENDS.get("default", {}).get("BACKEND") != OURS:
        found.append(Error(f"WAGTAILSEARCH_BACKENDS must name {OURS}", id="cms.E002"))
    for models in kinds().values():
        for model in models:
            if not isinstance(model._meta.pk, AutoField | IntegerField | ForeignKey):
                found.append(Error(f"{model._meta.label} has no numeric key", id="cms.E003"))
    return found
