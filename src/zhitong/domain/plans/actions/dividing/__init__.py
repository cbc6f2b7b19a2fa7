"""What can be done about dividing a target: drawing up, working out, sending in, issuing, accepting, asking, answering."""
