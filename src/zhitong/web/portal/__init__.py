"""The place of the served: what I must do now, my card, my problems, who looks after us. Phone first."""
