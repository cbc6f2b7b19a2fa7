"""History 履历: who did what to which thing, when, and as whom.

A fact is testimony: it is appended, never changed, and no domain code reads it to decide. Free text and personal
values stand apart in details, so that a value can be erased and the fact still verifies by its digest.
Words: fact, detail, actor, once (an act sent twice happens once), follow (who reacts to facts, in order), seal (a batch of
facts closed by a digest that names the seal before it), day seal (the last of a day, to be kept elsewhere), check (one
verifying of all seals), fault (what it found).
"""
