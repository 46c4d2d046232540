"""Tables of the room, by subject."""

from casework.matters.models.acts import Approval, Move, Opinion
from casework.matters.models.arrivals import Item, ItemLink
from casework.matters.models.clocks import Clock, ClockLine, Recount
from casework.matters.models.closing_records import ArchiveFile, ArchiveLine, PaperSignature
from casework.matters.models.conflicts import ConcernedUnit, Conflict
from casework.matters.models.files import MatterFile
from casework.matters.models.ledgers import ImportJob, LedgerLayout
from casework.matters.models.matter import Matter
from casework.matters.models.outcomes import (
    Easing,
    FollowUp,
    FollowUpCall,
    FourPart,
    FourPartFile,
    Resolution,
    Talk,
    TalkCitation,
)
from casework.matters.models.parties import Custody, Petitioner, Recusal, SupportUnit
from casework.matters.models.profiles import Category, RuleLimit, RuleProfile
from casework.matters.models.rights import (
    RightsCorrection,
    RightsMatter,
    RightsMove,
    RightsPaper,
    RightsPoint,
    RightsRequest,
)
from casework.matters.models.sealed import (
    Custodian,
    DisciplineBody,
    HandOver,
    HandOverLine,
    SealedLetter,
)
from casework.matters.models.sealing import SealedAudit

__all__ = [
    "Approval",
    "ArchiveFile",
    "ArchiveLine",
    "Category",
    "Clock",
    "ClockLine",
    "ConcernedUnit",
    "Conflict",
    "Custodian",
    "Custody",
    "DisciplineBody",
    "Easing",
    "FollowUp",
    "FollowUpCall",
    "FourPart",
    "FourPartFile",
    "HandOver",
    "HandOverLine",
    "ImportJob",
    "Item",
    "ItemLink",
    "LedgerLayout",
    "Matter",
    "MatterFile",
    "Move",
    "Opinion",
    "PaperSignature",
    "Petitioner",
    "Recount",
    "Recusal",
    "Resolution",
    "RightsCorrection",
    "RightsMatter",
    "RightsMove",
    "RightsPaper",
    "RightsPoint",
    "RightsRequest",
    "RuleLimit",
    "RuleProfile",
    "SealedAudit",
    "SealedLetter",
    "SupportUnit",
    "Talk",
    "TalkCitation",
]
