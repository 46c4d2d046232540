"""Tables of the room, by subject."""

from casework.matters.models.acts import Approval, Move, Opinion
from casework.matters.models.arrivals import Item, ItemLink
from casework.matters.models.files import MatterFile
from casework.matters.models.ledgers import ImportJob, LedgerLayout
from casework.matters.models.matter import Matter
from casework.matters.models.parties import Custody, Petitioner, Recusal, SupportUnit
from casework.matters.models.profiles import Category, RuleLimit, RuleProfile

__all__ = [
    "Approval",
    "Category",
    "Custody",
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
    "RuleLimit",
    "RuleProfile",
    "SupportUnit",
]
