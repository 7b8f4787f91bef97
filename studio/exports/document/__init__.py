"""The design document: its fourteen sections, each made from the model and its figures."""
