"""The kernel's tables, by subject."""

from office.models.calendar import CalendarDay, CalendarYear
from office.models.changes import Change, ChangeShape
from office.models.drafts import FormToken, KeptForm
from office.models.exports import ExportRequest, ExportRun
from office.models.forms import LedgerForm
from office.models.jobs import Job
from office.models.keys import DataKey
from office.models.limits import Limit
from office.models.looks import Look
from office.models.numbers import NumberSeries
from office.models.people import Deputy, Post, User
from office.models.retention import (
    DestructionApproval,
    DestructionLine,
    DestructionList,
    MasterKey,
    RetentionClass,
)
from office.models.seals import ChainSeal, SealCheck
from office.models.search import SearchEntry, SearchFeed, SearchMark
from office.models.units import Unit

__all__ = [
    "CalendarDay",
    "CalendarYear",
    "ChainSeal",
    "Change",
    "ChangeShape",
    "DataKey",
    "Deputy",
    "DestructionApproval",
    "DestructionLine",
    "DestructionList",
    "ExportRequest",
    "ExportRun",
    "FormToken",
    "Job",
    "KeptForm",
    "LedgerForm",
    "Limit",
    "Look",
    "MasterKey",
    "NumberSeries",
    "Post",
    "RetentionClass",
    "SealCheck",
    "SearchEntry",
    "SearchFeed",
    "SearchMark",
    "Unit",
    "User",
]
