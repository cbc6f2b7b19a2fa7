"""接入系统: other systems registered for units of the territory, their keys, and the events they are told."""
