"""What imports share: what goes in and out, ids and kinds from names, boxes and lines, origins, merges, questions."""
