"""The kernel's tables, by subject."""

from office.models.calendar import CalendarDay, CalendarYear
from office.models.changes import Change, ChangeShape
from office.models.drafts import FormToken, KeptForm
from office.models.entering import Activation, DeskSession, PasswordRecord, SignIn
from office.models.exports import ExportRequest, ExportRun
from office.models.forms import LedgerForm
from office.models.grants import Emergency, GrantRequest, Leave
from office.models.jobs import Job, TaskTrouble
from office.models.keys import DataKey
from office.models.limits import Limit
from office.models.looks import Look, LookFinding, LookNote
from office.models.numbers import NumberSeries
from office.models.outbox import Delivery, DeliveryTry, Notice, NoticeChoice, NoticeText
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
from office.models.ticking import Tick, TickMark
from office.models.units import Unit

__all__ = [
    "Activation",
    "CalendarDay",
    "CalendarYear",
    "ChainSeal",
    "Change",
    "ChangeShape",
    "DataKey",
    "Delivery",
    "DeliveryTry",
    "Deputy",
    "DeskSession",
    "DestructionApproval",
    "DestructionLine",
    "DestructionList",
    "Emergency",
    "ExportRequest",
    "ExportRun",
    "FormToken",
    "GrantRequest",
    "Job",
    "KeptForm",
    "Leave",
    "LedgerForm",
    "Limit",
    "Look",
    "LookFinding",
    "LookNote",
    "MasterKey",
    "Notice",
    "NoticeChoice",
    "NoticeText",
    "NumberSeries",
    "PasswordRecord",
    "Post",
    "RetentionClass",
    "SealCheck",
    "SearchEntry",
    "SearchFeed",
    "SearchMark",
    "SignIn",
    "TaskTrouble",
    "Tick",
    "TickMark",
    "Unit",
    "User",
]
