"""What a card may say and how it goes from draft to accepted. Pure."""
