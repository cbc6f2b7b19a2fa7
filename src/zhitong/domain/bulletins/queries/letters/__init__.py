"""The papers about one matter: slips, letters, approvals and the answer, each as the matter stood at a cut-off time."""
