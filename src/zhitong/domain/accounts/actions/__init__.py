"""What can be done about accounts: knock, come in, leave, choose and give passwords, bind and reset second factors."""
