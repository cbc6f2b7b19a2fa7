"""Editions: drafted and edited, checked by the units they name, signed and numbered, corrected; numbers reserved and voided."""
