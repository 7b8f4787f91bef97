"""The guided questions: what is asked, what an answer may be, and the first design that is drawn from the answers."""
