"""The storm: everybody tries every act in any order, and what holds of every problem must go on holding."""
