"""版式模板: the Word files by which a unit lays out its papers."""
