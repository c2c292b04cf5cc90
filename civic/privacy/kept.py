"""Which rows point to a person, what of them does the export show, and what does erasure do with them? One line each.

A test walks all installed models: a key to a person that is not here fails it.
"""

from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class After(Enum):
    """What becomes of the row when its person is erased."""

    GOES = "goes"  # on_delete CASCADE
    NAMELESS = "nameless"  # SET_NULL; or, in Wagtail's logs, set empty by `remove_account`


@dataclass(frozen=True)
class Kept:
    """Rows of one key: the heading, the columns in the order of reading, what erasure does.

    Columns are what `values()` takes. Every other column stands in `withheld.py` with the reason.
    """

    title: str | Promise
    columns: tuple[str, ...]
    after: After = After.GOES


def _office(title: str | Promise, *columns: str) -> Kept:
    """An act in office: it stays with the office and the name under which it was done."""
    return Kept(title, columns, After.NAMELESS)


_DESK = _("Work on the site's own pages")

KEPT: dict[str, Kept] = {
    # --- the account
    "account.EmailAddress.user": Kept(_("E-mail addresses"), ("email", "verified", "primary")),
    "socialaccount.SocialAccount.user": Kept(
        _("Sign-in by another provider"), ("provider", "uid", "date_joined", "last_login")
    ),
    "mfa.Authenticator.user": Kept(_("Second steps of signing in"), ("type", "created_at", "last_used_at")),
    "usersessions.UserSession.user": Kept(
        _("Where you are signed in"), ("created_at", "last_seen_at", "ip", "user_agent")
    ),
    "civic.ApiToken.person": Kept(_("Keys for programs"), ("label", "created_at", "last_used_on", "revoked_at")),
    "civic.ConsentRecord.person": Kept(
        _("Consents"), ("document__kind", "document__version", "at", "withdrawn_at"), After.NAMELESS
    ),
    "civic.Verification.person": Kept(_("Check of identity"), ("level", "method", "district", "at")),
    "civic.PersonKey.person": Kept(_("Mark by which one person has one voice"), ("source",)),
    "civic.Tie.person": Kept(_("Ties to a dong"), ("kind", "dong__name_ko", "declared_at", "confirmed_at", "method")),
    "civic.CodeTries.person": Kept(_("Codes typed wrongly"), ("since", "number")),
    "civic.InactivityNotice.person": Kept(_("Told that the account is not used"), ("at",)),
    "civic.RoleGrant.person": Kept(_("Roles"), ("role", "scope", "name", "office", "phone", "granted_at", "until")),
    "civic.RoleStep.person": Kept(
        _("History of roles"),
        ("kind", "role", "scope", "person_name", "until", "reason", "by_site", "at"),
        After.NAMELESS,
    ),
    # --- what was said and done
    "civic.Proposal.author": Kept(
        _("Proposals"),
        (
            "code",
            "title",
            "problem",
            "solution",
            "expected_effect",
            "category",
            "dong__name_ko",
            "state",
            "published_at",
        ),
        After.NAMELESS,
    ),
    "civic.Support.person": Kept(_("Supports"), ("proposal__code", "proposal__title", "at"), After.NAMELESS),
    "civic.Post.author": Kept(
        _("Posts in discussions"),
        ("thread__key", "role", "name", "office", "phone", "stance", "text", "at"),
        After.NAMELESS,
    ),
    "civic.Report.person": Kept(_("Reports of faults"), ("fault__code", "category", "text", "at"), After.NAMELESS),
    "civic.Participation.person": Kept(_("Votes taken part in"), ("round__slug", "round__title"), After.NAMELESS),
    "civic.Notice.person": Kept(_("Notices"), ("fact", "key", "data", "at", "read_at")),
    "civic.EntryPrivate.person": Kept(
        _("Lines of the record that concern you"), ("entry__at", "entry__fact", "entry__key", "fields")
    ),
    "civic.Receipt.person": Kept(_("Requests of programs"), ("key", "status", "at")),
    "civic.AccessLook.subject": Kept(
        _("Who looked at your data"), ("at", "what", "about", "task", "district"), After.NAMELESS
    ),
    # --- acts in office
    "civic.Answer.official": _office(
        _("Answers given in office"),
        *("proposal__code", "decision", "headline", "reason", "planned", "official_name", "office", "phone", "at"),
    ),
    "civic.Transfer.official": _office(
        _("Proposals handed on in office"),
        *("proposal__code", "to__title_ko", "reason", "official_name", "office", "phone", "at"),
    ),
    "civic.Fault.assignee": _office(
        _("Faults taken on in office"), "code", "state", "result", "assignee_name", "office", "phone"
    ),
    "civic.FaultStep.by": _office(
        _("Steps on faults in office"), "fault__code", "fact", "note", "by_name", "office", "phone", "at"
    ),
    "civic.Reading.by": _office(_("Values written down in office"), "kpi__name", "on", "value", "n", "note", "at"),
    "civic.Step.official": _office(
        _("Steps of pilots in office"), "pilot__slug", "stage", "reason", "official_name", "office", "phone", "at"
    ),
    "civic.RoleStep.by": _office(
        _("Roles given or taken back in office"), "kind", "role", "scope", "until", "reason", "by_name", "at"
    ),
    "civic.AccessLook.by": _office(
        _("Looks at personal data in office"), "at", "what", "about", "task", "district", "by_name", "address"
    ),
    "civic.AccessReview.by": _office(
        _("Reviews of such looks in office"), "month", "district", "looks", "remark", "by_name", "at"
    ),
    # --- Wagtail's own tables: people of the desk alone have rows there
    "wagtailcore.Page.owner": _office(_DESK, "title", "slug"),
    "wagtailcore.Page.locked_by": _office(_DESK, "title", "locked_at"),
    "wagtailcore.Revision.user": _office(_DESK, "object_str", "created_at"),
    "wagtailcore.PageLogEntry.user": _office(_DESK, "label", "action", "timestamp"),
    "wagtailcore.ModelLogEntry.user": _office(_DESK, "label", "action", "timestamp"),
    "wagtailcore.UploadedFile.uploaded_by_user": _office(_DESK, "file"),
    "wagtailcore.WorkflowState.requested_by": _office(_DESK, "status", "created_at"),
    "wagtailcore.TaskState.finished_by": _office(_DESK, "status", "finished_at"),
    "wagtailcore.Comment.user": Kept(_DESK, ("text", "created_at")),
    "wagtailcore.Comment.resolved_by": _office(_DESK, "text", "resolved_at"),
    "wagtailcore.CommentReply.user": Kept(_DESK, ("text", "created_at")),
    "wagtailcore.PageSubscription.user": Kept(_DESK, ("page__title",)),
    "wagtailimages.Image.uploaded_by_user": _office(_DESK, "title", "created_at"),
    "wagtaildocs.Document.uploaded_by_user": _office(_DESK, "title", "created_at"),
    "wagtailcore.APIToken.user": Kept(_DESK, ("name", "created", "revoked_at", "last_used_at")),
    "wagtailadmin.EditingSession.user": Kept(_DESK, ("last_seen_at",)),
    "wagtailadmin.FormState.user": Kept(_DESK, ("data", "last_updated_at")),
    "wagtailusers.UserProfile.user": Kept(_("Settings at the desk"), ("preferred_language", "theme", "avatar")),
}

# What leads to a person otherwise: by the address, by a report or by a proposal of theirs.
LOOSE: dict[str, Kept] = {
    "tags": Kept(_("Words beside your proposals"), ("content_object__code", "tag__name")),
    "contacts": Kept(_("Addresses left with reports of faults"), ("report__fault__code", "email", "language")),
    "pictures": Kept(_("Pictures of your reports"), ("key", "file", "at")),
    "mails": Kept(_("Mails to your address"), ("recipient", "sender", "subject", "queued_at", "sent_at")),
}

COLUMNS: dict[str, str | Promise] = {
    "about": _("About"),
    "action": _("Act"),
    "address": _("Network address"),
    "assignee_name": _("Signed as"),
    "at": _("When"),
    "avatar": _("Picture"),
    "by_name": _("Signed as"),
    "by_site": _("By the site itself"),
    "category": _("Category"),
    "code": _("Number"),
    "confirmed_at": _("Confirmed"),
    "content_object__code": _("Proposal"),
    "created": _("Made"),
    "created_at": _("Made"),
    "data": _("Text"),
    "date_joined": _("Linked"),
    "decision": _("Decision"),
    "declared_at": _("Declared"),
    "district": _("District"),
    "document__kind": _("Document"),
    "document__version": _("Version"),
    "dong__name_ko": _("Dong"),
    "email": _("E-mail"),
    "entry__at": _("When"),
    "entry__fact": _("What"),
    "entry__key": _("About"),
    "expected_effect": _("Expected effect"),
    "fact": _("What"),
    "fault__code": _("Fault"),
    "fields": _("Your part in it"),
    "file": _("File"),
    "finished_at": _("When"),
    "granted_at": _("From"),
    "headline": _("In one sentence"),
    "ip": _("Network address"),
    "key": _("About"),
    "kind": _("Kind"),
    "kpi__name": _("Indicator"),
    "label": _("Name"),
    "language": _("Language"),
    "last_login": _("Last sign-in"),
    "last_seen_at": _("Last use"),
    "last_updated_at": _("When"),
    "last_used_at": _("Last use"),
    "last_used_on": _("Last use"),
    "level": _("Level"),
    "locked_at": _("When"),
    "looks": _("Number of looks"),
    "method": _("How"),
    "month": _("Month"),
    "n": _("On how many it rests"),
    "name": _("Name"),
    "note": _("Note"),
    "number": _("How often"),
    "object_str": _("Page"),
    "office": _("Office"),
    "official_name": _("Signed as"),
    "on": _("Day"),
    "page__title": _("Page"),
    "person_name": _("Name"),
    "phone": _("Telephone"),
    "pilot__slug": _("Pilot"),
    "planned": _("When it will be done"),
    "preferred_language": _("Language"),
    "primary": _("In use"),
    "problem": _("Situation and problem"),
    "proposal__code": _("Proposal"),
    "proposal__title": _("Title"),
    "provider": _("Provider"),
    "published_at": pgettext_lazy("when", "Published"),
    "queued_at": _("When"),
    "read_at": _("Read"),
    "reason": _("Reason"),
    "recipient": _("E-mail"),
    "remark": _("Remark"),
    "report__fault__code": _("Fault"),
    "resolved_at": _("When"),
    "result": _("Result"),
    "revoked_at": _("Revoked"),
    "role": _("Role"),
    "round__slug": _("Vote"),
    "round__title": _("Title"),
    "scope": _("Where"),
    "sender": _("Sender"),
    "sent_at": _("Sent"),
    "since": _("Since"),
    "slug": _("Address"),
    "solution": _("Improvement"),
    "source": _("Kind"),
    "stage": _("Stage"),
    "stance": _("Stance"),
    "state": _("State"),
    "status": _("State"),
    "subject": _("Subject"),
    "tag__name": _("Word"),
    "task": _("For which task"),
    "text": _("Text"),
    "theme": _("Look"),
    "thread__key": _("Discussion"),
    "timestamp": _("When"),
    "title": _("Title"),
    "to__title_ko": _("Handed on to"),
    "type": _("Kind"),
    "uid": _("Number there"),
    "until": _("Until"),
    "user_agent": _("Browser"),
    "value": _("Value"),
    "verified": _("Confirmed"),
    "what": _("What"),
    "withdrawn_at": _("Ended"),
}
