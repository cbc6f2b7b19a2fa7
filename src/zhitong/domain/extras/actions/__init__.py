"""What can be done: propose, weigh, list or turn down, send up, publish, carry through, ask the residents."""
