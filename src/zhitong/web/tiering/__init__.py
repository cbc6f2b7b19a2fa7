"""分级帮扶, 企业诊断, 梯度培育: runs against quotas, what-if, one of the served, moves; diagnoses; ladders."""
