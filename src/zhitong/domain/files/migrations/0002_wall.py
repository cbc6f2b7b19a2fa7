"""The second wall of files: what waits is its unit's own, what is attached is seen through its thing, bytes through a file."""

from django.db import migrations

from zhitong.kit.wall import WEB, WORKER, grant, guard

OWN = "uploader_unit_id = (SELECT nullif(current_setting('zhitong.unit', true), '')::uuid)"
WAITING = f"attached_at IS NULL AND {OWN}"
BESIDE_A_SEEN_THING = """
    attached_at IS NOT NULL
    AND EXISTS (SELECT 1 FROM files_attachment beside WHERE beside.file_id = files_file.id)
"""
OF_A_SEEN_FILE = "EXISTS (SELECT 1 FROM files_file file WHERE file.digest = files_content.digest)"

# Asked while an attachment is added; as the owner, because the policy of files asks about attachments in turn.
WAITS_FOR_THE_VIEWER = f"""
CREATE FUNCTION files_waits_for_the_viewer(asked uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS
    $$ SELECT EXISTS (SELECT 1 FROM files_file WHERE id = asked AND {WAITING}) $$;
"""


class Migration(migrations.Migration):
    """Row policies of files. An attachment is shown by the policy of the room that owns its thing: `files.sight`."""

    dependencies = [("files", "0001_files"), ("history", "0001_facts")]

    operations = [
        # Photos and recordings are packed already; bytes kept plain can be read in slices.
        migrations.RunSQL("ALTER TABLE files_content ALTER COLUMN body SET STORAGE EXTERNAL", migrations.RunSQL.noop),
        # Equal bytes are kept once, so nobody may leave other bytes under a digest that is still to come.
        migrations.RunSQL(
            "ALTER TABLE files_content ADD CONSTRAINT files_digest_of_the_body CHECK (digest = encode(sha256(body), 'hex'))",
            "ALTER TABLE files_content DROP CONSTRAINT files_digest_of_the_body",
        ),
        migrations.RunSQL(WAITS_FOR_THE_VIEWER, "DROP FUNCTION files_waits_for_the_viewer(uuid)"),
        guard("files_attachment", seen="false", added="files_waits_for_the_viewer(file_id)"),
        guard("files_file", seen=f"({WAITING}) OR ({BESIDE_A_SEEN_THING})", added=WAITING),
        guard("files_content", seen=OF_A_SEEN_FILE, added="true"),
        grant("files_attachment", web="SELECT, INSERT", worker="SELECT, INSERT, UPDATE, DELETE"),
        grant("files_file", web="SELECT, INSERT, UPDATE (attached_at)", worker="SELECT, INSERT, UPDATE, DELETE"),
        grant("files_content", web="SELECT, INSERT", worker="SELECT, INSERT, DELETE"),
        migrations.RunSQL(
            f"REVOKE ALL ON FUNCTION files_waits_for_the_viewer(uuid) FROM PUBLIC;"
            f"GRANT EXECUTE ON FUNCTION files_waits_for_the_viewer(uuid) TO {WEB}, {WORKER}",
            migrations.RunSQL.noop,
        ),
    ]
