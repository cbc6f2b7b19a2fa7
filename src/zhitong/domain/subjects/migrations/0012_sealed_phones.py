"""Telephones of contacts and of those who look after the served are kept sealed; alike ones are found by their digest."""

from django.db import migrations

import zhitong.kit.sealing.columns
from zhitong.kit.sealing.moving import seal_what_stands

BY_DIGEST = """
CREATE OR REPLACE FUNCTION subjects_alike(
    names text[], keys text[], few integer[], many integer[], codes text[], phones text[], trees uuid[], before uuid
) RETURNS TABLE (place bigint, subject uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ SELECT asked.place, found.id
       FROM unnest(names, keys, few, many, codes, phones, trees) WITH ORDINALITY
            AS asked (name, key, few, many, code, phone, tree, place)
       CROSS JOIN LATERAL (
           SELECT id FROM subjects_subject WHERE code = asked.code AND ended_on IS NULL
           UNION (SELECT id FROM subjects_subject
                  WHERE name = asked.name AND ended_on IS NULL AND id < before ORDER BY id DESC LIMIT 100)
           UNION (SELECT id FROM subjects_subject
                  WHERE contact_phone_digest = asked.phone AND contact_phone_digest <> '' AND ended_on IS NULL AND id < before
                  ORDER BY id DESC LIMIT 100)
           UNION (SELECT kept.subject_id FROM subjects_name_part kept
                  WHERE kept.part = asked.key AND kept.tree_id = asked.tree AND kept.subject_id < before
                  ORDER BY kept.subject_id DESC LIMIT 100)
           UNION SELECT id FROM subjects_named_like(asked.key, asked.few, asked.many, asked.tree, before) AS id
       ) AS found WHERE found.id < before $$;
"""
BY_PHONE = """
CREATE OR REPLACE FUNCTION subjects_alike(
    names text[], keys text[], few integer[], many integer[], codes text[], phones text[], trees uuid[], before uuid
) RETURNS TABLE (place bigint, subject uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ SELECT asked.place, found.id
       FROM unnest(names, keys, few, many, codes, phones, trees) WITH ORDINALITY
            AS asked (name, key, few, many, code, phone, tree, place)
       CROSS JOIN LATERAL (
           SELECT id FROM subjects_subject WHERE code = asked.code AND ended_on IS NULL
           UNION (SELECT id FROM subjects_subject
                  WHERE name = asked.name AND ended_on IS NULL AND id < before ORDER BY id DESC LIMIT 100)
           UNION (SELECT id FROM subjects_subject
                  WHERE contact_phone = asked.phone AND contact_phone <> '' AND ended_on IS NULL AND id < before
                  ORDER BY id DESC LIMIT 100)
           UNION (SELECT kept.subject_id FROM subjects_name_part kept
                  WHERE kept.part = asked.key AND kept.tree_id = asked.tree AND kept.subject_id < before
                  ORDER BY kept.subject_id DESC LIMIT 100)
           UNION SELECT id FROM subjects_named_like(asked.key, asked.few, asked.many, asked.tree, before) AS id
       ) AS found WHERE found.id < before $$;
"""


class Migration(migrations.Migration):
    """Three sealed columns and the digest of one."""

    dependencies = [("subjects", "0011_apart")]

    operations = [
        migrations.RemoveIndex("subject", "subjects_by_phone"),
        migrations.AlterField("subject", "contact_phone", zhitong.kit.sealing.columns.SealedText(blank=True, default="")),
        migrations.AddField("subject", "contact_phone_digest", zhitong.kit.sealing.columns.SearchDigest(
            blank=True, db_default="", default="", max_length=64, of="contact_phone",
        )),
        migrations.AlterField("care", "person_phone", zhitong.kit.sealing.columns.SealedText(blank=True, default="")),
        migrations.AlterField("care", "liaison_phone", zhitong.kit.sealing.columns.SealedText(blank=True, default="")),
        seal_what_stands("subjects", "Subject", "contact_phone"),
        seal_what_stands("subjects", "Care", "person_phone", "liaison_phone"),
        migrations.RunSQL(BY_DIGEST, BY_PHONE),
    ]
