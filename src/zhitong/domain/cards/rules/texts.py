"""What the cards say of texts is what the whole house says of them."""

from __future__ import annotations

from zhitong.kit.texts import Unreadable as Unreadable
from zhitong.kit.texts import classified_mark as classified_mark
from zhitong.kit.texts import clean_text as clean_text
from zhitong.kit.texts import echo as echo
from zhitong.kit.texts import length_trouble as length_trouble
from zhitong.kit.texts import secrecy_trouble as secrecy_trouble
from zhitong.kit.texts import storable as storable
from zhitong.kit.texts import text_trouble as text_trouble
