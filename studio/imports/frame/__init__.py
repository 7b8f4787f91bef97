"""What imports share: what goes in, what comes out, which formats there are, ids made of names, kinds guessed."""
