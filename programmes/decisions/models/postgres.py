"""The rules of deciding, as Postgres holds them: one function says whose voice counts, and triggers ask it."""

import pgtrigger

# Whose voice counts on a day, and the view of theirs that does: the newest wording's, their own before their deputy's.
# Not a member who declared an interest in it, nor such a deputy.
VOICES_SIGNATURE = "programmes_decision_voices(bigint, date)"
VOICES_SQL = """
CREATE OR REPLACE FUNCTION programmes_decision_voices(of_decision bigint, on_day date)
RETURNS TABLE (member_id bigint, seat varchar, position_id bigint) LANGUAGE sql STABLE AS $$
    SELECT DISTINCT ON (t.person_id) t.person_id, t.seat, (
        SELECT p.id FROM programmes_position p
        WHERE p.version_id = d.version_id AND p.member_id = t.person_id AND (
            p.person_id = p.member_id
            OR (
                EXISTS (
                    SELECT 1 FROM programmes_term s
                    WHERE s.group_id = d.group_id AND s.person_id = p.person_id AND s.deputy_for_id = t.person_id
                    AND s.starts_on <= on_day AND (s.ends_on IS NULL OR s.ends_on >= on_day)
                )
                AND NOT EXISTS (
                    SELECT 1 FROM programmes_declaredinterest i
                    WHERE i.decision_id = d.id AND i.person_id = p.person_id AND i.taken_back_on IS NULL
                )
            )
        )
        ORDER BY (p.person_id = p.member_id) DESC, p.given_at DESC, p.id DESC LIMIT 1
    )
    FROM programmes_decision d JOIN programmes_term t ON t.group_id = d.group_id
    WHERE d.id = of_decision AND t.deputy_for_id IS NULL
    AND t.starts_on <= on_day AND (t.ends_on IS NULL OR t.ends_on >= on_day)
    AND NOT EXISTS (
        SELECT 1 FROM programmes_declaredinterest i
        WHERE i.decision_id = d.id AND i.person_id = t.person_id AND i.taken_back_on IS NULL
    )
    ORDER BY t.person_id, t.starts_on DESC
$$
"""

OPENS_BY_ITS_RULES = pgtrigger.Trigger(
    name="opens_by_its_rules",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    declare=[("r", "programmes_grouprules%ROWTYPE")],
    func="""
        IF TG_OP = 'INSERT' THEN
            IF NEW.status NOT IN ('gathering', 'shaping', 'deciding') THEN
                RAISE EXCEPTION 'a proposal begins open'; END IF;
        ELSE
            IF NEW.status IN ('decided', 'not_agreed') AND OLD.version_id IS DISTINCT FROM NEW.version_id THEN
                RAISE EXCEPTION 'the words and the outcome never change together'; END IF;
            IF NEW.version_id IS DISTINCT FROM OLD.version_id AND NOT EXISTS (
                SELECT 1 FROM programmes_version v WHERE v.id = NEW.version_id AND v.decision_id = NEW.id
                AND v.number = (SELECT max(number) FROM programmes_version WHERE decision_id = NEW.id)) THEN
                RAISE EXCEPTION 'a proposal is its newest wording'; END IF;
            IF OLD.status = 'deciding' THEN
                IF (OLD.title, OLD.group_id, OLD.programme_id, OLD.rules_id, OLD.method, OLD.deciding_from)
                    IS DISTINCT FROM
                    (NEW.title, NEW.group_id, NEW.programme_id, NEW.rules_id, NEW.method, NEW.deciding_from)
                    AND EXISTS (SELECT 1 FROM programmes_position WHERE decision_id = NEW.id) THEN
                    RAISE EXCEPTION 'the question and how it is decided stay once a member has spoken'; END IF;
                IF NEW.closes_on < OLD.closes_on THEN
                    RAISE EXCEPTION 'the last day for views never moves nearer'; END IF;
            END IF;
        END IF;
        IF NEW.rules_id IS NULL THEN
            IF TG_OP = 'INSERT' THEN RAISE EXCEPTION 'a proposal is decided by rules of its group'; END IF;
            RETURN NEW;
        END IF;
        SELECT * INTO r FROM programmes_grouprules WHERE id = NEW.rules_id;
        IF r.group_id <> NEW.group_id OR NOT NEW.method = ANY(r.methods) THEN
            RAISE EXCEPTION 'a proposal is decided by a rule of its own group'; END IF;
        IF NEW.deciding_from IS NOT NULL AND NEW.closes_on < NEW.deciding_from + r.open_days THEN
            RAISE EXCEPTION 'a proposal is open for % days at least', r.open_days; END IF;
        RETURN NEW;
    """,
)

DECIDES_BY_ITS_RULES = pgtrigger.Trigger(
    name="decides_by_its_rules",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(old__status="deciding", new__status__in=["decided", "not_agreed"]),
    declare=[
        ("r", "programmes_grouprules%ROWTYPE"),
        ("v", "programmes_version%ROWTYPE"),
        ("last_day", "date"),
        ("eligible", "integer"),
        ("heard", "integer"),
        ("lived", "integer"),
        ("support", "integer"),
        ("against", "integer"),
        ("blocking", "integer"),
        ("standing", "integer"),
        ("passes", "boolean"),
    ],
    func="""
        SELECT * INTO r FROM programmes_grouprules WHERE id = NEW.rules_id;
        SELECT * INTO v FROM programmes_version WHERE id = NEW.version_id;
        IF r.id IS NULL OR v.id IS NULL THEN
            RAISE EXCEPTION 'nothing is decided without rules and words'; END IF;
        IF NEW.decided_on > (now() AT TIME ZONE 'Europe/London')::date + 1 THEN
            RAISE EXCEPTION 'a decision is never made on a day to come'; END IF;
        SELECT count(*), count(p.id), count(p.id) FILTER (WHERE w.seat = 'lived_experience'),
            count(p.id) FILTER (WHERE p.stance IN
                ('whole_hearted', 'minor', 'reservations', 'dislike', 'consent', 'concerns', 'in_favour')),
            count(p.id) FILTER (WHERE p.stance IN ('more_talk', 'serious', 'veto', 'object', 'against'))
            INTO eligible, heard, lived, support, against
            FROM programmes_decision_voices(NEW.id, NEW.decided_on) w
            LEFT JOIN programmes_position p ON p.id = w.position_id;
        last_day := NEW.closes_on;
        IF v.number > 1 AND v.asked_on > NEW.deciding_from THEN
            last_day := greatest(last_day, v.asked_on + r.amended_days); END IF;
        IF NEW.decided_on < last_day AND NOT (eligible > 0 AND heard = eligible)
            AND NOT (r.urgency_rule <> '' AND NEW.urgency_reason <> '' AND NEW.relation <> 'ratifies') THEN
            RAISE EXCEPTION 'views are wanted until %', last_day; END IF;
        IF heard < r.quorum THEN
            RAISE EXCEPTION '% members have taken part, and % must', heard, r.quorum; END IF;
        IF lived < r.lived_experience_minimum THEN
            RAISE EXCEPTION '% members with lived experience have taken part, and % must',
                lived, r.lived_experience_minimum; END IF;
        IF EXISTS (SELECT 1 FROM programmes_objection o WHERE o.decision_id = NEW.id AND o.closed_as = ''
            AND NOT EXISTS (SELECT 1 FROM programmes_objectionreply a WHERE a.objection_id = o.id)) THEN
            RAISE EXCEPTION 'an objection has no answer'; END IF;
        SELECT count(*) FILTER (WHERE o.is_objection AND (o.closed_as = 'stands' OR (o.closed_as = ''
                AND (SELECT max(a.answered_on) FROM programmes_objectionreply a WHERE a.objection_id = o.id)
                    + r.answer_days > NEW.decided_on))),
            count(*) FILTER (WHERE o.is_objection AND o.closed_as <> 'enough')
            INTO blocking, standing
            FROM programmes_objection o
            JOIN programmes_decision_voices(NEW.id, NEW.decided_on) w ON w.member_id = o.member_id
            WHERE o.decision_id = NEW.id;
        IF NEW.method = 'consent' THEN passes := blocking = 0;
        ELSE passes := support * 100 > r.support_percent * (support + against); END IF;
        IF NEW.status = 'decided' AND NOT passes THEN
            RAISE EXCEPTION 'by the rule it was put under, it is not agreed'; END IF;
        IF NEW.status = 'not_agreed' AND passes AND (NEW.method = 'vote' OR standing = 0) THEN
            RAISE EXCEPTION 'by the rule it was put under, it is agreed'; END IF;
        IF NEW.status = 'decided' AND (NEW.outcome = 'agreed_with_changes') <> (v.number > 1) THEN
            RAISE EXCEPTION 'agreed with changes is what was asked in changed words'; END IF;
        RETURN NEW;
    """,
)


def while_open(
    name: str,
    path: str = "NEW.decision_id",
    operation: pgtrigger.Operation = pgtrigger.Insert | pgtrigger.Update,
) -> pgtrigger.Trigger:
    """Return the trigger `name` that refuses a row once its decision is closed; `path` is the decision in SQL."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=operation,
        declare=[("state", "text")],
        func=(
            f"SELECT status INTO state FROM programmes_decision WHERE id = {path} FOR SHARE;"  # noqa: S608  (ours)
            " IF state NOT IN ('gathering', 'shaping', 'deciding') THEN"
            " RAISE EXCEPTION 'nothing is added once the decision is %', state; END IF; RETURN NEW;"
        ),
    )
