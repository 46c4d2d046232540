"""Tables of the room, by subject."""

from casework.matters.models.acts import Approval, Move, Opinion
from casework.matters.models.arrivals import Item, ItemLink
from casework.matters.models.conflicts import ConcernedUnit, Conflict
from casework.matters.models.files import MatterFile
from casework.matters.models.ledgers import ImportJob, LedgerLayout
from casework.matters.models.matter import Matter
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
    "Category",
    "ConcernedUnit",
    "Conflict",
    "Custodian",
    "Custody",
    "DisciplineBody",
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
    "Petitioner",
    "Recusal",
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
]
