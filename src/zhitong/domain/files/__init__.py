"""Files 附件: photos, recordings and papers that stand beside a thing as its evidence (R-E5).

A file is stored first and attached afterwards, once, by the unit that stored it; until then that unit alone sees it,
from then on whoever sees the thing. The room knows things by kind and id only; equal bytes are kept once.
Words: file, content (the bytes), attachment, format (what the bytes are), kind (what a person calls it).
"""
