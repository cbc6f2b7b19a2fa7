"""Terms, runs, holds and erasures behind their wall; what is due stands in one function that dry run and worker both ask."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

import zhitong.kit.ids
from zhitong.kit.wall import WEB, WORKER, guard

KINDS = [
    ("contacts", "退出活动的企业的联系人"), ("reporters", "办结问题的填写人"), ("hotline", "热线工单原件中的来电人"),
    ("left", "离任人员的电话和登录资料"), ("sittings", "登录记录"), ("messages", "外发消息"), ("unmaskings", "查看完整联系方式的登记"),
    ("drafts", "没有提交的卡片草稿"), ("uploads", "导入表格的原始行"), ("codes", "短信验证码"),
]
PERSON = settings.AUTH_USER_MODEL
KEY = models.UUIDField(default=zhitong.kit.ids.uuid7, editable=False, primary_key=True, serialize=False)
PROTECT = django.db.models.deletion.PROTECT

KEEPERS = "organisations_viewer_apart() IN ('matters', 'all')"
OF_TERRITORY = (
    f"{KEEPERS} AND region_id IN (SELECT place.region_id FROM organisations_region_within place"
    " WHERE place.ancestor_id = (SELECT organisations_viewer_region()))"
)

# What a hold keeps, and what is still open, is never due. `today` is the day by the clock of the installation, which only
# the caller knows; each branch is asked for its own kind alone.
DUE = """
CREATE FUNCTION retention_open_matter(problem uuid, subject uuid, today date) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public AS $$
    SELECT EXISTS (SELECT 1 FROM problems_problem other WHERE other.subject_id = subject AND other.ended_at IS NULL)
        OR EXISTS (SELECT 1 FROM complaints_complaint complaint JOIN problems_problem about ON about.id = complaint.problem_id
                   WHERE complaint.state NOT IN ({ended}) AND (about.id = problem OR about.subject_id = subject))
        OR EXISTS (SELECT 1 FROM retention_hold hold WHERE hold.kind = 'subject' AND hold.thing_id = subject
                   AND hold.ended_at IS NULL AND hold.until >= today)
$$;

CREATE FUNCTION retention_held_person(person uuid, today date) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public AS $$
    SELECT EXISTS (SELECT 1 FROM retention_hold hold WHERE hold.kind = 'person' AND hold.thing_id = person
                   AND hold.ended_at IS NULL AND hold.until >= today)
$$;

CREATE FUNCTION retention_due(kept text, cutoff timestamptz, today date) RETURNS TABLE (id uuid, since timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT subject.id, subject.ended_on::timestamp AT TIME ZONE 'Asia/Shanghai' FROM subjects_subject subject
    WHERE kept = 'contacts' AND subject.ended_on < (cutoff AT TIME ZONE 'Asia/Shanghai')::date
      AND (subject.contact <> '' OR subject.contact_phone_digest <> '') AND NOT retention_open_matter(NULL, subject.id, today)
  UNION ALL
    SELECT line.id, problem.ended_at FROM cards_problem_row line JOIN problems_problem problem ON problem.id = line.problem_id
    WHERE kept = 'reporters' AND problem.ended_at < cutoff
      AND (line.reporter_name <> '' OR line.reporter_post <> '' OR line.reporter_phone <> '')
      AND NOT retention_open_matter(problem.id, problem.subject_id, today)
  UNION ALL
    SELECT taken.id, problem.ended_at FROM intake_order taken JOIN problems_problem problem ON problem.id = taken.problem_id
    WHERE kept = 'hotline' AND problem.ended_at < cutoff AND taken.original <> '{{}}'::jsonb
      AND NOT retention_open_matter(problem.id, problem.subject_id, today)
  UNION ALL
    SELECT line.id, problem.ended_at FROM intake_sheet_row line JOIN problems_problem problem ON problem.id = line.problem_id
    WHERE kept = 'hotline' AND problem.ended_at < cutoff AND line.original <> '{{}}'::jsonb
      AND NOT retention_open_matter(problem.id, problem.subject_id, today)
  UNION ALL
    SELECT person.id, gone.last_on::timestamp AT TIME ZONE 'Asia/Shanghai'
    FROM organisations_person person
    CROSS JOIN LATERAL (SELECT max(tenure.until) last_on, bool_or(tenure.until IS NULL) sits FROM organisations_tenure tenure
                        WHERE tenure.person_id = person.id) gone
    WHERE kept = 'left' AND NOT gone.sits AND gone.last_on < (cutoff AT TIME ZONE 'Asia/Shanghai')::date
      AND (person.phone_digest <> '' OR person.password NOT LIKE '!%'
           OR EXISTS (SELECT 1 FROM messaging_address place WHERE place.person_id = person.id)
           OR EXISTS (SELECT 1 FROM accounts_identity known WHERE known.person_id = person.id))
      AND NOT EXISTS (SELECT 1 FROM organisations_substitution instead WHERE instead.person_id = person.id AND instead.until >= today)
      AND NOT retention_held_person(person.id, today)
  UNION ALL
    SELECT sitting.id, sitting.since FROM accounts_sitting sitting
    WHERE kept = 'sittings' AND sitting.since < cutoff AND NOT retention_held_person(sitting.person_id, today)
  UNION ALL
    SELECT message.id, message.made_at FROM messaging_message message
    WHERE kept = 'messages' AND message.next_at IS NULL AND message.made_at < cutoff
      AND (message.person_id IS NULL OR NOT retention_held_person(message.person_id, today))
  UNION ALL
    SELECT look.id, look.at FROM privacy_unmasking look
    WHERE kept = 'unmaskings' AND look.at < cutoff AND NOT retention_held_person(look.person_id, today)
  UNION ALL
    SELECT draft.card_id, draft.saved_at FROM cards_draft draft JOIN cards_card card ON card.id = draft.card_id
    WHERE kept = 'drafts' AND draft.saved_at < cutoff AND NOT EXISTS (
        SELECT 1 FROM retention_hold hold WHERE hold.kind = 'subject' AND hold.thing_id = card.subject_id
        AND hold.ended_at IS NULL AND hold.until >= today)
  UNION ALL
    SELECT line.id, coalesce(upload.settled_at, upload.staged_at) FROM exchange_upload upload
    JOIN exchange_row line ON line.upload_id = upload.id
    WHERE kept = 'uploads' AND upload.state <> 'ordered' AND coalesce(upload.settled_at, upload.staged_at) < cutoff
      AND NOT retention_held_person(upload.person_id, today)
  UNION ALL
    SELECT code.id, code.sent_at FROM entry_phone_code code WHERE kept = 'codes' AND code.sent_at < cutoff
$$;

CREATE FUNCTION retention_counted(kept text, cutoff timestamptz, today date) RETURNS TABLE (many bigint, oldest timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT count(*), min(due.since) FROM retention_due(kept, cutoff, today) due
    WHERE session_user <> '{web}' OR organisations_viewer_apart() IN ('matters', 'all')
$$;

CREATE FUNCTION retention_subject_of_code(named text) RETURNS TABLE (id uuid, region_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT subject.id, subject.region_id FROM subjects_subject subject
    JOIN organisations_region_within place ON place.region_id = subject.region_id
    WHERE subject.code = named AND place.ancestor_id = (SELECT organisations_viewer_region()) AND organisations_viewer_apart() = 'all'
$$;

CREATE FUNCTION retention_codes_held() RETURNS TABLE (id uuid, code text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT subject.id, subject.code::text FROM retention_hold hold JOIN subjects_subject subject ON subject.id = hold.thing_id
    JOIN organisations_region_within place ON place.region_id = hold.region_id
    WHERE hold.kind = 'subject' AND place.ancestor_id = (SELECT organisations_viewer_region())
      AND organisations_viewer_apart() IN ('matters', 'all')
$$;

-- Words beside facts about somebody, and those that are his login or his name. Device and address of a sign-in stay: they are
-- the log that the law keeps, and name nobody.
CREATE FUNCTION retention_erase_words(person uuid, words text[]) RETURNS TABLE (fact_id uuid, field text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    PERFORM set_config('zhitong.history', 'erase', true);
    RETURN QUERY
        UPDATE history_detail detail SET text = NULL
        WHERE detail.text IS NOT NULL
          AND ((detail.thing_id = person AND detail.field NOT IN ('device', 'address')) OR detail.text = ANY (words))
        RETURNING detail.fact_id, detail.field;
    PERFORM set_config('zhitong.history', '', true);
END $$;

-- Numbers run through the whole installation, of which one territory sees its own.
CREATE FUNCTION retention_next_number() RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
    $$ SELECT coalesce(max(number), 0) + 1 FROM retention_erasure $$;

REVOKE ALL ON FUNCTION retention_open_matter(uuid, uuid, date), retention_held_person(uuid, date),
    retention_due(text, timestamptz, date), retention_counted(text, timestamptz, date), retention_subject_of_code(text),
    retention_codes_held(), retention_erase_words(uuid, text[]), retention_next_number() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION retention_due(text, timestamptz, date), retention_erase_words(uuid, text[]) TO {worker};
GRANT EXECUTE ON FUNCTION retention_counted(text, timestamptz, date), retention_subject_of_code(text),
    retention_codes_held(), retention_next_number() TO {web}, {worker};
"""
UNDO = """
DROP FUNCTION retention_counted(text, timestamptz, date); DROP FUNCTION retention_due(text, timestamptz, date);
DROP FUNCTION retention_open_matter(uuid, uuid, date); DROP FUNCTION retention_held_person(uuid, date);
DROP FUNCTION retention_subject_of_code(text); DROP FUNCTION retention_codes_held(); DROP FUNCTION retention_erase_words(uuid, text[]);
DROP FUNCTION retention_next_number();
"""
ENDED = "'notified'"


class Migration(migrations.Migration):
    """Four tables, their walls, and what is due."""

    initial = True
    dependencies = [
        ("organisations", "0011_sealed_phones"), ("subjects", "0013_phones_found_by_digest"), ("problems", "0025_apart_and_traced"),
        ("cards", "0016_sealed_phones"), ("complaints", "0003_kept_from_the_audit"), ("intake", "0003_guests"),
        ("accounts", "0004_keepers_of_security"), ("messaging", "0002_wall"), ("privacy", "0001_privacy"),
        ("exchange", "0004_sizes"), ("entry", "0002_wall"), ("feeds", "0002_wall"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChangedTerm",
            fields=[
                ("kind", models.CharField(choices=KINDS, max_length=24, primary_key=True, serialize=False)),
                ("months", models.PositiveSmallIntegerField()),
                ("set_at", models.DateTimeField()),
                ("set_by", models.ForeignKey(db_index=False, on_delete=PROTECT, related_name="+", to=PERSON)),
            ],
            options={"db_table": "retention_term"},
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", KEY),
                ("day", models.DateField()),
                ("kind", models.CharField(choices=KINDS, max_length=24)),
                ("before", models.DateTimeField()),
                ("done", models.PositiveIntegerField(default=0)),
                ("begun_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "retention_run",
                "constraints": [models.UniqueConstraint(fields=("day", "kind"), name="retention_run_once_a_day")],
            },
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", KEY),
                ("number", models.PositiveIntegerField(unique=True)),
                ("asked_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                ("rows", models.PositiveIntegerField(default=0)),
                ("asked_by", models.ForeignKey(db_index=False, on_delete=PROTECT, related_name="+", to=PERSON)),
                ("person", models.OneToOneField(on_delete=PROTECT, related_name="+", to=PERSON)),
                ("region", models.ForeignKey(on_delete=PROTECT, related_name="+", to="organisations.region")),
            ],
            options={
                "db_table": "retention_erasure",
                "indexes": [models.Index(condition=Q(done_at__isnull=True), fields=["number"], name="retention_erasure_waits")],
                "constraints": [models.CheckConstraint(
                    condition=~Q(person=F("asked_by")), name="retention_erasure_by_another",
                    violation_error_message="不能受理自己的删除。",
                )],
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", KEY),
                ("kind", models.CharField(choices=[("subject", "服务对象"), ("person", "人员")], max_length=24)),
                ("thing_id", models.UUIDField()),
                ("reason", models.CharField(max_length=200)),
                ("until", models.DateField()),
                ("set_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("region", models.ForeignKey(on_delete=PROTECT, related_name="+", to="organisations.region")),
                ("set_by", models.ForeignKey(db_index=False, on_delete=PROTECT, related_name="+", to=PERSON)),
            ],
            options={
                "db_table": "retention_hold",
                "constraints": [models.UniqueConstraint(
                    condition=Q(ended_at__isnull=True), fields=("kind", "thing_id"), name="retention_hold_once",
                    violation_error_message="这个对象已经设定保留。",
                )],
            },
        ),
        migrations.RunSQL(DUE.format(web=WEB, worker=WORKER, ended=ENDED), UNDO),
        guard("retention_term", seen=KEEPERS),
        guard("retention_run", seen=KEEPERS),
        guard("retention_hold", seen=OF_TERRITORY),
        guard("retention_erasure", seen=OF_TERRITORY),
    ]
