"""What commands share: their arguments, the design they read, the way they print."""
