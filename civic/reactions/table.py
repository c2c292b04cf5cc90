"""Who reacts to which fact? One dict; every fact has its line, even when nobody has to do anything."""

from collections.abc import Callable

from civic.devices import facts as devices
from civic.faults import facts as faults
from civic.feed.models import Item
from civic.ledger.facts import Fact
from civic.people import department_facts as departments
from civic.people import facts as people
from civic.people import level_facts as levels
from civic.pilots import facts as pilots
from civic.policies import facts as policies
from civic.privacy import facts as privacy
from civic.proposals import facts as proposals
from civic.threads import facts as threads
from civic.voting import facts as voting

from .checks import take_voices_out, tell_checked
from .faults import follow_finding, mail_reporters, tell_reporters
from .notices import tell_author, tell_discussion, tell_supporters
from .offices import tell_department, tell_holder
from .trials import measure_pilots, tell_participants
from .votes import tell_proposers, tell_voters

Reaction = Callable[[Fact, Item], None]

REACTIONS: dict[type[Fact], tuple[Reaction, ...]] = {
    people.PersonRegistered: (),
    people.AddressConfirmed: (),
    people.PasswordChanged: (),
    people.FactorAdded: (),
    people.FactorRemoved: (),
    people.AccountLapsed: (),
    people.PersonCorrected: (),
    people.ConsentGiven: (),
    people.ConsentWithdrawn: (),
    people.TokenIssued: (),
    people.TokenRevoked: (),
    people.AccountLinked: (),
    people.AccountUnlinked: (),
    people.RoleGranted: (tell_holder,),
    people.RoleRevoked: (tell_holder,),
    people.RoleExpired: (tell_holder,),
    departments.DepartmentOpened: (),
    departments.DepartmentAmended: (),
    departments.DepartmentClosed: (),
    departments.CategoryRouted: (),
    levels.PersonVerified: (tell_checked,),
    levels.VerificationWithdrawn: (tell_checked, take_voices_out),
    levels.LettersSent: (),
    levels.SheetTakenBack: (),
    levels.TieDeclared: (),
    levels.TieWithdrawn: (),
    people.AccessReviewed: (),
    privacy.RetentionSet: (),
    privacy.DataDestroyed: (),
    privacy.InactivityTold: (),
    privacy.AffectedListed: (),
    policies.PolicySet: (),
    privacy.PersonErased: (),
    devices.LightsImported: (),
    devices.DeviceTokenIssued: (),
    devices.DeviceTokenRevoked: (),
    devices.FindingOpened: (follow_finding,),
    devices.ReportIntervalSet: (),
    devices.RatedPowerSet: (),
    devices.CabinetPlaced: (),
    devices.LampsConnected: (),
    devices.LampsDisconnected: (),
    devices.FindingClosed: (follow_finding,),
    faults.FaultOpened: (tell_department,),
    faults.FaultJoined: (),
    faults.FaultConfirmed: (),
    faults.FaultTaken: (tell_reporters,),
    faults.FaultScheduled: (tell_reporters, mail_reporters),
    faults.RepairStarted: (),
    faults.FaultRepaired: (tell_reporters, mail_reporters, measure_pilots),
    faults.ClosureProposed: (),
    faults.FaultResolved: (tell_reporters, mail_reporters),
    faults.FaultRejected: (tell_reporters, mail_reporters, measure_pilots),
    faults.FaultTransferred: (tell_reporters, mail_reporters, tell_department),
    faults.FaultReopened: (tell_reporters, mail_reporters, measure_pilots, tell_department),
    proposals.ProposalPublished: (),
    proposals.ProposalSupported: (),
    proposals.SupportWithdrawn: (),
    proposals.ProposalReachedThreshold: (tell_author, tell_supporters, tell_department),
    proposals.ProposalExpired: (tell_author,),
    proposals.ProposalAdopted: (tell_author, tell_supporters),
    proposals.ProposalDeclined: (tell_author, tell_supporters),
    proposals.ProposalTransferred: (tell_author, tell_supporters, tell_department),
    proposals.ProposalCarried: (),
    proposals.ProposalWithdrawn: (tell_supporters,),
    proposals.ProposalWordsGone: (),
    pilots.PilotPlanned: (tell_participants,),
    pilots.PilotLampsLinked: (),
    pilots.KpiBaselineRecorded: (),
    pilots.KpiRecorded: (),
    pilots.RepairsMeasured: (),
    pilots.PilotMoved: (tell_participants,),
    pilots.PilotSetBack: (tell_participants,),
    pilots.PilotDecided: (tell_participants,),
    threads.PostWritten: (tell_discussion,),
    threads.PostTakenBack: (),
    threads.ThreadClosed: (),
    voting.RoundDrafted: (),
    voting.RoundAnnounced: (),
    voting.RoundOpened: (tell_proposers,),
    voting.BallotCast: (),
    voting.BallotWithdrawn: (),
    voting.OptionWordsGone: (),
    voting.RoundClosed: (),
    voting.RoundCounted: (),
    voting.RoundPublished: (tell_voters, tell_proposers),
}
