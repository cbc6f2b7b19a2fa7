"""What can be seen: who pressed a problem and what came of it, supervisions, the ledger of instructions, duties."""
