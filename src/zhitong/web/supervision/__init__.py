"""督办 and 批示: press what is late, supervise with a numbered paper, keep the ledger of instructions."""
