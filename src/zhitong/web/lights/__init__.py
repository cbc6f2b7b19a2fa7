"""PLACE: lights set from above and what the gates found: how a target stood period by period, gates side by side."""
