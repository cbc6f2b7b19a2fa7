"""待办: what one's unit must do now, what falls due soon, what it waits for, how it stands."""
