"""审签: drafts of one's unit on their way to be signed, on a phone too, and what the unit has set for sign-off."""
