"""The paper of an instruction is kept as files beside it, for who reads its words; a read mark for the unit that keeps it."""

from django.db import migrations

from zhitong.domain.files.sight import seen_through
from zhitong.kit.wall import WEB, WORKER

VIEW = f"""
CREATE VIEW supervision_instruction_read WITH (security_invoker = true) AS
    SELECT instruction.id FROM supervision_instruction instruction
    WHERE EXISTS (
            SELECT 1 FROM supervision_instruction_text text WHERE text.instruction_id = instruction.id)
        OR (instruction.kind = 'read' AND instruction.by_unit_id = (SELECT organisations_viewer_unit()));
GRANT SELECT ON supervision_instruction_read TO {WEB}, {WORKER};
"""


class Migration(migrations.Migration):
    """The files of instructions and their wall."""

    dependencies = [("supervision", "0002_wall"), ("files", "0002_wall")]

    operations = [
        migrations.RemoveField(model_name="instruction", name="photo"),
        migrations.RunSQL(VIEW, "DROP VIEW supervision_instruction_read"),
        seen_through("instruction", "supervision_instruction_read"),
    ]
