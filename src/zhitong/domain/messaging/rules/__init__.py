"""What is allowed and how it is said: channels, words for outside, hours, retries. Pure."""
