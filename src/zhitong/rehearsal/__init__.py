"""STAGE: a demonstration population, storms and benches; refuses a database not marked as demonstration."""
