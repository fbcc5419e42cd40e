"""Find out whether emails of this installation can arrive: the domain's records, the mail server, the way back."""
