"""An act as the API offers it: what is asked, the step it fills, and the function that does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from zhitong.api.words import Said, unit_id_coded
from zhitong.domain.problems.actions.running import Step
from zhitong.domain.problems.rules.standing import Standing
from zhitong.domain.problems.rules.way import Act


@dataclass(frozen=True, slots=True)
class Offer:
    """An act as the API offers it: what is asked, the step it fills, and the function that does it."""

    act: Act
    asks: type[Said]
    step: type[Step]
    do: Callable[[Sequence[Any]], list[Standing]]

    NAMES_UNIT: ClassVar[str] = "unit"
    NAMES_UNITS: ClassVar[str] = "units"

    def values(self, said: Said) -> dict[str, Any]:
        """What was said as the step wants it; a unit is named by its code.

        Raises BadInput: there is no such unit.
        """
        values = {name: getattr(said, name) for name in type(said).model_fields}
        if self.NAMES_UNIT in values:
            values["unit_id"] = unit_id_coded(values.pop(self.NAMES_UNIT), self.NAMES_UNIT)
        if self.NAMES_UNITS in values:
            codes = values.pop(self.NAMES_UNITS)
            values["unit_ids"] = tuple(unit_id_coded(code, self.NAMES_UNITS) for code in codes)
        return values
