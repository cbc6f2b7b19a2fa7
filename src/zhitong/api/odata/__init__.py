"""DOOR 2, by the OData protocol: the sets of open data for Excel, Power BI and whatever reads OData 4.0. Read-only."""
