"""Structurizr workspaces: the elements of the C4 model and what lies beside them."""
