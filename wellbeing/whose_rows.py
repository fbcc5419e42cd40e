"""Say of every model with personal or sensitive fields whose its rows are, and what becomes of them at an erasure.

`people.privacy` reads this beside `field_classes`: the copy of a person's data holds the rows that a path leads to, and
an erasure changes them. A test fails for a model with a personal or sensitive field that has no line here, and says so.

`paths` lead from a row to its person, as filters of Django write them; several where several people may be meant. A
field that only says who did something (recorded by, approved by) is no path: after an erasure it leads to a person
without a name. At an erasure

- BLANK: the row stays for its counts, with every text of its personal and sensitive fields taken away;
- DELETE: the row goes, with its history;
- ACCOUNTS: the row is a record of accounts: it stays as it is until six years after the end of its financial year
  (`payments.pages.privacy`), and then loses its texts and files;
- SHARED: the row is about several people, or about nobody by a key. What names the person in it is replaced, by the
  sweep through all texts (`people.privacy.erasing.sweep`); `why` says why there is no path.

With `alone`, a row that leads to other people, too, is left to that sweep. Rows that are kept apart from who they are
about are found by the method `found_by`.
"""

from dataclasses import dataclass

BLANK, DELETE, ACCOUNTS, SHARED = "blank", "delete", "accounts", "shared"


@dataclass(frozen=True)
class Whose:
    """How the rows of one model lead to a person, and what an erasure does with them."""

    paths: tuple[str, ...] = ()
    at_erasure: str = BLANK
    why: str = ""
    alone: bool = False
    # The field that holds an address of the person, where no key leads to them.
    address: str = ""
    # The method of the model's QuerySet that finds a person's rows, where these are kept apart from who they are.
    found_by: str = ""


def _rows(at_erasure, path="person", *labels):
    return {label: Whose(tuple(path.split()), at_erasure) for label in labels}


def _shared(why, *labels):
    return {label: Whose((), SHARED, why) for label in labels}


WHOSE_ROWS = {
    # Who they are
    "people.Person": Whose(("pk",)),
    "people.User": Whose(("person",), DELETE),
    **_rows(BLANK, "person", "people.FormerRecord"),
    **_rows(DELETE, "person", "people.Consent", "people.NeedsReview"),
    **_rows(DELETE, "user__person", "people.Session", "people.SignInLink", "payments.FormDraft"),
    **_rows(DELETE, "user__person", "programmes.DecisionDraft"),
    **_shared("An organisation's sign-in is nobody's; its secret is the installation's.", "people.SignInProvider"),
    **_rows(DELETE, "person", "people.Supporter", "people.AddressChange", "people.AccessNeed", "people.EmailStop"),
    # What they said about themselves, kept apart from who they are
    "people.MonitoringAnswer": Whose((), DELETE, found_by="of_person"),
    **_rows(DELETE, "person", "people.MonitoringClosed"),
    # Messages to them and by them
    **_rows(BLANK, "person", "people.Notice", "people.IncomingText"),
    **_rows(DELETE, "notice__person", "people.NoticePart"),
    "people.Message": Whose(("notice__person",)),
    **_rows(BLANK, "message__notice__person", "people.Call", "people.BatchedLetter", "people.MailReport"),
    "people.AddressMark": Whose((), DELETE, address="address"),
    "people.DemoMail": Whose((), DELETE, address="to_address"),
    "people.DemoText": Whose((), DELETE, address="number"),
    **_shared("A job names by a key who started it.", "people.Job"),
    **_shared("A mailing goes to many people; its title is its sender's.", "people.Mailing", "people.LetterBatch"),
    # Requests about their data
    **_rows(BLANK, "person", "people.PrivacyRequest", "people.Complaint", "people.EmergencyLook", "people.Look"),
    **_rows(DELETE, "request__person", "people.CopyFile"),
    **_shared("It says by keys whose record was removed, and by whom.", "people.Erasure"),
    **_shared("It names what is due by a key; the reason is that of a colleague.", "people.DueForRetention"),
    # Programmes, groups and decisions
    **_shared("Programmes name their contact for everybody to read; staff change it.", "programmes.Programme"),
    **_rows(BLANK, "person", "programmes.Membership", "programmes.Appointment", "programmes.CreatorRight"),
    **_rows(BLANK, "person", "programmes.Joining", "programmes.Term", "programmes.Interest"),
    **_rows(BLANK, "person", "programmes.InterestReview", "programmes.LateView", "programmes.DeclaredInterest"),
    **_rows(BLANK, "person", "programmes.Question", "programmes.Thought", "programmes.ObjectionReply"),
    "programmes.InvolvementInterest": Whose(("person",), DELETE, address="email"),
    **_shared("It says for a programme who changed its form, by a key.", "programmes.OpenForm"),
    **_rows(DELETE, "person", "programmes.Pause", "programmes.Comeback", "programmes.ColumnChoice"),
    **_rows(DELETE, "person", "programmes.NamedContact"),
    **_shared("It says by a key whom a programme usually names; staff change it.", "programmes.UsualContact"),
    # Their own page of the directory
    **_rows(DELETE, "person", "programmes.PersonTag", "programmes.PersonNote", "programmes.NoteReader"),
    **_rows(DELETE, "person same_as", "programmes.ImportRow"),
    **_rows(DELETE, "one other", "programmes.Double"),
    **_rows(DELETE, "person record", "programmes.Merge"),
    **_shared("A file of many people, which is deleted before somebody in it is removed.", "programmes.PeopleImport"),
    **_shared("A word that a programme gives to many people.", "programmes.Tag"),
    **_shared("It is about an organisation; its contact is named by a key.", "programmes.OrganisationEntry"),
    **_rows(BLANK, "person member", "programmes.Position", "programmes.Objection"),
    **_rows(BLANK, "member", "programmes.CountedVoice"),
    **_shared(
        "The record of a whole decision: the words of the person are replaced in it, and it is sealed anew.",
        "programmes.Seal",
    ),
    **_rows(BLANK, "added_by", "programmes.DecisionFile", "programmes.EvidenceFile", "events.PaperCopy"),
    **_rows(BLANK, "added_by", "programmes.WelcomeCopy"),
    **_rows(DELETE, "person", "programmes.PackGiven"),
    **_rows(BLANK, "withdrawn_by", "events.AttachedPaper"),
    "programmes.Contribution": Whose(("contributors__person",), alone=True),
    **_rows(BLANK, "person", "programmes.Contributor", "programmes.Reminder"),
    **_rows(DELETE, "person", "programmes.ContributionDraft"),
    **_rows(BLANK, "contributor__person", "programmes.ToldBack"),
    **_rows(BLANK, "person", "programmes.ReviewAsked", "events.FeedbackAsked"),
    **_shared(
        "Answers are kept without the names of those who gave them, and nothing leads from one to the other.",
        "programmes.ReviewTally",
        "programmes.ReviewComment",
        "events.FeedbackTally",
        "events.FeedbackWords",
    ),
    **_shared(
        "It says who did something for the programme, by a key.",
        "programmes.GroupRules",
        "programmes.Decision",
        "programmes.Version",
        "programmes.Option",
        "programmes.ActionPoint",
        "programmes.DecisionReview",
        "programmes.WordingVersion",
        "programmes.WordingGap",
        "programmes.ContributionOutcome",
        "programmes.Vision",
        "programmes.Aim",
        "programmes.Change",
        "programmes.BoardPaper",
        "programmes.ImpactPaper",
        "programmes.ImpactSharing",
        "programmes.AreaShare",
        "programmes.ParticipationReport",
        "programmes.WelcomePaper",
        "programmes.WelcomePack",
        "programmes.ReviewRule",
        "programmes.ReviewRound",
        "programmes.ResultsPaper",
        "programmes.ReminderRule",
        "events.Event",
        "events.EventSeries",
        "events.Venue",
        "events.Places",
        "events.MeetingRules",
        "events.Meeting",
        "events.MeetingPaper",
        "events.Talk",
        "events.FeedbackRule",
        "events.FeedbackRound",
        "events.WhoSpoke",
        "payments.Publication",
        "payments.BudgetLine",
        "payments.WarningThresholds",
        "payments.RunFileDownload",
        "payments.BankFileFormat",
        "payments.JournalFormat",
        "payments.RecognitionOffer",
    ),
    # Events
    **_rows(BLANK, "person", "events.SessionFacilitator", "events.Invitation", "events.DoorNote", "events.EventNeed"),
    **_rows(BLANK, "person", "events.NeedsTold", "events.Correction", "events.TalkAnswer", "events.Attendance"),
    **_rows(DELETE, "person", "events.InvitationLimit", "events.SavedListPerson", "events.CalendarFeed"),
    **_rows(BLANK, "invitation__person", "events.WaitingPlace", "payments.InvitationOffer"),
    "events.Arrangement": Whose(("needs__person",), alone=True),
    **_shared("A list is its programme's; it says by a key who saved it.", "events.SavedList"),
    **_rows(BLANK, "attendance__person", "events.DayThere"),
    **_rows(BLANK, "written_by", "events.MinutesNote"),
    **_shared("Minutes are of a whole meeting.", "events.AgendaItem", "events.AgreedRecord"),
    **_shared("Who made a paper is written as a name, a printer's perhaps.", "events.PaperMade"),
    # Payments
    **_rows(ACCOUNTS, "person", "payments.Claim", "payments.Payment", "payments.TakenOut"),
    **_rows(ACCOUNTS, "person", "payments.Advance", "payments.Booking", "payments.YearStatement"),
    **_rows(ACCOUNTS, "claim__person", "payments.ClaimLine", "payments.Receipt", "payments.BudgetOverride"),
    **_rows(ACCOUNTS, "payment__person", "payments.PaymentMade", "payments.PaymentItem", "payments.PaymentReturn"),
    **_rows(ACCOUNTS, "payment__person", "payments.Document", "payments.DocumentRequest", "payments.PaperProblem"),
    **_rows(ACCOUNTS, "document__payment__person", "payments.LetterDispatch"),
    **_rows(ACCOUNTS, "advance__person", "payments.AdvanceUse"),
    **_rows(ACCOUNTS, "person", "payments.AccountLook"),
    "payments.PaymentRun": Whose((), ACCOUNTS, "A run pays many people; it says by keys who made, signed and paid it."),
    "payments.ReportRun": Whose((), ACCOUNTS, "A report of accounts says by a key who asked for it."),
    "payments.ReportFile": Whose((), ACCOUNTS, "A report of accounts is kept byte for byte."),
    "payments.PayingAccount": Whose((), ACCOUNTS, "The account is the charity's own."),
    **_rows(BLANK, "claim__person", "payments.ClaimNote", "payments.StaffNote"),
    **_rows(DELETE, "bank_details__person", "payments.NameCheck", "payments.BankConfirmation"),
    **_rows(DELETE, "name_check__bank_details__person", "payments.NameCheckOverride"),
    **_rows(DELETE, "person", "payments.BankDetails", "payments.EarningsLimit", "payments.InvolvementLetter"),
    **_rows(DELETE, "person", "payments.RecognitionChoice", "payments.AskedBefore"),
    **_rows(BLANK, "person", "payments.MethodChoice", "payments.ApproverAssignment", "payments.ReportSubscription"),
    **_rows(BLANK, "person", "payments.TaxTreatment"),
}

# Names of these rows on the page "What we hold about you": the first beginning of a label that fits. The words stand in
# `people.privacy.page`.
KINDS_OF_ROWS = {
    "who": (
        "people.Person",
        "people.FormerRecord",
        "people.Supporter",
        "people.AddressChange",
        "programmes.PersonTag",
        "programmes.PersonNote",
        "programmes.NoteReader",
        "programmes.ColumnChoice",
        "programmes.ImportRow",
        "programmes.Double",
        "programmes.Merge",
        "programmes.InvolvementInterest",
    ),
    "fairness": ("people.Monitoring",),
    "account": ("people.User", "people.Session", "people.SignIn", "payments.FormDraft", "programmes.DecisionDraft"),
    "needs": ("people.AccessNeed", "people.NeedsReview", "events.EventNeed", "events.NeedsTold", "events.Arrangement"),
    "data": (
        "people.Consent",
        "people.PrivacyRequest",
        "people.Complaint",
        "people.EmergencyLook",
        "people.Look",
        "people.CopyFile",
        "people.Erasure",
    ),
    "messages": ("people.", "programmes.Reminder"),
    "roles": (
        "programmes.Membership",
        "programmes.Appointment",
        "programmes.CreatorRight",
        "programmes.Joining",
        "programmes.Term",
        "programmes.Interest",
        "programmes.Pause",
        "programmes.Comeback",
        "programmes.NamedContact",
        "programmes.PackGiven",
        "payments.ApproverAssignment",
        "payments.ReportSubscription",
    ),
    "words": ("programmes.", "events.Correction", "events.MinutesNote", "events.FeedbackAsked"),
    "events": ("events.", "payments.InvitationOffer", "payments.AskedBefore"),
    "bank": ("payments.BankDetails", "payments.BankConfirmation", "payments.NameCheck", "payments.MethodChoice"),
    "money": ("payments.",),
}


def kind_of_rows(label):
    """Return to which of KINDS_OF_ROWS the rows of the model called `label` belong."""
    return next(kind for kind, starts in KINDS_OF_ROWS.items() if label.startswith(starts))


# Files and words that somebody put here for others to read: a copy of their data says that they did, and when.
PUT_HERE_FOR_OTHERS = {
    "programmes.DecisionFile",
    "programmes.EvidenceFile",
    "programmes.WelcomeCopy",
    "events.PaperCopy",
}

# Texts that speak of several people where a row is about several: a copy for one of them leaves these out.
OF_SEVERAL = {"events.Arrangement": "title how"}

# Fields that say nothing by themselves, and what a copy has in their place: another property of the row, in words.
SAID_IN_WORDS = {
    "people.MonitoringAnswer": {"question": "question", "option": "option_in_words", "promise": "promise"},
}

# Fields that are not handed out in a copy: whoever has one could act as its person, or nothing can be read in it.
NOT_HANDED_OUT = {
    "people.User": "password",
    "people.Session": "session_key session_data",
    "people.Notice": "html_body read_key",
    "people.Person": "sort_key search_key",
    "people.AddressChange": "key new_key",
    "people.MonitoringAnswer": "key",
    "programmes.Joining": "key",
    "programmes.Merge": "changes",
    "programmes.Appointment": "key",
    "programmes.ReviewAsked": "link_key",
    "events.Invitation": "link_key",
    "events.PaperCopy": "words",
    "events.NeedsTold": "link_key",
    "events.CalendarFeed": "key",
    "events.FeedbackAsked": "link_key",
    "payments.BankDetails": "account_index",
    "payments.Receipt": "sha256 picture_hash",
    "payments.Document": "sha256",
    "payments.YearStatement": "sha256",
    "payments.InvolvementLetter": "sha256",
}
