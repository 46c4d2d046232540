"""Tables of the room, by subject."""

from casework.matters.models.acts import Approval, Move, Opinion
from casework.matters.models.arrivals import Item, ItemLink
from casework.matters.models.clocks import Clock, ClockLine, Recount
from casework.matters.models.closing_records import ArchiveFile, ArchiveLine, PaperSignature
from casework.matters.models.conflicts import ConcernedUnit, Conflict
from casework.matters.models.cooperation import (
    DutyDispute,
    InternalNote,
    Mention,
    OutsideLetter,
    SupportTask,
    TaskFile,
)
from casework.matters.models.delegating import (
    HandOverOfWork,
    StandingAuthorisation,
    StandingCategory,
    StandingUse,
    WorkLine,
)
from casework.matters.models.documents import Document
from casework.matters.models.files import MatterFile
from casework.matters.models.ledgers import ImportJob, LedgerLayout
from casework.matters.models.letters import BlankForm, IssuingBody, Letter, LetterTemplate
from casework.matters.models.matter import Matter
from casework.matters.models.opinions import (
    Hearing,
    Promise,
    Review,
    Service,
    Settlement,
    SuperiorReview,
)
from casework.matters.models.outcomes import (
    CitedPage,
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
from casework.matters.models.paths import LateEntry, StatutoryPath
from casework.matters.models.profiles import (
    Category,
    RuleAct,
    RuleField,
    RuleLimit,
    RuleProfile,
    RuleSetting,
    RuleText,
)
from casework.matters.models.repeats import (
    CoPetitioner,
    GroupVisit,
    MatterLink,
    NotRepeat,
    TalkOffer,
)
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
from casework.matters.models.supervision import (
    Danger,
    DutyDay,
    Reminder,
    Supervision,
    SupervisionAnswer,
    UrgentNotice,
    UrgentReport,
    UrgentStep,
)

__all__ = [
    "Approval",
    "ArchiveFile",
    "ArchiveLine",
    "BlankForm",
    "Category",
    "CitedPage",
    "Clock",
    "ClockLine",
    "CoPetitioner",
    "ConcernedUnit",
    "Conflict",
    "Custodian",
    "Custody",
    "Danger",
    "DisciplineBody",
    "Document",
    "DutyDay",
    "DutyDispute",
    "Easing",
    "FollowUp",
    "FollowUpCall",
    "FourPart",
    "FourPartFile",
    "GroupVisit",
    "HandOver",
    "HandOverLine",
    "HandOverOfWork",
    "Hearing",
    "ImportJob",
    "InternalNote",
    "IssuingBody",
    "Item",
    "ItemLink",
    "LateEntry",
    "LedgerLayout",
    "Letter",
    "LetterTemplate",
    "Matter",
    "MatterFile",
    "MatterLink",
    "Mention",
    "Move",
    "NotRepeat",
    "Opinion",
    "OutsideLetter",
    "PaperSignature",
    "Petitioner",
    "Promise",
    "Recount",
    "Recusal",
    "Reminder",
    "Resolution",
    "Review",
    "RightsCorrection",
    "RightsMatter",
    "RightsMove",
    "RightsPaper",
    "RightsPoint",
    "RightsRequest",
    "RuleAct",
    "RuleField",
    "RuleLimit",
    "RuleProfile",
    "RuleSetting",
    "RuleText",
    "SealedAudit",
    "SealedLetter",
    "Service",
    "Settlement",
    "StandingAuthorisation",
    "StandingCategory",
    "StandingUse",
    "StatutoryPath",
    "SuperiorReview",
    "Supervision",
    "SupervisionAnswer",
    "SupportTask",
    "SupportUnit",
    "Talk",
    "TalkCitation",
    "TalkOffer",
    "TaskFile",
    "UrgentNotice",
    "UrgentReport",
    "UrgentStep",
    "WorkLine",
]
