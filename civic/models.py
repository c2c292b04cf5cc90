"""All models of the app, collected: Django looks for them here."""

from civic.chain.models import Link, Node, Serial
from civic.devices.models import (
    Device,
    DeviceFinding,
    DeviceReceipt,
    DeviceState,
    DeviceToken,
    Gateway,
    LampList,
    Observation,
    Streetlight,
)
from civic.faults.models import AffectedLamp, Contact, Fault, FaultStep, Report
from civic.feed.models import Consumer, Head, Item, SetAside
from civic.ledger.models import Entry, EntryPrivate, Receipt
from civic.limits.models import WriteCount
from civic.notifications.models import Notice
from civic.outbox.models import Message
from civic.people.models import (
    AccessLook,
    AccessReview,
    ApiToken,
    CodeTries,
    ConsentDocument,
    ConsentRecord,
    Department,
    Letter,
    Person,
    PersonKey,
    RoleGrant,
    RoleStep,
    Route,
    Tie,
    Verification,
)
from civic.photos.models import Photo
from civic.pilots.models import Condition, Kpi, Pilot, PilotDevice, Reading, Step
from civic.places.models import Boundary, District, Dong
from civic.policies.models import Holiday, ParticipationPolicy
from civic.privacy.models import InactivityNotice, RetentionRule
from civic.proposals.models import Answer, Proposal, ProposalTag, Support, Tag, Transfer
from civic.threads.models import Post, Thread
from civic.voting.models import OpenBallot, Option, Participation, Round, UrnBallot

__all__ = [
    "AccessLook",
    "AccessReview",
    "AffectedLamp",
    "Answer",
    "ApiToken",
    "Boundary",
    "CodeTries",
    "Condition",
    "ConsentDocument",
    "ConsentRecord",
    "Consumer",
    "Contact",
    "Department",
    "Device",
    "DeviceFinding",
    "DeviceReceipt",
    "DeviceState",
    "DeviceToken",
    "District",
    "Dong",
    "Entry",
    "EntryPrivate",
    "Fault",
    "FaultStep",
    "Gateway",
    "Head",
    "Holiday",
    "InactivityNotice",
    "Item",
    "Kpi",
    "LampList",
    "Letter",
    "Link",
    "Message",
    "Node",
    "Notice",
    "Observation",
    "OpenBallot",
    "Option",
    "Participation",
    "ParticipationPolicy",
    "Person",
    "PersonKey",
    "Photo",
    "Pilot",
    "PilotDevice",
    "Post",
    "Proposal",
    "ProposalTag",
    "Reading",
    "Receipt",
    "RetentionRule",
    "Report",
    "RoleGrant",
    "RoleStep",
    "Round",
    "Route",
    "Serial",
    "SetAside",
    "Step",
    "Step",
    "Streetlight",
    "Support",
    "Tag",
    "Thread",
    "Transfer",
    "Tie",
    "UrnBallot",
    "Verification",
    "WriteCount",
]
